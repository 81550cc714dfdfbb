//! Any text: its policies are read or refused, without a panic, and a form that is written of one is read as the same policy.

#![no_main]

use kmsguard::policy::{Authorization, forms, read_document, sentence, written};
use libfuzzer_sys::fuzz_target;

/// What a policy grants; the order of attributes says nothing.
fn grant(policy: &Authorization) -> Vec<String> {
    let sides = policy.subjects.iter().chain(&policy.resources);
    let mut facts: Vec<Vec<String>> =
        sides.map(|side| side.attributes.iter().map(|attribute| format!("{attribute:?}")).collect()).collect();
    facts.iter_mut().for_each(|side| side.sort());
    facts.into_iter().flatten().chain(policy.roles.iter().filter_map(|role| role.id())).collect()
}

fuzz_target!(|text: &str| {
    for found in read_document(text, Some("1")).unwrap_or_default() {
        if let Some([start, end]) = found.span {
            assert!(text.get(start..end).is_some());
        }
        let Ok(policy) = found.policy else { continue };
        assert!(!sentence(&policy).is_empty());
        let (_, left_out) = written(&policy, "a");
        assert!(left_out.iter().all(|fault| !fault.kind.message().is_empty() && !fault.kind.help().is_empty()));
        let forms = forms(&policy);
        let v2 = forms.v2.as_ref().map(|form| serde_json::to_string(form).expect("it is JSON"));
        for text in [v2, forms.cli, forms.terraform].into_iter().flatten() {
            let again = read_document(&text, policy.target_account()).expect("it is a policy");
            let again = again.first().and_then(|found| found.policy.as_ref().ok()).expect("it is one policy");
            if policy.target_account().is_some() {
                assert_eq!(grant(again), grant(&policy), "{text}");
            }
        }
    }
});
