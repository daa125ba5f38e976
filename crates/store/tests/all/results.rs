//! Results of live checks.

use jiff::Timestamp;
use sigillo_check::Verdict;
use sigillo_store::limits::{LISTED_RESULTS, OBSERVATION_BYTES, PACKED_BYTES, REMOVED_AT_A_TIME};
use sigillo_store::results::{ListedResult, ResultId};
use sigillo_store::{Store, StoreError};

use crate::databases::Scratch;
use crate::samples::{domain, record, result, time};

on_both![
    what_is_saved_is_there,
    hostile_texts_come_back_as_they_went,
    an_id_is_used_once,
    earlier_results_come_latest_first,
    retention_removes_what_is_older,
    many_write_at_once,
    what_is_too_large_is_not_saved,
];

async fn what_is_saved_is_there(scratch: Scratch) {
    let store = scratch.store().await;
    assert_eq!(store.result(ResultId::from_random(1)).await, Ok(None));
    let empty = store.size().await.unwrap();
    for (number, verdict) in (1..).zip(Verdict::ALL) {
        let mut saved = result("example.com", number, 0);
        saved.verdict = verdict;
        store.save_result(&saved).await.unwrap();
        assert_eq!(store.result(saved.id).await, Ok(Some(saved)));
    }
    assert_eq!(store.result(ResultId::from_random(8)).await, Ok(None));
    assert_eq!(store.count_results().await, Ok(7));
    assert!(empty > 0 && store.size().await.unwrap() >= empty);

    // Times are kept to the millisecond, at the ends of the calendar too.
    let fine: Timestamp = "2026-11-24T09:30:00.123456789Z".parse().unwrap();
    for (number, looked_at, kept) in [
        (20, fine, "2026-11-24T09:30:00.123Z"),
        (21, Timestamp::MIN, "-009999-01-02T01:59:59Z"),
        (22, "9999-12-30T22:00:00Z".parse().unwrap(), "9999-12-30T22:00:00Z"),
    ] {
        let mut saved = result("example.org", number, 0);
        saved.looked_at = looked_at;
        store.save_result(&saved).await.unwrap();
        let read = store.result(saved.id).await.unwrap().unwrap();
        assert_eq!(read.looked_at.to_string(), kept);
    }
}

async fn hostile_texts_come_back_as_they_went(scratch: Scratch) {
    let store = scratch.store().await;
    let mut saved = result("xn--citt-3na.example", u128::MAX, 0);
    saved.observation.record.records = [
        "'; DROP TABLE results; --",
        "\" OR \"\" = \"",
        "$1 ?1 :name @name %s {} \\' \\x00 \\u0000",
        "\0 in the middle\0",
        "𝕄𝕋𝔸 🦭 \u{10ffff} \u{fffd}",
        "\u{1b}[2J\r\n\t\u{7f}\u{202e}",
        "<script>alert(1)</script>",
    ]
    .map(record)
    .to_vec();
    store.save_result(&saved).await.unwrap();
    assert_eq!(store.result(saved.id).await, Ok(Some(saved)));
    assert_eq!(store.count_results().await, Ok(1));
}

async fn an_id_is_used_once(scratch: Scratch) {
    let store = scratch.store().await;
    let first = result("example.com", 7, 0);
    store.save_result(&first).await.unwrap();
    let second = store.save_result(&result("example.org", 7, 1)).await;
    assert_eq!(second, Err(StoreError::IdTaken(first.id)));
    assert_eq!(store.result(first.id).await, Ok(Some(first)));
}

async fn earlier_results_come_latest_first(scratch: Scratch) {
    let store = scratch.store().await;
    for (number, milliseconds) in [(3, 300), (1, 100), (2, 200), (4, 400)] {
        store.save_result(&result("example.com", number, milliseconds)).await.unwrap();
    }
    for name in ["example.org", "www.example.com", "example.co"] {
        let number = name.len() as u128 + 100;
        store.save_result(&result(name, number, 150)).await.unwrap();
    }
    let listed = async |before, limit| -> Vec<i128> {
        let earlier = store.earlier_results(&domain("example.com"), time(before), limit).await;
        earlier.unwrap().iter().map(|it| it.looked_at.duration_since(time(0)).as_millis()).collect()
    };
    assert_eq!(listed(1_000, 10).await, [400, 300, 200, 100]);
    assert_eq!(listed(1_000, 2).await, [400, 300]);
    assert_eq!(listed(300, 10).await, [200, 100]);
    assert_eq!(listed(301, 1).await, [300]);
    assert_eq!(listed(100, 10).await, [0; 0]);
    assert_eq!(listed(1_000, 0).await, [0; 0]);
    let one = store.earlier_results(&domain("EXAMPLE.com."), time(101), 10).await.unwrap();
    let id = ResultId::from_random(1);
    assert_eq!(one, [ListedResult { id, looked_at: time(100), verdict: Verdict::Absent }]);

    for number in 1_000..1_000 + u128::from(LISTED_RESULTS) {
        store.save_result(&result("example.com", number, 500)).await.unwrap();
    }
    assert_eq!(listed(1_000, u32::MAX).await, vec![500; LISTED_RESULTS as usize]);
}

async fn retention_removes_what_is_older(scratch: Scratch) {
    let store = scratch.store().await;
    assert_eq!(store.remove_results_before(time(0)).await, Ok(0));
    // More than go at a time, and as many as go exactly.
    let count = i64::from(REMOVED_AT_A_TIME) + 50;
    for number in 0..count {
        let old = result("example.com", number.unsigned_abs().into(), number);
        store.save_result(&old).await.unwrap();
    }
    assert_eq!(store.remove_results_before(time(0)).await, Ok(0));
    assert_eq!(store.remove_results_before(time(1)).await, Ok(1));
    assert_eq!(store.remove_results_before(time(count - 1)).await, Ok(count.unsigned_abs() - 2));
    assert_eq!(store.count_results().await, Ok(1));
    let last = ResultId::from_random(count.unsigned_abs().into());
    assert_eq!(store.result(last).await, Ok(None));
    let last = ResultId::from_random(u128::from(count.unsigned_abs()) - 1);
    assert!(store.result(last).await.unwrap().is_some());
}

async fn many_write_at_once(scratch: Scratch) {
    const TASKS: u64 = 40;
    const EACH: u64 = 5;
    // Two programs, as far as the database can tell.
    let stores = [scratch.store().await, scratch.store().await];
    let write = |store: Store, task: u64| async move {
        for number in 0..EACH {
            let saved = result("example.com", u128::from(task * EACH + number), 0);
            store.save_result(&saved).await.unwrap();
            assert_eq!(store.result(saved.id).await, Ok(Some(saved)));
        }
    };
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| tokio::spawn(write(stores[usize::from(task % 2 == 0)].clone(), task)))
        .collect();
    let remover = stores[0].clone();
    let removing = tokio::spawn(async move { remover.remove_results_before(time(-1)).await });
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(removing.await.unwrap(), Ok(0));
    assert_eq!(stores[1].count_results().await, Ok(TASKS * EACH));
}

async fn what_is_too_large_is_not_saved(scratch: Scratch) {
    let store = scratch.store().await;
    let too_large = |limit| Err(StoreError::TooLarge { what: "the observation", limit });
    let mut saved = result("example.com", 1, 0);
    saved.observation.record.records = vec![record(&"a".repeat(OBSERVATION_BYTES))];
    assert_eq!(store.save_result(&saved).await, too_large(OBSERVATION_BYTES));
    saved.observation.record.records = vec![record(&noise(OBSERVATION_BYTES / 2))];
    assert_eq!(store.save_result(&saved).await, too_large(PACKED_BYTES));
    assert_eq!(store.count_results().await, Ok(0));

    // A large one, but not too large.
    saved.observation.record.records = vec![record(&noise(PACKED_BYTES))];
    store.save_result(&saved).await.unwrap();
    assert_eq!(store.result(saved.id).await, Ok(Some(saved)));
}

/// Letters that can hardly be packed: six bits of each byte are random.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let mut letter = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        LETTERS[(state >> 58) as usize].into()
    };
    (0..length).map(|_| -> char { letter() }).collect()
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
