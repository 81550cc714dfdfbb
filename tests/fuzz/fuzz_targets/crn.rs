//! Any text: reading and diagnosing it ends, without a panic, and what is said of it holds.

#![no_main]

use kmsguard::crn::{CrnBuf, Require, diagnose, is_key_crn, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let crn = parse(text);
    if let Ok(crn) = crn {
        assert_eq!(crn.to_string(), text);
        assert_eq!(CrnBuf::from(crn).crn(), crn);
    }
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
        if let Some(fixed) = diagnosis.fixed {
            let again = diagnose(&fixed, require);
            assert!(again.is_ok() && again.crn.is_some(), "{fixed}: {:?}", again.faults);
        }
    }
});
