//! Snapshots: exports that are packed and unpacked answer as they did, under pseudonyms too; and what only looks like a snapshot is read
//! without a panic. The first byte chooses.

#![no_main]

use kmsguard::api::{Input, Inventory, InventoryRequest, SnapshotRequest, to_json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [choice, rest @ ..] = bytes else { return };
    let request = InventoryRequest { now: "2026-11-21T12:00:00Z".parse().expect("a moment"), keep_going: true };
    let answer = |inventory: &Inventory| to_json(&inventory.inventory(&request));
    if choice & 1 == 0 {
        let Ok(text) = std::str::from_utf8(rest) else { return };
        let snapshot = format!("{{\"snapshot\":\"kmsguard-snapshot/1\",{text}");
        answer(&Inventory::read(vec![Input::named("a", snapshot)]));
        return;
    }
    let inventory = Inventory::read(vec![Input::named("a", rest)]);
    let packed = |redact| to_json(&inventory.snapshot(&SnapshotRequest { redact }));
    let again = Inventory::read(vec![Input::named("s", packed(false))]);
    // What looks like a credential is written over on purpose, wherever it stands.
    let looks = |mark: &[u8]| rest.windows(mark.len()).any(|window| window == mark);
    if ![&b"Bearer "[..], b"-----BEGIN ", b"eyJ"].into_iter().any(looks) {
        assert_eq!(answer(&again), answer(&inventory));
    }
    answer(&Inventory::read(vec![Input::named("s", packed(true))]));
});
