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
    for (name, actions) in asked(&inventory, &text) {
        let request = request(actions);
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

fn request(actions: Vec<ActionRequest>) -> ImpactRequest {
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    ImpactRequest { now, actions, force: true, keep_going: true, order: false }
}

/// The sets of actions that are asked about, by what they are.
fn asked(inventory: &Inventory, text: &str) -> Vec<(&'static str, Vec<ActionRequest>)> {
    let action = |kind, target: &str| ActionRequest { kind, target: target.to_owned() };
    let (_, policies) = text.split_once("\"policies\":[").expect("a list of policies");
    let ids = policies.lines().skip(1).take_while(|line| line.starts_with('{')).map(|line| value(line, "\"id\":\""));
    let ids: Vec<&str> = ids.collect();
    // Of twenty policies the second is for all keys of the account, the next three for an instance, and all after the fifth for a key.
    let of_place = |places: std::ops::Range<usize>| {
        let named = ids.iter().enumerate().filter(move |(place, _)| places.contains(&(place % 20)));
        named.map(|(_, id)| action(ActionKind::RevokePolicy, id))
    };
    // The first that something hangs on: others take the place of most.
    let missed = |places: std::ops::Range<usize>| {
        let affects = |one: &ActionRequest| {
            let answer = inventory.impact(&request(vec![one.clone()]));
            answer.is_ok_and(|answer| !answer.affected.is_empty())
        };
        let mut some = of_place(places.clone()).take(200);
        some.find(affects).or_else(|| of_place(places).next()).expect("there are some")
    };
    let (of_key, of_instance) = (missed(5..20), missed(2..5));
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
        ("removing an authorization for a key", vec![of_key.clone()]),
        ("removing one for a KMS instance", vec![of_instance]),
        ("removing one for all keys, which others replace", of_place(1..2).take(1).collect()),
        ("removing all that are for all keys", of_place(1..2).collect()),
        ("deleting a deployment", vec![action(ActionKind::DeleteInstance, &deployment)]),
        ("deleting a KMS instance", vec![action(ActionKind::DeleteInstance, &kms)]),
        (
            "a set: a deployment, an authorization, a key",
            vec![action(ActionKind::DeleteInstance, &deployment), of_key, action(ActionKind::DeleteKey, "key-20")],
        ),
    ]
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
