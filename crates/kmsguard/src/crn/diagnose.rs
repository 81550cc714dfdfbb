//! Everything that is wrong with a text that should be a CRN, and the right one where it can be known.

use super::align::{Layout, align};
use super::fault::{Fault, FaultKind, Severity};
use super::grammar::{ParseErrorKind, parse, span};
use super::key::{is_account_id, is_guid};
use super::model::{Crn, Kind, Segment, Span, holds_keys};
use crate::catalog::regions;

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
    /// The segments against their places, where their number is wrong.
    pub layout: Option<Layout<'a>>,
    /// All faults, in the order of their places.
    pub faults: Vec<Fault>,
    /// The right CRN, where it can be known.
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
    let mut diagnosis = match parse(text) {
        Ok(crn) => {
            let mut faults = Vec::new();
            check(text, &crn, require, &mut faults);
            Diagnosis { crn: Some(crn), kind: crn.kind(), layout: None, faults, fixed: None }
        }
        Err(error) => unparsed(text, error.kind, error.span),
    };
    foreign_characters(text, &mut diagnosis.faults);
    diagnosis.faults.sort_by_key(|fault| (fault.span, fault.kind.code()));
    diagnosis.fixed = fix(text, require).filter(|fixed| fixed != text);
    diagnosis
}

fn unparsed(text: &str, kind: ParseErrorKind, place: Span) -> Diagnosis<'_> {
    let layout = align(text);
    let (kind, segment, place) = match kind {
        ParseErrorKind::NotACrn => {
            (FaultKind::NotACrn { looks_like: looks_like(text) }, None, Span::new(0, text.len()))
        }
        ParseErrorKind::SegmentCount { found } => {
            let missing = layout.as_ref().filter(|layout| layout.certain).map(|layout| layout.missing().collect());
            (FaultKind::TooFewSegments { found, missing: missing.unwrap_or_default() }, None, place)
        }
        ParseErrorKind::Scope => {
            let scope = place.of(text);
            let account_without_prefix = is_account_id(scope);
            (FaultKind::Scope { text: scope.to_owned(), account_without_prefix }, Some(Segment::Scope), place)
        }
    };
    let part = |segment| layout.as_ref().and_then(|layout| layout.text(segment)).unwrap_or_default();
    let kind_by_shape = if matches!(kind, FaultKind::Scope { .. }) {
        let parts: Vec<&str> = text.splitn(10, ':').collect();
        let at = |index: usize| parts.get(index).copied().unwrap_or_default();
        shape(at(4), at(7), at(8), at(9))
    } else {
        let (resource_type, slash) =
            part(Segment::ResourceType).split_once('/').unwrap_or((part(Segment::ResourceType), ""));
        let resource = if slash.is_empty() { part(Segment::Resource) } else { slash };
        shape(part(Segment::ServiceName), part(Segment::ServiceInstance), resource_type, resource)
    };
    Diagnosis {
        crn: None,
        kind: kind_by_shape,
        layout,
        faults: vec![Fault { kind, segment, span: place }],
        fixed: None,
    }
}

fn shape(service_name: &str, service_instance: &str, resource_type: &str, resource: &str) -> Kind {
    Crn {
        version: "v1",
        cname: "",
        ctype: "",
        service_name,
        location: "",
        scope: None,
        service_instance,
        resource_type,
        resource,
    }
    .kind()
}

fn looks_like(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.is_empty() {
        Some("an empty text")
    } else if is_guid(text) {
        Some("the bare id of a key")
    } else if text.starts_with("arn:") {
        Some("an Amazon resource name")
    } else if text.contains(":keyRing:") {
        Some("a Terraform id of a key ring")
    } else if text.contains(":alias:crn:") {
        Some("a Terraform id of a key alias")
    } else {
        None
    }
}

fn check(text: &str, crn: &Crn<'_>, require: Require, faults: &mut Vec<Fault>) {
    let mut fault = |segment: Segment, part: &str, kind: FaultKind| {
        faults.push(Fault { kind, segment: Some(segment), span: span(text, part) });
    };
    let colons = crn.resource.bytes().filter(|byte| *byte == b':').count();
    if colons > 0 {
        fault(Segment::Resource, crn.resource, FaultKind::TooManySegments { found: 10 + colons });
    }
    if crn.version != "v1" {
        fault(Segment::Version, crn.version, FaultKind::Version { text: crn.version.to_owned() });
    }
    if crn.cname != "bluemix" {
        fault(Segment::Cname, crn.cname, FaultKind::Cname { text: crn.cname.to_owned() });
    }
    if !matches!(crn.ctype, "public" | "dedicated" | "local") {
        fault(Segment::Ctype, crn.ctype, FaultKind::Ctype { text: crn.ctype.to_owned() });
    }
    if !is_service_name(crn.service_name) {
        fault(Segment::ServiceName, crn.service_name, FaultKind::ServiceName { text: crn.service_name.to_owned() });
    }
    if let Some(account) = crn.account().filter(|account| !is_account_id(account)) {
        fault(Segment::Scope, account, FaultKind::AccountId { text: account.to_owned() });
    }
    let kms = holds_keys(crn.service_name);
    let has_region = matches!(crn.kind(), Kind::KmsKey | Kind::KmsInstance);
    if has_region && is_service_name(crn.location) && regions::is_unknown(crn.service_name, crn.location) {
        fault(Segment::Location, crn.location, FaultKind::UnknownRegion { text: crn.location.to_owned() });
    }
    if require != Require::Any && !kms {
        fault(Segment::ServiceName, crn.service_name, FaultKind::NotAKms { text: crn.service_name.to_owned() });
    }
    let key = crn.kind() == Kind::KmsKey;
    if require == Require::Key && (crn.resource_type != "key" || crn.resource.is_empty()) {
        let kind = FaultKind::NotAKey {
            resource_type: crn.resource_type.to_owned(),
            slash: crn.resource_type.starts_with("key/"),
            instance: crn.kind() == Kind::KmsInstance,
        };
        fault(Segment::ResourceType, crn.resource_type, kind);
    }
    if require == Require::Instance && !(crn.resource_type.is_empty() && crn.resource.is_empty()) {
        fault(Segment::ResourceType, crn.resource_type, FaultKind::NotAnInstance);
    }
    let wants_instance = key || crn.kind() == Kind::KmsInstance || (require != Require::Any && kms);
    if wants_instance && !is_guid(crn.service_instance) {
        fault(
            Segment::ServiceInstance,
            crn.service_instance,
            FaultKind::NotAGuid { text: crn.service_instance.to_owned() },
        );
    }
    if key && colons == 0 && !is_guid(crn.resource) {
        fault(Segment::Resource, crn.resource, FaultKind::NotAGuid { text: crn.resource.to_owned() });
    }
}

/// Letters, digits and `-`, children after `.`; Satellite locations and some services write `_`. Empty is allowed: the
/// written specification has services without one (`crn:v1:d_att288:dedicated::us-south::::…`).
fn is_service_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_'))
}

/// White space, quotes, control and invisible characters, each reported once at its first place.
fn foreign_characters(text: &str, faults: &mut Vec<Fault>) {
    let foreign = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '"' | '\'' | '`' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if let Some((start, character)) = text.char_indices().find(|(_, character)| foreign(*character)) {
        let span = Span::new(start, start + character.len_utf8());
        faults.push(Fault { kind: FaultKind::ForeignCharacter { character }, segment: None, span });
    }
}

/// The right CRN where there is only one it can be: copied characters removed, `a/` put back, `key/ID` split.
fn fix(text: &str, require: Require) -> Option<String> {
    let trimmed = text.trim_matches(|character: char| {
        character.is_whitespace() || matches!(character, '"' | '\'' | '`' | '\u{200b}' | '\u{feff}' | ',')
    });
    let mut parts: Vec<String> = trimmed.split(':').map(str::to_owned).collect();
    if parts.len() == 9
        && let Some((resource_type, resource)) = parts.last().and_then(|last| last.split_once('/'))
    {
        // `…:INSTANCE:key/ID`: nine segments because the last two are glued.
        if resource_type == "key" && is_guid(resource) {
            let (resource_type, resource) = (resource_type.to_owned(), resource.to_owned());
            parts.pop();
            parts.extend([resource_type, resource]);
        }
    }
    if parts.len() == 10
        && let Some(scope) = parts.get_mut(6)
        && is_account_id(scope)
    {
        *scope = format!("a/{scope}");
    }
    let fixed = parts.join(":");
    let mut faults = Vec::new();
    check(&fixed, &parse(&fixed).ok()?, require, &mut faults);
    foreign_characters(&fixed, &mut faults);
    faults.iter().all(|fault| fault.kind.severity() != Severity::Error).then_some(fixed)
}
