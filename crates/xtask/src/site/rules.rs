//! A page for each rule, and one for each code of a problem.

use kmsguard::api::{RULES, codes};
use maud::html;

use super::Page;
use super::layout::markdown;
use super::markdown::to_html;

pub(super) fn pages() -> Vec<Page> {
    let mut pages = vec![rules(), all_codes()];
    pages.extend(RULES.iter().map(|rule| Page {
        path: format!("rules/{}.html", rule.id.to_lowercase()),
        title: format!("{} {}", rule.id, rule.name),
        body: markdown(to_html(&kmsguard_cli::rule_page(rule), str::to_owned)),
    }));
    pages.extend(codes().map(|code| Page {
        path: format!("codes/{}.html", code.code.to_lowercase()),
        title: format!("{} {}", code.code, code.title),
        body: markdown(to_html(&kmsguard_cli::code_page(code), str::to_owned)),
    }));
    pages
}

fn rules() -> Page {
    let body = html! {
        h1 { "Rules" }
        p { "What an audit finds. Ids are stable and never used again. A rule in preview may still change, and is checked only where a plan of Terraform is read or where it is chosen." }
        table {
            thead { tr { th { "Rule" } th { "Severity" } th { "What it finds" } th { "Since" } } }
            tbody { @for rule in RULES { tr {
                td { a href={ (rule.id.to_lowercase()) ".html" } { (rule.id) } }
                td { (format!("{:?}", rule.severity).to_lowercase()) }
                td { (rule.title) @if rule.preview { " (preview)" } }
                td { (rule.since) }
            } } }
        }
    };
    Page { path: "rules/index.html".to_owned(), title: "Rules".to_owned(), body }
}

fn all_codes() -> Page {
    let body = html! {
        h1 { "Codes" }
        p { "What a problem, a refused request or an unreadable input is called. " code { "kmsguard rule CODE" } " prints the same pages." }
        table {
            thead { tr { th { "Code" } th { "What it says" } } }
            tbody { @for code in codes() { tr {
                td { a href={ (code.code.to_lowercase()) ".html" } { (code.code) } }
                td { (markdown(to_html(code.title, str::to_owned))) }
            } } }
        }
    };
    Page { path: "codes/index.html".to_owned(), title: "Codes".to_owned(), body }
}
