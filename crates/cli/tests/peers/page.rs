//! The table as `docs/peers.md` has it.

use std::fmt::Write as _;
use std::fs;

use crate::case::{Case, Theirs};
use crate::protocol::Exchange;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/peers.md");

/// What stands around the tables.
const BEGIN: &str = "<!-- The tables: tests/peers has them, scripts/update-docs writes them. -->\n";
const END: &str = "<!-- The end of the tables. -->\n";

#[test]
fn the_page_has_the_tables() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let tables = tables();
    if std::env::var("SIGILLO_PEERS").is_ok_and(|what| what == "overwrite") {
        fs::write(PAGE, [before, BEGIN, &tables, END, after].concat()).unwrap();
        return;
    }
    assert!(written == tables, "{PAGE}: write the tables anew with scripts/update-docs");
}

/// All tables.
fn tables() -> String {
    let mut text = String::new();
    let mut counts = (0, 0);
    for (title, cases) in crate::groups() {
        write!(text, "\n### {title}\n\n").unwrap();
        text.push_str(
            "| case | asked | both answer, or Sigillo | postfix-mta-sts-resolver | why |\n",
        );
        text.push_str("| --- | --- | --- | --- | --- |\n");
        for case in &cases {
            let (theirs, reason) = their_cells(case);
            counts.0 += 1;
            counts.1 += usize::from(!reason.is_empty());
            let cells =
                [case.what.to_owned(), asked(case), code(&case.our_answer()), theirs, reason];
            writeln!(text, "| {} |", cells.join(" | ")).unwrap();
        }
    }
    text.push_str("\n### The protocol\n\n");
    text.push_str("| case | sent | both answer, or Sigillo | postfix-mta-sts-resolver | why |\n");
    text.push_str("| --- | --- | --- | --- | --- |\n");
    for exchange in crate::protocol::exchanges() {
        counts.0 += 1;
        counts.1 += usize::from(exchange.differs());
        writeln!(text, "{}", exchange_row(&exchange)).unwrap();
    }
    let (all, differing) = counts;
    format!("{all} questions; {differing} have answers that differ.\n{text}\n")
}

/// Their answers and the reason where they differ.
fn their_cells(case: &Case) -> (String, String) {
    let (mut theirs, mut reason) = match case.theirs {
        Theirs::Same => (String::new(), String::new()),
        Theirs::AnyOrder => ("the same names, in any order".to_owned(), String::new()),
        Theirs::Differs(_, reason) => (code(&case.their_answer()), reason.to_owned()),
    };
    if let Some((_, why)) = case.theirs_before {
        if theirs.is_empty() {
            theirs.push_str("the same");
        }
        write!(theirs, "; 1.1.2: {}", code(&case.their_answer_before())).unwrap();
        if !reason.is_empty() {
            reason.push_str("; ");
        }
        reason.push_str(why);
    }
    (theirs, reason)
}

/// The key, with the map if it isn't the usual one.
fn asked(case: &Case) -> String {
    let key = case.text(&case.key);
    let shown = if key.len() > 60 { format!("{}…", &key[..40]) } else { key };
    if case.map == "postfix" {
        code(&shown)
    } else {
        format!("{} in {}", code(&shown), code(case.map))
    }
}

fn exchange_row(exchange: &Exchange) -> String {
    let answers = |answers: &[&str]| {
        answers.iter().map(|answer| code(answer)).collect::<Vec<_>>().join(", then ")
    };
    let theirs = if exchange.differs() { answers(exchange.theirs) } else { String::new() };
    let cells = [
        exchange.what.to_owned(),
        code(exchange.shown),
        answers(exchange.ours),
        theirs,
        exchange.reason.to_owned(),
    ];
    format!("| {} |", cells.join(" | "))
}

/// A text as Markdown shows it; an answer that is none is said in words.
fn code(text: &str) -> String {
    match text {
        "" => "nothing".to_owned(),
        crate::case::ENDS => text.to_owned(),
        text => format!("`{}`", text.replace('|', "\\|")),
    }
}
