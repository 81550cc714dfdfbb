//! A CRN that is right costs no allocation. A binary of its own, so that nothing else allocates meanwhile.

use std::collections::BTreeSet;

use kmsguard::crn::{Require, diagnose, is_key_crn, parse};
use kmsguard_vectors::vectors;
use peak_alloc::PeakAlloc;
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The regions of Key Protect and of Hyper Protect Crypto Services, and their service.
const REGIONS: [(&str, &str); 2] = [
    ("kms", "au-syd br-sao ca-mon ca-tor eu-de eu-es eu-fr2 eu-gb in-che in-mum jp-osa jp-tok us-east us-south"),
    ("hs-crypto", "au-syd br-sao ca-tor eu-de eu-es eu-fr2 eu-gb jp-tok us-east us-south"),
];

/// What is right beside keys.
const OTHERS: [&str; 6] = [
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::",
    "crn:v1:bluemix:public:messagehub:eu-de:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::",
    "crn:v1:bluemix:public:cloud-object-storage:global:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:\
     bucket:logs",
    "crn:v1:bluemix:public:containers-kubernetes:us-south:a/0123456789abcdef0123456789abcdef:bpc1ms6d0r1v8kq0e7cg::",
    "crn:v1:bluemix:public:is:us-south-1:a/0123456789abcdef0123456789abcdef::volume:r010-1",
    "crn:v1:bluemix:public:iam::::role:Viewer",
];

/// The keys of the vectors that are right, whether they are asked about or are the right one in place of a wrong one.
fn keys_of_vectors() -> BTreeSet<String> {
    let cases = vectors().into_iter().filter(|vector| vector.operation == "crn").map(|vector| vector.case);
    let texts = cases.flat_map(|case| {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let fixed = list(&case.expect["crns"]).into_iter().map(|report| report["fixed"].clone());
        list(&case.request["texts"]).into_iter().chain(fixed).collect::<Vec<_>>()
    });
    let texts = texts.filter_map(|text| text.as_str().map(str::to_owned));
    texts.filter(|text| diagnose(text, Require::Key).faults.is_empty()).collect()
}

/// Keys in every region of every KMS, with ids that have every digit in every place somewhere.
fn generated_keys() -> Vec<String> {
    // SplitMix64: each step is as good as random, and the same on every run.
    let mut state = 0_u64;
    let mut next = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut keys = Vec::new();
    for (service, regions) in REGIONS {
        for region in regions.split(' ') {
            for _ in 0..40 {
                let account = format!("{:016x}{:016x}", next(), next());
                let mut guid = || {
                    let (high, low) = (next(), next());
                    let text = format!("{high:016x}{low:016x}");
                    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
                };
                let (instance, key) = (guid(), guid());
                keys.push(format!("crn:v1:bluemix:public:{service}:{region}:a/{account}:{instance}:key:{key}"));
            }
        }
    }
    keys
}

/// The highest that memory rose while something was done.
fn rise(work: impl FnOnce()) -> usize {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    work();
    ALLOCATOR.peak_usage() - before
}

fn costs_nothing(text: &str, requires: &[Require], is_key: bool) {
    for require in requires {
        let mut is_right = false;
        let rise = rise(|| is_right = parse(text).is_ok() && diagnose(text, *require).faults.is_empty());
        assert!(is_right, "{text} as {require:?}");
        assert_eq!(rise, 0, "{text} as {require:?}: something was allocated");
    }
    let mut said = !is_key;
    assert_eq!(rise(|| said = is_key_crn(text)), 0, "{text}: something was allocated");
    assert_eq!(said, is_key, "{text}");
}

fn main() {
    let (of_vectors, generated) = (keys_of_vectors(), generated_keys());
    assert!(of_vectors.len() > 1 && generated.len() > 900, "{} and {}", of_vectors.len(), generated.len());
    for key in of_vectors.iter().chain(&generated) {
        costs_nothing(key, &[Require::Any, Require::Key], true);
    }
    for text in OTHERS {
        costs_nothing(text, &[Require::Any], false);
    }
    // The measure itself: what allocates is seen.
    assert!(rise(|| assert!(!diagnose("?", Require::Any).is_ok())) > 0, "allocations are not seen");
}
