//! What is packaged with the program fits it: the units of systemd, their configuration, the
//! dashboard and the alerts.

mod monitoring;
mod systemd;

use std::fs;
use std::path::{Path, PathBuf};

/// A file that is packaged.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}
