//! The script that makes a complete export of accounts. It only reads; kmsguard itself never runs it and never sees a login.
//!
//! What is called stands in [`crate::catalog::exports`]; how calls are made, repeated and recorded stands in `collect.sh`.

mod accounts;

pub use accounts::{Account, AccountError, accounts};

use core::fmt::Write;
use std::collections::BTreeMap;

use crate::catalog::exports::{CALLS, Call, Scope, VPC_VERSION};
use crate::plan::shell;

/// The script without its calls. Each mark stands alone on its line.
const TEMPLATE: &str = include_str!("collect.sh");

/// The folder that the script writes to where nothing else is said.
pub const DEFAULT_FOLDER: &str = "kmsguard-export";

/// The script for these accounts, which writes into this folder. Without accounts it collects the one that the login targets.
#[must_use]
pub fn script(accounts: &[Account], folder: &str) -> String {
    let mut script = String::with_capacity(TEMPLATE.len() * 2);
    for line in TEMPLATE.lines() {
        let text = match line.trim() {
            "# @roles@" => roles(),
            "# @folder@" => format!("FOLDER={}\n", shell(folder)),
            "# @version@" => format!("VERSION={}\nVPC_VERSION={VPC_VERSION}\n", env!("CARGO_PKG_VERSION")),
            "# @accounts@" => names(accounts),
            "# @account-calls@" => calls(Scope::Account, ""),
            "# @kms-calls@" => calls(Scope::KmsInstance, "kms/${guid}/"),
            "# @vpc-calls@" => calls(Scope::VpcRegion, "vpc/${region}/"),
            _ => format!("{line}\n"),
        };
        script.push_str(&text);
    }
    script
}

/// Which role each call needs, as comments.
fn roles() -> String {
    let mut of_roles: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for call in CALLS {
        of_roles.entry((call.role, call.on)).or_default().push(call.file);
    }
    let mut text = String::new();
    for ((role, on), files) in of_roles {
        let _ = writeln!(text, "#   {role} on {on}:");
        let _ = writeln!(text, "#     {}", files.join(", "));
    }
    text
}

/// The lines of the accounts, for a quoted here-document: a line there means nothing to the shell.
fn names(accounts: &[Account]) -> String {
    accounts.iter().map(|account| format!("{}\n", format!("{} {}", account.id, account.name).trim_end())).collect()
}

/// The calls of a scope, a line each.
fn calls(scope: Scope, folder: &str) -> String {
    let line = |call: &Call| {
        let Call { file, kind, url, rows, paging, .. } = call;
        format!("  list \"${{account}}/{folder}{file}\" {kind} \"{rows}\" {} \"{url}\"\n", paging.word())
    };
    CALLS.iter().filter(|call| call.scope == scope).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_fill_in() {
        let account = Account { id: "0123456789abcdef0123456789abcdef".to_owned(), name: "Bob's $(lab)".to_owned() };
        let script = script(&[account], "my exports");
        assert!(!script.lines().any(|line| line.trim_start().starts_with("# @")), "{script}");
        assert!(script.contains("\nFOLDER='my exports'\n"));
        assert!(script.contains("\n0123456789abcdef0123456789abcdef Bob's $(lab)\n"));
        for call in CALLS {
            assert!(script.contains(call.url), "{}", call.url);
        }
    }

    /// macOS has bash 3.2: no arrays of names, no `mapfile`, no change of case, no negative indexes; and an empty array is unbound under
    /// `set -u` there, so that there are no arrays at all.
    #[test]
    fn the_script_says_nothing_that_bash_3_2_does_not_know() {
        let script = script(&[], DEFAULT_FOLDER);
        let newer = [
            "declare ",
            "typeset ",
            "local -",
            "mapfile",
            "readarray",
            "coproc",
            "printf -v",
            "wait -n",
            "shopt",
            "&>>",
            "|&",
            ";&",
            "[@]",
            "[*]",
            "+=",
            ",,}",
            "^^}",
            ",}",
            "^}",
            "@Q}",
            "${!",
            "EPOCH",
            "{1..",
            "read -N",
            "read -i",
            "//\\{",
        ];
        for line in script.lines().filter(|line| !line.trim_start().starts_with('#')) {
            for word in newer {
                assert!(!line.contains(word), "`{word}` in: {line}");
            }
        }
    }

    #[test]
    fn the_script_only_reads() {
        // These are how curl does anything but GET.
        let script = script(&[], DEFAULT_FOLDER);
        for word in ["--request", "--data", "--upload-file", "--form", "--json", "data =", "request ="] {
            assert!(!script.contains(word), "{word}");
        }
        for line in script.lines().filter(|line| !line.trim_start().starts_with('#')) {
            for command in line.split("ibmcloud ").skip(1) {
                let known =
                    ["target", "iam oauth-tokens", "login", "curl jq"].iter().any(|word| command.starts_with(word));
                assert!(known || line.contains("say "), "{line}");
            }
        }
    }
}
