//! What Postfix logs.

use std::fmt;

/// How a message is called while it is in a queue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueueId(pub(super) String);

impl fmt::Display for QueueId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl QueueId {
    /// The id in an answer such as `250 2.0.0 Ok: queued as 4AF3D2E1`.
    pub(super) fn queued(answer: &str) -> Option<Self> {
        let (_, rest) = answer.split_once("queued as ")?;
        let id: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        (!id.is_empty()).then_some(Self(id))
    }
}

/// What Postfix knows about the other side of a connection with TLS, as it calls it in its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// There was no certificate, or nobody asked for one.
    Anonymous,
    /// The chain leads to nobody who is trusted.
    Untrusted,
    /// The chain is good; the name is not what is asked for, or nothing asks for one.
    Trusted,
    /// Chain and name are what the policy asks for, or a TLSA record fits.
    Verified,
}

impl Tls {
    fn read(name: &str) -> Option<Self> {
        match name {
            "Anonymous" => Some(Self::Anonymous),
            "Untrusted" => Some(Self::Untrusted),
            "Trusted" => Some(Self::Trusted),
            "Verified" => Some(Self::Verified),
            _ => None,
        }
    }
}

/// The lines so far.
#[derive(Debug)]
pub(super) struct Log(Vec<Line>);

/// `Nov  5 10:00:00 host postfix/PROGRAM[PROCESS]: TEXT`
#[derive(Debug)]
pub(super) struct Line {
    pub(super) program: String,
    process: u32,
    pub(super) text: String,
}

/// What became of a message, for one recipient.
#[derive(Debug)]
pub(super) struct Status {
    pub(super) recipient: String,
    pub(super) relay: String,
    /// RFC 3463
    pub(super) dsn: String,
    /// `sent`, `deferred`, `bounced`
    pub(super) word: String,
    /// What follows in brackets.
    pub(super) reason: String,
    /// The last connection with TLS that the same process made for this message.
    pub(super) tls: Option<Tls>,
    /// What the same process said of this try before.
    pub(super) said: Vec<String>,
}

impl Log {
    pub(super) fn read(text: &str) -> Self {
        Self(text.lines().filter_map(Line::read).collect())
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.0
    }

    /// What became of a message, try by try.
    pub(super) fn statuses(&self, id: &str) -> Vec<Status> {
        let prefix = format!("{id}: to=<");
        let ends = |line: &Line| line.text.contains(", status=");
        let of_message = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, line)| line.text.starts_with(&prefix) && ends(line));
        of_message
            .filter_map(|(place, line)| {
                // A process has one message at a time.
                let before = self.0[..place].iter().rev().filter(|it| it.process == line.process);
                let mut of_try: Vec<&Line> = before.take_while(|it| !ends(it)).collect();
                of_try.reverse();
                Status::read(&line.text[prefix.len()..], &of_try)
            })
            .collect()
    }

    /// The level of the connection over which a message came, whose first line is at `place`.
    pub(super) fn tls_before(&self, place: usize) -> Option<Tls> {
        let process = self.0[place].process;
        let before = self.0[..place].iter().rev().filter(|line| line.process == process);
        before
            .take_while(|line| !line.text.starts_with("connect from "))
            .find_map(|line| line.tls("established from"))
    }
}

impl Line {
    fn read(line: &str) -> Option<Self> {
        let (_, rest) = line.split_once(" postfix/")?;
        let (program, rest) = rest.split_once('[')?;
        let (process, text) = rest.split_once("]: ")?;
        Some(Self {
            program: program.to_owned(),
            process: process.parse().ok()?,
            text: text.to_owned(),
        })
    }

    fn tls(&self, direction: &str) -> Option<Tls> {
        let (level, rest) = self.text.split_once(" TLS connection ")?;
        if rest.starts_with(direction) { Tls::read(level) } else { None }
    }
}

impl Status {
    /// Reads what follows `to=<`, and the lines of the same try.
    fn read(text: &str, of_try: &[&Line]) -> Option<Self> {
        let (recipient, rest) = text.split_once('>')?;
        let (fields, rest) = rest.split_once(", status=")?;
        let (word, reason) = rest.split_once(" (")?;
        let field = |name: &str| {
            fields.split(", ").find_map(|field| field.strip_prefix(name)).unwrap_or_default()
        };
        Some(Self {
            recipient: recipient.to_owned(),
            relay: field("relay=").to_owned(),
            dsn: field("dsn=").to_owned(),
            word: word.to_owned(),
            reason: reason.strip_suffix(')').unwrap_or(reason).to_owned(),
            tls: of_try.iter().rev().find_map(|line| line.tls("established to")),
            said: of_try.iter().map(|line| line.text.clone()).collect(),
        })
    }
}
