//! Fetches that failed.

use sigillo_store::limits::{LISTED_FAILURES, REMOVED_AT_A_TIME};
use sigillo_store::policies::FetchFailure;

use crate::databases::Scratch;
use crate::samples::{domain, id, time};

on_both![
    failures_of_a_domain_come_latest_first,
    the_last_of_an_id_counts,
    what_is_older_is_removed,
    what_is_none_is_passed_over,
];

fn failure(name: &str, of: &str, milliseconds: i64) -> FetchFailure {
    FetchFailure { domain: domain(name), id: id(of), failed_at: time(milliseconds) }
}

async fn failures_of_a_domain_come_latest_first(scratch: Scratch) {
    let store = scratch.store().await;
    let com = domain("example.com");
    assert_eq!(store.fetch_failures(&com, time(0)).await, Ok(Vec::new()));
    let failures = [("example.com", "2", 20), ("example.com", "1", 10), ("example.com", "3", 30)];
    for (name, id, at) in failures.into_iter().chain([("example.org", "1", 40)]) {
        store.save_fetch_failure(&failure(name, id, at)).await.unwrap();
    }
    store.close().await;
    let store = scratch.store().await;
    let (second, third) = (failure("example.com", "2", 20), failure("example.com", "3", 30));
    assert_eq!(store.fetch_failures(&com, time(20)).await, Ok(vec![third.clone(), second]));
    assert_eq!(store.fetch_failures(&com, time(21)).await, Ok(vec![third]));
    assert_eq!(store.fetch_failures(&com, time(31)).await, Ok(Vec::new()));

    for number in 0..2 * i64::from(LISTED_FAILURES) {
        let more = failure("example.com", &format!("more{number}"), 100 + number);
        store.save_fetch_failure(&more).await.unwrap();
    }
    let listed = store.fetch_failures(&com, time(0)).await.unwrap();
    assert_eq!(listed.len(), LISTED_FAILURES as usize);
    assert_eq!(listed[0].failed_at, time(99 + 2 * i64::from(LISTED_FAILURES)));
}

async fn the_last_of_an_id_counts(scratch: Scratch) {
    let store = scratch.store().await;
    // The second comes from a program whose clock is fast.
    for at in [10, 1_000_000, 20] {
        store.save_fetch_failure(&failure("example.com", "1", at)).await.unwrap();
        let listed = store.fetch_failures(&domain("example.com"), time(0)).await;
        assert_eq!(listed, Ok(vec![failure("example.com", "1", at)]));
    }
    // An id is compared by its letters as they are.
    store.save_fetch_failure(&failure("example.com", "a", 30)).await.unwrap();
    store.save_fetch_failure(&failure("example.com", "A", 31)).await.unwrap();
    let listed = store.fetch_failures(&domain("example.com"), time(0)).await.unwrap();
    assert_eq!(listed.len(), 3);
}

async fn what_is_older_is_removed(scratch: Scratch) {
    let store = scratch.store().await;
    let count = i64::from(REMOVED_AT_A_TIME) + 50;
    for number in 0..count {
        let name = format!("{number}.example");
        store.save_fetch_failure(&failure(&name, "1", number)).await.unwrap();
    }
    store.save_fetch_failure(&failure("0.example", "2", count)).await.unwrap();
    assert_eq!(store.remove_fetch_failures_before(time(0)).await, Ok(0));
    assert_eq!(store.remove_fetch_failures_before(time(count)).await, Ok(count.unsigned_abs()));
    let left = store.fetch_failures(&domain("0.example"), time(0)).await;
    assert_eq!(left, Ok(vec![failure("0.example", "2", count)]));
}

async fn what_is_none_is_passed_over(scratch: Scratch) {
    let store = scratch.store().await;
    for name in ["1", "2", "3", "4"] {
        store.save_fetch_failure(&failure("example.com", name, 0)).await.unwrap();
    }
    let long = "a".repeat(1_000);
    for change in [
        "id = '' WHERE id = '1'".to_owned(),
        format!("id = '{long}' WHERE id = '2'"),
        "failed_at = 9223372036854775807 WHERE id = '3'".to_owned(),
    ] {
        scratch.tamper(&format!("UPDATE fetch_failures SET {change}")).await;
    }
    let com = domain("example.com");
    let listed = store.fetch_failures(&com, time(0)).await;
    assert_eq!(listed, Ok(vec![failure("example.com", "4", 0)]));
    store.save_fetch_failure(&failure("example.com", "3", 1)).await.unwrap();
    assert_eq!(store.fetch_failures(&com, time(0)).await.unwrap().len(), 2);
}
