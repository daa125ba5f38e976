//! What goes over a connection, well formed or not.

use crate::case::{ENDS, NO_MAP};

const FOUND: &str = "OK secure match=mx.enforce.example servername=hostname";

const NO_REQUEST: &str = "a request is a map, a space and a key (socketmap_table(5))";

/// Bytes that are sent, and all answers to them until the connection ends or nothing more is to come.
pub(crate) struct Exchange {
    pub(crate) what: &'static str,
    /// What is sent, as the page shows it.
    pub(crate) shown: &'static str,
    pub(crate) sent: Vec<u8>,
    pub(crate) ours: &'static [&'static str],
    /// What both versions of the other daemon answer.
    pub(crate) theirs: &'static [&'static str],
    /// Why that differs; empty if it doesn't.
    pub(crate) reason: &'static str,
}

impl Exchange {
    pub(crate) fn differs(&self) -> bool {
        self.ours != self.theirs
    }
}

pub(crate) fn exchanges() -> Vec<Exchange> {
    let same = |what, shown: &'static str, answers| exchange(what, shown, answers, answers, "");
    let long = |what, shown, length: usize, ours, theirs, reason| {
        // A parent, about which nobody asks the network.
        let data = format!("postfix .{}", "a".repeat(length - "postfix .".len()));
        Exchange {
            what,
            shown,
            sent: format!("{length}:{data},").into_bytes(),
            ours,
            theirs,
            reason,
        }
    };
    let mut all = vec![
        same("one request", "23:postfix enforce.example,", &[FOUND]),
        same(
            "requests at once",
            "23:postfix enforce.example,20:postfix 192.0.2.1:25,23:postfix enforce.example,",
            &[FOUND, "NOTFOUND ", FOUND],
        ),
        exchange(
            "a map that nobody has",
            "21:other enforce.example,",
            &[NO_MAP],
            &[FOUND],
            "there, a map without settings of its own has the usual ones",
        ),
        same("an empty key", "8:postfix ,", &["NOTFOUND "]),
        exchange("no key", "7:postfix,", &[ENDS], &["NOTFOUND "], NO_REQUEST),
        exchange("an empty request", "0:,", &[ENDS], &["NOTFOUND "], NO_REQUEST),
        exchange(
            "a number with zeros",
            "023:postfix enforce.example,",
            &[ENDS],
            &[FOUND],
            "no netstring begins with zeros",
        ),
        same("no number", ":postfix enforce.example,", &[ENDS]),
        same("something else", "GET / HTTP/1.1", &[ENDS]),
        same("another end", "23:postfix enforce.example;", &[ENDS]),
        same("something else behind a request", "23:postfix enforce.example,x", &[FOUND, ENDS]),
        long("1024 bytes", "1024:postfix .aaa…,", 1024, &["NOTFOUND "], &["NOTFOUND "], ""),
        long(
            "1025 bytes",
            "1025:postfix .aaa…,",
            1025,
            &["NOTFOUND "],
            &[ENDS],
            "the limit is 1024 bytes there, 1200 here",
        ),
        long("1201 bytes", "1201:postfix .aaa…,", 1201, &[ENDS], &[ENDS], ""),
    ];
    all.push(Exchange {
        sent: b"9:postfix \xff,".to_vec(),
        ..exchange(
            "a key that is no UTF-8",
            r"9:postfix \xff,",
            &["PERM the request is not readable"],
            &[ENDS],
            "what can't be read is answered, and the connection goes on",
        )
    });
    all
}

fn exchange(
    what: &'static str,
    shown: &'static str,
    ours: &'static [&'static str],
    theirs: &'static [&'static str],
    reason: &'static str,
) -> Exchange {
    Exchange { what, shown, sent: shown.as_bytes().to_vec(), ours, theirs, reason }
}
