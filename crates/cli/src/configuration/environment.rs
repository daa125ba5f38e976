//! The variables of the environment that give keys.

use std::ffi::OsStr;

use sigillo_findings::Span;
use sigillo_formats::misspelling;

use super::error::{ConfigurationError, Fault, Place};
use super::keys::{KEYS, Key, LATER_SECTIONS, VARIABLE_PREFIX, sections};
use super::sources::Sources;
use super::written::Written;

/// The values that the environment gives, and what is wrong with it.
pub(super) fn read(sources: &Sources) -> (Vec<(&'static Key, Written)>, Vec<ConfigurationError>) {
    let mut written = Vec::new();
    let mut errors = Vec::new();
    for (name, value) in &sources.variables {
        if !name.starts_with(VARIABLE_PREFIX) {
            continue;
        }
        match key_of(name) {
            Some(key) => match read_value(key, name, value) {
                Ok(value) => written.push((key, value)),
                Err(error) => errors.push(error),
            },
            None => errors.extend(unknown(name)),
        }
    }
    (written, errors)
}

fn key_of(name: &str) -> Option<&'static Key> {
    KEYS.iter().copied().find(|key| key.variable() == name)
}

fn read_value(key: &'static Key, name: &str, value: &OsStr) -> Result<Written, ConfigurationError> {
    match value.to_str() {
        Some(text) => Written::from_variable(key, text),
        None => Err(Fault::NotUtf8.at(place(name, &value.to_string_lossy()), Some(key.section))),
    }
}

/// The error of a variable that is meant for a section, or looks like one that is; none for others.
fn unknown(name: &str) -> Option<ConfigurationError> {
    let own = name.strip_prefix(VARIABLE_PREFIX)?.to_ascii_lowercase();
    let is_of = |section: &str| own.strip_prefix(section).is_some_and(|it| it.starts_with('_'));
    let place = Place::Variable {
        name: name.to_owned(),
        text: name.to_owned(),
        span: Span::new(0, name.len()),
    };
    if let Some(later) = LATER_SECTIONS.iter().find(|later| is_of(later)) {
        let fault = Fault::LaterSection { name: (*later).to_owned() };
        return Some(fault.at(place, None));
    }
    // The prefix is the same in all of them.
    let variables: Vec<String> =
        KEYS.iter().map(|key| format!("{}_{}", key.section, key.name)).collect();
    let known: Vec<&str> = variables.iter().map(String::as_str).collect();
    let nearest = misspelling::nearest(&own, &known);
    let nearest = nearest.and_then(|near| known.iter().position(|known| *known == near));
    let nearest = nearest.and_then(|index| KEYS.get(index).copied());
    let section = sections().find(|section| is_of(section));
    (section.is_some() || nearest.is_some())
        .then(|| Fault::UnknownVariable { name: name.to_owned(), nearest }.at(place, section))
}

fn place(name: &str, value: &str) -> Place {
    let start = name.len() + 1;
    let span = Span::new(start, start + value.len());
    Place::Variable { name: name.to_owned(), text: format!("{name}={value}"), span }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(name: &str) -> Option<(&'static str, Option<String>)> {
        unknown(name).map(|error| match *error.fault {
            Fault::UnknownVariable { nearest, .. } => ("unknown", nearest.map(Key::variable)),
            fault => (fault.code(), None),
        })
    }

    #[test]
    fn variables_that_are_meant_for_us_are_known_by_their_section_or_a_slip() {
        let listen = Some("SIGILLO_WEB_LISTEN".to_owned());
        assert_eq!(judge("SIGILLO_WEB_LISTNE"), Some(("unknown", listen.clone())));
        assert_eq!(judge("SIGILLO_WBE_LISTEN"), Some(("unknown", listen)));
        assert_eq!(judge("SIGILLO_web_listen"), Some(("unknown", None)));
        assert_eq!(judge("SIGILLO_WEB_COLOUR"), Some(("unknown", None)));
        assert_eq!(judge("SIGILLO_HOST_HTTPS"), Some(("config-later-section", None)));
        assert_eq!(judge("SIGILLO_CORPUS"), None);
        assert_eq!(judge("SIGILLO_"), None);
    }
}
