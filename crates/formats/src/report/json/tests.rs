use super::*;
use crate::limits::{JSON_DEPTH, JSON_VALUES};
use sigillo_findings::Code;

fn read(text: &[u8]) -> (Document<'_>, Findings) {
    let mut findings = Findings::new();
    let document = Document::read(text, 0, &mut findings);
    (document, findings)
}

/// A value as text, with everything in it: enough to compare.
fn show(value: Value<'_>) -> String {
    match value.kind() {
        Kind::Array => format!("[{}]", value.elements().map(show).collect::<Vec<_>>().join(" ")),
        Kind::Object => {
            let members =
                value.members().map(|(key, value)| format!("{}={}", key.text(), show(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(" "))
        }
        Kind::String => format!("'{}'", value.text()),
        _ => value.text().into_owned(),
    }
}

fn good(text: &str, expected: &str) {
    let (document, findings) = read(text.as_bytes());
    assert_eq!(document.fault, None, "{text}");
    assert!(findings.is_empty(), "{text}: {findings:?}");
    assert_eq!(show(document.root().unwrap()), expected, "{text}");
}

fn bad(text: &str, fault: Fault, at: usize, understood: &str) {
    let (document, _) = read(text.as_bytes());
    assert_eq!((document.fault, document.end), (Some(fault), at), "{text}");
    let root = document.root().map(show);
    assert_eq!(root.as_deref().unwrap_or_default(), understood, "{text}");
}

#[test]
fn what_is_json() {
    good("null", "null");
    good(" [ ] ", "[]");
    good("{ }", "{}");
    good("[1,-0.5e+3,[],{},true]", "[1 -0.5e+3 [] {} true]");
    good(r#"{"a":{"b":[1,2]},"c":false,"a":3}"#, "{a={b=[1 2]} c=false a=3}");
    good(r#""\"\\\/\b\f\n\r\t""#, "'\"\\/\u{8}\u{c}\n\r\t'");
    good(r#""\u00e8 \ud83d\udd12 è""#, "'è 🔒 è'");
}

#[test]
fn what_is_not_json_stops_there_and_keeps_what_precedes() {
    bad("", Fault::Truncated, 0, "");
    bad("{\"a\":1,\"b\"", Fault::Truncated, 10, "{a=1}");
    bad("{\"a\":1,\"b\":", Fault::Truncated, 11, "{a=1}");
    bad("{\"a\":[1,2", Fault::Truncated, 9, "{a=[1 2]}");
    bad("{\"a\":[1,{\"b\":\"c", Fault::Truncated, 15, "{a=[1 {}]}");
    bad("\"\\u12", Fault::Truncated, 1, "");
    bad("[1 2]", Fault::Unexpected, 3, "[1]");
    bad("{\"a\" 1}", Fault::Unexpected, 5, "{}");
    bad("{a:1}", Fault::Unexpected, 1, "{}");
    bad("[01]", Fault::Unexpected, 2, "[0]");
    bad("[+1]", Fault::Unexpected, 1, "[]");
    bad("[1.]", Fault::Unexpected, 3, "[]");
    bad("[1,,2]", Fault::Unexpected, 3, "[1]");
    bad("[,]", Fault::Unexpected, 1, "[]");
    bad("[nul]", Fault::Unexpected, 4, "[]");
    bad("[1}", Fault::Unexpected, 2, "[1]");
    bad("[1,}", Fault::Unexpected, 3, "[1]");
    bad("// no comments\n1", Fault::Unexpected, 0, "");
}

#[test]
fn values_have_their_bytes() {
    let text = r#" {"key": ["é", 12 ]} "#.as_bytes();
    let (document, _) = read(text);
    let root = document.root().unwrap();
    assert_eq!(root.raw(), &text[1..text.len() - 1]);
    let (key, list) = root.members().next().unwrap();
    assert_eq!(key.raw(), b"\"key\"");
    assert_eq!(list.raw(), "[\"é\", 12 ]".as_bytes());
    let elements: Vec<_> = list.elements().map(Value::raw).collect();
    assert_eq!(elements, ["\"é\"".as_bytes(), b"12"]);
    assert_eq!(document.end, text.len() - 1);
}

#[test]
fn slips_are_mended_and_told() {
    let cases: [(&[u8], &str, Code, &[u8]); 7] = [
        (b"[1, 2 , ]", "[1 2]", Code::ReportTrailingComma, b","),
        (b"{\"a\":1,}", "{a=1}", Code::ReportTrailingComma, b","),
        (b"\"a\tb\nc\"", "'a\tb\nc'", Code::ReportControlCharacter, b"\t"),
        (b"\"a\\xb\\yc\"", "'a\\xb\\yc'", Code::ReportEscapeInvalid, b"\\x"),
        (b"\"a\\\xc3\xa8\"", "'a\\è'", Code::ReportEscapeInvalid, b"\\\xc3\xa8"),
        (b"\"a\\ud83d b\"", "'a\u{fffd} b'", Code::ReportEscapeInvalid, b"\\ud83d"),
        (b"\"\\udd12\\u12x4\"", "'\u{fffd}\\u12x4'", Code::ReportEscapeInvalid, b"\\udd12"),
    ];
    for (text, expected, code, span) in cases {
        let (document, findings) = read(text);
        assert_eq!(document.fault, None, "{text:?}");
        assert_eq!(show(document.root().unwrap()), expected);
        let raised: Vec<_> = findings.iter().map(sigillo_findings::Finding::code).collect();
        assert_eq!(raised, [code], "{text:?}");
        assert_eq!(findings.iter().next().unwrap().span().unwrap().of(text), span);
    }
}

#[test]
fn bytes_that_are_no_utf8_are_replaced() {
    let (document, _) = read(b"[\"a\xff\", \"\\n\xff\"]");
    assert_eq!(show(document.root().unwrap()), "['a\u{fffd}' '\n\u{fffd}']");
}

#[test]
fn depth_and_number_of_values_are_bounded() {
    let deepest = format!("{}{}", "[".repeat(JSON_DEPTH), "]".repeat(JSON_DEPTH));
    assert_eq!(read(deepest.as_bytes()).0.fault, None);
    let deeper = format!("[{deepest}]");
    assert_eq!(read(deeper.as_bytes()).0.fault, Some(Fault::TooComplex));

    let most = format!("[{}0]", "0,".repeat(JSON_VALUES - 2));
    assert_eq!(read(most.as_bytes()).0.fault, None);
    let more = format!("[{}0]", "0,".repeat(JSON_VALUES - 1));
    let (document, _) = read(more.as_bytes());
    assert_eq!(document.fault, Some(Fault::TooComplex));
    assert_eq!(document.root().unwrap().elements().count(), JSON_VALUES - 1);
}
