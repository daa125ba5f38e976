//! Which codes each case raises: told in a list, held against what the case saw, and all lists
//! together against the catalogue.

use std::cell::RefCell;
use std::collections::BTreeSet;

use sigillo_check::Judgement;
use sigillo_findings::Code;

use crate::{
    certificates, denial, healthy, mail, mail_host, name_server, policy_host, real, records,
    reports, signed,
};

/// What a case has raised so far; nothing where it had to do without its servers.
type Heard = RefCell<Option<BTreeSet<&'static str>>>;

tokio::task_local! {
    static HEARD: Heard;
}

/// Makes a test of each function, which raises the codes beside it and no others, and `RAISED`, the
/// codes of them all.
macro_rules! cases {
    ($($case:ident: [$($code:literal),* $(,)?],)*) => {
        pub(crate) const RAISED: &[&[&str]] = &[$(&[$($code),*]),*];

        mod raises {
            $(#[tokio::test]
            async fn $case() {
                crate::raising::raises(&[$($code),*], super::$case()).await;
            })*
        }
    };
}
pub(crate) use cases;

/// Runs a case, and asserts that the looks in it raise these codes.
pub(crate) async fn raises(codes: &[&str], case: impl Future<Output = ()>) {
    let expected: BTreeSet<&str> = codes.iter().copied().collect();
    // In a box: cases are large.
    let case = async {
        Box::pin(case).await;
        HEARD.with(Heard::take)
    };
    if let Some(heard) = HEARD.scope(RefCell::new(Some(BTreeSet::new())), case).await {
        assert_eq!(heard, expected, "raised on the left, in the list of cases on the right");
    }
}

/// Keeps what a look came to.
pub(crate) fn hear(judgement: &Judgement) {
    let codes = judgement.findings.iter().map(|finding| finding.code().name());
    HEARD.with(|heard| heard.borrow_mut().iter_mut().for_each(|heard| heard.extend(codes.clone())));
}

/// The case does without servers that are missing here, as it may.
pub(crate) fn skip() {
    HEARD.with(Heard::take);
}

#[test]
fn every_code_of_a_live_check_is_raised_by_servers() {
    let lists = [
        certificates::RAISED,
        denial::RAISED,
        healthy::RAISED,
        mail::RAISED,
        mail_host::RAISED,
        name_server::RAISED,
        policy_host::RAISED,
        real::RAISED,
        records::RAISED,
        reports::RAISED,
        signed::RAISED,
    ];
    let raised: BTreeSet<&str> = lists.into_iter().flatten().copied().flatten().copied().collect();
    let live: BTreeSet<&str> =
        Code::ALL.iter().filter(|code| code.is_live()).map(|code| code.name()).collect();
    let missing: Vec<&&str> = live.difference(&raised).collect();
    assert!(missing.is_empty(), "in the catalogue, but raised by no server: {missing:?}");
}
