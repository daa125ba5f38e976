//! Policies of the sending side.

use jiff::Timestamp;
use sigillo_formats::limits::POLICY_BYTES;
use sigillo_store::limits::POLICIES_AT_A_TIME;
use sigillo_store::policies::{PolicyCursor, StoredPolicy};
use sigillo_store::{Store, StoreError};

use crate::databases::Scratch;
use crate::samples::{domain, policy, time};

on_both![
    what_is_saved_is_there_after_opening_again,
    any_bytes_come_back_as_they_went,
    an_older_one_never_replaces_a_newer,
    of_one_domain_in_a_batch_the_newest_counts,
    when_it_was_used_only_moves_forwards,
    only_the_version_that_is_meant_is_removed,
    only_the_version_that_is_meant_is_replaced,
    all_are_removed,
    all_are_read_in_order,
    of_many_writers_the_newest_wins,
    batches_of_several_programs_do_not_lock_each_other_out,
];

async fn what_is_saved_is_there_after_opening_again(scratch: Scratch) {
    let store = scratch.store().await;
    assert_eq!(store.policy(&domain("example.com")).await, Ok(None));
    let with_id = policy("example.com", 1);
    let without_id = StoredPolicy { id: None, ..policy("example.org", 2) };
    assert_eq!(store.save_policy(&with_id).await, Ok(true));
    assert_eq!(store.save_policy(&without_id).await, Ok(true));
    store.close().await;

    let store = scratch.store().await;
    assert_eq!(store.policy(&domain("Example.COM.")).await, Ok(Some(with_id)));
    assert_eq!(store.policy(&domain("example.org")).await, Ok(Some(without_id)));
    assert_eq!(store.policy(&domain("www.example.org")).await, Ok(None));
    assert_eq!(store.count_policies().await, Ok(2));
}

async fn any_bytes_come_back_as_they_went(scratch: Scratch) {
    let store = scratch.store().await;
    let every_byte: Vec<u8> = (0..=255).collect();
    for text in [vec![], every_byte, vec![0xff; POLICY_BYTES]] {
        let saved = StoredPolicy { text, ..policy("example.com", 0) };
        assert_eq!(store.save_policy(&saved).await, Ok(true));
        assert_eq!(store.policy(&saved.domain).await, Ok(Some(saved)));
    }
    // Nothing of a batch with one that is too large.
    let large = StoredPolicy { text: vec![b' '; POLICY_BYTES + 1], ..policy("example.net", 0) };
    let saved = store.save_policies(&[policy("example.org", 0), large]).await;
    let limit = POLICY_BYTES;
    assert_eq!(saved, Err(StoreError::TooLarge { what: "the policy file", limit }));
    assert_eq!(store.count_policies().await, Ok(1));

    let fine: Timestamp = "2026-11-24T09:30:00.123456789Z".parse().unwrap();
    let saved = StoredPolicy { fetched_at: fine, ..policy("example.org", 0) };
    store.save_policy(&saved).await.unwrap();
    let read = store.policy(&saved.domain).await.unwrap().unwrap();
    assert_eq!(read.fetched_at.to_string(), "2026-11-24T09:30:00.123Z");
    assert_eq!(store.remove_policy(&saved.domain, fine).await, Ok(true));
}

async fn an_older_one_never_replaces_a_newer(scratch: Scratch) {
    let store = scratch.store().await;
    let newer = policy("example.com", 100);
    assert_eq!(store.save_policy(&newer).await, Ok(true));
    let older = StoredPolicy { used_at: time(500), ..policy("example.com", 99) };
    assert_eq!(store.save_policy(&older).await, Ok(false));
    // But that it was asked for counts.
    let used = StoredPolicy { used_at: time(500), ..newer.clone() };
    assert_eq!(store.policy(&newer.domain).await, Ok(Some(used)));
    // And the other way round: a newer one that was used before the older.
    let newest = policy("example.com", 101);
    assert_eq!(store.save_policy(&newest).await, Ok(true));
    let used = StoredPolicy { used_at: time(500), ..newest.clone() };
    assert_eq!(store.policy(&newest.domain).await, Ok(Some(used)));
    // Of two at the same time it is the last that is saved.
    let same = StoredPolicy { id: None, used_at: time(501), ..newest };
    assert_eq!(store.save_policy(&same).await, Ok(true));
    assert_eq!(store.policy(&same.domain).await, Ok(Some(same)));
}

async fn of_one_domain_in_a_batch_the_newest_counts(scratch: Scratch) {
    let store = scratch.store().await;
    store.save_policy(&policy("b.example", 50)).await.unwrap();
    assert_eq!(store.save_policies(&[]).await, Ok(0));
    let batch = [
        policy("c.example", 1),
        policy("a.example", 3),
        policy("b.example", 49),
        policy("a.example", 4),
        policy("a.example", 2),
    ];
    assert_eq!(store.save_policies(&batch).await, Ok(2));
    for kept in [policy("a.example", 4), policy("b.example", 50), policy("c.example", 1)] {
        assert_eq!(store.policy(&kept.domain).await, Ok(Some(kept)));
    }
    assert_eq!(store.count_policies().await, Ok(3));
}

async fn when_it_was_used_only_moves_forwards(scratch: Scratch) {
    let store = scratch.store().await;
    let saved = policy("example.com", 0);
    store.save_policy(&saved).await.unwrap();
    store.policies_used(&[]).await.unwrap();
    for (used, kept) in [(10, 10), (5, 10), (10, 10), (11, 11)] {
        let nobody = (domain("nobody.example"), time(used));
        store.policies_used(&[(saved.domain.clone(), time(used)), nobody]).await.unwrap();
        let read = store.policy(&saved.domain).await.unwrap().unwrap();
        assert_eq!(read, StoredPolicy { used_at: time(kept), ..saved.clone() });
    }
    // More than go into one transaction.
    let mut many: Vec<_> = (0..2_500).map(|number| (saved.domain.clone(), time(number))).collect();
    many.reverse();
    store.policies_used(&many).await.unwrap();
    let read = store.policy(&saved.domain).await.unwrap().unwrap();
    assert_eq!(read.used_at, time(2_499));
    assert_eq!(store.count_policies().await, Ok(1));
}

async fn only_the_version_that_is_meant_is_removed(scratch: Scratch) {
    let store = scratch.store().await;
    let (first, second) = (policy("example.com", 1), policy("example.com", 2));
    store.save_policy(&first).await.unwrap();
    store.save_policy(&second).await.unwrap();
    assert_eq!(store.remove_policy(&first.domain, first.fetched_at).await, Ok(false));
    assert_eq!(store.remove_policy(&domain("example.org"), second.fetched_at).await, Ok(false));
    assert_eq!(store.policy(&second.domain).await, Ok(Some(second.clone())));
    assert_eq!(store.remove_policy(&second.domain, second.fetched_at).await, Ok(true));
    assert_eq!(store.remove_policy(&second.domain, second.fetched_at).await, Ok(false));
    assert_eq!(store.policy(&second.domain).await, Ok(None));
    // What came later is then as good as any.
    assert_eq!(store.save_policy(&first).await, Ok(true));
}

/// All domains as they are read, so many at a time, and in how many batches.
async fn read(store: &Store, limit: u32) -> (Vec<String>, usize) {
    let (mut names, mut place, mut batches) = (Vec::new(), None, 0);
    loop {
        let batch = store.policies_after(place.as_ref(), limit).await.unwrap();
        assert_eq!(batch.unreadable, []);
        names.extend(batch.policies.iter().map(|policy| policy.domain.to_string()));
        batches += 1;
        place = batch.next;
        if place.is_none() {
            return (names, batches);
        }
    }
}

async fn only_the_version_that_is_meant_is_replaced(scratch: Scratch) {
    let store = scratch.store().await;
    let (earlier, later) = (policy("example.com", 1), policy("example.com", 2));
    assert_eq!(store.replace_policy(&earlier, later.fetched_at).await, Ok(false));
    assert_eq!(store.count_policies().await, Ok(0));
    store.save_policy(&later).await.unwrap();
    assert_eq!(store.replace_policy(&earlier, earlier.fetched_at).await, Ok(false));
    let large = StoredPolicy { text: vec![b' '; POLICY_BYTES + 1], ..earlier.clone() };
    assert!(store.replace_policy(&large, later.fetched_at).await.is_err());
    assert_eq!(store.policy(&later.domain).await, Ok(Some(later.clone())));
    assert_eq!(store.replace_policy(&earlier, later.fetched_at).await, Ok(true));
    assert_eq!(store.policy(&earlier.domain).await, Ok(Some(earlier)));
}

async fn all_are_removed(scratch: Scratch) {
    let store = scratch.store().await;
    assert_eq!(store.remove_all_policies().await, Ok(0));
    // More than are removed at a time.
    let policies: Vec<_> =
        (0..501).map(|number| policy(&format!("{number}.example"), number)).collect();
    store.save_policies(&policies).await.unwrap();
    assert_eq!(store.remove_all_policies().await, Ok(501));
    assert_eq!(store.count_policies().await, Ok(0));
}

async fn all_are_read_in_order(scratch: Scratch) {
    let store = scratch.store().await;
    assert_eq!(read(&store, 10).await, (Vec::new(), 1));
    // Where the order of a language would be another: hyphens and dots count.
    let names = ["a-b.example", "a.b.example", "ab.example", "xn--citt-3na.example", "z"];
    let numbered: Vec<_> = (0..3_000).map(|number| format!("{number}.example")).collect();
    let mut all: Vec<String> = names.map(str::to_owned).into_iter().chain(numbered).collect();
    let policies: Vec<_> = all.iter().rev().map(|name| policy(name, 0)).collect();
    assert_eq!(store.save_policies(&policies).await, Ok(3_005));
    all.sort_unstable();
    assert_eq!(read(&store, POLICIES_AT_A_TIME).await, (all.clone(), 4));
    assert_eq!(read(&store, u32::MAX).await, (all.clone(), 4));
    assert_eq!(read(&store, 601).await, (all.clone(), 6));
    // The last batch is full, so it takes one more to know.
    assert_eq!(read(&store, 601 * 5).await.1, 4);
    let place = PolicyCursor::after(&domain("ab.example"));
    let rest = store.policies_after(Some(&place), 0).await.unwrap();
    assert_eq!(rest.policies, [policy("xn--citt-3na.example", 0)]);
    let rest = store.policies_after(rest.next.as_ref(), 10).await.unwrap();
    assert_eq!((rest.policies, rest.next), (vec![policy("z", 0)], None));
}

async fn of_many_writers_the_newest_wins(scratch: Scratch) {
    const TASKS: i64 = 40;
    let stores = [scratch.store().await, scratch.store().await];
    let write = |store: Store, task: i64| async move {
        let saved = policy("example.com", (task * 17) % TASKS);
        store.save_policy(&saved).await.unwrap();
        store.policies_used(&[(saved.domain, time(1_000 + task))]).await.unwrap();
    };
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| tokio::spawn(write(stores[usize::from(task % 2 == 0)].clone(), task)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let newest =
        StoredPolicy { used_at: time(1_000 + TASKS - 1), ..policy("example.com", TASKS - 1) };
    assert_eq!(stores[0].policy(&newest.domain).await, Ok(Some(newest)));
}

async fn batches_of_several_programs_do_not_lock_each_other_out(scratch: Scratch) {
    // A prime number, so that each is in each batch.
    const DOMAINS: i64 = 307;
    let stores = [scratch.store().await, scratch.store().await];
    let write = |store: Store, task: i64| async move {
        let name = |number: i64| format!("{number}.example");
        // Each in another order.
        let number = |place: i64| (place * (2 * task + 1) + task) % DOMAINS;
        let batch: Vec<_> = (0..DOMAINS).map(|place| policy(&name(number(place)), task)).collect();
        store.save_policies(&batch).await.unwrap();
        let used: Vec<_> = batch.iter().map(|it| (it.domain.clone(), time(1_000 + task))).collect();
        store.policies_used(&used).await.unwrap();
    };
    let tasks: Vec<_> = (0..8)
        .map(|task| tokio::spawn(write(stores[usize::from(task % 2 == 0)].clone(), task)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let batch = stores[0].policies_after(None, 1_000).await.unwrap();
    assert!(batch.policies.iter().all(|it| it.used_at == time(1_007)));
    assert!(batch.policies.iter().all(|it| it.fetched_at == time(7)));
}
