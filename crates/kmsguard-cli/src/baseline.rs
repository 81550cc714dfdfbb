//! `kmsguard baseline`.

use std::collections::BTreeSet;
use std::fmt::Write;

use kmsguard::api::{Answer, Baseline, BaselineRequest, Now, RequestError, to_json};

use super::arguments::{BaselineArguments, Common};
use super::audit::{count, problems};
use super::configuration::{self, Loaded};
use super::inputs::read_inventory;
use super::output::{Output, unwritten};
use super::terminal::Terminal;

/// Where a baseline goes unless something else is said.
const FILE: &str = "kmsguard-baseline.json";

pub(crate) fn run(
    arguments: &BaselineArguments,
    common: &Common,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let configuration = configuration::load(common, terminal)?;
    let inventory = read_inventory(&arguments.paths, output.quiet, terminal);
    let answer = inventory.baseline(&BaselineRequest {
        now,
        keep_going: arguments.keep_going,
        select: arguments.select.clone(),
        ignore: arguments.ignore.clone(),
        config: configuration.as_ref().map(|loaded| loaded.value().clone()),
    })?;
    problems(&answer.problems, output, terminal);
    let named = configuration.as_ref().and_then(Loaded::baseline);
    let path = arguments.out.clone().or_else(|| named.clone()).unwrap_or_else(|| FILE.to_owned());
    // Whoever wants the document itself on standard output wants no file of it, unless one is named.
    if output.is_text() || arguments.out.is_some() {
        terminal.host().write(&path, to_json(&answer).as_bytes()).map_err(|error| unwritten(&path, error))?;
    }
    let text = |answer: &Baseline, _| match &configuration {
        Some(loaded) if named.as_ref() == Some(&path) => {
            format!("# {}; {} names it already.\n", written(answer, &path), loaded.path())
        }
        Some(loaded) if !loaded.is_empty() => {
            format!("# {}. For the top of {}:\n{}", written(answer, &path), loaded.path(), named_as(&path))
        }
        _ => first_lines(answer, &path),
    };
    output.write(&answer, &[("text", &text)], terminal)?;
    Ok(answer.outcome().exit_code())
}

fn written(answer: &Baseline, path: &str) -> String {
    let findings = count(u32::try_from(answer.findings.len()).unwrap_or(u32::MAX), "finding");
    format!("{findings} in {}", path.escape_debug())
}

/// The line that names the baseline. A text of TOML is written as one of JSON.
fn named_as(path: &str) -> String {
    format!("baseline = {}\n", serde_json::Value::from(path))
}

/// The first lines of a configuration.
fn first_lines(answer: &Baseline, path: &str) -> String {
    let mut text = format!(
        "# {}. They are accepted until they get worse; what comes from now on counts.\n\
         # `kmsguard schema configuration` describes every key.\n\
         {}\n\
         [rules]\n\
         # select = [\"AUTH\", \"KEY007\"]\n\
         # ignore = [\"EOL001\"]\n\
         # fail_on = \"low\"\n\n\
         [windows]\n\
         # key_expiry_days = 30\n",
        written(answer, path),
        named_as(path)
    );
    let is_id = |account: &&str| account.len() == 32 && account.bytes().all(|byte| byte.is_ascii_hexdigit());
    let accounts: BTreeSet<&str> =
        answer.findings.iter().filter_map(|finding| finding.account.as_deref()).filter(is_id).collect();
    for account in accounts {
        let _ = write!(
            text,
            "\n[accounts.{}]\n# name = \"what people call it\"\n# owner = \"whom to ask about it\"\n",
            account.to_ascii_lowercase()
        );
    }
    text.push_str(
        "\n# [[suppressions]]\n\
         # rule = \"SHARE001\"\n\
         # resource = \"the CRN of the key, as the finding shows it\"\n\
         # reason = \"why it is accepted\"\n\
         # expires = 2027-12-31\n",
    );
    text
}
