//! One question, and what each daemon answers.

/// A policy that enforces, for the one host of its domain. `{d}` stands for the domain in every text of a case.
pub(crate) const ENFORCE: &str = "version: STSv1\nmode: enforce\nmx: mx.{d}\nmax_age: 86400\n";

/// The answer to it.
pub(crate) const SECURE: &str = "OK secure match=mx.{d} servername=hostname";

/// There is no policy.
pub(crate) const NOT_FOUND: &str = "NOTFOUND ";

/// It can't be told now.
pub(crate) const WAIT: &str = "TEMP the DNS can't be asked at the moment";

/// We have no map of this name.
pub(crate) const NO_MAP: &str = "PERM no such map: postfix, postfix-tlsrpt are known";

/// What stands for the end of the connection in place of an answer.
pub(crate) const ENDS: &str = "the connection ends";

/// What a policy host does.
#[derive(Debug, Clone)]
pub(crate) enum Host {
    /// It has no address.
    Missing,
    /// Nobody listens at its address.
    Refuses,
    /// It answers with these bytes.
    Answers {
        /// The status and the header fields.
        head: String,
        /// The body, or all that follows the head if that says how long it is.
        body: Vec<u8>,
        /// Which chain it shows.
        certificate: Certificate,
    },
}

/// The chain of a policy host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificate {
    Good,
    Wildcard,
    AnotherName,
    Expired,
    SelfSigned,
    /// The intermediate authority is left out.
    Incomplete,
}

/// A record below the domain, or of the domain itself (`@`): name, type and data as in a zone file.
pub(crate) type Record = (&'static str, &'static str, &'static str);

/// What the answers of the other daemon are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Theirs {
    /// The same as ours.
    Same,
    /// The same names in an order that is another each time the daemon starts.
    AnyOrder,
    /// Another one, and why.
    Differs(&'static str, &'static str),
}

/// A question about a domain of its own.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// What is special, as the page says it.
    pub(crate) what: &'static str,
    /// The zone's domain that it is about, such as `enforce.example`.
    pub(crate) domain: &'static str,
    /// The map that is asked.
    pub(crate) map: &'static str,
    /// The key that is asked about; `{d}` is the domain.
    pub(crate) key: String,
    /// Records beside the usual ones, which come first.
    pub(crate) records: Vec<Record>,
    /// Whether the domain has one MX host, `mx.{d}`, with an address.
    pub(crate) has_usual_mx: bool,
    /// The text of its record; none if it has none.
    pub(crate) record: Option<&'static str>,
    pub(crate) host: Host,
    pub(crate) ours: &'static str,
    /// What version 1.5.1 of the other daemon answers.
    pub(crate) theirs: Theirs,
    /// What version 1.1.2 answers, where it isn't the same, and why.
    pub(crate) theirs_before: Option<(&'static str, &'static str)>,
}

impl Case {
    /// A domain with a policy that enforces, which both daemons find.
    pub(crate) fn new(what: &'static str, domain: &'static str) -> Self {
        Self {
            what,
            domain,
            map: "postfix",
            key: domain.to_owned(),
            records: Vec::new(),
            has_usual_mx: true,
            record: Some("v=STSv1; id=1;"),
            host: Host::Missing,
            ours: SECURE,
            theirs: Theirs::Same,
            theirs_before: None,
        }
        .policy(ENFORCE)
    }

    /// Asks about this key in place of the domain.
    pub(crate) fn key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// Asks this map in place of `postfix`.
    pub(crate) fn map(mut self, map: &'static str) -> Self {
        self.map = map;
        self
    }

    /// Serves this policy as it should be served.
    pub(crate) fn policy(self, policy: &str) -> Self {
        self.serves("200 OK\r\nContent-Type: text/plain", policy.as_bytes())
    }

    /// Gives this answer over HTTP.
    pub(crate) fn serves(mut self, head: &str, body: &[u8]) -> Self {
        self.host = Host::Answers {
            head: head.to_owned(),
            body: body.to_vec(),
            certificate: Certificate::Good,
        };
        self
    }

    /// Shows this chain.
    pub(crate) fn certificate(mut self, shown: Certificate) -> Self {
        if let Host::Answers { certificate, .. } = &mut self.host {
            *certificate = shown;
        }
        self
    }

    /// Has no policy host that could be reached.
    pub(crate) fn host(mut self, host: Host) -> Self {
        self.host = host;
        self
    }

    /// Has this record, or none.
    pub(crate) fn record(mut self, text: Option<&'static str>) -> Self {
        self.record = text;
        self
    }

    /// Has no record and no policy.
    pub(crate) fn without_policy(self) -> Self {
        self.record(None).host(Host::Missing)
    }

    /// Has records beside the usual ones.
    pub(crate) fn with(mut self, records: &[Record]) -> Self {
        self.records.extend_from_slice(records);
        self
    }

    /// Has no MX host but those of its records.
    pub(crate) fn without_mx(mut self) -> Self {
        self.has_usual_mx = false;
        self
    }

    /// Both answer this.
    pub(crate) fn both(mut self, answer: &'static str) -> Self {
        self.ours = answer;
        self
    }

    /// We answer this.
    pub(crate) fn ours(self, answer: &'static str) -> Self {
        self.both(answer)
    }

    /// They give the names in any order.
    pub(crate) fn in_any_order(mut self) -> Self {
        self.theirs = Theirs::AnyOrder;
        self
    }

    /// They answer that, for a reason.
    pub(crate) fn theirs(mut self, answer: &'static str, reason: &'static str) -> Self {
        self.theirs = Theirs::Differs(answer, reason);
        self
    }

    /// Version 1.1.2 answers that, for a reason.
    pub(crate) fn theirs_before(mut self, answer: &'static str, reason: &'static str) -> Self {
        self.theirs_before = Some((answer, reason));
        self
    }

    /// A text of this case with its domain.
    pub(crate) fn text(&self, text: &str) -> String {
        text.replace("{d}", self.domain)
    }

    /// What is asked.
    pub(crate) fn request(&self) -> Vec<u8> {
        let data = format!("{} {}", self.map, self.text(&self.key));
        format!("{}:{data},", data.len()).into_bytes()
    }

    /// What we answer.
    pub(crate) fn our_answer(&self) -> String {
        self.text(self.ours)
    }

    /// What version 1.5.1 answers.
    pub(crate) fn their_answer(&self) -> String {
        match self.theirs {
            Theirs::Same | Theirs::AnyOrder => self.our_answer(),
            Theirs::Differs(answer, _) => self.text(answer),
        }
    }

    /// What version 1.1.2 answers.
    pub(crate) fn their_answer_before(&self) -> String {
        self.theirs_before.map_or_else(|| self.their_answer(), |(answer, _)| self.text(answer))
    }
}
