//! Writing what was generated into a folder.

use std::path::Path;
use std::{fs, io};

use sigillo_generate::{Deployment, DnsFormat};

use crate::commands::Context;
use crate::failure::Failure;
use crate::input::io_reason;

/// Writes the policy, the records and the files of the recipe; gives their paths below the folder.
///
/// Nothing is written if a file is there already and `force` is not set.
pub(super) fn write(
    context: &Context<'_>,
    folder: &str,
    force: bool,
    deployment: &Deployment,
    format: DnsFormat,
) -> Result<Vec<String>, Failure> {
    let files = deployment.files(format);
    let folder = Path::new(folder);
    if !force
        && let Some(path) = files.keys().find(|path| folder.join(path).symlink_metadata().is_ok())
    {
        let path = folder.join(path).display().to_string();
        return Err(context.failure("file-exists", &[("path", path.into())]));
    }
    for (path, text) in &files {
        let path = folder.join(path);
        write_file(&path, text, force).map_err(|error| {
            let path = path.display().to_string();
            let reason = io_reason(&error, context.language);
            context.failure("unwritable", &[("path", path.into()), ("reason", reason.into())])
        })?;
    }
    Ok(files.into_keys().collect())
}

fn write_file(path: &Path, text: &str, force: bool) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true);
    // What appeared since we looked is not overwritten either.
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let mut file = options.open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())
}
