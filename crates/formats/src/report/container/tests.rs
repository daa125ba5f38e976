use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use super::*;

const TEXT: &[u8] = b"{\"report-id\":\"1\"}";

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// An archive of one file without its central directory, which is not read.
fn zip(data: &[u8], method: u8) -> Vec<u8> {
    let packed = if method == 8 {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    } else {
        data.to_vec()
    };
    let mut archive = b"PK\x03\x04\x14\0\0\0".to_vec();
    archive.extend([method, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    archive.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
    archive.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
    archive.extend([6, 0, 2, 0]);
    archive.extend(b"r.json");
    archive.extend([0, 0]);
    archive.extend(packed);
    archive
}

fn check(bytes: &[u8], text: &[u8], state: State, codes: &[Code]) {
    let mut findings = Findings::new();
    let unpacked = unpack(bytes, &mut findings);
    assert_eq!(String::from_utf8_lossy(&unpacked.text), String::from_utf8_lossy(text));
    assert_eq!(unpacked.state, state);
    assert_eq!(findings.iter().map(Finding::code).collect::<Vec<_>>(), codes);
}

#[test]
fn plain_text_stays_as_it_is() {
    check(TEXT, TEXT, State::Whole, &[]);
    check(b"", b"", State::Whole, &[]);
    check(b"neither JSON nor mail", b"neither JSON nor mail", State::Whole, &[]);
}

#[test]
fn gzip_also_in_several_members_twice_and_padded() {
    check(&gzip(TEXT), TEXT, State::Whole, &[]);
    check(&gzip(&gzip(TEXT)), TEXT, State::Whole, &[]);
    let (head, tail) = TEXT.split_at(5);
    check(&[gzip(head), gzip(tail)].concat(), TEXT, State::Whole, &[]);
    check(&[gzip(TEXT), b"\r\n\0".to_vec()].concat(), TEXT, State::Whole, &[]);
    check(&gzip(b""), b"", State::Whole, &[]);
}

#[test]
fn damaged_gzip_gives_what_came_out() {
    let packed = gzip(TEXT);
    check(&[&packed, &b"-- \nfooter"[..]].concat(), TEXT, State::Damaged, &[]);
    check(&packed[..packed.len() - 4], TEXT, State::Damaged, &[]);
    check(&packed[..5], b"", State::Damaged, &[]);
    let mut other_checksum = packed.clone();
    let last = other_checksum.len() - 5;
    other_checksum[last] ^= 1;
    check(&other_checksum, TEXT, State::Damaged, &[]);
    // As when an attachment went through a conversion to UTF-8.
    let converted = String::from_utf8_lossy(&packed).into_owned().into_bytes();
    assert!(!converted.starts_with(&GZIP_MAGIC));
    check(&[&GZIP_MAGIC[..], &converted].concat(), b"", State::Damaged, &[]);
}

#[test]
fn more_members_than_anyone_needs_are_left_out() {
    let many = gzip(TEXT).repeat(GZIP_MEMBERS + 1);
    check(&many, &TEXT.repeat(GZIP_MEMBERS), State::Damaged, &[]);
}

#[test]
fn zip_stored_and_deflated() {
    check(&zip(TEXT, 0), TEXT, State::Whole, &[Code::ReportZip]);
    check(&zip(TEXT, 8), TEXT, State::Whole, &[Code::ReportZip]);
    check(&zip(TEXT, 12), b"", State::Damaged, &[Code::ReportZip]);
    let archive = zip(TEXT, 0);
    check(&archive[..archive.len() - 1], b"", State::Damaged, &[Code::ReportZip]);
    check(b"PK\x03\x04", b"", State::Damaged, &[Code::ReportZip]);
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let bomb = gzip(&vec![b' '; REPORT_BYTES + 1]);
    assert!(bomb.len() < 20_000);
    let limit = vec![b' '; REPORT_BYTES];
    check(&bomb, &limit, State::Cut, &[Code::ReportUnpackedTooLarge]);
    check(&gzip(&limit), &limit, State::Whole, &[]);
    // Two halves that only together are too much.
    let half = gzip(&vec![b' '; REPORT_BYTES / 2 + 1]);
    check(&half.repeat(2), &limit, State::Cut, &[Code::ReportUnpackedTooLarge]);
    // A bomb in a bomb: what comes out of the first is cut, so nothing follows from the second.
    let nested = gzip(&gzip(&vec![b' '; 4 * REPORT_BYTES]));
    check(&nested, &limit, State::Cut, &[Code::ReportUnpackedTooLarge]);
}

#[test]
fn what_is_too_long_is_cut() {
    let long = [b"{".to_vec(), vec![b' '; REPORT_BYTES]].concat();
    check(&long, &long[..REPORT_BYTES], State::Cut, &[Code::ReportTooLarge]);
}

#[test]
fn utf16_in_either_order() {
    let text = "{\"a\":\"è🔒\"}";
    let little: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<_> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        [&b"\xff\xfe"[..], &little].concat(),
        [&b"\xfe\xff"[..], &big].concat(),
        little.clone(),
        big,
        [&little[..], b"x"].concat(),
    ] {
        check(&bytes, text.as_bytes(), State::Whole, &[Code::ReportUtf16]);
    }
    check(b"\xff\xfe\x00\xd8", "\u{fffd}".as_bytes(), State::Whole, &[Code::ReportUtf16]);
}

#[test]
fn a_mail_without_a_report_is_left_alone() {
    let mail = b"From: a@mail.example\r\nSubject: hello\r\n\r\n{\"not\": \"read\"}\r\n";
    check(mail, mail, State::Nothing, &[Code::ReportMailWithoutReport]);
}
