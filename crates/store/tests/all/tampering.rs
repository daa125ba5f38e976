//! What somebody or something else has put into the database.

use flate2::Compression;
use flate2::read::ZlibEncoder;
use sigillo_check::observation::SCHEMA;
use sigillo_formats::limits::POLICY_BYTES;
use sigillo_store::StoreError;
use sigillo_store::limits::{OBSERVATION_BYTES, PACKED_BYTES};
use std::io::Read as _;

use crate::databases::Scratch;
use crate::samples::{domain, observation, policy, result, time};

on_both![
    observations_that_are_none_are_errors,
    an_observation_of_a_newer_layout_is_an_error,
    other_columns_are_checked_too,
    policies_that_are_none_are_errors_and_leave_the_others,
];

fn packed(text: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    ZlibEncoder::new(text, Compression::best()).read_to_end(&mut packed).unwrap();
    packed
}

/// Puts bytes where an observation is, and says what reading that comes to.
async fn read_with(scratch: &Scratch, bytes: &[u8]) -> String {
    let store = scratch.store().await;
    let saved = result("example.com", 1, 0);
    store.remove_results_before(time(1)).await.unwrap();
    store.save_result(&saved).await.unwrap();
    let bytes = scratch.bytes(bytes);
    scratch.tamper(&format!("UPDATE results SET observation = {bytes}")).await;
    let outcome = store.result(saved.id).await;
    // The list doesn't need it.
    let listed = store.earlier_results(&domain("example.com"), time(1), 5).await.unwrap();
    assert_eq!(listed.len(), 1);
    match outcome {
        Err(StoreError::Unreadable { what, reason }) => {
            assert_eq!(what, format!("the result {}", saved.id));
            reason
        }
        other => panic!("{other:?}"),
    }
}

async fn observations_that_are_none_are_errors(scratch: Scratch) {
    let whole = packed(&serde_json::to_vec(&observation("example.com")).unwrap());
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 0x55;
    let cut = &whole[..whole.len() / 2];
    let deep = packed("[".repeat(1_000_000).as_bytes());
    for bytes in [
        b"".as_slice(),
        b"\0",
        b"{}",
        &[0xff; 1_000],
        &damaged,
        cut,
        &packed(b""),
        &packed(b"null"),
        &packed(b"{}"),
        &packed(b"\xff\xfe"),
        &deep,
    ] {
        read_with(&scratch, bytes).await;
    }
    // A bomb is put out before it has grown.
    let bomb = packed(&vec![b' '; OBSERVATION_BYTES + 1]);
    assert!(read_with(&scratch, &bomb).await.contains(&OBSERVATION_BYTES.to_string()));
    let large = vec![0; PACKED_BYTES + 1];
    assert!(read_with(&scratch, &large).await.contains(&PACKED_BYTES.to_string()));
}

async fn an_observation_of_a_newer_layout_is_an_error(scratch: Scratch) {
    let mut value = serde_json::to_value(observation("example.com")).unwrap();
    value["schema"] = (SCHEMA + 1).into();
    let reason = read_with(&scratch, &packed(value.to_string().as_bytes())).await;
    assert!(reason.contains("update Sigillo"), "{reason}");
}

async fn other_columns_are_checked_too(scratch: Scratch) {
    for change in [
        "verdict = 'wonderful'",
        "verdict = ''",
        "looked_at = 9223372036854775807",
        "looked_at = -9223372036854775807",
    ] {
        let store = scratch.store().await;
        let saved = result("example.com", 1, 0);
        scratch.tamper("DELETE FROM results").await;
        store.save_result(&saved).await.unwrap();
        scratch.tamper(&format!("UPDATE results SET {change}")).await;
        let read = store.result(saved.id).await;
        assert!(matches!(read, Err(StoreError::Unreadable { .. })), "{change}: {read:?}");
    }
    for id in ["", "x", "../../etc/passwd", "00112233445566778899AABBCCDDEEFF"] {
        let store = scratch.store().await;
        scratch.tamper("DELETE FROM results").await;
        store.save_result(&result("example.com", 1, 0)).await.unwrap();
        scratch.tamper(&format!("UPDATE results SET id = '{id}'")).await;
        let listed = store.earlier_results(&domain("example.com"), time(1), 5).await;
        assert!(matches!(listed, Err(StoreError::Unreadable { .. })), "{id}: {listed:?}");
    }
    // What isn't ours at all.
    let store = scratch.store().await;
    scratch.tamper("DROP TABLE results").await;
    let read = store.count_results().await;
    assert!(matches!(&read, Err(StoreError::Failed { reason, .. }) if reason.contains("results")));
}

async fn policies_that_are_none_are_errors_and_leave_the_others(scratch: Scratch) {
    let store = scratch.store().await;
    let (first, last) = (policy("a.example", 0), policy("z.example", 0));
    let large = scratch.bytes(&vec![b' '; POLICY_BYTES + 1]);
    let long = "a".repeat(1_000);
    for change in [
        "id = ''",
        "id = 'not alphanumeric'",
        &format!("id = '{long}'"),
        &format!("text = {large}"),
        "fetched_at = 9223372036854775807",
        "fetched_at = -9223372036854775807",
        "expires_at = 9223372036854775807",
        "used_at = 9223372036854775807",
    ] {
        scratch.tamper("DELETE FROM policies").await;
        let saved = policy("m.example", 0);
        store.save_policies(&[first.clone(), saved.clone(), last.clone()]).await.unwrap();
        let statement = format!("UPDATE policies SET {change} WHERE domain = 'm.example'");
        scratch.tamper(&statement).await;
        let read = store.policy(&saved.domain).await.unwrap_err();
        let StoreError::Unreadable { what, .. } = &read else { panic!("{change}: {read:?}") };
        assert_eq!(what, "the policy of m.example");
        let batch = store.policies_after(None, 10).await.unwrap();
        assert_eq!(batch.policies, [first.clone(), last.clone()], "{change}");
        assert_eq!(batch.unreadable.len(), 1);
        assert_eq!(batch.unreadable[0].domain, "m.example");
        // It stands in nobody's way.
        assert_eq!(store.save_policy(&saved).await, Ok(true), "{change}");
        assert_eq!(store.policy(&saved.domain).await, Ok(Some(saved)), "{change}");
    }
    for (name, shown) in [
        ("M.example", Some("M.example")),
        ("m.example.", Some("m.example.")),
        ("m\u{1b}[2J", Some("m\\x1b[2J")),
        ("m\u{e8}.example", Some("m\\xc3\\xa8.example")),
        ("192.0.2.1", Some("192.0.2.1")),
        // As long as no name is.
        (&long, None),
    ] {
        scratch.tamper("DELETE FROM policies").await;
        let saved = policy("m.example", 0);
        store.save_policies(&[first.clone(), saved, last.clone()]).await.unwrap();
        let statement = format!("UPDATE policies SET domain = '{name}' WHERE domain = 'm.example'");
        scratch.tamper(&statement).await;
        let (mut read, mut unreadable, mut place) = (Vec::new(), Vec::new(), None);
        loop {
            let batch = store.policies_after(place.as_ref(), 1).await.unwrap();
            read.extend(batch.policies);
            unreadable.extend(batch.unreadable.into_iter().map(|it| it.domain));
            place = batch.next;
            if place.is_none() {
                break;
            }
        }
        assert_eq!(read, [first.clone(), last.clone()], "{name}");
        assert_eq!(unreadable, Vec::from_iter(shown.map(str::to_owned)));
    }
}
