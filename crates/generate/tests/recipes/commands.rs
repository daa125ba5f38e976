//! The commands of the notes, run as they would be pasted.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use sigillo_formats::DomainName;
use sigillo_generate::recipe::{Recipe, RecipeContext, RecipeName};
use sigillo_language::Language;

use crate::program;
use crate::site::{PLAIN_POLICY, Site};

/// Programs that would change the machine or ask the Internet. What stands in for them writes
/// down how it was called.
const STAND_INS: [&str; 6] = ["a2enmod", "a2ensite", "certbot", "curl", "nginx", "systemctl"];

const STAND_IN: &str = "#!/bin/sh\nprintf '%s\\n' \"$(basename \"$0\") $*\" >> \"$CALLS\"\n";

/// Runs the commands of the site's recipe in order, in its folder `files`, as a root whose files
/// nobody else may read unless a command says so. What they would do below `/etc` and `/var` they
/// do below the folder `root`, where first there is nothing but the folders in `present`. Gives
/// the calls of the programs that are stood in for.
///
/// # Panics
/// If a command fails.
pub(crate) fn carry_out(site: &Site, present: &[&str]) -> Vec<String> {
    let root = site.path("root");
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    for folder in present {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    for name in STAND_INS {
        let program = site.write(&format!("bin/{name}"), STAND_IN);
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let calls = site.write("calls", "");
    let path = format!("{}:{}", site.path("bin").display(), std::env::var("PATH").unwrap());
    for command in site.commands() {
        let here = [" /etc/", " /var/"].iter().fold(command.to_owned(), |command, folder| {
            command.replace(folder, &format!(" {}{}", root.display(), folder.trim_start()))
        });
        program::run(
            Command::new("sh")
                .args(["-euc", &format!("umask 077\n{here}")])
                .current_dir(site.path("files"))
                .env("PATH", &path)
                .env("CALLS", &calls),
        );
    }
    fs::read_to_string(calls).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn every_command_is_a_line_of_a_shell_about_files_that_are_there() {
    for name in RecipeName::ALL {
        let site = Site::new(name, "example.com", PLAIN_POLICY);
        for command in site.commands() {
            program::run(Command::new("sh").args(["-nc", command]));
            program::run(Command::new("bash").args(["-nc", command]));
            for word in command.split(' ') {
                let is_elsewhere = word.starts_with(['/', '@', '-', '"', '\'', 'h']);
                if word.contains('/') && !is_elsewhere {
                    site.file(word, &[]);
                }
            }
        }
    }
}

#[test]
fn every_recipe_ends_with_a_look_at_the_policy() {
    let domain = DomainName::parse("example.com").unwrap();
    for name in RecipeName::ALL {
        for policy_host_given in [false, true] {
            let context = RecipeContext { policy_host_given };
            let recipe = Recipe::build(name, &domain, PLAIN_POLICY, context, Language::Italian);
            assert_eq!(
                recipe.notes.last().unwrap().commands,
                ["curl -i https://mta-sts.example.com/.well-known/mta-sts.txt"]
            );
        }
    }
}
