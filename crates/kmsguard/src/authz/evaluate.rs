//! One policy against one use.

use super::attribute::{access, attribute, delegation, is_crn, is_guid_attribute};
use super::fact::{Fact, Source, Target};
use super::reason::{Doubt, Mismatch, Note, Notes, Outcome, SideFact};
use super::truth::Truth;
use crate::catalog::needs::{Generation, Need};
use crate::policy::{Attribute, Authorization, Operator, PolicyType, Side, SideName, State, Value};

/// One source that uses, or wants to use, one key.
#[derive(Debug, Clone, Copy)]
pub struct KeyUse<'a> {
    /// Who.
    pub source: Source<'a>,
    /// What.
    pub target: Target<'a>,
    /// What the source needs.
    pub need: &'a Need,
    /// The source may be in any account: a service that works for another does so from an account of IBM's.
    pub any_source_account: bool,
}

/// How a policy came out for a use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// Whether the policy applies to the use.
    pub applies: Truth,
    /// Whether its roles give access.
    pub access: Truth,
    /// Whether its roles give delegation.
    pub delegation: Truth,
}

impl Evaluation {
    /// Whether it could add anything.
    #[must_use]
    pub fn matters(&self) -> bool {
        self.applies != Truth::False && (self.access != Truth::False || self.delegation != Truth::False)
    }
}

/// Whether a policy is looked at: an authorization in force, or one of which nobody can say that it is not.
#[must_use]
pub fn is_considered(policy: &Authorization) -> bool {
    !policy.template
        && policy.state != State::Deleted
        && matches!(policy.kind, PolicyType::Authorization | PolicyType::Absent)
}

/// Whether a policy applies to a use. Roles are another question.
#[must_use]
pub fn policy(policy: &Authorization, key_use: &KeyUse<'_>) -> Truth {
    apply(policy, key_use, Notes::None)
}

/// A policy against a use, with every condition that does not hold.
#[must_use]
pub fn evaluate(policy: &Authorization, key_use: &KeyUse<'_>, notes: Option<&mut Vec<Note>>) -> Evaluation {
    let applies = apply(policy, key_use, notes.map_or(Notes::None, Notes::All));
    let granted =
        |grants: &dyn Fn(&crate::policy::Role) -> Truth| policy.roles.iter().map(grants).fold(Truth::False, Truth::or);
    Evaluation {
        applies,
        access: granted(&|role| access(role, key_use.target.service_name)),
        delegation: granted(&delegation),
    }
}

/// Whether a policy's resource is the key of a use, whatever its subject is.
pub(super) fn resource_applies(policy: &Authorization, key_use: &KeyUse<'_>) -> Truth {
    let whole = policy.is_plainly_in_force();
    let resource = any(&policy.resources, &mut Notes::None, |side, notes| resource(side, key_use, notes));
    if whole { resource } else { resource.and(Truth::Unknown) }
}

/// In how many conditions a policy fails.
pub(super) fn mismatches(policy: &Authorization, key_use: &KeyUse<'_>) -> usize {
    let mut count = 0;
    apply(policy, key_use, Notes::Count(&mut count));
    count
}

fn apply(policy: &Authorization, key_use: &KeyUse<'_>, mut notes: Notes<'_>) -> Truth {
    if !is_considered(policy) {
        return Truth::False;
    }
    let mut truth = Truth::True;
    let doubts = [
        (policy.kind == PolicyType::Absent, "type", Doubt::TypeMissing),
        (policy.state == State::Other, "state", Doubt::StateUnknown),
        (policy.conditional, "rule", Doubt::Conditional),
        (!policy.is_readable(), "policy", Doubt::PolicyUnreadable),
    ];
    for (holds, word, doubt) in doubts {
        if holds {
            truth = Truth::Unknown;
            notes.doubt(|| Note::doubt(None, word, doubt));
        }
    }
    truth = truth.and(any(&policy.subjects, &mut notes, |side, notes| subject(side, key_use, notes)));
    if truth == Truth::False && !notes.are_wanted() {
        return truth;
    }
    truth.and(any(&policy.resources, &mut notes, |side, notes| resource(side, key_use, notes)))
}

/// One of several sides is enough. None at all is a side that could not be read.
fn any(sides: &[Side], notes: &mut Notes<'_>, mut evaluate: impl FnMut(&Side, &mut Notes<'_>) -> Truth) -> Truth {
    match sides {
        [] => Truth::Unknown,
        [side] => evaluate(side, notes),
        several => {
            let mut found = Vec::new();
            let mut truth = Truth::False;
            for side in several {
                let mut own = if notes.are_wanted() { Notes::All(&mut found) } else { Notes::None };
                truth = truth.or(evaluate(side, &mut own));
            }
            match notes {
                _ if truth == Truth::True => {}
                Notes::None => {}
                Notes::Count(count) => {
                    **count += found.iter().filter(|note| matches!(note.outcome, Outcome::Mismatch(_))).count();
                }
                Notes::All(notes) => notes.append(&mut found),
            }
            truth
        }
    }
}

fn subject(side: &Side, key_use: &KeyUse<'_>, notes: &mut Notes<'_>) -> Truth {
    let name = SideName::Subject;
    let mut truth = whole(side, name, notes);
    truth = truth.and(named(side, name, "accountId", key_use.source.account, notes));
    if !side.has("serviceName") && !side.has("resourceGroupId") {
        truth = truth.and(if side.has("serviceType") {
            notes.doubt(|| Note::doubt(Some(name), "serviceType", Doubt::ServiceNotNamed(name)));
            Truth::Unknown
        } else {
            named(side, name, "serviceName", key_use.source.service_name, notes)
        });
    }
    for condition in &side.attributes {
        if condition.name == "accountId" && key_use.any_source_account {
            continue;
        }
        if truth == Truth::False && !notes.are_wanted() {
            break;
        }
        truth = truth.and(one(condition, name, key_use.source.fact(&condition.name), notes));
    }
    truth
}

fn resource(side: &Side, key_use: &KeyUse<'_>, notes: &mut Notes<'_>) -> Truth {
    let name = SideName::Resource;
    let target = &key_use.target;
    let mut truth = whole(side, name, notes);
    truth = truth.and(named(side, name, "accountId", target.account, notes));
    if !side.has("serviceName") {
        // A resource group as the target itself fails below: its `resourceType` is not `key`.
        let wider = ["serviceType", "service_group_id", "resourceGroupId"].iter().any(|wider| side.has(wider));
        truth = truth.and(if wider {
            notes.doubt(|| Note::doubt(Some(name), "serviceName", Doubt::ServiceNotNamed(name)));
            Truth::Unknown
        } else {
            named(side, name, "serviceName", target.service_name, notes)
        });
    }
    for condition in &side.attributes {
        if truth == Truth::False && !notes.are_wanted() {
            return truth;
        }
        truth = truth.and(one(condition, name, target.fact(&condition.name), notes));
    }
    truth.and(honoured(side, key_use, notes))
}

/// Whether the side could be read, and nothing narrows it that cannot be seen.
fn whole(side: &Side, name: SideName, notes: &mut Notes<'_>) -> Truth {
    let mut truth = Truth::True;
    if side.unreadable {
        truth = Truth::Unknown;
        notes.doubt(|| Note::doubt(Some(name), "attributes", Doubt::SideUnreadable(name)));
    }
    if side.tags {
        truth = Truth::Unknown;
        notes.doubt(|| Note::doubt(Some(name), "tags", Doubt::Tags(name)));
    }
    truth
}

/// Whether the side names what every policy must; in a side that could not be read it may stand where we cannot see it.
fn named(side: &Side, name: SideName, attribute: &str, fact: Fact<'_>, notes: &mut Notes<'_>) -> Truth {
    if side.has(attribute) {
        return Truth::True;
    }
    if side.unreadable {
        return Truth::Unknown;
    }
    notes.mismatch(|| Note {
        side: Some(name),
        attribute: attribute.to_owned(),
        wants: String::new(),
        has: fact.value().map(str::to_owned),
        outcome: Outcome::Mismatch(Mismatch::NotNamed),
    });
    Truth::False
}

fn one(condition: &Attribute, side: SideName, fact: Option<Fact<'_>>, notes: &mut Notes<'_>) -> Truth {
    let about = || SideFact { side, attribute: condition.name.clone() };
    let Some(fact) = fact else {
        notes.doubt(|| Note::of(condition, side, None, Outcome::Unknown(Doubt::AttributeUnknown(about()))));
        return Truth::Unknown;
    };
    // An account and a service must be equal to something; that there be one is not that.
    let equal =
        !matches!(condition.name.as_str(), "accountId" | "serviceName") || condition.operator != Operator::StringExists;
    let truth = attribute(condition, fact);
    let truth = if equal { truth } else { truth.and(Truth::Unknown) };
    match truth {
        Truth::True => {}
        Truth::False => notes.mismatch(|| {
            let mismatch = if holds_crn(condition) { Mismatch::ValueIsCrn } else { Mismatch::Differs };
            Note::of(condition, side, fact.value(), Outcome::Mismatch(mismatch))
        }),
        Truth::Unknown => notes.doubt(|| {
            let doubt = if fact == Fact::Unknown {
                Doubt::FactUnknown(about())
            } else {
                Doubt::OperatorUnknown { fact: about(), operator: condition.operator.name().to_owned() }
            };
            Note::of(condition, side, fact.value(), Outcome::Unknown(doubt))
        }),
    }
    truth
}

fn holds_crn(condition: &Attribute) -> bool {
    let texts = match &condition.value {
        Value::Texts(texts) => texts.as_slice(),
        Value::Bool(_) => &[],
    };
    is_guid_attribute(&condition.name) && texts.iter().any(|text| is_crn(text))
}

/// Whether the service honours the scope. Where it does not, the policy may be refused or may be read wider: nobody says.
///
/// Source: Event Streams (Gen 2) and Cloud Databases (Gen 2) docs, *Key Protect integration*: key rings are not supported; Key Protect docs
/// on Dedicated: clusters take no key scope.
fn honoured(side: &Side, key_use: &KeyUse<'_>, notes: &mut Notes<'_>) -> Truth {
    let mut truth = Truth::True;
    for (attribute, refused) in ["keyRing", "resource"].into_iter().zip(refused_scopes(key_use)) {
        if refused && side.has(attribute) {
            truth = Truth::Unknown;
            notes.doubt(|| {
                let doubt = Doubt::ScopeUnsupported { attribute: attribute.to_owned() };
                Note::doubt(Some(SideName::Resource), attribute, doubt)
            });
        }
    }
    truth
}

/// Whether key rings, and keys, are scopes that the service does not honour, or may not.
pub(super) fn refused_scopes(key_use: &KeyUse<'_>) -> [bool; 2] {
    let by_generation = matches!(key_use.need.generation, Generation::Gen2 | Generation::Unknown);
    let by_dedicated = key_use.need.cluster && key_use.target.dedicated != Some(false);
    [by_generation || by_dedicated, by_dedicated]
}
