//! `kmsguard rule`.

use std::fmt::Write;

use kmsguard::api::{RULES, RequestError, codes};

use super::arguments::RuleArguments;
use super::host::Stream;
use super::terminal::Terminal;

pub(crate) fn run(arguments: &RuleArguments, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    let Some(id) = arguments.id.as_deref() else {
        let mut list = String::new();
        for rule in RULES {
            let _ = writeln!(list, "{}  {}", rule.id, rule.name);
        }
        for code in codes() {
            let _ = writeln!(list, "{}  {}", code.code, code.title);
        }
        terminal.write(Stream::Stdout, &list);
        return Ok(0);
    };
    let wanted = id.to_ascii_uppercase();
    let rule = RULES.iter().find(|rule| rule.id == wanted || rule.name == id).map(|rule| rule.page());
    let code = || {
        codes()
            .find(|code| code.code == wanted)
            .map(|code| format!("# {} {}\n\n{}\n", code.code, code.title, code.text))
    };
    let page = rule.or_else(code).ok_or_else(|| RequestError {
        code: "REQ005",
        message: format!("there is no rule or code `{id}`"),
        help: "`kmsguard rule` lists them".to_owned(),
    })?;
    terminal.write(Stream::Stdout, &page);
    Ok(0)
}
