//! `kmsguard schema`.

use kmsguard::api::{RequestError, SERVICES};

use super::host::Stream;
use super::terminal::Terminal;

#[path = "../schemas/table.rs"]
mod table;

use table::SCHEMAS;

/// The ids of services: a schema that is a table of the core.
const SERVICES_NAME: &str = "services";

fn services() -> String {
    let ids: Vec<&str> = SERVICES.iter().map(|service| service.id).collect();
    let titles: Vec<&str> = SERVICES.iter().map(|service| service.title).collect();
    let schema = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Service",
        "description": format!("The id of a service that a plan can be made for: {}", titles.join(", ")),
        "enum": ids,
        "catalogue": kmsguard::api::services(),
    });
    format!("{schema:#}\n")
}

pub(crate) fn run(name: Option<&str>, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    let Some(name) = name else {
        let mut names: Vec<&str> = SCHEMAS.iter().map(|(name, _)| *name).chain([SERVICES_NAME]).collect();
        names.sort_unstable();
        let names: String = names.iter().map(|name| format!("{name}\n")).collect();
        terminal.write(Stream::Stdout, &names);
        return Ok(0);
    };
    if name == SERVICES_NAME {
        terminal.write(Stream::Stdout, &services());
        return Ok(0);
    }
    let (_, schema) = SCHEMAS.iter().find(|(known, _)| *known == name).ok_or_else(|| RequestError {
        code: "REQ006",
        message: format!("there is no schema `{name}`"),
        help: "`kmsguard schema` lists them".to_owned(),
    })?;
    terminal.write(Stream::Stdout, schema);
    Ok(0)
}
