//! A page for each service that takes a customer's key: what is known of it, and on which page it was read.

use kmsguard::api::services;
use maud::{Markup, html};
use serde_json::Value;

use super::Page;

/// What a row of the table is called, and the field of the catalogue.
const ROWS: &[(&str, &str)] = &[
    ("Service in authorizations", "service_name"),
    ("Service in CRNs", "crn_service"),
    ("Generation", "generation"),
    ("Regions when the list was read", "regions"),
    ("The key is named by", "key"),
    ("The key is set", "set"),
    ("The key can be changed", "change"),
    ("Roles it needs on the key", "roles"),
    ("Delegation", "delegation"),
    ("Services below it", "dependents"),
    ("Services authorized beside it", "also_authorized"),
    ("Keys of", "targets"),
    ("Scopes it honours", "scopes"),
    ("An authorization of a key ring", "key_ring"),
    ("Registers what it encrypts", "registers"),
    ("Days in which a deleted deployment can be had back", "reclaimable_days"),
    ("Days that it stays registered", "registered_days"),
    ("Follows a migration intent", "migration_intent"),
];

pub(super) fn pages() -> Vec<Page> {
    let known: Vec<Value> = services().iter().filter_map(|service| serde_json::to_value(service).ok()).collect();
    let mut pages = vec![index(&known)];
    pages.extend(known.iter().map(page));
    pages
}

fn text<'a>(service: &'a Value, field: &str) -> &'a str {
    service[field].as_str().unwrap_or_default()
}

fn list<'a>(service: &'a Value, field: &str) -> &'a [Value] {
    service[field].as_array().map_or(&[], Vec::as_slice)
}

fn index(known: &[Value]) -> Page {
    let body = html! {
        h1 { "Services" }
        p { "Services that take a customer's key and say where. The ids are those that a plan takes. What no page states is told as not known." }
        table {
            thead { tr { th { "Service" } th { "Id" } th { "The key is set" } th { "Delegation" } } }
            tbody { @for service in known { tr {
                td { a href={ (text(service, "id")) ".html" } { (text(service, "title")) } }
                td { code { (text(service, "id")) } }
                td { (text(service, "set")) }
                td { (text(service, "delegation")) }
            } } }
        }
    };
    Page { path: "services/index.html".to_owned(), title: "Services".to_owned(), body }
}

fn page(service: &Value) -> Page {
    let title = text(service, "title");
    let body = html! {
        h1 { (title) }
        p { "Id: " code { (text(service, "id")) } }
        table { tbody { @for (name, field) in ROWS { @if let Some(value) = service.get(*field) {
            tr { th scope="row" { (name) } td { (shown(value)) } }
        } } } }
        @if !list(service, "plans").is_empty() {
            h2 { "Plans" }
            table {
                thead { tr { th { "Plan" } th { "Id of the API" } th { "The key is" } } }
                tbody { @for plan in list(service, "plans") { tr {
                    td { code { (text(plan, "name")) } } td { (shown(&plan["id"])) } td { (text(plan, "key")) }
                } } }
            }
        }
        h2 { "What happens to the key happens to its deployments" }
        table {
            thead { tr { th { "To" } th { "Action" } th { "Effect" } th { "What it means" } th { "Read in" } } }
            tbody { @for effect in list(service, "effects") { tr {
                td { (text(effect, "family")) } td { (text(effect, "action")) } td { (text(effect, "effect")) }
                td { (text(effect, "text")) } td { (source(&effect["source"])) }
            } } }
        }
        h2 { "Facts" }
        dl { @for fact in list(service, "facts") {
            dt { (text(fact, "text")) }
            dd { (source(&fact["source"])) @if let Some(against) = fact.get("against") {
                p { "Another page says: " (text(against, "text")) ". " (source(&against["source"])) }
            } }
        } }
    };
    Page { path: format!("services/{}.html", text(service, "id")), title: title.to_owned(), body }
}

fn shown(value: &Value) -> Markup {
    match value {
        Value::Null => html! { span.faint { "not known" } },
        Value::Bool(true) => html! { "yes" },
        Value::Bool(false) => html! { "no" },
        Value::Array(values) if values.is_empty() => html! { "none" },
        Value::Array(values) => {
            html! { @for (index, value) in values.iter().enumerate() { @if index > 0 { ", " } (shown(value)) } }
        }
        Value::String(text) => html! { (text) },
        other => html! { (other.to_string()) },
    }
}

/// The page on which a fact was read, and the day of that page.
fn source(source: &Value) -> Markup {
    html! { a href=(text(source, "url")) { (text(source, "title")) } " " span.faint { (text(source, "as_of")) } }
}
