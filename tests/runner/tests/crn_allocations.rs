//! A CRN that is right costs no allocation. A binary of its own, so that nothing else allocates meanwhile.

use kmsguard::crn::{Require, diagnose, is_key_crn, parse};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const RIGHT: [(&str, Require); 3] = [
    (
        "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:\
         f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
        Require::Key,
    ),
    (
        "crn:v1:bluemix:public:messagehub:eu-de:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::",
        Require::Any,
    ),
    ("crn:v1:bluemix:public:iam::::role:Viewer", Require::Any),
];

fn main() {
    for (text, require) in RIGHT {
        let before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        let is_right = parse(text).is_ok() && diagnose(text, require).faults.is_empty();
        let is_key = is_key_crn(text);
        let highest = ALLOCATOR.peak_usage();
        assert!(is_right, "{text}");
        assert_eq!(is_key, require == Require::Key, "{text}");
        assert_eq!(highest, before, "{text}: something was allocated");
    }
    // The measure itself: what allocates is seen.
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let wrong = diagnose("?", Require::Any);
    assert!(!wrong.is_ok() && ALLOCATOR.peak_usage() > before, "allocations are not seen");
}
