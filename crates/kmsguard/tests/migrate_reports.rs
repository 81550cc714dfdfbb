//! Reports of how ready keys are to move, under any names: what those who read them demand, and samples for their own programs.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use kmsguard::api::{Input, Inventory, MigrateAnswer, MigrateFormat, MigrateRequest};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const HYPER: &str = "5a0d8c56-1f0e-4c11-9d5d-6b8e8a3f7c21";
const KMS: &str = "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4";

/// Texts that somebody may have chosen to do harm with.
fn name() -> impl Strategy<Value = String> {
    const HOSTILE: [&str; 6] = [
        "=1+1|@octocat #12 <b>`${{x}}` [a](1) {0}",
        "\u{202e}evil\u{200b} \u{1b}[31m",
        "</script><script>alert(1)</script>",
        "</title></svg><style>*{display:none}</style>",
        "]]>&amp;<!-- -->\u{0}\u{ffff}",
        "| --- | $x$ :key: https://evil.example",
    ];
    prop_oneof![2 => "[a-z-]{1,12}", 3 => prop::sample::select(HOSTILE.as_slice()).prop_map(str::to_owned), 1 => "\\PC{0,40}"]
}

fn source(number: usize) -> String {
    format!("crn:v1:bluemix:public:hs-crypto:us-south:a/{ACCOUNT}:{HYPER}:key:0a1b2c3d-0000-4000-8000-{number:012}")
}

fn target(number: usize) -> String {
    format!("crn:v1:bluemix:public:kms:us-south:a/{ACCOUNT}:{KMS}:key:f6c9f6d0-0000-4000-8000-{number:012}")
}

/// Keys of which every second is paired, each used by buckets, by a database and by something that does not follow.
fn answer(name: &str, keys: usize, buckets: usize) -> MigrateAnswer {
    let key = |crn: String| json!({"crn": crn, "name": name, "state": 1, "extractable": false});
    let uses = |number: usize| {
        let bucket = move |row: usize| {
            format!("cloud-object-storage:global:a/{ACCOUNT}:22222222-2222-4222-8222-222222222222:bucket:b{row}")
        };
        let database = format!("databases-for-redis:us-south:a/{ACCOUNT}:11111111-1111-4111-8111-{number:012}::");
        let share = format!("is:us-south-1:a/{ACCOUNT}::share:r006-{number}");
        let all = (0..buckets).map(bucket).chain([database]).chain(number.is_multiple_of(3).then_some(share));
        let id = source(number).rsplit(':').next().unwrap_or_default().to_owned();
        all.map(move |crn| json!({"keyId": id, "resourceCrn": format!("crn:v1:bluemix:public:{crn}")}))
            .collect::<Vec<_>>()
    };
    let attribute = |name: &str, value: &str| json!({"name": name, "value": value});
    let policies = json!([{"id": name, "type": "authorization",
        "subjects": [{"attributes": [attribute("accountId", ACCOUNT), attribute("serviceName", "cloud-object-storage")]}],
        "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
        "resources": [{"attributes": [attribute("accountId", ACCOUNT), attribute("serviceName", "kms")]}]}]);
    let instance =
        |crn: String, plan: &str| json!({"crn": crn, "name": name, "resource_plan_id": plan, "state": "active"});
    let instances = json!([
        instance(format!("crn:v1:bluemix:public:kms:us-south:a/{ACCOUNT}:{KMS}::"), "dedicated"),
        instance(format!("crn:v1:bluemix:public:hs-crypto:us-south:a/{ACCOUNT}:{HYPER}::"), "standard"),
    ]);
    let sources: Vec<_> = (0..keys).map(|number| key(source(number))).collect();
    let targets: Vec<_> = (0..keys).map(|number| key(target(number))).collect();
    let registrations: Vec<_> = (0..keys).flat_map(uses).collect();
    let pairs: String =
        (0..keys).step_by(2).map(|number| format!("{},{}\r\n", source(number), target(number))).collect();
    let inventory = Inventory::read(vec![
        Input::named(name, json!(sources).to_string()),
        Input::named("targets.json", json!(targets).to_string()),
        Input::named("registrations.json", json!(registrations).to_string()),
        Input::named("policies.json", policies.to_string()),
        Input::named("instances.json", instances.to_string()),
        Input::named("pairs.csv", pairs),
        Input::named("broken.json", "{"),
    ]);
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    inventory.migrate(&MigrateRequest::at(now)).expect("an answer")
}

fn written(answer: &MigrateAnswer, format: MigrateFormat) -> String {
    let mut text = String::new();
    answer.write(format, &mut text).expect("a text takes everything");
    text
}

/// The columns of a row, none of which holds a line break.
fn columns(row: &str) -> usize {
    let mut quoted = false;
    1 + row
        .chars()
        .filter(|letter| {
            quoted ^= *letter == '"';
            *letter == ',' && !quoted
        })
        .count()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn no_name_is_markup_in_any_format(name in name(), keys in 0_usize..4, buckets in 0_usize..3) {
        let answer = answer(&name, keys, buckets);
        for (format, of) in MigrateFormat::ALL.iter().filter(|(format, _)| *format != "json") {
            let text = written(&answer, *of);
            let hidden = text.chars().find(|letter| letter.is_control() && !matches!(letter, '\n' | '\r') || *letter == '\u{202e}');
            prop_assert_eq!(hidden, None, "{}", format);
            let scripts = if *format == "html" { 1 } else { 0 };
            let in_code = matches!(*format, "markdown" | "csv");
            prop_assert!(in_code || text.matches("<script").count() == scripts, "{}: {}", format, text);
            prop_assert!(in_code || !text.contains("<b>"), "{}: {}", format, text);
        }
        let table = written(&answer, MigrateFormat::Csv);
        for row in table.split_terminator("\r\n") {
            prop_assert_eq!(columns(row), 20, "{}", row);
            let formula = row.split(',').any(|cell| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']));
            prop_assert!(!formula, "{}", row);
        }
        let associations: usize = answer.rows.iter().map(|row| row.associations.len().max(1)).sum();
        prop_assert_eq!(table.split_terminator("\r\n").count(), 1 + associations);
    }

    #[test]
    fn the_pairs_that_are_written_are_read_again(keys in 0_usize..6) {
        let first = answer("name", keys, 1);
        let pairs = written(&first, MigrateFormat::Pairs);
        prop_assert_eq!(pairs.split_terminator("\r\n").count(), keys);
        let paired: Vec<(String, String)> = first.rows.iter()
            .filter_map(|row| Some((row.source_key.clone(), row.target_key.clone()?)))
            .collect();
        let read = Inventory::read(vec![Input::named("pairs.csv", pairs)]).migration_pairs();
        let read: Vec<(String, String)> = read.into_iter().map(|pair| (pair.source_key, pair.target_key)).collect();
        prop_assert_eq!(read, paired);
    }
}

#[test]
fn a_page_for_a_comment_ends_in_time_and_says_what_it_leaves_out() {
    let page = written(&answer("a name that is not short at all", 1_000, 1), MigrateFormat::Markdown);
    assert!(page.chars().count() < 60_000);
    assert!(page.contains("more keys are left out"), "{}", page.len());
    assert!(page.starts_with("## kmsguard migrate\n\n**119 days left: "), "the days stand first");
}

/// The programs that read such files look at these: `bindings/python/tests/test_reports.py` and the tests of the npm package.
#[test]
fn samples_are_written_down_for_those_who_read_them() {
    let mut runner = TestRunner::deterministic();
    let mut lines = String::new();
    for number in 0..12 {
        let name = name().new_tree(&mut runner).expect("a text").current();
        let answer = answer(&name, number % 4, number % 3);
        for (format, of) in MigrateFormat::ALL {
            lines += &json!({"format": format, "text": written(&answer, *of)}).to_string();
            lines.push('\n');
        }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/vectors");
    std::fs::create_dir_all(folder).expect("target/ can be written");
    std::fs::write(format!("{folder}/reports-of-migrate.jsonl"), lines).expect("target/vectors/ can be written");
}
