//! What the environment says: language, character set, width.

use std::env;

use sigillo_language::Language;

/// The environment that a command runs in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Environment {
    /// The language of the locale.
    pub(crate) language: Language,
    /// Whether the terminal shows more than ASCII.
    pub(crate) utf8: bool,
    /// How wide text may be, in columns.
    pub(crate) width: usize,
}

/// The width where nobody tells one, and the narrowest and widest that text is made for: longer
/// lines read badly however wide the window is.
const USUAL_WIDTH: usize = 80;
const NARROWEST: usize = 40;
const WIDEST: usize = 100;

impl Environment {
    pub(crate) fn read() -> Self {
        // POSIX: LC_ALL beats the category, which beats LANG; an empty variable counts as unset.
        let locale = |category: &str| {
            ["LC_ALL", category, "LANG"]
                .into_iter()
                .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
                .unwrap_or_default()
        };
        let charset = locale("LC_CTYPE").to_ascii_lowercase();
        Self {
            language: Language::from_locale(&locale("LC_MESSAGES")),
            utf8: charset.contains("utf-8") || charset.contains("utf8"),
            width: width(),
        }
    }
}

fn width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(seen).unwrap_or(USUAL_WIDTH).clamp(NARROWEST, WIDEST)
}
