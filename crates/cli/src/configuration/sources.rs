//! What the configuration is read from: one file, the environment, the credentials of the service
//! manager.

use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};

use super::keys::VARIABLE_PREFIX;

/// Where the file is, unless told.
pub(crate) const USUAL_FILE: &str = "/etc/sigillo/sigillo.toml";

/// The variable that names another file.
pub(crate) const FILE_VARIABLE: &str = "SIGILLO_CONFIG";

/// How large the file may be, in bytes.
pub(super) const FILE_BYTES: usize = 1024 * 1024;

/// Variables of the system that defaults and secrets come from.
const SYSTEM_VARIABLES: [&str; 4] =
    ["STATE_DIRECTORY", "XDG_DATA_HOME", "HOME", "CREDENTIALS_DIRECTORY"];

/// Everything that the configuration is read from. Gathered anew, it is what the configuration has
/// become since.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    /// The file; none if none is named and the usual one isn't there.
    pub(crate) file: Option<ConfigurationFile>,
    /// The variables of the environment that may matter.
    pub(crate) variables: Vec<(String, OsString)>,
    /// Reads up to so many bytes, and one more, of a file that the configuration names.
    pub(crate) read_file: fn(&str, usize) -> io::Result<Vec<u8>>,
}

/// The file of the configuration.
#[derive(Debug, Clone)]
pub(crate) struct ConfigurationFile {
    /// Its path, or what stands for it.
    pub(crate) name: String,
    /// Its text, cut behind the limit.
    pub(crate) text: Vec<u8>,
}

/// The file can't be read.
#[derive(Debug)]
pub(crate) struct UnreadableFile {
    /// Its path.
    pub(crate) path: String,
    /// Whether somebody named it, rather than that it is the usual one.
    pub(crate) is_named: bool,
    /// The system's reason.
    pub(crate) error: io::Error,
}

impl Sources {
    /// Gathers what there is: the file that is named here, or in [`FILE_VARIABLE`], or the usual
    /// one if it is there; and the environment.
    ///
    /// # Errors
    /// A file that is named, or there, can't be read.
    pub(crate) fn gather(path: Option<&str>) -> Result<Self, UnreadableFile> {
        let named = match path {
            Some(path) => Some(path.to_owned()),
            None => env::var(FILE_VARIABLE).ok().filter(|path| !path.is_empty()),
        };
        let path = named.as_deref().unwrap_or(USUAL_FILE);
        let file = match read_bounded(path, FILE_BYTES) {
            Ok(text) => Some(ConfigurationFile { name: path.to_owned(), text }),
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                let is_named = named.is_some();
                return Err(UnreadableFile { path: path.to_owned(), is_named, error });
            }
        };
        Ok(Self { file, ..Self::without_file() })
    }

    /// The environment alone.
    pub(crate) fn without_file() -> Self {
        let variables = env::vars_os()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
            .filter(|(name, value)| {
                let matters = name.starts_with(VARIABLE_PREFIX) && name != FILE_VARIABLE;
                // An empty variable counts as unset.
                (matters || SYSTEM_VARIABLES.contains(&name.as_str())) && !value.is_empty()
            });
        let mut variables: Vec<_> = variables.collect();
        variables.sort();
        Self { file: None, variables, read_file: read_bounded }
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> &[u8] {
        self.file.as_ref().map_or(b"", |file| &file.text)
    }

    /// A variable of the system.
    pub(super) fn system_variable(&self, name: &str) -> Option<&str> {
        let variable = self.variables.iter().find(|(variable, _)| variable == name);
        variable.and_then(|(_, value)| value.to_str())
    }
}

/// Reads a file up to one byte behind the limit; `-` is standard input.
fn read_bounded(path: &str, limit: usize) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    if path == "-" {
        io::stdin().lock().take(limit as u64 + 1).read_to_end(&mut text)?;
        return Ok(text);
    }
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    file.take(limit as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}
