//! Puts a key into a body that somebody has: into a request, into `parameters_json` of Terraform, or behind `-p` of a command. What
//! stands there stays as it is written: only the members that name the key are changed or added.

use serde_json::Value;

use crate::catalog::services::{Call, Placement, Service, placement};
use crate::crn::Span;
use crate::now::Now;
use crate::order::Arrange as _;

use super::check::{Amiss, AmissKind, WrittenIn};
use super::json::Json;
use super::plan;
use super::quote::{hcl, hcl_text};
use super::step::StepId;
use super::written::{self, Held, Member, Node, Notation, Syntax, Written};

/// One change of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The place in the body, as a JSON pointer.
    pub pointer: String,
    /// What stood there, as it was written.
    pub from: Option<String>,
    /// What stands there now.
    pub to: String,
}

/// A body with the key in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// What the body stands in; none where there is no body.
    pub written_in: Option<WrittenIn>,
    /// The whole text with the key in the body; none where it cannot be put there.
    pub text: Option<String>,
    /// What was changed, in the order of the catalogue; nothing where the key stood there already.
    pub changed: Vec<Changed>,
    /// Why it cannot be put there.
    pub faults: Vec<Amiss>,
}

/// Puts the key of a request into the body of a text.
#[must_use]
pub fn into(document: &Value, text: &str, now: Now) -> Put {
    let refused = |written_in, faults| Put { written_in, text: None, changed: Vec::new(), faults };
    let amiss = |pointer: &str, span, kind| Amiss { pointer: pointer.to_owned(), span, kind };
    let Some(written) = written::read(text) else {
        let span = Span { start: 0, end: text.len() };
        return refused(None, vec![amiss("", span, AmissKind::Syntax(Syntax::NoBody))]);
    };
    let written_in = Some(written.wrapped.around.into());
    if !written.faults.is_empty() {
        // Whatever is put into a text that cannot be read may land in the wrong place.
        let faults = written.faults.iter().map(|(span, fault)| amiss("", *span, AmissKind::Syntax(fault.clone())));
        return refused(written_in, faults.collect());
    }
    if !matches!(written.root.held, Held::Object(_)) {
        return refused(written_in, vec![amiss("", written.span(written.root.span), AmissKind::NotAnObject)]);
    }
    let answer = plan(document, now);
    let provision = answer.steps.into_iter().find(|step| step.id == StepId::Provision);
    let body = provision.and_then(|step| step.rest).and_then(|rest| rest.body);
    // A request with an error has no plan: its problems are in the answer.
    let Some((service, body)) = answer.service.zip(body) else { return refused(written_in, Vec::new()) };
    let Some(placement) = placement(service) else { return refused(written_in, Vec::new()) };
    put(&written, text, service, placement, &body)
}

fn put(written: &Written, text: &str, service: &Service, placement: &Placement, body: &Json) -> Put {
    let alone = placement.call == Call::ResourceController && is_parameters(&written.root);
    let mut edits: Vec<Edit> = Vec::new();
    let mut changed = Vec::new();
    let mut faults = Vec::new();
    for member in placement.members {
        let Some(pointer) = member.json else { continue };
        let Some(value) = at(body, pointer) else { continue };
        let pointer = if alone { pointer.strip_prefix("/parameters").unwrap_or(pointer) } else { pointer };
        match edit(written, pointer, value) {
            Ok(None) => {}
            Ok(Some((edit, from))) => {
                let to = match value {
                    Json::Text(text) => text.clone(),
                    other => other.compact(),
                };
                changed.push(Changed { pointer: pointer.to_owned(), from, to });
                edits.push(edit);
            }
            Err(span) => faults.push(Amiss {
                pointer: pointer.to_owned(),
                span: written.span(span),
                kind: AmissKind::NoPlace { pointer: pointer.to_owned(), service: service.title },
            }),
        }
    }
    let written_in = Some(written.wrapped.around.into());
    let text = faults.is_empty().then(|| apply(written, text, edits));
    Put { written_in, changed: if text.is_some() { changed } else { Vec::new() }, text, faults }
}

/// Whether a body for the Resource Controller is the parameters alone.
fn is_parameters(root: &Node) -> bool {
    let of_request = ["name", "target", "resource_group", "resource_plan_id", "parameters"];
    !of_request.iter().any(|name| root.member(name).is_some())
}

fn at<'j>(body: &'j Json, pointer: &str) -> Option<&'j Json> {
    pointer.split('/').skip(1).try_fold(body, |value, name| value.get(name))
}

/// A change of the body's text.
struct Edit {
    span: Span,
    text: String,
}

/// The change that puts a value at a pointer, with what stood there; none where it stands there already. An error is the place of
/// something on the way that can hold no member.
fn edit(written: &Written, pointer: &str, value: &Json) -> Result<Option<(Edit, Option<String>)>, Span> {
    let style = Style::of(written);
    let mut node = &written.root;
    let mut depth = 0;
    let names: Vec<&str> = pointer.split('/').skip(1).collect();
    for (index, name) in names.iter().enumerate() {
        let Held::Object(members) = &node.held else { return Err(node.span) };
        let Some(member) = members.iter().find(|member| member.name == *name) else {
            let rest = names.get(index + 1..).unwrap_or_default();
            let inner = rest.iter().rev().fold(value.clone(), |value, name| Json::object([(name, value)]));
            return Ok(Some((insert(written, &style, node, members, name, &inner, depth), None)));
        };
        node = &member.value;
        depth += 1;
    }
    if node.json() == *value && !matches!(node.held, Held::Unread(_)) {
        return Ok(None);
    }
    if matches!(node.held, Held::Object(_) | Held::List(_)) {
        return Err(node.span);
    }
    let from = match &node.held {
        Held::Text(text) => text.clone(),
        _ => written.wrapped.body.get(node.span.start..node.span.end).unwrap_or_default().to_owned(),
    };
    Ok(Some((Edit { span: node.span, text: style.value(value, depth, false) }, Some(from))))
}

/// How a body is written.
struct Style {
    notation: Notation,
    /// What stands between a name and its value.
    colon: &'static str,
    /// What each level is indented by.
    indent: String,
}

impl Style {
    fn of(written: &Written) -> Self {
        let body = &written.wrapped.body;
        let first = written.root.members().first();
        let between = first.and_then(|member| body.get(member.name_span.end..member.value.span.start));
        let colon = match (written.wrapped.notation, between) {
            (Notation::Hcl, _) => " = ",
            (Notation::Json, Some(":")) => ":",
            (Notation::Json, _) => ": ",
        };
        // On which line of the text an object of Terraform's begins, the body alone does not tell.
        let line = line_indent(body, written.root.span.start);
        let outer = (written.wrapped.notation == Notation::Json).then_some(line.as_str());
        let indent = level(body, &written.root, outer).unwrap_or_else(|| "  ".to_owned());
        Self { notation: written.wrapped.notation, colon, indent }
    }

    fn name(&self, name: &str) -> String {
        match self.notation {
            Notation::Json => Json::text(name).compact(),
            Notation::Hcl => {
                let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                if plain { name.to_owned() } else { hcl_text(name) }
            }
        }
    }

    /// A value; over several lines where what is around it is.
    fn value(&self, value: &Json, depth: usize, lines: bool) -> String {
        match value {
            Json::Object(members) if !members.is_empty() => {
                let inner = |name: &str, value: &Json| {
                    format!("{}{}{}", self.name(name), self.colon, self.value(value, depth + 1, lines))
                };
                let members = members.iter().map(|(name, value)| inner(name, value));
                if lines {
                    let (indent, outer) = (self.indent.repeat(depth + 1), self.indent.repeat(depth));
                    let members: Vec<String> = members.map(|member| format!("\n{indent}{member}")).collect();
                    let separator = if self.notation == Notation::Json { "," } else { "" };
                    format!("{{{}\n{outer}}}", members.join(separator))
                } else {
                    let members: Vec<String> = members.collect();
                    let [open, close, separator] = match (self.notation, self.colon) {
                        (Notation::Json, ":") => ["{", "}", ","],
                        (Notation::Json, _) => ["{", "}", ", "],
                        (Notation::Hcl, _) => ["{ ", " }", ", "],
                    };
                    format!("{open}{}{close}", members.join(separator))
                }
            }
            other if self.notation == Notation::Hcl => hcl(other, depth),
            other => other.compact(),
        }
    }
}

/// What a level is indented by: the difference between a member and the first one inside of it.
fn level(body: &str, object: &Node, outer: Option<&str>) -> Option<String> {
    let first = object.members().first()?;
    let indent = line_indent(body, first.name_span.start);
    let own = outer.and_then(|outer| indent.strip_prefix(outer)).filter(|level| !level.is_empty());
    own.map(str::to_owned)
        .or_else(|| object.members().iter().find_map(|member| level(body, &member.value, Some(&indent))))
}

/// The blanks with which the line of a place begins.
fn line_indent(body: &str, at: usize) -> String {
    let before = body.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = body.get(start..).unwrap_or_default();
    line.chars().take_while(|character| matches!(character, ' ' | '\t')).collect()
}

/// Adds a member at the end of an object.
fn insert(
    written: &Written,
    style: &Style,
    object: &Node,
    members: &[Member],
    name: &str,
    value: &Json,
    depth: usize,
) -> Edit {
    let body = &written.wrapped.body;
    let Some(last) = members.last() else {
        let inner = format!("{}{}{}", style.name(name), style.colon, style.value(value, depth + 1, false));
        let [open, close] = if style.notation == Notation::Hcl { ["{ ", " }"] } else { ["{", "}"] };
        return Edit { span: object.span, text: format!("{open}{inner}{close}") };
    };
    let start = last.value.span.end;
    let before = body.get(object.span.start..last.name_span.start).unwrap_or_default();
    if !before.contains('\n') {
        let space = if style.colon == ":" { "" } else { " " };
        let member = format!("{}{}{}", style.name(name), style.colon, style.value(value, depth + 1, false));
        return Edit { span: Span { start, end: start }, text: format!(",{space}{member}") };
    }
    let indent = line_indent(body, last.name_span.start);
    let member =
        Style { notation: style.notation, colon: style.colon, indent: style.indent.clone() }.value(value, 0, true);
    // The lines of the value begin where its name does.
    let member = member.replace('\n', &format!("\n{indent}"));
    let member = format!("{}{}{member}", style.name(name), style.colon);
    if style.notation == Notation::Json {
        return Edit { span: Span { start, end: start }, text: format!(",\n{indent}{member}") };
    }
    // In Terraform's language the line may go on with a comma and a comment.
    let rest = body.get(start..object.span.end).unwrap_or_default();
    let line = rest.get(..rest.find('\n').unwrap_or(0)).unwrap_or_default();
    let comma = if line.trim_start().starts_with(',') { "," } else { "" };
    let at = start + line.trim_end().len();
    Edit { span: Span { start: at, end: at }, text: format!("\n{indent}{member}{comma}") }
}

/// The text with the changes in it.
fn apply(written: &Written, text: &str, mut edits: Vec<Edit>) -> String {
    // Two members of one object are added one after the other, so the order of the catalogue is kept.
    edits.arrange_by_key(|edit| edit.span.start);
    let mut out = String::with_capacity(text.len() + 128);
    let mut at = 0;
    for edit in edits {
        let (start, end) = (written.wrapped.origin(edit.span.start), written.wrapped.origin(edit.span.end));
        out.push_str(text.get(at..start).unwrap_or_default());
        out.push_str(&written.wrapped.quoted(&edit.text));
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
