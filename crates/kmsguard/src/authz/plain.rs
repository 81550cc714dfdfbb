//! Policies that want nothing but that facts are equal to texts, packed so that one look at the memory is enough.
//!
//! Nearly all policies are such. In an account with a hundred thousand of them, what a decision costs is the reading of policies
//! from all over the memory.

use super::attribute::{access, delegation, is_crn, is_guid_attribute};
use super::evaluate::{Evaluation, KeyUse, refused_scopes};
use super::fact::{Fact, Source, Target};
use super::truth::Truth;
use crate::policy::{Authorization, Side};

/// A fact, by side and place in [`SUBJECT`] or [`RESOURCE`].
#[derive(Debug, Clone, Copy)]
struct Wanted {
    of_source: bool,
    fact: u8,
    /// Where its text ends; it begins where the one before it does.
    end: u32,
}

/// A policy of equalities alone.
#[derive(Debug)]
pub(super) struct Plain {
    wanted: Box<[Wanted]>,
    texts: Box<str>,
    /// Whether it names a key ring, and a key: scopes that not every service honours.
    scopes: [bool; 2],
    access: Truth,
    delegation: Truth,
}

const SUBJECT: [&str; 7] =
    ["accountId", "serviceName", "serviceInstance", "resourceType", "resource", "resourceGroupId", "region"];
const RESOURCE: [&str; 8] =
    ["accountId", "serviceName", "serviceInstance", "resourceType", "resource", "keyRing", "resourceGroupId", "region"];

impl Plain {
    /// The policy, if it is such; it must be one that is considered.
    pub(super) fn of(policy: &Authorization) -> Option<Self> {
        let ([subject], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else { return None };
        let whole = policy.is_plainly_in_force();
        let named = subject.has("accountId")
            && (subject.has("serviceName") || subject.has("resourceGroupId"))
            && resource.has("accountId");
        if !whole || !named {
            return None;
        }
        let service = Fact::Value(resource.exact("serviceName")?);
        let mut plain = Self {
            wanted: Box::default(),
            texts: Box::default(),
            scopes: [resource.has("keyRing"), resource.has("resource")],
            access: policy.roles.iter().map(|role| access(role, service)).fold(Truth::False, Truth::or),
            delegation: policy.roles.iter().map(delegation).fold(Truth::False, Truth::or),
        };
        let (mut wanted, mut texts) = (Vec::new(), String::new());
        pack(subject, true, &SUBJECT, &mut wanted, &mut texts)?;
        pack(resource, false, &RESOURCE, &mut wanted, &mut texts)?;
        plain.wanted = wanted.into();
        plain.texts = texts.into();
        Some(plain)
    }

    /// How the policy comes out for a use; none where more than equality is asked.
    pub(super) fn evaluate(&self, key_use: &KeyUse<'_>) -> Option<Evaluation> {
        let mut start = 0;
        for wanted in &self.wanted {
            let end = wanted.end as usize;
            let fact = if wanted.of_source {
                if wanted.fact == 0 && key_use.any_source_account {
                    start = end;
                    continue;
                }
                of_source(&key_use.source, wanted.fact)
            } else {
                of_key(&key_use.target, wanted.fact)
            };
            match fact {
                Fact::Value(value) if self.texts.get(start..end) == Some(value) => start = end,
                Fact::Value(_) | Fact::None => {
                    return Some(Evaluation {
                        applies: Truth::False,
                        access: self.access,
                        delegation: self.delegation,
                    });
                }
                Fact::Unknown => return None,
            }
        }
        let refused = refused_scopes(key_use);
        if self.scopes.iter().zip(refused).any(|(named, refused)| *named && refused) {
            return None;
        }
        Some(Evaluation { applies: Truth::True, access: self.access, delegation: self.delegation })
    }
}

fn pack(side: &Side, of_source: bool, names: &[&str], wanted: &mut Vec<Wanted>, texts: &mut String) -> Option<()> {
    if side.unreadable || side.tags {
        return None;
    }
    for attribute in &side.attributes {
        let text = attribute.exact().filter(|text| !is_guid_attribute(&attribute.name) || !is_crn(text))?;
        let fact = names.iter().position(|name| *name == attribute.name)?;
        texts.push_str(text);
        wanted.push(Wanted { of_source, fact: u8::try_from(fact).ok()?, end: u32::try_from(texts.len()).ok()? });
    }
    Some(())
}

fn of_source<'a>(source: &Source<'a>, fact: u8) -> Fact<'a> {
    match fact {
        0 => source.account,
        1 => source.service_name,
        2 => source.service_instance,
        3 => source.resource_type,
        4 => source.resource,
        5 => source.resource_group,
        _ => source.region,
    }
}

fn of_key<'a>(target: &Target<'a>, fact: u8) -> Fact<'a> {
    match fact {
        0 => target.account,
        1 => target.service_name,
        2 => target.service_instance,
        3 => Fact::Value("key"),
        4 => target.key_id,
        5 => target.key_ring,
        6 => target.resource_group,
        _ => target.region,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_of_facts_are_those_of_their_names() {
        let text = |number: usize| ["0", "1", "2", "3", "4", "5", "6", "7"][number];
        let source = Source {
            account: Fact::Value(text(0)),
            service_name: Fact::Value(text(1)),
            service_instance: Fact::Value(text(2)),
            resource_type: Fact::Value(text(3)),
            resource: Fact::Value(text(4)),
            resource_group: Fact::Value(text(5)),
            region: Fact::Value(text(6)),
        };
        for (number, name) in SUBJECT.iter().enumerate() {
            assert_eq!(source.fact(name), Some(of_source(&source, number as u8)), "{name}");
        }
        let target = Target {
            account: Fact::Value(text(0)),
            service_name: Fact::Value(text(1)),
            service_instance: Fact::Value(text(2)),
            key_id: Fact::Value(text(4)),
            key_ring: Fact::Value(text(5)),
            resource_group: Fact::Value(text(6)),
            region: Fact::Value(text(7)),
            dedicated: None,
        };
        for (number, name) in RESOURCE.iter().enumerate() {
            assert_eq!(target.fact(name), Some(of_key(&target, number as u8)), "{name}");
        }
    }
}
