//! `kmsguard collect`.

use kmsguard::api::RequestError;
use kmsguard::collect::{Account, accounts, script};

use super::arguments::CollectArguments;
use super::terminal::{Escapes, Terminal};

pub(crate) fn run(arguments: &CollectArguments, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    let named = match &arguments.accounts {
        Some(path) => read(path, terminal)?,
        None => Vec::new(),
    };
    if arguments.out.is_empty() || arguments.out.chars().any(char::is_control) {
        return Err(RequestError {
            code: "REQ007",
            message: "`--out` is not the name of a folder".to_owned(),
            help: "name a folder of its own, such as `--out exports`".to_owned(),
        });
    }
    terminal.write_for_use(&script(&named, &arguments.out), Escapes::OfText);
    Ok(0)
}

fn read(path: &str, terminal: &Terminal<'_>) -> Result<Vec<Account>, RequestError> {
    let host = terminal.host();
    let bytes = if path == "-" { host.read_stdin() } else { host.read(path) };
    let unread = |help: &str| RequestError {
        code: "REQ014",
        message: format!("the accounts in `{path}` cannot be read"),
        help: help.to_owned(),
    };
    let bytes = bytes.map_err(|_| unread("check the path and who may read it"))?;
    let text = String::from_utf8(bytes).map_err(|_| unread("save the file as UTF-8"))?;
    accounts(&text).map_err(|errors| {
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        RequestError {
            code: "REQ014",
            message: format!("the accounts in `{path}` cannot be read: {}", texts.join("; ")),
            help: "write an account a line: its id of 32 lower-case hexadecimal digits, then, if you like, its name"
                .to_owned(),
        }
    })
}
