//! Large inputs made to cost time, memory or stack: what grows faster than its input never ends.

use sigillo_formats::limits::REPORT_BYTES;
use sigillo_formats::report;

use crate::check_invariants;
use crate::inputs::gzip;

const SIZE: usize = REPORT_BYTES / 4;

/// A unit over and over between two ends.
fn filled(start: &str, unit: &[u8], end: &str) -> Vec<u8> {
    let count = (SIZE - start.len() - end.len()) / unit.len();
    [start.as_bytes(), &unit.repeat(count), end.as_bytes()].concat()
}

#[test]
fn large_hostile_inputs() {
    for bytes in [
        filled("", b"[", ""),
        filled("", b"{\"a\":", ""),
        filled("", b"{\"policies\":[", ""),
        filled("", b"[0,", ""),
        filled("[", b"0,", "0]"),
        filled("[", b"{},", "{}]"),
        filled("{", b"\"policies\":0,", "\"policies\":0}"),
        filled("{", b"\"x\":\"\\q\t\",", "\"x\":0}"),
        filled("{\"", b"\\", ""),
        filled("{\"report-id\":\"", b"\\ud800", "\"}"),
        filled("{\"policies\":[", b"{\"policy\":{\"mx-host\":\"..\"}},", "{}]}"),
        filled(
            "{\"policies\":[{\"failure-details\":[",
            b"{\"failure-reason-code\":\"something or other went wrong\"},",
            "{}]}]}",
        ),
        filled("{\"policies\":[{\"policy\":{\"policy-string\":[", b"\"[\\\"v\\\"]\",", "0]}}]}"),
        filled("{\"contact-info\":\"", &[1], "\"}"),
        filled("{\"contact-info\":\"", &[0xff], "\"}"),
        filled("{\"contact-info\":", b"9", "}"),
        filled("{\"date-range\":{\"start-datetime\":", b"9", "}}"),
        filled("", b" ", ""),
        filled("", &[0], ""),
        filled("", b"a: b\n", ""),
        filled("", b"From: a\n", ""),
        filled("", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", ""),
        gzip(&filled("", b"{", "")),
        gzip(b"").repeat(SIZE / 20),
    ] {
        let parsed = report::parse(&bytes);
        check_invariants(&parsed);
        assert!(!parsed.is_valid());
    }
}
