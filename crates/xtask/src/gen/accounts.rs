//! The example account, written out for people, tests and the page.

use kmsguard_cli::demo;

use kmsguard::api::{AuditFormat, AuditRequest, Input, Inventory, Now, ReportRequest};

use super::File;

/// The files of the account. The one in which nothing is wrong is data of the tests.
pub(super) fn files() -> Vec<File> {
    let file = |(file, text): demo::File| File { path: format!("tests/accounts/example/{file}"), text };
    demo::example().into_iter().map(file).collect()
}

/// The picture of the account that the README shows.
pub(super) fn picture() -> Result<File, String> {
    let inputs =
        demo::example().into_iter().map(|(name, text)| Input::found(format!("example/{name}"), text)).collect();
    let now: Now = "2026-11-21T12:00:00Z".parse().map_err(|error| format!("{error}"))?;
    let request = ReportRequest::Audit { format: AuditFormat::Svg, request: AuditRequest::at(now) };
    let text = Inventory::read(inputs).report(&request).map_err(|error| error.message)?;
    Ok(File { path: "web-demo/docs/example.svg".to_owned(), text })
}
