//! Steps, one after the other, with what each took and what it counted.

use std::time::{Duration, Instant};

use crate::counts::Count;

/// What a step counted, and what is worth a line in the table.
#[derive(Debug, Default)]
pub struct Done {
    /// How many tests, of a suite that counts them.
    pub count: Option<Count>,
    /// A few words for the table.
    pub note: String,
}

impl Done {
    /// A step that counted tests.
    pub fn counted(count: Count) -> Self {
        Self { count: Some(count), note: String::new() }
    }

    /// A step with something to say.
    pub fn noted(note: impl Into<String>) -> Self {
        Self { count: None, note: note.into() }
    }
}

/// A step that failed, with what it printed.
#[derive(Debug)]
pub struct Failure {
    /// How many tests, of a suite that counts them.
    pub count: Option<Count>,
    /// What to show.
    pub output: String,
}

impl Failure {
    /// A failure with this text to show.
    pub fn of(output: impl Into<String>) -> Self {
        Self { count: None, output: output.into() }
    }
}

impl From<String> for Failure {
    fn from(output: String) -> Self {
        Self::of(output)
    }
}

/// One step.
pub struct Step {
    name: &'static str,
    needed: bool,
    action: Box<dyn FnOnce() -> Result<Done, Failure>>,
}

impl Step {
    /// A step that checks something: if it fails the others still run.
    pub fn check(name: &'static str, action: impl FnOnce() -> Result<Done, Failure> + 'static) -> Self {
        Self { name, needed: false, action: Box::new(action) }
    }

    /// A step that builds something: if it fails, the rest of its group is left out.
    pub fn build(name: &'static str, action: impl FnOnce() -> Result<Done, Failure> + 'static) -> Self {
        Self { name, needed: true, action: Box::new(action) }
    }
}

impl Step {
    /// What the step does, without a line in the table.
    pub fn now(self) -> Result<Done, Failure> {
        (self.action)()
    }

    fn run(self) -> Row {
        println!("-- {}", self.name);
        let began = Instant::now();
        let result = (self.action)();
        let (name, took) = (self.name, began.elapsed());
        match result {
            Ok(done) => Row { name, took, passed: true, counted: done.count, note: done.note },
            Err(failure) => {
                println!("{}\n-- {name} FAILED", failure.output.trim_end());
                Row { name, took, passed: false, counted: failure.count, note: "FAILED".to_owned() }
            }
        }
    }
}

struct Row {
    name: &'static str,
    took: Duration,
    passed: bool,
    counted: Option<Count>,
    note: String,
}

/// Runs groups of steps, prints a table and the line `N passed, N failed`.
///
/// # Errors
///
/// Names the steps that failed.
pub fn run(groups: Vec<Vec<Step>>) -> Result<(), String> {
    let started = Instant::now();
    let mut rows: Vec<Row> = Vec::new();
    let mut left_out = 0_usize;
    for group in groups {
        let mut ended = false;
        for step in group {
            if ended {
                left_out += 1;
                continue;
            }
            let needed = step.needed;
            let row = step.run();
            ended = needed && !row.passed;
            rows.push(row);
        }
    }
    table(&rows, started.elapsed());
    if left_out > 0 {
        println!("{left_out} steps were left out");
    }
    let total = rows.iter().map(Row::count).fold(Count::default(), Count::and);
    println!("{} passed, {} failed", total.passed, total.failed);
    let failed: Vec<&str> = rows.iter().filter(|row| !row.passed).map(|row| row.name).collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

impl Row {
    /// A step without a count of its own counts as one; a failing one has at least one failure.
    fn count(&self) -> Count {
        let counted = self.counted.unwrap_or(Count { passed: usize::from(self.passed), failed: 0 });
        Count { failed: counted.failed.max(usize::from(!self.passed)), ..counted }
    }
}

fn table(rows: &[Row], took: Duration) {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0).max("total".len());
    println!();
    for row in rows {
        let counted = row.counted.map(|count| format!("{} passed, {} failed", count.passed, count.failed));
        let note = [counted.as_deref().unwrap_or_default(), &row.note].join("  ");
        println!("{:width$}  {:>7.1} s  {}", row.name, row.took.as_secs_f64(), note.trim());
    }
    println!("{:width$}  {:>7.1} s", "total", took.as_secs_f64());
}
