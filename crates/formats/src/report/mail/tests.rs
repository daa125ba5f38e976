use super::*;

const TEXT: &str = "{\"report-id\":\"1\"}";

/// `{"report-id":"1"}` in base64.
const BASE64: &str = "eyJyZXBvcnQtaWQiOiIxIn0=";

fn found(mail: &str) -> Option<(String, usize)> {
    let attachment = find_report(mail.as_bytes())?;
    Some((String::from_utf8_lossy(&attachment.content).into_owned(), attachment.count))
}

fn good(mail: &str) {
    assert!(is_mail(mail.as_bytes()), "{mail}");
    for mail in [mail.to_owned(), mail.replace('\n', "\r\n")] {
        let (content, count) = found(&mail).unwrap_or_else(|| panic!("{mail}"));
        assert_eq!((content.trim_end(), count), (TEXT, 1), "{mail}");
    }
}

/// A mail with one part behind the text that people read.
fn multipart(part: &str) -> String {
    format!(
        "Received: by mx.example.com\nFrom: tls@mail.example\nSubject: Report Domain: example.com\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=\"tlsrpt\";\n\
         \tboundary=\"=_b\"\n\n--=_b\nContent-Type: text/plain\n\nA report.\n--=_b\n{part}\n\
         --=_b--\n"
    )
}

#[test]
fn types_and_names_that_carry_reports() {
    for fields in [
        "Content-Type: application/tlsrpt+json",
        "Content-Type: application/tlsrpt",
        "content-type: Application/TLSRPT+JSON",
        "Content-Type: application/tlsrpt+gzip; ",
        "Content-Type: application/tlsrpt+json;\n\tname=\"a!example.com!1!2.json\"",
        "Content-Type: application/tlsrpt+json; name=\"a!b!1!2!001.json.gz\"",
        "Content-Type: application/octet-stream\nContent-Disposition: attachment;\n \
         filename=\"A!B!1!2.JSON\"",
        "Content-Type: application/json; name=x.json",
        "Content-Type: application/gzip; name=x.json.gz",
        // In continued parts (RFC 2231).
        "Content-Type: application/octet-stream\nContent-Disposition: attachment;\n \
         filename*0=\"mail.example!example.com!\";\n filename*1=\"1!2.json\"",
        "Content-Type: application/tlsrpt+zip; name=\"a!b!1!2.zip\"",
        "Content-Description: a report\nContent-Type: application/tlsrpt+json\n\
         Content-Disposition: attachment",
    ] {
        good(&multipart(&format!("{fields}\n\n{TEXT}")));
    }
}

#[test]
fn transfer_encodings() {
    let part = "Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: ";
    good(&multipart(&format!("{part}base64\n\n{BASE64}")));
    good(&multipart(&format!("{part}BASE64 \n\neyJyZXBvcnQt\naWQiOiIx\n  In0=\n\n")));
    // Characters out of the alphabet do not count (RFC 2045 §6.8).
    good(&multipart(&format!("{part}base64\n\neyJyZXBvcnQt!aWQiOiIxIn0=\n")));
    good(&multipart(&format!("{part}quoted-printable\n\n{{\"report-id\"=3A\"=\n1\"}}")));
    good(&multipart(&format!("{part}7bit\n\n{TEXT}")));
    good(&multipart(&format!("{part}no-such-encoding\n\n{TEXT}")));
}

#[test]
fn a_mail_that_breaks_off_or_goes_on() {
    let whole = multipart(&format!("Content-Type: application/tlsrpt+json\n\n{TEXT}"));
    good(whole.strip_suffix("\n--=_b--\n").unwrap());
    good(&whole.replace("--=_b--\n", "--=_b--\n\nepilogue\n--=_b\n\nno part\n"));
    good(&whole.replace("--=_b--\n", "--=_b\nContent-Type: text/plain\n\n\n--=_b--\n"));
    let line = format!("{}{BASE64}", " ".repeat(900));
    let part = "Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64";
    let mail = multipart(&format!("{part}\n\n{line}"));
    good(mail.strip_suffix("--=_b--\n").unwrap());
}

#[test]
fn reports_without_multipart_in_mailboxes_and_forwarded() {
    let alone = format!("From: a@b.example\nContent-Type: application/tlsrpt+json\n\n{TEXT}");
    good(&alone);
    good(&format!("From tls@mail.example Sun Mar  1 00:00:00 2026\n{alone}"));
    let forwarded = format!("Content-Type: message/rfc822\n\n{alone}");
    good(&multipart(&forwarded));
    let inner = multipart(&format!("Content-Type: application/tlsrpt+json\n\n{TEXT}"));
    good(&multipart(&format!("Content-Type: message/rfc822\n\n{}", inner.replace("=_b", "=_c"))));
}

#[test]
fn the_part_for_people_may_be_anything() {
    let mail = multipart(&format!("Content-Type: application/tlsrpt+json\n\n{TEXT}"));
    good(&mail.replace("text/plain", "text/html; charset=\"us-ascii\""));
    good(&mail.replace("Content-Type: text/plain\n", ""));
    good(&mail.replace("Content-Type: text/plain\n\nA report.\n--=_b\n", ""));
    good(&mail.replace("--=_b\nContent-Type: text", "This is MIME.\n\n--=_b \nContent-Type: text"));
}

#[test]
fn nesting_and_parts_are_bounded() {
    let alone = format!("Content-Type: application/tlsrpt+json\n\n{TEXT}");
    let wrapped = |times: usize| "Content-Type: message/rfc822\n\n".repeat(times) + &alone;
    assert!(found(&wrapped(MAIL_DEPTH)).is_some());
    assert!(found(&wrapped(MAIL_DEPTH + 1)).is_none());
    let behind = |parts: usize| {
        let parts = "Content-Type: text/plain\n\n--=_b\n".repeat(parts);
        multipart(&format!("{parts}{alone}"))
    };
    assert!(found(&behind(MAIL_PARTS - 3)).is_some());
    assert!(found(&behind(MAIL_PARTS - 2)).is_none());
}

#[test]
fn the_type_goes_before_the_name_and_the_first_before_the_rest() {
    let other = "Content-Type: application/json; name=other.json\n\n{}\n--=_b\n";
    let report = format!("Content-Type: application/tlsrpt+json\n\n{TEXT}");
    good(&multipart(&format!("{other}{report}")));
    let second = "\n--=_b\nContent-Type: application/tlsrpt+json\n\n{}";
    let mail = multipart(&format!("{report}{second}"));
    assert_eq!(found(&mail), Some((TEXT.to_owned(), 2)));
}

#[test]
fn mails_without_a_report() {
    for part in [
        "Content-Type: application/zip; name=dmarc.zip\n\nPK",
        "Content-Type: text/plain; name=x.json\n\n{}",
        "Content-Type: application/octet-stream\n\n{}",
        "Content-Type: multipart/mixed\n\n{}",
        "\n{}",
    ] {
        assert_eq!(found(&multipart(part)), None, "{part}");
    }
    assert_eq!(found("Subject: hello\n\nhello\n"), None);
    assert_eq!(found("Subject: hello"), None);
}

#[test]
fn what_is_no_mail() {
    for text in ["", "\n", "hello", "version: STSv1\nmode: none\n", "<html>", ": x\nfrom: y\n"] {
        assert!(!is_mail(text.as_bytes()), "{text}");
    }
}

#[test]
fn hostile_nesting_costs_neither_stack_nor_time() {
    const BYTES: usize = 4 * 1024 * 1024;
    let repeated = |unit: &str| unit.repeat(BYTES / unit.len());
    let outer = "Content-Type: multipart/mixed; boundary=a\n\n";
    for mail in [
        repeated("Content-Type: message/rfc822\n\n"),
        format!("{outer}{}", repeated("--a\nContent-Type: multipart/mixed; boundary=b\n\nx\n")),
        format!("{outer}{}", repeated("--a\n")),
        format!("{outer}{}", repeated("--a\nContent-Type: message/rfc822\n\n")),
        repeated("Content-Type: multipart/mixed; boundary=a\n\n--a\n"),
        repeated("Content-Type: x\n"),
        format!("Content-Type: application/x{}\n\n", repeated("; name*0=a")),
        format!("Content-Type: {}\n\n", repeated("(")),
        format!("From: {}\n\n", repeated("a ")),
        format!("Content-Type: multipart/mixed; boundary={}\n\n", repeated("-")),
    ] {
        assert_eq!(found(&mail), None);
    }
}
