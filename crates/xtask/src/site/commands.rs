//! A page for each command, from the descriptions that its help is made of.

use clap::{Arg, Command};
use maud::{Markup, html};

use super::Page;

pub(super) fn pages() -> Vec<Page> {
    let mut command = kmsguard_cli::command().term_width(100);
    // What holds for every command stands on every page.
    command.build();
    let mut pages = vec![index(&command)];
    pages.extend(command.get_subcommands().map(page));
    pages
}

fn index(command: &Command) -> Page {
    let body = html! {
        h1 { "Commands" }
        table { tbody { @for verb in command.get_subcommands() { tr {
            td { a href={ (verb.get_name()) ".html" } { code { "kmsguard " (verb.get_name()) } } }
            td { (about(verb)) }
        } } } }
    };
    Page { path: "commands/index.html".to_owned(), title: "Commands".to_owned(), body }
}

fn page(verb: &Command) -> Page {
    let name = format!("kmsguard {}", verb.get_name());
    let usage = verb.clone().render_usage().to_string();
    let mut headings: Vec<&str> = Vec::new();
    for argument in shown(verb) {
        let heading = heading(argument);
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    let body = html! {
        h1 { (name) }
        p { (about(verb)) }
        pre { code { (usage.strip_prefix("Usage: ").unwrap_or(&usage)) } }
        @for heading in &headings {
            h2 { (heading) }
            dl { @for argument in shown(verb).filter(|argument| self::heading(argument) == *heading) { (described(argument)) } }
        }
        @if let Some(after) = verb.get_after_help() { pre { code { (after.to_string()) } } }
    };
    Page { path: format!("commands/{}.html", verb.get_name()), title: name, body }
}

fn shown(verb: &Command) -> impl Iterator<Item = &Arg> {
    verb.get_arguments().filter(|argument| !argument.is_hide_set())
}

fn heading(argument: &Arg) -> &str {
    argument.get_help_heading().unwrap_or(if argument.is_positional() { "Arguments" } else { "Options" })
}

fn described(argument: &Arg) -> Markup {
    let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
    html! { dt { code { (argument.to_string()) } } dd { (help) } }
}

fn about(command: &Command) -> String {
    command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default()
}
