//! Any bytes: reading them as an export ends, without a panic, and the same bytes give the same answers.

#![no_main]

use kmsguard::api::{AuditRequest, Input, Inventory, InventoryRequest, to_json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    let answers = || {
        let inventory = Inventory::read(vec![Input::named("a", bytes)]);
        let read = to_json(&inventory.inventory(&InventoryRequest { now, keep_going: false }));
        let found = to_json(&inventory.audit(&AuditRequest::at(now)).expect("all rules are known"));
        (read, found)
    };
    let (read, found) = answers();
    assert_eq!((read, found), answers());
});
