//! Tables of commas and tabs: behind a row that shows the kind of the table stands what the fuzzer makes.

#![no_main]

use kmsguard::api::{Input, Inventory, InventoryRequest, to_json};
use libfuzzer_sys::fuzz_target;

const PAIR: &str = "crn:v1:bluemix:public:hs-crypto:us-south:a/1:2:key:3,crn:v1:bluemix:public:kms:us-south:a/1:4:key:5\n";

fuzz_target!(|rest: &str| {
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    for start in ["", PAIR, "eventTime\taction\tinitiator\n"] {
        let inventory = Inventory::read(vec![Input::named("a", format!("{start}{rest}"))]);
        to_json(&inventory.inventory(&InventoryRequest { now, keep_going: true }));
    }
});
