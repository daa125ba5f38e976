//! Near misses: which known word a person meant.

/// The known word that `word` looks like a misspelling of; none if it is one, or like none.
///
/// Upper case, the wrong joint (`max-age`), a plural and one or two slips count as near.
///
/// ```
/// # use sigillo_formats::misspelling::nearest;
/// assert_eq!(nearest("max-age", &["mode", "max_age"]), Some("max_age"));
/// assert_eq!(nearest("mode", &["mode", "max_age"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if known.contains(&word) {
        return None;
    }
    let plain = plain(word);
    let exact = known.iter().find(|candidate| {
        let candidate = self::plain(candidate);
        let is_plural = candidate.len() > 1 && plain.strip_suffix('s') == Some(&candidate);
        plain == candidate || is_plural
    });
    let near = || {
        let near = known.iter().filter(|candidate| is_near(&plain, &self::plain(candidate)));
        // Of several near ones the one of the same length: a swap is likelier than a loss.
        near.min_by_key(|candidate| self::plain(candidate).len().abs_diff(plain.len()))
    };
    exact.or_else(near).copied()
}

fn is_near(word: &str, candidate: &str) -> bool {
    let length = candidate.len();
    if word.len().abs_diff(length) > 2 {
        return false;
    }
    let distance = strsim::damerau_levenshtein(word, candidate);
    match length {
        // Any two letters are one slip from many words: take only an added or a swapped letter.
        0..=3 => distance <= 1 && candidate.chars().all(|letter| word.contains(letter)),
        4..=5 => distance <= 1,
        _ => distance <= 2,
    }
}

/// Lower case without joints.
fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '-' | '_' | '.' | ' '))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_and_far() {
        let fields = ["version", "mode", "mx", "max_age"];
        for (word, meant) in [
            ("nmx", "mx"),
            ("MX", "mx"),
            ("mxs", "mx"),
            ("xm", "mx"),
            ("max-age", "max_age"),
            ("maxage", "max_age"),
            ("Max_Age", "max_age"),
            ("mxa_age", "max_age"),
            ("modes", "mode"),
            ("Mode", "mode"),
            ("eversion", "version"),
            ("verison", "version"),
        ] {
            assert_eq!(nearest(word, &fields), Some(meant), "{word}");
        }
        assert_eq!(nearest("ps", &["p", "sp", "np"]), Some("sp"));
        for word in ["mx", "mode", "contact", "ttl", "ma", "x", "comment", "age", "node_type"] {
            assert_eq!(nearest(word, &fields), None, "{word}");
        }
    }
}
