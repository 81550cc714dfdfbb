//! Any text: reading and diagnosing it ends, without a panic, and what is said of it holds.

#![no_main]

use kmsguard::crn::{CrnBuf, Key, Kind, Require, diagnose, extract, is_key_crn, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let crn = parse(text);
    if let Ok(crn) = crn {
        assert_eq!(crn.to_string(), text);
        assert_eq!(CrnBuf::from(crn).crn(), crn);
    }
    assert_eq!(is_key_crn(text), crn.is_ok_and(|crn| Key::try_from(crn).is_ok()));
    for require in [Require::Any, Require::Key, Require::Instance] {
        let diagnosis = diagnose(text, require);
        assert_eq!(diagnosis.crn, crn.ok());
        assert!(diagnosis.crn.is_some() || !diagnosis.is_ok());
        for fault in &diagnosis.faults {
            assert!(text.get(fault.span.start..fault.span.end).is_some(), "{fault:?}");
            assert!(!fault.kind.message().is_empty() && !fault.kind.help().is_empty());
        }
        assert!(diagnosis.faults.windows(2).all(|pair| pair[0].span <= pair[1].span));
        if require == Require::Key && diagnosis.faults.is_empty() {
            assert!(is_key_crn(text));
        }
        if diagnosis.kind == Kind::KmsKey && diagnosis.faults.is_empty() {
            the_long_way(text, require);
            assert_eq!(extract(&format!("\"{text}\"")).collect::<Vec<_>>(), [(1, text)]);
        }
        if let Some(fixed) = diagnosis.fixed {
            let again = diagnose(&fixed, require);
            assert!(again.is_ok() && again.crn.is_some(), "{fixed}: {:?}", again.faults);
        }
    }
    found(text);
});

/// A right key takes a short way; behind a blank it takes the long one, which must find the blank and nothing else.
fn the_long_way(text: &str, require: Require) {
    let blank = format!(" {text}");
    let diagnosis = diagnose(&blank, require);
    assert_eq!(diagnosis.kind, Kind::KmsKey);
    assert_eq!(diagnosis.fixed.as_deref(), Some(text), "{:?}", diagnosis.faults);
    assert_eq!(diagnosis.faults.len(), 1, "{:?}", diagnosis.faults);
}

/// What is found in a text stands where it is said to stand, in order, and is found again by itself.
fn found(text: &str) {
    let mut after = 0;
    for (start, found) in extract(text) {
        assert!(start >= after && found.starts_with("crn") && found.len() <= 4096);
        after = start + found.len();
        assert_eq!(text.get(start..after), Some(found));
        assert_eq!(extract(found).next(), Some((0, found)));
    }
}
