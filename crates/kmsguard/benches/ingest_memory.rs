//! How much memory reading and joining an account takes beside its input: `cargo xtask bench ingest`. Argument: a file.
//!
//! Apart from the times, because counting allocations costs time, and costs the values of `serde_json` more of it.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use kmsguard::api::{AuditRequest, Input, Inventory};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn main() {
    for file in std::env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        let bytes = std::fs::read(&file).expect("the file that was made");
        let input = bytes.len();
        let before = ALLOCATOR.current_usage() - input;
        ALLOCATOR.reset_peak_usage();
        let inventory = Inventory::read(vec![Input::named("account.json", bytes)]);
        shown(&file, "reading and joining", ALLOCATOR.peak_usage() - before, input);
        shown(&file, "afterwards", ALLOCATOR.current_usage() - before, input);
        ALLOCATOR.reset_peak_usage();
        let request = AuditRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"));
        let answer = inventory.audit(&request).expect("an audit");
        shown(&file, "auditing", ALLOCATOR.peak_usage() - before, input);
        drop(answer);
    }
}

fn shown(file: &str, what: &str, bytes: usize, input: usize) {
    let above = bytes.saturating_sub(input) as f64 / input as f64;
    println!("{file}: {what}: {} MB, {above:.2} of the input above it", bytes / 1_000_000);
}
