//! Passwords in what is shown of a configuration.

/// The text with stars in place of passwords in URLs, as long as it was, so that places stay.
pub(super) fn hidden(text: &[u8]) -> Vec<u8> {
    let mut shown = text.to_vec();
    let mut from = 0;
    while let Some(found) = find(text, from, b"://") {
        let start = found + 3;
        let is_end = |byte: &u8| matches!(byte, b'"' | b'\'' | b'\n' | b'\r');
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.iter().position(is_end).unwrap_or(rest.len());
        hide_in_url(&mut shown, start, end);
        from = end;
    }
    shown
}

/// Hides the password of a URL of which what follows the scheme is this part of the text.
fn hide_in_url(text: &mut [u8], start: usize, end: usize) {
    let Some(url) = text.get_mut(start..end) else { return };
    let colon = url.iter().position(|byte| *byte == b':');
    // An unescaped `@` in a password makes no URL, but is a password still.
    let at = url.iter().rposition(|byte| *byte == b'@');
    match (colon, at) {
        (Some(colon), Some(at)) if colon < at => star(url.get_mut(colon + 1..at)),
        // Somebody forgot what follows the password.
        (Some(colon), None) => {
            let behind = url.get(colon + 1..).unwrap_or_default();
            let length = behind.iter().position(|byte| *byte == b'/').unwrap_or(behind.len());
            if behind.iter().take(length).any(|byte| !byte.is_ascii_digit()) {
                star(url.get_mut(colon + 1..));
            }
        }
        _ => {}
    }
    let mut from = 0;
    while let Some(found) = find(url, from, b"password=") {
        let value = found + b"password=".len();
        let rest = url.get(value..).unwrap_or_default();
        from = value + rest.iter().position(|byte| *byte == b'&').unwrap_or(rest.len());
        star(url.get_mut(value..from));
    }
}

fn star(part: Option<&mut [u8]>) {
    part.unwrap_or_default().fill(b'*');
}

fn find(text: &[u8], from: usize, part: &[u8]) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.windows(part.len()).position(|window| window == part).map(|index| from + index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_stars_and_everything_else_is_as_it_was() {
        for (text, shown) in [
            ("url = \"postgres://u:secret@h/d\" # x", "url = \"postgres://u:******@h/d\" # x"),
            ("postgres://u:se@cr/et@h/d", "postgres://u:********@h/d"),
            ("postgres://u:secret", "postgres://u:******"),
            ("postgres://h:5432/d", "postgres://h:5432/d"),
            ("postgres://h/d?password=secret&user=u", "postgres://h/d?password=******&user=u"),
            ("postgres://u:é@h\nhttps://a", "postgres://u:**@h\nhttps://a"),
            ("https://example.net/", "https://example.net/"),
        ] {
            assert_eq!(String::from_utf8(hidden(text.as_bytes())).unwrap(), shown);
            assert_eq!(hidden(text.as_bytes()).len(), text.len());
        }
    }
}
