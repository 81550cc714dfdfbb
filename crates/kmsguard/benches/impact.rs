//! What actions break, asked of an account once its exports are read, beside the reading: `cargo xtask bench impact`, which makes the
//! files. Arguments: the files.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::time::Duration;
#[cfg(not(target_os = "linux"))]
use std::time::Instant;

use kmsguard::api::{ActionKind, ActionRequest, ImpactAnswer, ImpactRequest, Input, Inventory};

/// Each is measured so many times; the best counts.
const ROUNDS: u32 = 3;

/// An impact shall take no larger part of the reading than this.
const SHARE: f64 = 0.05;

fn main() {
    println!("processor time of one thread, the best of {ROUNDS}; an impact shall take at most {SHARE} of the reading");
    for file in std::env::args().skip(1).filter(|argument| argument != "--bench") {
        measure(&file);
    }
}

fn measure(file: &str) {
    let bytes = std::fs::read(file).expect("the file that was made");
    let text = String::from_utf8(bytes.clone()).expect("a text");
    let (reading, inventory) =
        best(|| vec![Input::named("account.json", bytes.clone())], |inputs| Inventory::read(black_box(inputs)));
    println!("{file}: read and joined in {:.3} s", reading.as_secs_f64());
    for (name, actions) in asked(&text) {
        let request = ImpactRequest {
            now: "2026-11-21T12:00:00Z".parse().expect("a moment"),
            actions,
            force: true,
            keep_going: true,
        };
        let (time, answer): (_, ImpactAnswer) =
            best(|| (), |()| inventory.impact(black_box(&request)).expect("an answer"));
        let share = time.as_secs_f64() / reading.as_secs_f64();
        let mark = if share <= SHARE { "" } else { "  MORE THAN IT SHALL" };
        println!(
            "  {name:<48} {:>8.2} ms  {share:.4} of the reading, {} affected{mark}",
            time.as_secs_f64() * 1e3,
            answer.affected.len()
        );
    }
}

/// The sets of actions that are asked about, by what they are.
fn asked(text: &str) -> Vec<(&'static str, Vec<ActionRequest>)> {
    let action = |kind, target: &str| ActionRequest { kind, target: target.to_owned() };
    let policy = |place: usize| value(of_list(text, "\"policies\":[", place), "\"id\":\"").to_owned();
    let services =
        text.lines().filter_map(|line| line.split_once("\"crn\":\"crn:v1:bluemix:public:")).map(|(_, crn)| crn);
    let mut crns = services.map(|rest| format!("crn:v1:bluemix:public:{}", rest.split('"').next().unwrap_or_default()));
    let mut of = |service: &str| {
        crns.find(|crn| crn.split(':').nth(4) == Some(service) && crn.ends_with("::")).expect("there is one")
    };
    let (kms, deployment) = (of("kms"), of("messagehub"));
    vec![
        ("deleting a key", vec![action(ActionKind::DeleteKey, "key-20")]),
        ("disabling a key", vec![action(ActionKind::DisableKey, "key-20")]),
        ("rotating a key", vec![action(ActionKind::RotateKey, "key-20")]),
        ("removing an authorization for a key", vec![action(ActionKind::RevokePolicy, &policy(7))]),
        ("removing one for a KMS instance", vec![action(ActionKind::RevokePolicy, &policy(2))]),
        ("removing one for all keys of the account", vec![action(ActionKind::RevokePolicy, &policy(1))]),
        ("deleting a deployment", vec![action(ActionKind::DeleteInstance, &deployment)]),
        ("deleting a KMS instance", vec![action(ActionKind::DeleteInstance, &kms)]),
        (
            "a set: a deployment, an authorization, a key",
            vec![
                action(ActionKind::DeleteInstance, &deployment),
                action(ActionKind::RevokePolicy, &policy(7)),
                action(ActionKind::DeleteKey, "key-20"),
            ],
        ),
    ]
}

/// A record of a list: each stands on a line of its own.
fn of_list<'t>(text: &'t str, list: &str, place: usize) -> &'t str {
    text.split_once(list).and_then(|(_, rows)| rows.lines().nth(place + 1)).expect("a list of that many records")
}

fn value<'t>(record: &'t str, member: &str) -> &'t str {
    record.split_once(member).and_then(|(_, rest)| rest.split('"').next()).expect("the member")
}

/// The shortest time that something takes, and what came of it.
fn best<I, T>(input: impl Fn() -> I, run: impl Fn(I) -> T) -> (Duration, T) {
    let one = || {
        let input = input();
        let start = clock();
        let result = run(input);
        (clock() - start, result)
    };
    let mut best = one();
    for _ in 1..ROUNDS {
        let next = one();
        if next.0 < best.0 {
            best = next;
        }
    }
    best
}

/// The time for which this thread has run, where the system tells: other programs on the machine do not count.
#[cfg(target_os = "linux")]
fn clock() -> Duration {
    let ran = std::fs::read_to_string("/proc/thread-self/schedstat").expect("the kernel counts");
    Duration::from_nanos(ran.split(' ').next().expect("a number").parse().expect("a number"))
}

#[cfg(not(target_os = "linux"))]
fn clock() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    START.elapsed()
}
