//! Reading, joining and auditing the exports of an account, beside building values of the same JSON, in one run and one thread:
//! `cargo xtask bench ingest`, which makes the files. Arguments: a file, and one of ten times its size.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::time::Duration;
#[cfg(not(target_os = "linux"))]
use std::time::Instant;

use kmsguard::api::{AuditRequest, Input, Inventory, to_json};
use serde_json::{Deserializer, Value};

/// Each is measured so many times, in turn; the best counts.
const ROUNDS: u32 = 3;

struct Measured {
    bytes: usize,
    values: Duration,
    reading: Duration,
    audit: Duration,
    answer: usize,
}

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let measured: Vec<Measured> = files.iter().map(|file| measure(file)).collect();
    for (file, one) in files.iter().zip(&measured) {
        println!("{file}: {} MB", one.bytes / 1_000_000);
        println!("  values of serde_json  {:>9.3} s", one.values.as_secs_f64());
        println!(
            "  read and joined       {:>9.3} s  {:.2} of the values",
            one.reading.as_secs_f64(),
            ratio(one.reading, one.values)
        );
        println!(
            "  audited               {:>9.3} s  {:.2} of the reading",
            one.audit.as_secs_f64(),
            ratio(one.audit, one.reading)
        );
        println!("  answer of the audit   {:>9} bytes", one.answer);
    }
    if let [small, large] = measured.as_slice() {
        println!(
            "the larger takes {:.2} times as long to read, {:.2} times to audit",
            ratio(large.reading, small.reading),
            ratio(large.audit, small.audit)
        );
    }
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

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn measure(file: &str) -> Measured {
    let bytes = std::fs::read(file).expect("the file that was made");
    let request = AuditRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"));
    let mut best =
        Measured { bytes: bytes.len(), values: Duration::MAX, reading: Duration::MAX, audit: Duration::MAX, answer: 0 };
    for _ in 0..ROUNDS {
        let start = clock();
        let values: Vec<Value> =
            Deserializer::from_slice(black_box(&bytes)).into_iter().collect::<Result<_, _>>().expect("it is JSON");
        best.values = best.values.min(clock() - start);
        drop(black_box(values));

        let inputs = vec![Input::named("account.json", bytes.clone())];
        let start = clock();
        let inventory = Inventory::read(black_box(inputs));
        best.reading = best.reading.min(clock() - start);

        let start = clock();
        let answer = inventory.audit(black_box(&request)).expect("an audit");
        best.audit = best.audit.min(clock() - start);
        best.answer = to_json(&answer).len();
    }
    best
}
