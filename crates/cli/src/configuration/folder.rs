//! The folder for what the program keeps, where the configuration names no other.

use std::path::{Path, PathBuf};

use super::sources::Sources;

/// The state folder of the service, else the user's data folder (XDG Base Directory
/// Specification).
pub(super) fn own_folder(sources: &Sources) -> Option<PathBuf> {
    let folder = |name| {
        let folder = sources.system_variable(name)?;
        // The service manager parts several folders by colons.
        let first = folder.split(':').next().unwrap_or_default();
        Path::new(first).is_absolute().then(|| Path::new(first).to_owned())
    };
    let state = folder("STATE_DIRECTORY");
    let data = || folder("XDG_DATA_HOME").map(|data| data.join("sigillo"));
    let home = || folder("HOME").map(|home| home.join(".local/share/sigillo"));
    state.or_else(data).or_else(home)
}
