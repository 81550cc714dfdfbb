//! `kmsguard policy --tighten`.

use std::fmt::Write;

use kmsguard::api::{Answer, Inventory, Now, RequestError, TightenAnswer, TightenRequest};

use super::arguments::PolicyArguments;
use super::audit::problems;
use super::inputs::read_paths;
use super::output::Output;
use super::terminal::{Look, Terminal, paint, plain};

pub(crate) fn run(
    arguments: &PolicyArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let inventory = Inventory::read(read_paths(terminal.host(), &arguments.tighten));
    let answer = inventory.tighten(&TightenRequest { now, keep_going: arguments.keep_going });
    problems(&answer.problems, output, terminal);
    output.write(&answer, &[("text", &text)], terminal)?;
    Ok(answer.outcome().exit_code())
}

fn text(answer: &TightenAnswer, colour: bool) -> String {
    let mut text = String::new();
    let name = |crn: &str| {
        let label = answer.labels.get(crn).and_then(|label| label.name.clone());
        plain(label.as_deref().unwrap_or(crn))
    };
    for added in &answer.add {
        let command = added.forms.cli.as_deref().or(added.forms.terraform.as_deref());
        let command = command.unwrap_or("an authorization that only JSON can carry: see `--json`");
        let _ = writeln!(text, "{}     {}", paint(colour, Look::Good, "make"), plain(command));
        for one in &added.uses {
            let _ = writeln!(text, "         for {} → key {}", name(&one.source), name(&one.key));
        }
    }
    for removed in &answer.remove {
        let _ = writeln!(
            text,
            "{}   {}: {}",
            paint(colour, Look::Bad, "remove"),
            plain(&removed.policy),
            plain(&removed.text)
        );
        for command in &removed.commands {
            let _ = writeln!(text, "         {}", plain(&command.command));
        }
    }
    for kept in &answer.keep {
        let _ = writeln!(text, "keep     {}: {}", plain(&kept.policy), plain(&kept.text));
    }
    for open in &answer.unknown {
        let _ = writeln!(text, "{}  {}", paint(colour, Look::Doubtful, "unknown"), plain(&open.policy));
        for need in &open.needs {
            let _ = writeln!(text, "         {}", plain(&need.why));
            if let Some(command) = &need.command {
                let _ = writeln!(text, "         settled by: {}", plain(command));
            }
        }
    }
    let _ = writeln!(
        text,
        "{} to make, {} to remove, {} stay, {} unknown · make first, wait until they work, then remove",
        answer.add.len(),
        answer.remove.len(),
        answer.keep.len(),
        answer.unknown.len()
    );
    text
}
