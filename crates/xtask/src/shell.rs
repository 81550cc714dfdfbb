//! Runs other programs and keeps what they print.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::steps::Failure;
use crate::workspace;

/// A program to run in the top folder.
pub fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace::root());
    command
}

/// The cargo that started us.
pub fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Whether a program can be started.
pub fn is_there(name: &str, argument: &str) -> bool {
    program(name)
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a program to its end and gives what it printed, both streams in the order of their lines.
///
/// # Errors
///
/// The same text, if the program cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<String, Failure> {
    run_for(command, Duration::from_secs(3_600))
}

/// Runs a program and ends it after that time.
///
/// # Errors
///
/// What it printed, if the program cannot be started, does not succeed or takes too long.
pub fn run_for(command: &mut Command, limit: Duration) -> Result<String, Failure> {
    let shown = shown(command);
    let failed = |what: String| Failure::of(format!("$ {shown}\n{what}"));
    let logs = workspace::target_folder("xtask")?;
    // One file for both streams keeps their lines in order; its name is ours alone while we run.
    let log = logs.join(format!("{}-{:?}.log", std::process::id(), std::thread::current().id()));
    let file = File::create(&log).map_err(|error| failed(error.to_string()))?;
    let second = file.try_clone().map_err(|error| failed(error.to_string()))?;
    command.stdin(Stdio::null()).stdout(file).stderr(second);
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    let started = Instant::now();
    let mut pause = Duration::from_millis(2);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| failed(error.to_string()))? {
            break Some(status);
        }
        if started.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            break None;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    };
    let output = read_log(&log);
    match status {
        Some(status) if status.success() => Ok(output),
        Some(status) => Err(failed(format!("{output}\n({status})"))),
        None => Err(failed(format!("{output}\n(ended after {} s)", limit.as_secs()))),
    }
}

fn read_log(log: &Path) -> String {
    let output = std::fs::read(log).unwrap_or_default();
    let _ = std::fs::remove_file(log);
    String::from_utf8_lossy(&output).into_owned()
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
