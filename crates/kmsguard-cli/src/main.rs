//! The command `kmsguard`. What it does stands in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    ExitCode::from(kmsguard_cli::run(&arguments, &kmsguard_cli::NativeHost))
}
