//! What somebody or something else has put into the database.

use flate2::Compression;
use flate2::read::ZlibEncoder;
use sigillo_check::observation::SCHEMA;
use sigillo_store::StoreError;
use sigillo_store::limits::{OBSERVATION_BYTES, PACKED_BYTES};
use std::io::Read as _;

use crate::databases::Scratch;
use crate::samples::{domain, observation, result, time};

on_both![
    observations_that_are_none_are_errors,
    an_observation_of_a_newer_layout_is_an_error,
    other_columns_are_checked_too,
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
