//! Reading, joining and auditing the exports of an account, beside building values of the same JSON, in one run and one thread:
//! `cargo xtask bench ingest`, which makes the files. Arguments: a file, and one of ten times its size; a folder of the latter's exports is
//! read by one thread and by two, each time by the clock on the wall.
//!
//! Each measurement has a process of its own, so that all of them pay for their memory alike. Values are built twice there, the second
//! time with the memory of the first, and the better of both is what reading is held against; reading has new memory alone.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kmsguard::api::{AuditRequest, Input, Inventory, Workers, to_json};
use serde_json::{Deserializer, Value};

/// Each is measured so many times, in turn; the best counts.
const ROUNDS: u32 = 3;

/// The first argument of a process that measures: then come what, and the file.
const MEASURE: &str = "--measure";

struct Measured {
    bytes: u64,
    values: Duration,
    values_again: Duration,
    reading: Duration,
    audit: Duration,
    writing: Duration,
    answer: u64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [first, what, file] = arguments.as_slice()
        && first == MEASURE
    {
        return measure(what, file);
    }
    let (folders, files): (Vec<String>, Vec<String>) = arguments.into_iter().partition(|path| Path::new(path).is_dir());
    let measured: Vec<Measured> = files.iter().map(|file| best(file)).collect();
    println!("processor time of one thread, the best of {ROUNDS}; each measurement in a process of its own");
    for (file, one) in files.iter().zip(&measured) {
        println!("{file}: {} MB", one.bytes / 1_000_000);
        println!(
            "  values of serde_json  {:>9.3} s  with new memory, {:.3} s with memory that was used before",
            one.values.as_secs_f64(),
            one.values_again.as_secs_f64()
        );
        println!(
            "  read and joined       {:>9.3} s  with new memory: {:.2} of the better of both",
            one.reading.as_secs_f64(),
            ratio(one.reading, one.values.min(one.values_again))
        );
        println!(
            "  audited               {:>9.3} s  {:.2} of the reading",
            one.audit.as_secs_f64(),
            ratio(one.audit, one.reading)
        );
        println!(
            "  answer written        {:>9.3} s  {} MB; with the audit {:.2} of the reading",
            one.writing.as_secs_f64(),
            one.answer / 1_000_000,
            ratio(one.audit + one.writing, one.reading)
        );
    }
    if let [small, large] = measured.as_slice() {
        println!(
            "the larger takes {:.2} times as long to read, {:.2} times to audit",
            ratio(large.reading, small.reading),
            ratio(large.audit, small.audit)
        );
    }
    for folder in &folders {
        let wall = |what| {
            let rounds = (0..ROUNDS).map(|_| numbers::<1>(what, folder)[0]);
            Duration::from_nanos(rounds.min().expect("a round"))
        };
        let (one, two) = (wall("one-thread"), wall("two-threads"));
        println!("{folder}: read and joined in {:.3} s by one thread", one.as_secs_f64());
        println!("  {:.3} s by two: {:.2} of it", two.as_secs_f64(), ratio(two, one));
    }
}

/// So many threads, who take one piece of work after the other.
struct Threads(usize);

impl Workers for Threads {
    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync), _: &dyn Fn(usize)) {
        let next = AtomicUsize::new(0);
        let take_turns = || {
            while let number @ 0.. = next.fetch_add(1, Ordering::Relaxed)
                && number < count
            {
                work(number);
            }
        };
        std::thread::scope(|scope| (0..self.0).for_each(|_| drop(scope.spawn(take_turns))));
    }
}

/// How long reading the files of a folder takes.
fn measure_folder(folder: &str, threads: usize) {
    let entries = std::fs::read_dir(folder).expect("the folder that was made");
    let inputs: Vec<Input> = entries
        .map(|entry| {
            let path = entry.expect("a file of the folder").path();
            Input::named(path.to_string_lossy().into_owned(), std::fs::read(&path).expect("a file of the folder"))
        })
        .collect();
    let start = Instant::now();
    let inventory = Inventory::read_by(black_box(inputs), &Threads(threads), &|_| ());
    println!("{}", start.elapsed().as_nanos());
    std::mem::forget(black_box(inventory));
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

/// Measures a file in processes of this program, and takes the best of each.
fn best(file: &str) -> Measured {
    let mut best = Measured {
        bytes: std::fs::metadata(file).expect("the file that was made").len(),
        values: Duration::MAX,
        values_again: Duration::MAX,
        reading: Duration::MAX,
        audit: Duration::MAX,
        writing: Duration::MAX,
        answer: 0,
    };
    for _ in 0..ROUNDS {
        let [values, again] = numbers("values", file);
        best.values = best.values.min(Duration::from_nanos(values));
        best.values_again = best.values_again.min(Duration::from_nanos(again));
        let [reading, audit, writing, answer] = numbers("inventory", file);
        best.reading = best.reading.min(Duration::from_nanos(reading));
        best.audit = best.audit.min(Duration::from_nanos(audit));
        best.writing = best.writing.min(Duration::from_nanos(writing));
        best.answer = answer;
    }
    best
}

/// What a process of this program measured.
fn numbers<const N: usize>(what: &str, file: &str) -> [u64; N] {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args([MEASURE, what, file]).output().expect("this program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("numbers");
    let numbers: Vec<u64> = text.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    numbers.try_into().expect("as many as were asked for")
}

fn measure(what: &str, file: &str) {
    match what {
        "one-thread" => return measure_folder(file, 1),
        "two-threads" => return measure_folder(file, 2),
        _ => {}
    }
    let bytes = std::fs::read(file).expect("the file that was made");
    let since = |start: Duration| (clock() - start).as_nanos();
    if what == "values" {
        for _ in 0..2 {
            let start = clock();
            let values: Vec<Value> =
                Deserializer::from_slice(black_box(&bytes)).into_iter().collect::<Result<_, _>>().expect("it is JSON");
            println!("{}", since(start));
            // Dropping them is not measured.
            drop(black_box(values));
        }
        return;
    }
    let inputs = vec![Input::named("account.json", bytes)];
    let start = clock();
    let inventory = Inventory::read(black_box(inputs));
    print!("{} ", since(start));
    let request = AuditRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"));
    let start = clock();
    let answer = inventory.audit(black_box(&request)).expect("an audit");
    print!("{} ", since(start));
    let start = clock();
    let json = to_json(black_box(&answer));
    println!("{} {}", since(start), json.len());
    std::mem::forget((inventory, answer));
}
