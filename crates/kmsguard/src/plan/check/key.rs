//! The key of a body: where it is named, and whether it is named as the service wants it.

use crate::catalog::services::{Holds, Placement};
use crate::crn::{Crn, is_guid, parse};

use super::super::json::Json;
use super::super::written::Held;
use super::{AmissKind, BodyForm, Judging, dotted, is_placeholder};

/// The key that a body is to be judged with.
pub(super) struct Named {
    /// As the body writes it.
    pub(super) written: Option<String>,
    /// The CRN that counts: the plan's, else the body's own.
    pub(super) key: Option<String>,
    /// Whether it is the body's own.
    pub(super) of_body: bool,
}

/// The member that names the key.
pub(super) fn main_member(placement: &'static Placement) -> Option<&'static crate::catalog::services::Member> {
    placement.member(Holds::KeyCrn).or_else(|| placement.member(Holds::KeyId))
}

/// The key at a place of the body; `other` is one that the body names where another generation would take it.
pub(super) fn named_key(judging: &mut Judging<'_>, pointer: &str, other: Option<&str>) -> Named {
    let planned = judging.planned();
    let held = judging.root().at_pointer(pointer).map(|node| node.held.clone());
    let from_plan = |written: Option<String>| Named { written, key: planned.clone(), of_body: false };
    let text = match held {
        Some(Held::Text(text)) if text.trim().is_empty() => None,
        Some(Held::Text(text)) => Some(text),
        Some(Held::Unread(text)) => {
            judging.fault(pointer, unread(&text));
            judging.lost |= !is_placeholder(&text) || planned.is_none();
            return from_plan(Some(text));
        }
        Some(Held::Null) | None => None,
        Some(held) => {
            let found =
                Json::compact(&super::super::written::Node { span: judging.root().place(pointer), held }.json());
            judging.fault(pointer, AmissKind::NotTheCrn { found: found.clone(), right: planned.clone() });
            return from_plan(Some(found));
        }
    };
    let Some(text) = text else {
        if let Some(other) = other.filter(|other| other.starts_with("crn:")) {
            let key = planned.clone().or_else(|| Some(other.to_owned()));
            return Named { written: Some(other.to_owned()), of_body: planned.is_none(), key };
        }
        if other.is_none() {
            let kind = AmissKind::NoKey { at: dotted(pointer), service: judging.service.title };
            judging.fault(pointer, kind);
        }
        return from_plan(other.map(str::to_owned));
    };
    if is_placeholder(&text) || text.contains("crn:v1:<") {
        judging.fault(pointer, AmissKind::ToFillIn { text: text.clone() });
        return from_plan(Some(text));
    }
    if text.trim().starts_with("crn:") || planned.is_none() && !is_guid(text.trim()) && text.contains(':') {
        return match planned {
            Some(planned) if planned != text => {
                let kind = AmissKind::OtherKey { found: text.clone(), planned: planned.clone() };
                judging.fault(pointer, kind);
                judging.lost = true;
                Named { written: Some(text), key: Some(planned), of_body: false }
            }
            _ => Named { written: Some(text.clone()), key: Some(text), of_body: true },
        };
    }
    judging.fault(pointer, AmissKind::NotTheCrn { found: text.clone(), right: planned.clone() });
    from_plan(Some(text))
}

fn unread(text: &str) -> AmissKind {
    if is_placeholder(text) {
        AmissKind::ToFillIn { text: text.to_owned() }
    } else {
        AmissKind::Expression { text: text.to_owned() }
    }
}

/// A body of which only the members that name the key are known.
pub(super) fn judge(judging: &mut Judging<'_>) -> (BodyForm, Option<String>, Option<Json>) {
    let planned = judging.planned();
    let crn = planned.as_deref().and_then(|planned| parse(planned).ok());
    let mut body = judging.root().json();
    let mut named = None;
    for member in judging.placement.members {
        let Some(pointer) = member.json else { continue };
        let found = judging.root().at_pointer(pointer).map(|node| node.held.clone());
        let right = crn.as_ref().and_then(|crn| part(member.holds, crn));
        let optional = matches!(member.holds, Holds::BackupKeyCrn | Holds::Endpoint | Holds::Account);
        match found {
            None if optional => {}
            None if member.holds == Holds::KeyCrn || member.holds == Holds::KeyId => {
                let kind = AmissKind::NoKey { at: dotted(pointer), service: judging.service.title };
                judging.fault(pointer, kind);
            }
            None => {
                judging.fault(pointer, AmissKind::MissingMember { name: last(pointer), wants: wants(member.holds) })
            }
            Some(Held::Unread(text)) => judging.fault(pointer, unread(&text)),
            Some(Held::Text(text)) if is_placeholder(&text) => judging.fault(pointer, AmissKind::ToFillIn { text }),
            Some(Held::Text(text)) => {
                if matches!(member.holds, Holds::KeyCrn | Holds::KeyId) {
                    named = Some(text.clone());
                }
                if let Some(kind) = wrong_part(member.holds, &text, right.as_deref()) {
                    judging.fault(pointer, kind);
                }
            }
            Some(_) if optional => {}
            Some(_) => judging.fault(
                pointer,
                AmissKind::WrongPart { found: String::new(), wants: wants(member.holds), right: right.clone() },
            ),
        }
        match right {
            Some(right) if !optional => set(&mut body, pointer, &right),
            None if !optional => judging.lost = true,
            _ => {}
        }
    }
    (BodyForm::Request, named, Some(body))
}

/// What is wrong with a member that names the key or a part of it.
fn wrong_part(holds: Holds, text: &str, right: Option<&str>) -> Option<AmissKind> {
    let parsed = parse(text).ok();
    let fits = match holds {
        Holds::KeyCrn | Holds::BackupKeyCrn => parsed.is_some_and(|crn| crn.resource_type == "key"),
        Holds::InstanceCrn => {
            parsed.is_some_and(|crn| crn.resource_type.is_empty() && !crn.service_instance.is_empty())
        }
        // Some calls take the CRN of the instance in place of its GUID.
        Holds::InstanceId => is_guid(text) || parsed.is_some_and(|crn| crn.resource_type.is_empty()),
        Holds::KeyId => is_guid(text),
        Holds::Endpoint | Holds::Account => return None,
    };
    let right_text = right.map(str::to_owned);
    if !fits {
        return Some(match holds {
            Holds::KeyCrn | Holds::BackupKeyCrn => AmissKind::NotTheCrn { found: text.to_owned(), right: right_text },
            _ => AmissKind::WrongPart { found: text.to_owned(), wants: wants(holds), right: right_text },
        });
    }
    let main = matches!(holds, Holds::KeyCrn | Holds::KeyId | Holds::InstanceCrn);
    right
        .filter(|right| main && *right != text)
        .map(|right| AmissKind::OtherKey { found: text.to_owned(), planned: right.to_owned() })
}

/// The part of a key that a member holds.
pub(in super::super) fn part(holds: Holds, crn: &Crn<'_>) -> Option<String> {
    match holds {
        Holds::KeyCrn => Some(crn.to_string()),
        Holds::InstanceCrn => Some(Crn { resource_type: "", resource: "", ..*crn }.to_string()),
        Holds::InstanceId => Some(crn.service_instance.to_owned()),
        Holds::KeyId => Some(crn.resource.to_owned()),
        Holds::BackupKeyCrn | Holds::Endpoint | Holds::Account => None,
    }
}

const fn wants(holds: Holds) -> &'static str {
    match holds {
        Holds::KeyCrn => "the full CRN of the key",
        Holds::BackupKeyCrn => "the full CRN of the key for backups",
        Holds::InstanceCrn => "the CRN of the KMS instance, which ends in `::`",
        Holds::InstanceId => "the GUID of the KMS instance",
        Holds::KeyId => "the id of the key, a GUID",
        Holds::Endpoint => "the endpoint of the KMS instance",
        Holds::Account => "the id of the account of the key",
    }
}

fn last(pointer: &'static str) -> &'static str {
    pointer.rsplit('/').next().unwrap_or(pointer)
}

fn set(body: &mut Json, pointer: &str, text: &str) {
    let mut path = pointer.split('/').skip(1).peekable();
    let mut place = body;
    while let Some(name) = path.next() {
        let Json::Object(members) = place else { return };
        if !members.iter().any(|(member, _)| member == name) {
            members.push((name.to_owned(), Json::object([])));
        }
        let Some((_, value)) = members.iter_mut().find(|(member, _)| member == name) else { return };
        if path.peek().is_none() {
            *value = Json::text(text);
            return;
        }
        place = value;
    }
}
