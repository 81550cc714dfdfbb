//! What is wrong with a body that was written by hand: all of it at once, each with its place, and the body mended where it can be
//! known.
//!
//! Whatever the body says is asked of [`plan`](super::plan) as a request, so a body is held against the same facts as a request. What
//! is only a matter of writing (places, types, ids and names) is put right first, and said.

mod fault;
mod instance;
mod key;
mod service;
mod settings;

pub use fault::{Amiss, AmissKind};

use serde_json::{Map, Value};

use crate::catalog::services::{Call, Placement, Service, placement};
use crate::crn::{Severity, Span};
use crate::now::Now;
use crate::order::Arrange as _;

use super::Fault;
use super::json::Json;
use super::written::{self, Around, Node, Syntax, Written};

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BodyForm {
    /// The body of a call of a REST API.
    Request,
    /// The parameters of a service instance alone, as the command line and Terraform take them.
    Parameters,
}

/// What a body stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WrittenIn {
    /// Nothing: it is the whole text.
    Json,
    /// A command that sends it to a REST API.
    Curl,
    /// A command of `ibmcloud`.
    Cli,
    /// Terraform.
    Terraform,
}

impl From<Around> for WrittenIn {
    fn from(around: Around) -> Self {
        match around {
            Around::Nothing => Self::Json,
            Around::Curl => Self::Curl,
            Around::Cli => Self::Cli,
            Around::Terraform => Self::Terraform,
        }
    }
}

/// A body, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What it is; none where it is no object.
    pub form: Option<BodyForm>,
    /// What it stands in.
    pub written_in: Option<WrittenIn>,
    /// The service; none where neither the request nor the body tells.
    pub service: Option<&'static Service>,
    /// The key that the body names, as written.
    pub key: Option<String>,
    /// What is wrong with it, in the order of its text.
    pub faults: Vec<Amiss>,
    /// The body put right; none where nothing is wrong, or where what was meant cannot be known.
    pub mended: Option<Json>,
    /// What is wrong with the request beside it.
    pub request_faults: Vec<Fault>,
}

/// What is gathered while a body is judged.
pub(super) struct Judging<'a> {
    pub(super) written: &'a Written,
    /// The request beside the body.
    pub(super) given: Map<String, Value>,
    pub(super) service: &'static Service,
    pub(super) placement: &'static Placement,
    pub(super) now: Now,
    pub(super) faults: Vec<Amiss>,
    pub(super) request_faults: Vec<Fault>,
    /// Whether something was meant that cannot be known.
    pub(super) lost: bool,
}

impl Judging<'_> {
    /// A fault at a place of the body.
    pub(super) fn fault(&mut self, pointer: impl Into<String>, kind: impl Into<AmissKind>) {
        let pointer = pointer.into();
        let span = self.written.span(self.written.root.place(&pointer));
        self.faults.push(Amiss { pointer, span, kind: kind.into() });
    }

    /// A fault of a member, at its name.
    pub(super) fn member_fault(&mut self, pointer: impl Into<String>, name_span: Span, kind: AmissKind) {
        let span = self.written.span(name_span);
        self.faults.push(Amiss { pointer: pointer.into(), span, kind });
    }

    pub(super) fn root(&self) -> &Node {
        &self.written.root
    }

    /// The key of the request beside the body.
    pub(super) fn planned(&self) -> Option<String> {
        let key = ["key", "primary"].into_iter().find_map(|name| self.given.get(name))?;
        let text = key.as_str().or_else(|| key.get("crn").and_then(Value::as_str))?;
        Some(text.to_owned())
    }
}

/// Judges a body, beside a request that may say the service, the key and more.
#[must_use]
pub fn check(document: &Value, text: &str, now: Now) -> Checked {
    let given = document.as_object().cloned().unwrap_or_default();
    let none = |faults| Checked {
        form: None,
        written_in: None,
        service: None,
        key: None,
        faults,
        mended: None,
        request_faults: Vec::new(),
    };
    let Some(written) = written::read(text) else {
        let span = Span { start: 0, end: text.len() };
        return none(vec![Amiss { pointer: String::new(), span, kind: AmissKind::Syntax(Syntax::NoBody) }]);
    };
    let syntax = written.faults.iter();
    let mut faults: Vec<Amiss> = syntax
        .map(|(span, fault)| Amiss { pointer: String::new(), span: *span, kind: AmissKind::Syntax(fault.clone()) })
        .collect();
    let written_in = Some(written.wrapped.around.into());
    if !matches!(written.root.held, written::Held::Object(_)) {
        let span = written.span(written.root.span);
        faults.push(Amiss { pointer: String::new(), span, kind: AmissKind::NotAnObject });
        return Checked { written_in, ..none(faults) };
    }
    let (service, request_faults) = service::of(&given, &written.root);
    let Some((service, placement)) = service.and_then(|service| Some((service, placement(service)?))) else {
        return Checked { written_in, request_faults, ..none(faults) };
    };
    // What stands twice, or cannot be read, could have been meant in two ways.
    let doubtful = |fault: &Amiss| {
        matches!(
            fault.kind,
            AmissKind::Syntax(Syntax::Twice { .. } | Syntax::NotAValue { .. } | Syntax::TooDeep | Syntax::Behind)
        )
    };
    let lost = faults.iter().any(doubtful);
    let mut judging = Judging { written: &written, given, service, placement, now, faults, request_faults, lost };
    let (form, key, body) = match placement.call {
        Call::ResourceController => instance::judge(&mut judging),
        Call::Settings => settings::judge(&mut judging),
        _ => key::judge(&mut judging),
    };
    let Judging { mut faults, request_faults, lost, .. } = judging;
    faults.arrange_by(|one, other| order(one).cmp(&order(other)));
    faults.dedup();
    let wrong = faults.iter().any(|fault| fault.kind.severity() == Severity::Error);
    let mended = body.filter(|_| wrong && !lost);
    Checked { form: Some(form), written_in, service: Some(service), key, faults, mended, request_faults }
}

fn order(fault: &Amiss) -> (usize, usize, &'static str, &str) {
    (fault.span.start, fault.span.end, fault.kind.code(), &fault.pointer)
}

/// A pointer as people write the place: `parameters.dataservices`.
pub(super) fn dotted(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

/// Whether a text stands for a value: words in capitals, in angle brackets, or a variable.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let capitals = |text: &str| {
        text.contains(|letter: char| letter.is_ascii_uppercase())
            && text.chars().all(|letter| {
                letter.is_ascii_uppercase() || matches!(letter, '_' | '-' | ' ' | '<' | '>') || letter.is_ascii_digit()
            })
    };
    text.starts_with('<') || text.starts_with('$') || text.contains("<...>") || capitals(text)
}
