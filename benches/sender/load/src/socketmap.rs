//! The protocol of `socketmap_table(5)`: netstrings `LENGTH:NAME KEY,` one way and
//! `LENGTH:STATUS DATA,` the other.

/// The map that is asked.
const MAP: &str = "postfix";
/// The digits of the longest reply that Postfix takes, of 100,000 bytes.
const DIGITS: usize = 6;

/// Appends the question about a key.
pub(crate) fn ask(key: &str, to: &mut Vec<u8>) {
    let length = MAP.len() + 1 + key.len();
    to.extend_from_slice(format!("{length}:{MAP} {key},").as_bytes());
}

/// The content of the first netstring and its length with all around it; none if more has to come.
pub(crate) fn netstring(bytes: &[u8]) -> Result<Option<(&[u8], usize)>, NoNetstring> {
    let Some(colon) = bytes.iter().take(DIGITS + 1).position(|byte| *byte == b':') else {
        let may_become_one = bytes.len() <= DIGITS && bytes.iter().all(u8::is_ascii_digit);
        return if may_become_one { Ok(None) } else { Err(NoNetstring) };
    };
    let (digits, rest) = bytes.split_at(colon);
    let length = digits
        .iter()
        .all(u8::is_ascii_digit)
        .then(|| str::from_utf8(digits).ok()?.parse::<usize>().ok())
        .flatten()
        .ok_or(NoNetstring)?;
    let Some(content) = rest.get(1..=length) else {
        return Ok(None);
    };
    match rest.get(length + 1) {
        None => Ok(None),
        Some(b',') => Ok(Some((content, colon + length + 2))),
        Some(_) => Err(NoNetstring),
    }
}

/// A reply `OK …` of exactly this length with all around it; none if there is no such netstring.
pub(crate) fn reply_of(bytes: usize) -> Option<Vec<u8>> {
    (1..=DIGITS).find_map(|digits| {
        let content = bytes.checked_sub(digits + 2)?;
        let text = format!("{content}:{:x<content$},", "OK ");
        (text.len() == bytes).then(|| text.into_bytes())
    })
}

/// What a server sent is no netstring.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoNetstring;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_the_map_and_the_key() {
        let mut bytes = b"before".to_vec();
        ask("example.test", &mut bytes);
        assert_eq!(bytes, b"before20:postfix example.test,");
    }

    #[test]
    fn a_netstring_is_read_when_all_of_it_is_there() {
        let text = b"9:NOTFOUND ,3:OK ,";
        for end in 0..12 {
            assert_eq!(netstring(&text[..end]), Ok(None), "{end}");
        }
        assert_eq!(netstring(text), Ok(Some((&b"NOTFOUND "[..], 12))));
        assert_eq!(netstring(&text[12..]), Ok(Some((&b"OK "[..], 6))));
        assert_eq!(netstring(b"0:,"), Ok(Some((&b""[..], 3))));
    }

    #[test]
    fn what_is_no_netstring_is_refused() {
        for text in ["OK ", ":", ":,", "2:OK;", "-1:,", "+2:OK,", "1000000:", "12345678"] {
            assert_eq!(netstring(text.as_bytes()), Err(NoNetstring), "{text}");
        }
    }

    #[test]
    fn a_reply_has_the_length_that_is_wanted() {
        assert_eq!(reply_of(12).as_deref(), Some(&b"9:OK xxxxxx,"[..]));
        for bytes in [14, 60, 101, 103, 1000] {
            let reply = reply_of(bytes).unwrap();
            assert_eq!(reply.len(), bytes);
            assert!(matches!(netstring(&reply), Ok(Some((_, length))) if length == bytes));
        }
        // Nine bytes need one digit, ten need two: nothing lies between.
        assert_eq!(reply_of(13), None);
        assert_eq!(reply_of(0), None);
    }
}
