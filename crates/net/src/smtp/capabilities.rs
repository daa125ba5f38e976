use super::reply::{Reply, ReplyLine};

/// What a server offers in its reply to EHLO (RFC 5321 §4.1.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// What the server calls itself: the first word of the reply, as it came.
    pub server_name: Vec<u8>,
    /// The extensions, in order. Lines that aren't one are left out; the transcript has them.
    pub extensions: Vec<Capability>,
}

/// An extension that a server offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capability {
    /// The keyword in upper case: letters, digits and hyphens.
    pub keyword: String,
    /// What follows it, as it came.
    pub parameters: Vec<u8>,
}

impl Capabilities {
    /// Reads the reply to EHLO.
    #[must_use]
    pub fn of(reply: &Reply) -> Self {
        let mut lines = reply.lines.iter().map(ReplyLine::text);
        let server_name = lines
            .next()
            .and_then(|line| line.split(|byte| *byte == b' ').next())
            .unwrap_or_default()
            .to_vec();
        Self { server_name, extensions: lines.filter_map(capability).collect() }
    }

    /// Whether an extension is offered; the keyword in any case.
    #[must_use]
    pub fn offer(&self, keyword: &str) -> bool {
        self.extensions.iter().any(|extension| extension.keyword.eq_ignore_ascii_case(keyword))
    }
}

fn capability(line: &[u8]) -> Option<Capability> {
    let line = line.trim_ascii();
    let end = line.iter().position(|byte| *byte == b' ').unwrap_or(line.len());
    let (keyword, parameters) = line.split_at_checked(end)?;
    let fine = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    if keyword.is_empty() || !keyword.iter().all(fine) {
        return None;
    }
    Some(Capability {
        keyword: String::from_utf8(keyword.to_ascii_uppercase()).ok()?,
        parameters: parameters.trim_ascii().to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smtp::ReplyParser;

    #[test]
    fn extensions_of_a_reply() {
        let mut parser = ReplyParser::default();
        parser
            .feed(b"250-mx.example hello\r\n250-SIZE 100\r\n250-starttls\r\n250-\x1b[2J\r\n250 X=Y\r\n")
            .unwrap();
        let capabilities = Capabilities::of(&parser.finish().unwrap());
        assert_eq!(capabilities.server_name, b"mx.example");
        assert!(capabilities.offer("STARTTLS") && capabilities.offer("size"));
        assert!(!capabilities.offer("X"));
        assert_eq!(capabilities.extensions.len(), 2);
        assert_eq!(capabilities.extensions[0].parameters, b"100");
    }

    #[test]
    fn the_name_is_no_extension() {
        let mut parser = ReplyParser::default();
        parser.feed(b"250 STARTTLS\r\n").unwrap();
        assert!(!Capabilities::of(&parser.finish().unwrap()).offer("STARTTLS"));
    }
}
