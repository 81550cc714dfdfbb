//! What a CRN costs, beside peers measured in the same run: `cargo xtask bench crn`.
//!
//! The peers: splitting it into owned texts, which is what IBM's parsers do, and the usual regular expression for the CRN
//! of a key, with and without captures.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::time::Instant;

use kmsguard::crn::{Require, diagnose, is_key_crn, parse};
use regex::Regex;

const KEY: &str = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:\
                   44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";
const EXPRESSION: &str = "^crn:v1:bluemix:public:(kms|hs-crypto):([a-z0-9-]+):a/([0-9a-f]{32}):\
                          ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):key:\
                          ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$";

/// So many calls are timed together, so many times; the median counts.
const CALLS: u32 = 20_000;
const RUNS: usize = 51;

/// Nanoseconds a call of each, all in turns, so that none has a better moment than the others.
fn measured(works: &[(&str, &dyn Fn())]) -> Vec<f64> {
    let mut times = vec![Vec::with_capacity(RUNS); works.len()];
    for _ in 0..RUNS {
        for ((_, work), times) in works.iter().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..CALLS {
                work();
            }
            times.push(start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS));
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        *times.get(RUNS / 2).expect("there were runs")
    };
    times.iter_mut().map(median).collect()
}

fn main() {
    let regex = Regex::new(EXPRESSION).expect("an expression");
    let works: &[(&str, &dyn Fn())] = &[
        ("split into owned texts", &|| {
            black_box(black_box(KEY).split(':').map(str::to_owned).collect::<Vec<String>>());
        }),
        ("regex with captures", &|| {
            black_box(regex.captures(black_box(KEY)).is_some());
        }),
        ("regex is_match", &|| {
            black_box(regex.is_match(black_box(KEY)));
        }),
        ("parse", &|| {
            black_box(parse(black_box(KEY)).is_ok());
        }),
        ("is_key_crn", &|| {
            black_box(is_key_crn(black_box(KEY)));
        }),
        ("full check of a key", &|| {
            black_box(diagnose(black_box(KEY), Require::Key).faults.len());
        }),
    ];
    let times = measured(works);
    let peer = |index: usize| *times.get(index).expect("it was measured");
    println!("{:<24}{:>8}{:>10}{:>12}{:>12}", "", "ns", "of split", "of captures", "of is_match");
    for ((name, _), time) in works.iter().zip(&times) {
        println!("{name:<24}{time:>8.1}{:>10.2}{:>12.2}{:>12.2}", time / peer(0), time / peer(1), time / peer(2));
    }
    println!("{:<24}{:>8}{:>10}", "goal of parse", "", 0.40);
    println!("{:<24}{:>8}{:>10}{:>12}{:>12}", "goal of the full check", "", 0.60, 0.30, 0.60);
}
