//! Reports of any findings whatever: what those who read them demand of them, and samples for their own programs.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]
#![expect(clippy::indexing_slicing, reason = "what is not there in JSON is null")]

use std::collections::BTreeSet;

use kmsguard::api::{
    AuditAnswer, AuditFormat, AuditRequest, Evidence, Finding, Input, Inventory, RULES, Remediation, Scalar,
    SharedText, Suppressed,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Texts that somebody may have chosen to do harm with.
fn text() -> impl Strategy<Value = String> {
    const HOSTILE: [&str; 9] = [
        "=1+1|@octocat #12 <b>`${{x}}` [a](1) {0}",
        "\u{202e}evil\u{200b} \u{1b}[31m",
        "a\n::error file=x::y\r\n%0A",
        "</script><script>alert(1)</script>",
        "\"]; click k0 href \"javascript:x\" %%{init}%%",
        "]]>&amp;<!-- -->\u{0}\u{ffff}",
        "| --- | $x$ :key: https://evil.example",
        "-cmd,\"x\";'y'",
        "",
    ];
    prop_oneof![3 => "[a-z-]{1,12}", 2 => prop::sample::select(HOSTILE.as_slice()).prop_map(str::to_owned), 1 => "\\PC{0,40}"]
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (text(), text(), 0_u32..4).prop_map(|(input, pointer, line)| Evidence {
        input: input.into(),
        pointer,
        line,
        value: Scalar::Null,
    })
}

fn finding() -> impl Strategy<Value = Finding> {
    let many = prop_oneof![20 => 0_usize..4, 1 => 1_990_usize..2_200];
    let parts = (
        prop::sample::select(RULES.to_vec()),
        prop::option::of(prop::sample::select(vec!["a1", "b2", "\u{202e}c/3"])),
        prop::option::of(text()),
        prop::collection::vec(text(), 0..3),
        (evidence(), many),
        prop::option::weighted(0.2, text()),
    );
    (parts, text(), text(), "[0-9a-f]{32}").prop_map(
        |((rule, account, key, resources, (place, places), suppressed), message, fix, fingerprint)| Finding {
            rule: rule.id,
            name: rule.name,
            severity: rule.severity,
            severity_because: message.clone(),
            title: rule.title,
            message,
            account: account.map(str::to_owned),
            account_name: None,
            owner: None,
            key,
            resources: resources.into_iter().map(SharedText::from).collect(),
            policies: Vec::new(),
            evidence_left_out: u32::from(places == 3) * 7,
            evidence: (0..places)
                .map(|line| Evidence { line: u32::try_from(line / 2).unwrap_or(0), ..place.clone() })
                .collect(),
            remediation: Remediation { text: fix, commands: Vec::new() },
            fingerprint,
            suppressed: suppressed.map(|reason| Suppressed { reason, expires: None }),
        },
    )
}

/// An answer about exports with hostile names, and any findings in place of its own.
fn answer(name: &str, findings: Vec<Finding>) -> (Inventory, AuditAnswer) {
    let key = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:";
    let id = "f6c9f6d0-92f6-437a-b97c-4b617cb3d320";
    let used = |digit: char| {
        let id: String = "DDDDDDDD-DDDD-4DDD-8DDD-DDDDDDDDDDDD".replace('D', &digit.to_string());
        format!("crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:{id}::")
    };
    let registration = |digit| json!({"keyId": id, "resourceCrn": used(digit)});
    let keys = json!([{"id": id, "crn": format!("{key}{id}"), "name": name, "extractable": false, "state": 1}]);
    let instances = json!([{"crn": used('1'), "name": name, "state": "active", "resource_group_id": "g"}]);
    let inventory = Inventory::read(vec![
        Input::named(name, keys.to_string()),
        Input::named("registrations.json", json!([registration('1'), registration('2')]).to_string()),
        Input::named("instances.json", instances.to_string()),
        Input::named("broken.json", "{"),
    ]);
    let request = AuditRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"));
    let mut answer = inventory.audit(&request).expect("an audit");
    answer.findings = findings;
    (inventory, answer)
}

fn written(answer: &AuditAnswer, inventory: &Inventory, format: AuditFormat) -> String {
    let mut text = String::new();
    answer.write(format, inventory, &mut text).expect("a text takes everything");
    text
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What GitHub's code scanning demands: SARIF support for code scanning, as of 2026-11.
fn holds_for_github(log: &Value) {
    let mut ids = BTreeSet::new();
    for run in list(log, "runs") {
        assert!(ids.insert(run["automationDetails"]["id"].as_str().expect("an id")), "two runs have one id");
        let rules: Vec<&str> =
            list(&run["tool"]["driver"], "rules").iter().filter_map(|rule| rule["id"].as_str()).collect();
        assert!(rules.is_sorted_by(|first, second| first < second), "a rule stands once: {rules:?}");
        for rule in list(&run["tool"]["driver"], "rules") {
            assert!(list(&rule["properties"], "tags").len() <= 10);
            assert!(rule["helpUri"].as_str().is_some_and(|uri| uri.starts_with("https://")));
            assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.starts_with("# ")));
            assert!(
                rule["properties"]["security-severity"].as_str().and_then(|score| score.parse::<f64>().ok()).is_some()
            );
        }
        assert!(list(run, "results").len() <= 25_000);
        for result in list(run, "results") {
            let rule = result["ruleIndex"].as_u64().and_then(|index| rules.get(usize::try_from(index).ok()?));
            assert_eq!(rule.copied(), result["ruleId"].as_str());
            assert!(!result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap_or_default().is_empty());
            let locations: Vec<&Value> =
                ["locations", "relatedLocations"].iter().flat_map(|of| list(result, of)).collect();
            assert!(!list(result, "locations").is_empty() && locations.len() <= 1_000);
            for location in locations {
                let place = &location["physicalLocation"];
                assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line >= 1));
                let uri = place["artifactLocation"]["uri"].as_str().expect("a place");
                assert!(uri.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)), "{uri}");
                assert!(uri.starts_with("file:///") || !uri.contains(':'), "{uri}");
            }
            let message = result["message"]["text"].as_str().expect("a message");
            assert!(!message.chars().any(|letter| letter.is_control() && letter != '\n'), "{message:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sarif_holds_every_finding_within_the_limits(name in text(), findings in prop::collection::vec(finding(), 0..20)) {
        let (inventory, answer) = answer(&name, findings);
        let log: Value = serde_json::from_str(&written(&answer, &inventory, AuditFormat::Sarif)).expect("SARIF is JSON");
        holds_for_github(&log);
        let results: Vec<&Value> = list(&log, "runs").iter().flat_map(|run| list(run, "results")).collect();
        prop_assert_eq!(results.len(), answer.findings.len());
        let suppressed = results.iter().filter(|result| !list(result, "suppressions").is_empty()).count();
        prop_assert_eq!(suppressed, answer.findings.iter().filter(|finding| finding.suppressed.is_some()).count());
        for (result, finding) in results.iter().zip(&answer.findings).filter(|_| results.len() == 1) {
            let places: BTreeSet<(&str, u32, &str)> =
                finding.evidence.iter().map(|place| (place.input.as_str(), place.line.max(1), place.pointer.as_str())).collect();
            let told = result["message"]["text"].as_str().is_some_and(|text| text.contains("left out."));
            prop_assert_eq!(told, places.len() > 1_000 || finding.evidence_left_out > 0);
        }
        // `broken.json` cannot be read, and the log says so.
        let invocation = &log["runs"][0]["invocations"][0];
        prop_assert_eq!(&invocation["executionSuccessful"], &Value::Bool(false));
        prop_assert!(list(invocation, "toolExecutionNotifications").iter().any(|one| one["level"] == "error"));
    }

    #[test]
    fn a_line_for_each_finding_that_counts_and_none_that_a_name_begins(name in text(), findings in prop::collection::vec(finding(), 0..20)) {
        let (inventory, mut answer) = answer(&name, findings);
        let standing = answer.findings.iter().filter(|finding| finding.suppressed.is_none()).count();
        let commands = written(&answer, &inventory, AuditFormat::Github);
        prop_assert_eq!(commands.lines().count(), standing);
        prop_assert!(commands.lines().all(|line| ["::error ", "::warning ", "::notice "].iter().any(|begin| line.starts_with(begin))));
        prop_assert_eq!(written(&answer, &inventory, AuditFormat::Concise).lines().count(), standing);
        let page = written(&answer, &inventory, AuditFormat::Markdown);
        prop_assert!(page.chars().count() < 60_000);
        // In code nothing is markup; what is left stands in the text.
        let bare = |finding: Finding| Finding { resources: Vec::new(), key: None, evidence: Vec::new(), ..finding };
        answer.findings = answer.findings.into_iter().map(bare).collect();
        answer.inputs.clear();
        answer.problems.clear();
        answer.undetermined.clear();
        let page = written(&answer, &inventory, AuditFormat::Markdown).replace("\\<", "");
        prop_assert!(!page.contains("<script") && !page.contains("@octocat"), "{}", page);
    }
}

#[test]
fn a_run_that_is_cut_says_so() {
    let mut runner = TestRunner::deterministic();
    let one = finding().new_tree(&mut runner).expect("a finding").current();
    let one = Finding { account: Some("a1".to_owned()), evidence: Vec::new(), ..one };
    let (inventory, answer) = answer("x", vec![one; 25_003]);
    let log: Value = serde_json::from_str(&written(&answer, &inventory, AuditFormat::Sarif)).expect("SARIF is JSON");
    holds_for_github(&log);
    let text = log.to_string();
    assert!(text.contains("3 results are left out: a run holds 25000"));
}

/// The programs that read such files look at these: `bindings/python/tests/test_reports.py` and the tests of the npm package.
#[test]
fn samples_are_written_down_for_those_who_read_them() {
    let mut runner = TestRunner::deterministic();
    let mut lines = String::new();
    for _ in 0..12 {
        let name = text().new_tree(&mut runner).expect("a text").current();
        let findings = prop::collection::vec(finding(), 0..8).new_tree(&mut runner).expect("findings").current();
        let (inventory, answer) = answer(&name, findings);
        let standing = answer.findings.iter().filter(|finding| finding.suppressed.is_none()).count();
        for (format, of) in AuditFormat::ALL {
            let text = written(&answer, &inventory, *of);
            lines += &json!({"format": format, "findings": answer.findings.len(), "standing": standing, "text": text})
                .to_string();
            lines.push('\n');
        }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/vectors");
    std::fs::create_dir_all(folder).expect("target/ can be written");
    std::fs::write(format!("{folder}/reports.jsonl"), lines).expect("target/vectors/ can be written");
}
