//! `kmsguard schema`.

use kmsguard::api::RequestError;

use super::host::Stream;
use super::terminal::Terminal;

#[path = "../schemas/table.rs"]
mod table;

use table::SCHEMAS;

pub(crate) fn run(name: Option<&str>, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    let Some(name) = name else {
        let names: String = SCHEMAS.iter().map(|(name, _)| format!("{name}\n")).collect();
        terminal.write(Stream::Stdout, &names);
        return Ok(0);
    };
    let (_, schema) = SCHEMAS.iter().find(|(known, _)| *known == name).ok_or_else(|| RequestError {
        code: "REQ006",
        message: format!("there is no schema `{name}`"),
        help: "`kmsguard schema` lists them".to_owned(),
    })?;
    terminal.write(Stream::Stdout, schema);
    Ok(0)
}
