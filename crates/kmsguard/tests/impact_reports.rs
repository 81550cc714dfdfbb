//! Reports of what actions break, under any names: what those who read them demand, and samples for their own programs.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use kmsguard::api::{ActionKind, ActionRequest, ImpactAnswer, ImpactFormat, ImpactRequest, Input, Inventory};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

const KMS: &str =
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4";
const KEY: &str = "f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

/// Texts that somebody may have chosen to do harm with.
fn name() -> impl Strategy<Value = String> {
    const HOSTILE: [&str; 7] = [
        "=1+1|@octocat #12 <b>`${{x}}` [a](1) {0}",
        "\u{202e}evil\u{200b} \u{1b}[31m",
        "</script><script>alert(1)</script>",
        "</title></svg><style>*{display:none}</style>",
        "\"]; click k0 href \"javascript:x\" %%{init}%%",
        "]]>&amp;<!-- -->\u{0}\u{ffff}",
        "| --- | $x$ :key: https://evil.example",
    ];
    prop_oneof![2 => "[a-z-]{1,12}", 3 => prop::sample::select(HOSTILE.as_slice()).prop_map(str::to_owned), 1 => "\\PC{0,40}"]
}

/// What deleting a key does that buckets and deployments use, some of them deleted.
fn answer(name: &str, deployments: usize, buckets: usize) -> ImpactAnswer {
    let deployment = |number: usize| {
        let id = format!("11111111-1111-4111-8111-{number:012}");
        format!("crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:{id}::")
    };
    let bucket = |number: usize| {
        format!(
            "crn:v1:bluemix:public:cloud-object-storage:global:a/0123456789abcdef0123456789abcdef:22222222-2222-4222-8222-{number:012}:bucket:{name}"
        )
    };
    let used = (0..deployments).map(deployment).chain((0..buckets).map(bucket));
    let registrations: Vec<_> = used.map(|crn| json!({"keyId": KEY, "resourceCrn": crn})).collect();
    let instance = |number: usize| match number % 2 {
        0 => {
            json!({"crn": deployment(number), "resource_plan_id": "enterprise-gen2", "name": format!("{name}{number}"), "state": "active"})
        }
        _ => {
            json!({"crn": deployment(number), "resource_plan_id": "enterprise-gen2", "name": format!("{name}{number}"), "state": "pending_reclamation",
            "deleted_at": "2026-11-20T00:00:00Z", "scheduled_reclaim_at": "2026-11-23T00:00:00Z"})
        }
    };
    let keys = json!([{"id": KEY, "crn": format!("{KMS}:key:{KEY}"), "name": name, "extractable": false, "state": 1}]);
    let instances: Vec<_> = (0..deployments).map(instance).collect();
    let inventory = Inventory::read(vec![
        Input::named(name, keys.to_string()),
        Input::named("registrations.json", json!(registrations).to_string()),
        Input::named("instances.json", json!(instances).to_string()),
        Input::named("broken.json", "{"),
    ]);
    let request = ImpactRequest {
        actions: vec![ActionRequest { kind: ActionKind::DeleteKey, target: KEY.to_owned() }],
        order: true,
        ..ImpactRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"))
    };
    inventory.impact(&request).expect("the key is there")
}

fn written(answer: &ImpactAnswer, format: ImpactFormat) -> String {
    let mut text = String::new();
    answer.write(format, &mut text).expect("a text takes everything");
    text
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn no_name_is_markup_in_any_format(name in name(), deployments in 0_usize..4, buckets in 0_usize..3) {
        let answer = answer(&name, deployments, buckets);
        for (format, of) in ImpactFormat::ALL.iter().filter(|(format, _)| *format != "json") {
            let text = written(&answer, *of);
            let hidden = text.chars().find(|letter| letter.is_control() && *letter != '\n' || *letter == '\u{202e}');
            prop_assert_eq!(hidden, None, "{}", format);
            // In code nothing is markup, and Markdown shows what an action is on as code.
            let is_markup = *format != "markdown" && (text.contains("<script") || text.contains("<b>"));
            prop_assert!(!is_markup, "{}: {}", format, text);
        }
        for of in [ImpactFormat::Html, ImpactFormat::Svg] {
            let text = written(&answer, of);
            // One style is the page's own, one the picture's.
            prop_assert_eq!(text.matches("<style>").count(), if of == ImpactFormat::Html { 2 } else { 1 });
            prop_assert_eq!(text.matches("<svg").count(), 1);
            prop_assert_eq!(text.matches("</svg>").count(), 1);
        }
    }
}

#[test]
fn a_page_for_a_comment_ends_in_time_and_says_what_it_leaves_out() {
    let page = written(&answer("a name that is not short at all", 2_000, 0), ImpactFormat::Markdown);
    assert!(page.chars().count() < 60_000);
    assert!(page.contains("more deployments are left out"), "{}", page.len());
}

#[test]
fn a_picture_ends_and_says_what_it_leaves_out() {
    let answer = answer("name", 2_000, 0);
    let picture = written(&answer, ImpactFormat::Svg);
    let shown = picture.matches("<circle").count();
    assert!(shown < answer.timeline.len());
    assert!(picture.contains(&format!("{} more are left out", answer.timeline.len() - shown)));
    let graph = written(&answer, ImpactFormat::Mermaid);
    assert!(graph.matches(" -->|").count() + graph.matches(" -.->|").count() < 500);
    assert!(graph.contains("more lines are left out"));
}

/// The programs that read such files look at these: `bindings/python/tests/test_reports.py` and the tests of the npm package.
#[test]
fn samples_are_written_down_for_those_who_read_them() {
    let mut runner = TestRunner::deterministic();
    let mut lines = String::new();
    for number in 0..12 {
        let name = name().new_tree(&mut runner).expect("a text").current();
        let answer = answer(&name, number % 4, number % 3);
        for (format, of) in ImpactFormat::ALL {
            lines += &json!({"format": format, "text": written(&answer, *of)}).to_string();
            lines.push('\n');
        }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/vectors");
    std::fs::create_dir_all(folder).expect("target/ can be written");
    std::fs::write(format!("{folder}/reports-of-impact.jsonl"), lines).expect("target/vectors/ can be written");
}
