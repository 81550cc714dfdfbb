//! Whether a CRN is right: each of its ten segments beside what is written, and beside the catalogue.

use super::diagnose::Require;
use super::fault::FaultKind;
use super::grammar::{crn_of, scope};
use super::key::{is_account_id, is_guid, is_kms_id};
use super::model::{Crn, Kind, Scope, ScopeType, Segment, holds_keys};
use super::traced::has;
use crate::catalog::{names, regions};

/// The ten segments, and which of them are not known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ten<'a> {
    pub(super) parts: [&'a str; 10],
    /// Segments that are missing, of which nothing is said.
    pub(super) holes: &'a [Segment],
}

/// Takes a fault: in which segment, from which byte of it on, and what.
pub(super) type Sink<'s> = &'s mut dyn FnMut(Segment, usize, FaultKind);

/// What ten segments name, by their shape.
pub(super) fn kind(parts: [&str; 10]) -> Kind {
    let [.., service_name, _, _, service_instance, resource_type, resource] = parts;
    crn_of(parts).unwrap_or(Crn { service_name, service_instance, resource_type, resource, ..Crn::EMPTY }).kind()
}

/// Checks ten segments. Nothing is allocated where nothing is wrong.
pub(super) fn check(ten: &Ten<'_>, require: Require, sink: Sink<'_>) {
    let [_, version, cname, ctype, service_name, location, scope, service_instance, resource_type, resource] =
        ten.parts;
    let kind = kind(ten.parts);
    let is_there = |segment| !ten.holes.contains(&segment);
    let kms = holds_keys(service_name);
    let in_kms = kms && matches!(kind, Kind::KmsKey | Kind::KmsInstance);
    let mut tell = |segment: Segment, kind: FaultKind| {
        if is_there(segment) {
            sink(segment, 0, kind);
        }
    };

    if version != "v1" {
        tell(Segment::Version, cased(version, "v1").unwrap_or_else(|| FaultKind::Version { text: version.to_owned() }));
    }
    if cname != "bluemix" {
        tell(Segment::Cname, cased(cname, "bluemix").unwrap_or_else(|| FaultKind::Cname { text: cname.to_owned() }));
    }
    if !matches!(ctype, "public" | "dedicated" | "local") {
        let cased = ["public", "dedicated", "local"].iter().find_map(|right| cased(ctype, right));
        tell(Segment::Ctype, cased.unwrap_or_else(|| FaultKind::Ctype { text: ctype.to_owned() }));
    }
    if !kms {
        service(service_name, ctype, require, &mut tell);
    }
    place(service_name, location, in_kms, &mut tell);
    for segment in [Segment::ServiceName, Segment::Location, Segment::ServiceInstance, Segment::ResourceType] {
        let part = ten.parts.get(segment as usize).copied().unwrap_or_default();
        if part.contains('%') {
            tell(segment, encoded(part));
        } else if let Some(text) = placeholder(part) {
            tell(segment, FaultKind::Placeholder { text });
        }
    }
    // Of a resource more characters are its own than of the other segments.
    let stands_for_one =
        has(resource, "${") || resource.contains(['<', '>', '{', '}']) || matches!(resource, "..." | "*");
    if stands_for_one {
        tell(Segment::Resource, FaultKind::Placeholder { text: resource.to_owned() });
    }
    owner(scope, in_kms, ten, sink);

    let mut tell = |segment: Segment, kind: FaultKind| {
        if is_there(segment) {
            sink(segment, 0, kind);
        }
    };
    let key_type = cased(resource_type, "key").filter(|_| kms);
    let mistyped = key_type.is_some();
    if let Some(fault) = key_type {
        tell(Segment::ResourceType, fault);
    }
    let is_whole = !ten.holes.contains(&Segment::ResourceType) && !ten.holes.contains(&Segment::Resource);
    if require == Require::Key && !mistyped && is_whole && (resource_type != "key" || resource.is_empty()) {
        let instance = kind == Kind::KmsInstance;
        tell(Segment::ResourceType, FaultKind::NotAKey { resource_type: resource_type.to_owned(), instance });
    }
    if require == Require::Instance && !(resource_type.is_empty() && resource.is_empty()) {
        tell(Segment::ResourceType, FaultKind::NotAnInstance);
    }
    let wants_instance = in_kms || (require != Require::Any && kms);
    if wants_instance && !is_kms_id(service_instance) && named(service_instance) {
        tell(Segment::ServiceInstance, id(service_instance));
    }
    if kind == Kind::KmsKey && !is_kms_id(resource) && !resource.contains(':') && !stands_for_one {
        tell(Segment::Resource, id(resource));
    }
}

/// Whether a text is meant as a value: what stands for one, or is encoded, is told by itself.
fn named(text: &str) -> bool {
    !text.contains('%') && placeholder(text).is_none()
}

/// An id of a KMS that is not as it should be.
fn id(text: &str) -> FaultKind {
    if is_guid(text) {
        FaultKind::WrongCase { text: text.to_owned(), right: text.to_ascii_lowercase() }
    } else {
        FaultKind::NotAGuid { text: text.to_owned() }
    }
}

fn cased(text: &str, right: &str) -> Option<FaultKind> {
    (text != right && text.eq_ignore_ascii_case(right))
        .then(|| FaultKind::WrongCase { text: text.to_owned(), right: right.to_owned() })
}

fn encoded(part: &str) -> FaultKind {
    FaultKind::Encoded { right: Some(super::traced::Traced::of(part).decoded().text().to_owned()) }
}

/// Letters, digits and `-`; some services write `_`.
fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
}

fn in_small_letters(text: &str) -> Option<FaultKind> {
    let right = text.to_ascii_lowercase();
    (right != text && is_word(&right)).then(|| FaultKind::WrongCase { text: text.to_owned(), right })
}

fn service(name: &str, ctype: &str, require: Require, tell: &mut dyn FnMut(Segment, FaultKind)) {
    let segment = Segment::ServiceName;
    let text = || name.to_owned();
    // A dedicated cloud names itself without a service: `crn:v1:d_att288:dedicated::us-south::::d_att288-us-south`.
    if name.is_empty() && ctype == "public" {
        tell(segment, FaultKind::ServiceName { text: text() });
    } else if !name.is_empty() && !name.split('.').all(|part| !part.is_empty() && is_word(part)) {
        if named(name) {
            tell(segment, in_small_letters(name).unwrap_or_else(|| FaultKind::ServiceName { text: text() }));
        }
    } else if require == Require::Any && !name.is_empty() && !names::is_service(name) {
        tell(segment, FaultKind::UnknownService { text: text(), near: names::near_service(name) });
    } else if require != Require::Any {
        let near = names::near_service(name).filter(|near| holds_keys(near) && !names::is_service(name));
        tell(segment, FaultKind::NotAKms { text: text(), near });
    }
}

fn place(service_name: &str, location: &str, in_kms: bool, tell: &mut dyn FnMut(Segment, FaultKind)) {
    let segment = Segment::Location;
    let text = || location.to_owned();
    if !is_word(location) {
        if named(location) {
            tell(segment, in_small_letters(location).unwrap_or_else(|| FaultKind::Location { text: text() }));
        }
    } else if in_kms && matches!(location, "" | "global") {
        tell(segment, FaultKind::NoRegion);
    } else if (in_kms || (!location.is_empty() && !holds_keys(service_name)))
        && regions::is_unknown(service_name, location)
    {
        let (near, page) = (near(location, service_name), regions::page(service_name));
        tell(segment, FaultKind::UnknownRegion { text: text(), near, page });
    } else if !in_kms && !location.is_empty() && !names::is_location(location) {
        tell(segment, FaultKind::UnknownLocation { text: text(), near: names::near_location(location) });
    }
}

/// A region in which the service is offered, near to what was written.
fn near(location: &str, service_name: &str) -> Option<&'static str> {
    names::near_location(location).filter(|near| *near != location && !regions::is_unknown(service_name, near))
}

fn owner(written: &str, in_kms: bool, ten: &Ten<'_>, sink: Sink<'_>) {
    if ten.holes.contains(&Segment::Scope) {
        return;
    }
    let mut tell = |from, kind| sink(Segment::Scope, from, kind);
    if written.contains('%') {
        return tell(0, encoded(written));
    }
    if let Some(text) = placeholder(written) {
        return tell(0, FaultKind::Placeholder { text });
    }
    match scope(written) {
        Ok(Some(Scope { kind: ScopeType::Account, id })) if is_account_id(id) => {}
        Ok(Some(Scope { kind: ScopeType::Account, id })) => {
            let right = id.to_ascii_lowercase();
            if is_account_id(&right) {
                tell(2, FaultKind::WrongCase { text: id.to_owned(), right });
            } else {
                tell(2, FaultKind::AccountId { text: id.to_owned() });
            }
        }
        Ok(_) if in_kms => tell(0, FaultKind::NoAccount),
        Ok(_) => {}
        Err(()) => {
            let right = written.to_ascii_lowercase();
            if right != written && scope(&right).is_ok() {
                // The id keeps its letters: of these only an account's are known to be small.
                let end = written.find('/').unwrap_or(written.len());
                let right = right.get(..end).unwrap_or_default().to_owned();
                tell(0, FaultKind::WrongCase { text: written.get(..end).unwrap_or_default().to_owned(), right });
            } else {
                let account_without_prefix = looks_like_account(written);
                tell(0, FaultKind::Scope { text: written.to_owned(), account_without_prefix });
            }
        }
    }
}

/// An account id, or one that was shortened, as documents do: hexadecimal digits, some of them decimal.
fn looks_like_account(text: &str) -> bool {
    text.len() >= 6
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && text.bytes().filter(u8::is_ascii_digit).count() > 3
}

/// What stands for a value: `<account>`, `${var.region}`, `{{instance}}`, `[...]`, `*`, `...`.
fn placeholder(part: &str) -> Option<String> {
    let found = part.contains(['<', '>', '{', '}', '[', ']', '$', '*', '?']) || has(part, "...");
    found.then(|| part.to_owned())
}
