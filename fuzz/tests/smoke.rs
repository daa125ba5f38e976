//! Every body over its seeds, over real files where `SIGILLO_CORPUS` names a folder of them, over
//! mutations of these, and over random bytes.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use sigillo_fuzz::{TARGETS, Target};

/// How many mutations each body gets: some twenty seconds for all of them together in a slow build.
const MUTATIONS: u32 = 1_500;

/// How many texts of random bytes each body gets.
const RANDOM_TEXTS: u32 = 200;

/// The longest mutation, in bytes: long enough for lists to overflow, short enough to be quick.
const LONGEST: usize = 4_096;

#[test]
fn every_target_has_its_program_and_seeds() {
    let manifest = fs::read_to_string(folder().join("Cargo.toml")).unwrap();
    for Target { name, .. } in TARGETS {
        let program = folder().join("fuzz_targets").join(name).with_extension("rs");
        let program = fs::read_to_string(&program).unwrap_or_default();
        assert!(program.contains(&format!("sigillo_fuzz::{name}(data)")), "program of {name}");
        assert!(manifest.contains(&format!("[[bin]]\nname = \"{name}\"\n")), "manifest: {name}");
        assert!(seeds(name).len() >= 10, "seeds of {name}");
    }
}

#[test]
fn the_seeds() {
    for target in TARGETS {
        for other in TARGETS {
            // A text of one kind is found in the place of another.
            for seed in seeds(other.name) {
                run(target, &seed);
            }
        }
    }
}

#[test]
fn the_real_policies() {
    let Some(files) = real_policy_files() else {
        println!("SIGILLO_CORPUS is not set: the real policy files were not read");
        return;
    };
    assert!(!files.is_empty(), "the corpus has policies");
    for file in &files {
        for target in TARGETS {
            run(target, file);
        }
    }
}

#[test]
fn mutations_of_seeds() {
    for target in TARGETS {
        let mut texts: Vec<Vec<u8>> =
            seeds(target.name).iter().map(|path| fs::read(path).unwrap()).collect();
        if target.name == "policy" {
            let real = real_policy_files().unwrap_or_default();
            texts.extend(real.iter().map(|path| fs::read(path).unwrap()));
        }
        check(target, MUTATIONS, mutation(texts));
    }
}

#[test]
fn bytes_at_random() {
    for target in TARGETS {
        check(target, RANDOM_TEXTS, vec(any::<u8>(), 0..300));
        // Printable bytes come further than others.
        check(
            target,
            RANDOM_TEXTS,
            vec(prop::sample::select(b" ;:=.*-\"\\\r\nvp1a".as_slice()), 0..80),
        );
    }
}

/// One of the changes that a text may suffer.
#[derive(Debug, Clone)]
enum Change {
    /// Bytes are lost.
    Cut { at: Index, length: usize },
    /// A part of another text is put in.
    Splice { at: Index, other: Index, from: Index, length: usize },
    /// A byte is another one.
    Flip { at: Index, bits: u8 },
    /// A part is there many times.
    Repeat { at: Index, length: usize, times: usize },
}

fn mutation(texts: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let change =
        prop_oneof![
            (any::<Index>(), 1..40_usize).prop_map(|(at, length)| Change::Cut { at, length }),
            (any::<Index>(), any::<Index>(), any::<Index>(), 1..80_usize)
                .prop_map(|(at, other, from, length)| Change::Splice { at, other, from, length }),
            (any::<Index>(), 1..=255_u8).prop_map(|(at, bits)| Change::Flip { at, bits }),
            (any::<Index>(), 1..60_usize, 2..40_usize)
                .prop_map(|(at, length, times)| Change::Repeat { at, length, times }),
        ];
    (any::<Index>(), vec(change, 1..6)).prop_map(move |(seed, changes)| {
        let mut text = seed.get(&texts).clone();
        for change in &changes {
            change.make(&mut text, &texts);
            text.truncate(LONGEST);
        }
        text
    })
}

impl Change {
    fn make(&self, text: &mut Vec<u8>, texts: &[Vec<u8>]) {
        match self {
            Self::Cut { at, length } => {
                let part = part(text, *at, *length);
                text.drain(part);
            }
            Self::Splice { at, other, from, length } => {
                let other = other.get(texts);
                let inserted = other[part(other, *from, *length)].to_vec();
                let at = at.index(text.len() + 1);
                text.splice(at..at, inserted);
            }
            Self::Flip { at, bits } => {
                if !text.is_empty() {
                    let at = at.index(text.len());
                    text[at] ^= bits;
                }
            }
            Self::Repeat { at, length, times } => {
                let part = part(text, *at, *length);
                let repeated = text[part.clone()].repeat(*times);
                text.splice(part, repeated);
            }
        }
    }
}

/// A part of a text, as long as asked where the text is.
fn part(text: &[u8], at: Index, length: usize) -> std::ops::Range<usize> {
    let start = at.index(text.len() + 1);
    start..text.len().min(start + length)
}

/// Runs a body over texts of a strategy; proptest shortens the text that it fails for.
fn check(target: Target, cases: u32, texts: impl Strategy<Value = Vec<u8>>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&texts, |text| {
        (target.body)(&text);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{}: {error}", target.name);
    }
}

fn run(target: Target, path: &Path) {
    // Shown if the body fails.
    println!("{} < {}", target.name, path.display());
    (target.body)(&fs::read(path).unwrap());
}

fn seeds(name: &str) -> Vec<PathBuf> {
    files_below(&folder().join("seeds").join(name))
}

fn real_policy_files() -> Option<Vec<PathBuf>> {
    let corpus = std::env::var_os("SIGILLO_CORPUS")?;
    Some(files_below(&Path::new(&corpus).join("policies")))
}

/// All files of a folder, in the order of their names.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
