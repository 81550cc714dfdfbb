//! Everything that is wrong with a text that should be a CRN, and the right one where it can be known.

use super::align::Layout;
use super::check::{Ten, check, kind};
use super::fault::{Fault, FaultKind, Severity};
use super::grammar::{crn_of, parse, segments};
use super::key::{is_guid, plain_key};
use super::message::BARE_ID;
use super::model::{Crn, Kind, Segment, Span, holds_keys};
use super::peel::{clean, is_suspicious, peel};
use super::ten::{Segments, ten};
use crate::catalog::names;

/// A text of more bytes is not looked into. IBM's own code takes 512 (the validators of terraform-provider-ibm, as of 2026-08-05).
const LONGEST: usize = 4096;

/// What the CRN is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Require {
    /// A key of a KMS.
    Key,
    /// A KMS instance.
    Instance,
    /// Anything.
    #[default]
    Any,
}

/// What a text is, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Diagnosis<'a> {
    /// The CRN, where the text parses.
    pub crn: Option<Crn<'a>>,
    /// What it names, by its shape, right or not.
    pub kind: Kind,
    /// The segments against their places, where there are too few.
    pub layout: Option<Layout>,
    /// All faults, in the order of their places.
    pub faults: Vec<Fault>,
    /// The right CRN, where it can be known and is another.
    pub fixed: Option<String>,
}

impl Diagnosis<'_> {
    /// Whether nothing is wrong; suspicions are allowed.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.faults.iter().all(|fault| fault.kind.severity() != Severity::Error)
    }
}

/// Says what a text is and everything that is wrong with it.
///
/// ```
/// use kmsguard::crn::{Require, diagnose};
///
/// let diagnosis = diagnose("crn:v1:bluemix:public:kms:us-south:a/1:key:2", Require::Key);
/// assert_eq!(diagnosis.faults[0].kind.code(), "CRN002");
/// ```
#[must_use]
pub fn diagnose(text: &str, require: Require) -> Diagnosis<'_> {
    if let Some(crn) = right(text, require) {
        return Diagnosis { crn: Some(crn), kind: crn.kind(), layout: None, faults: Vec::new(), fixed: None };
    }
    examine(text, require)
}

/// The CRN, where nothing at all is wrong or suspicious: the usual case, without an allocation.
fn right(text: &str, require: Require) -> Option<Crn<'_>> {
    if let Some(crn) = plain_key(text).filter(|_| require != Require::Instance) {
        return Some(crn);
    }
    let (_, parts) = segments(text).ok()?;
    let [first, .., resource] = parts;
    let mut odd = false;
    for byte in text.bytes() {
        odd |= is_suspicious(byte);
    }
    if first != "crn" || odd || resource.contains(':') || text.len() > LONGEST {
        return None;
    }
    let crn = crn_of(parts).ok()?;
    let mut is_right = true;
    check(&Ten { parts, holes: &[] }, require, &mut |_, _, _| is_right = false);
    is_right.then_some(crn)
}

#[cold]
fn examine(text: &str, require: Require) -> Diagnosis<'_> {
    let crn = parse(text).ok();
    let mut diagnosis = Diagnosis { crn, kind: Kind::Unknown, layout: None, faults: Vec::new(), fixed: None };
    if text.len() > LONGEST {
        let span = Span::new(0, text.len());
        diagnosis.kind = crn.map_or(Kind::Unknown, |crn| crn.kind());
        diagnosis.faults.push(Fault { kind: FaultKind::TooLong { bytes: text.len() }, segment: None, span });
        return diagnosis;
    }
    let faults = &mut diagnosis.faults;
    let (mut traced, doubtful) = clean(text, faults);
    peel(&mut traced, faults);
    if let Some(fault) = no_crn(traced.text(), traced.span(0, traced.text().len())) {
        faults.push(fault);
        in_order(text, faults);
        return diagnosis;
    }
    let mut segments = ten(&traced, require, faults);
    if segments.uncertain {
        diagnosis.kind = shape(&segments);
    } else {
        let is_right = put_right(&mut segments, require, faults);
        let parts = borrowed(&segments);
        diagnosis.kind = kind(parts);
        let is_certain = !doubtful || matches!(diagnosis.kind, Kind::KmsKey | Kind::KmsInstance);
        if is_right && is_certain && !segments.colons && segments.holes.is_empty() {
            let fixed = parts.join(":");
            // What is left must be right by itself, or it is no help.
            let ok =
                fixed != text && fixed.len() <= LONGEST && !fixed.bytes().any(is_foreign) && is_ok(&fixed, require);
            diagnosis.fixed = ok.then_some(fixed);
        }
    }
    diagnosis.layout = segments.layout;
    in_order(text, &mut diagnosis.faults);
    diagnosis
}

fn is_foreign(byte: u8) -> bool {
    !(0x21..0x7f).contains(&byte) || matches!(byte, b'"' | b'\'' | b'`')
}

/// Whether a text is a CRN without an error.
fn is_ok(text: &str, require: Require) -> bool {
    let Ok((_, parts)) = segments(text) else { return false };
    let [first, .., resource] = parts;
    let mut is_ok = first == "crn" && crn_of(parts).is_ok() && !resource.contains(':');
    check(&Ten { parts, holes: &[] }, require, &mut |_, _, kind| is_ok &= kind.severity() != Severity::Error);
    is_ok
}

fn borrowed(segments: &Segments) -> [&str; 10] {
    core::array::from_fn(|index| segments.text(index))
}

/// What segments name whose places are not certain.
fn shape(segments: &Segments) -> Kind {
    kind(borrowed(segments))
}

/// Finds what is wrong in the ten segments, and puts right what can be; what that brings to light is found as well. Says
/// whether no error is left.
fn put_right(segments: &mut Segments, require: Require, faults: &mut Vec<Fault>) -> bool {
    let known = faults.len();
    small_letters(segments, faults);
    for _ in 0..4 {
        let mut found = Vec::new();
        let ten = Ten { parts: borrowed(segments), holes: &segments.holes };
        check(&ten, require, &mut |segment, from, kind| found.push((segment, from, kind)));
        let mut is_changed = false;
        let mut is_right = true;
        for (segment, from, kind) in found {
            let Some(part) = segments.parts.get_mut(segment as usize) else { continue };
            let (span, length) = (part.span, part.text.len());
            if let Some(text) = replaced(&part.text, from, &kind) {
                part.text = text;
                is_changed = true;
            }
            is_right &= kind.severity() != Severity::Error;
            let mut told = faults.iter().skip(known);
            if !told.any(|fault| fault.segment == Some(segment) && fault.kind == kind) {
                // A part that was put right before has another length than the source.
                let from = if length == span.end - span.start { from } else { 0 };
                let span = Span::new(span.start + from, span.end);
                faults.push(Fault { kind, segment: Some(segment), span });
            }
        }
        if !is_changed {
            return is_right;
        }
    }
    false
}

/// What the other segments should be depends on the service and the type: in capitals they are told first.
fn small_letters(segments: &mut Segments, faults: &mut Vec<Fault>) {
    let words = [(Segment::ServiceName, "kms"), (Segment::ServiceName, "hs-crypto"), (Segment::ResourceType, "key")];
    for (segment, right) in words {
        let applies = segment == Segment::ServiceName || holds_keys(segments.text(4));
        let Some(part) = segments.parts.get_mut(segment as usize).filter(|_| applies) else { continue };
        if part.text != right && part.text.eq_ignore_ascii_case(right) {
            let text = core::mem::replace(&mut part.text, right.to_owned());
            let kind = FaultKind::WrongCase { text, right: right.to_owned() };
            faults.push(Fault { kind, segment: Some(segment), span: part.span });
        }
    }
}

/// A segment as it is written without a fault, where that is known.
fn replaced(part: &str, from: usize, kind: &FaultKind) -> Option<String> {
    match kind {
        FaultKind::Version { .. } => Some("v1".to_owned()),
        FaultKind::Cname { text } if text.is_empty() => Some("bluemix".to_owned()),
        FaultKind::Ctype { text } if text.is_empty() => Some("public".to_owned()),
        FaultKind::WrongCase { text, right } => {
            let rest = part.get(from..)?.strip_prefix(text.as_str())?;
            Some([part.get(..from)?, right, rest].concat())
        }
        FaultKind::Encoded { right: Some(right) } if !right.contains([':', '%']) => Some(right.clone()),
        FaultKind::Scope { text, account_without_prefix: true } => Some(["a/", text].concat()),
        FaultKind::NotAKms { text, .. } | FaultKind::UnknownService { text, .. } => {
            names::service_meant(text).map(str::to_owned)
        }
        _ => None,
    }
}

/// The fault of a text that is nothing like a CRN, or is one of another kind.
fn no_crn(text: &str, span: Span) -> Option<Fault> {
    let looks_like = looks_like(text);
    if text.starts_with("crn:[") || text == "crn:..." {
        let kind = FaultKind::Placeholder { text: text.to_owned() };
        return Some(Fault { kind, segment: None, span });
    }
    let is_none = looks_like.is_some() || !text.starts_with("crn:");
    is_none.then_some(Fault { kind: FaultKind::NotACrn { looks_like }, segment: None, span })
}

fn looks_like(text: &str) -> Option<&'static str> {
    const BEGINNINGS: &[(&str, &str)] = &[
        ("crn://", "a Confluent resource name"),
        ("crn:cdp", "a Cloudera resource name"),
        ("crn:altus", "a Cloudera resource name"),
        ("arn:", "an Amazon resource name"),
        ("acs:", "an Alibaba Cloud resource name"),
        ("ocid1.", "an Oracle Cloud identifier"),
        ("/subscriptions/", "an Azure resource id"),
        ("projects/", "a Google Cloud resource name"),
        ("//cloudkms", "a Google Cloud resource name"),
        ("https://", "a web address"),
        ("http://", "a web address"),
        ("urn:", "a URN"),
        ("a/", "the scope of a CRN"),
    ];
    if text.is_empty() {
        Some("an empty text")
    } else if is_guid(text) {
        Some(BARE_ID)
    } else if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Some("an account id")
    } else {
        BEGINNINGS.iter().find(|(beginning, _)| text.starts_with(beginning)).map(|(_, what)| *what)
    }
}

/// Puts faults in the order of their places, each on whole characters of the text. There are few, and a sort of many would be most of a small file.
fn in_order(text: &str, faults: &mut [Fault]) {
    for fault in faults.iter_mut() {
        let (start, end) = (fault.span.start.min(text.len()), fault.span.end.min(text.len()));
        let start = (0..=start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let end = (end.max(start)..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        fault.span = Span::new(start, end);
    }
    for end in 1..faults.len() {
        let mut at = end;
        while let Some([left, right]) = at.checked_sub(1).and_then(|before| faults.get_mut(before..=at)) {
            let place = |fault: &Fault| (fault.span, fault.kind.code());
            if place(left) <= place(right) {
                break;
            }
            core::mem::swap(left, right);
            at -= 1;
        }
    }
}
