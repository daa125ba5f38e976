//! In which language to answer.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use sigillo_language::Language;

/// The language of the page that is asked for: what its address says, else what the reader accepts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageLanguage(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for PageLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(of_path(parts.uri.path()).unwrap_or_else(|| accepted(&parts.headers))))
    }
}

/// The language that the first part of a path names.
pub(crate) fn of_path(path: &str) -> Option<Language> {
    path.split('/').nth(1)?.parse().ok()
}

/// The language of ours that the reader likes most (RFC 9110 §12.5.4); English if none.
pub(crate) fn accepted(headers: &HeaderMap) -> Language {
    let mut best = (0, Language::default());
    let fields = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|field| field.to_str().ok());
    for range in fields.flat_map(|field| field.split(',')) {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let primary = tag.trim().split('-').next().unwrap_or_default();
        let Ok(language) = primary.parse::<Language>() else { continue };
        let weight = weight_of(weight);
        // Among equals the first counts.
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

/// A weight such as `q=0.8` in thousandths; what can't be read is no wish at all.
fn weight_of(text: &str) -> u16 {
    let Some(value) = text.trim().strip_prefix("q=") else {
        return if text.trim().is_empty() { 1000 } else { 0 };
    };
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u16>()) {
        ("1", _) => 1000,
        ("0", Ok(thousandths)) => thousandths,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_language_of_ours_wins() {
        for (field, expected) in [
            ("it-IT,it;q=0.9,en-US;q=0.8,en;q=0.7", Language::Italian),
            ("en-GB,it;q=0.5", Language::English),
            ("de, it;q=0.3, en;q=0.2", Language::Italian),
            ("de", Language::English),
            ("it;q=0, en;q=0.1", Language::English),
            ("en;q=0.8, it", Language::Italian),
            ("", Language::English),
            ("it;q=zwölf", Language::English),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, field.as_bytes().try_into().unwrap());
            assert_eq!(accepted(&headers), expected, "{field}");
        }
    }
}
