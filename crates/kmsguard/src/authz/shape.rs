//! The shape of a use: as much of it as the policies at hand can tell apart. Uses of one shape are decided alike, and once.

use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use super::decide::Decision;
use super::evaluate::is_considered;
use super::fact::{Fact, Source, Target};
use crate::catalog::needs::{Need, UseFacts};
use crate::policy::{Authorization, Operator, Side, Value};

/// Everything on which the decision about a use depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Shape<'a> {
    pub(super) source: Source<'a>,
    pub(super) target: Target<'a>,
    pub(super) facts: UseFacts<'a>,
    /// It is the disk of a cluster's worker.
    pub(super) worker_disk: bool,
    /// Nothing speaks against the list of authorizations being all of it.
    pub(super) complete: bool,
}

/// What a use of some shape needs, and what was decided of it.
pub(super) type Decided = (Rc<Need>, Rc<Decision>);

/// What was decided of the shapes that were met.
#[derive(Debug, Clone)]
pub(super) struct Shapes<'a> {
    subjects: Named<'a>,
    resources: Named<'a>,
    pub(super) known: HashMap<Shape<'a>, Decided>,
}

/// What the policies say of the attributes of one side.
#[derive(Debug, Clone, Default)]
struct Named<'a> {
    /// The texts with which attributes are compared for equality.
    texts: HashSet<(&'a str, &'a str)>,
    /// The attributes that are compared in another way.
    compared: HashSet<&'a str>,
}

/// Stands for every value that no policy names: such values fail the same conditions. No id and no name has this character.
pub(super) const UNNAMED: &str = "\0";

impl<'a> Shapes<'a> {
    /// The shapes that some policies can tell apart.
    pub(super) fn new(policies: &'a [Authorization]) -> Self {
        let considered = || policies.iter().filter(|policy| is_considered(policy));
        Self {
            subjects: Named::of(considered().flat_map(|policy| &policy.subjects)),
            resources: Named::of(considered().flat_map(|policy| &policy.resources)),
            known: HashMap::new(),
        }
    }

    /// The shape of a use with these facts.
    pub(super) fn of(&self, shape: Shape<'a>) -> Shape<'a> {
        Shape { source: self.source(shape.source), target: self.target(shape.target), ..shape }
    }

    /// As much of a source as policies can tell apart. Its account and service are kept as they are.
    pub(super) fn source(&self, source: Source<'a>) -> Source<'a> {
        let subject = &self.subjects;
        Source {
            service_instance: subject.named("serviceInstance", source.service_instance),
            resource_type: subject.named("resourceType", source.resource_type),
            resource: subject.named("resource", source.resource),
            resource_group: subject.named("resourceGroupId", source.resource_group),
            region: subject.named("region", source.region),
            ..source
        }
    }

    /// As much of a key as policies can tell apart. Its account and service are kept as they are.
    pub(super) fn target(&self, target: Target<'a>) -> Target<'a> {
        let resource = &self.resources;
        Target {
            service_instance: resource.named("serviceInstance", target.service_instance),
            key_id: resource.named("resource", target.key_id),
            key_ring: resource.named("keyRing", target.key_ring),
            resource_group: resource.named("resourceGroupId", target.resource_group),
            region: resource.named("region", target.region),
            ..target
        }
    }

    /// Whether policies compare ids of keys in another way than letter for letter.
    pub(super) fn keys_are_compared(&self) -> bool {
        self.resources.compared.contains("resource")
    }

    /// Whether no policy tells one resource of a deployment from another, by its type or its id.
    pub(super) fn resources_are_alike(&self) -> bool {
        !self.subjects.tells("resourceType") && !self.subjects.tells("resource")
    }
}

impl<'a> Named<'a> {
    fn of(sides: impl Iterator<Item = &'a Side>) -> Self {
        let mut named = Self::default();
        for attribute in sides.flat_map(|side| &side.attributes) {
            match (&attribute.operator, &attribute.value) {
                (Operator::StringEquals | Operator::StringEqualsAnyOf, Value::Texts(texts)) => {
                    named.texts.extend(texts.iter().map(|text| (attribute.name.as_str(), text.as_str())));
                }
                // Whether there is a value does not depend on which.
                (Operator::StringExists, _) => {}
                _ => {
                    named.compared.insert(&attribute.name);
                }
            }
        }
        named
    }

    /// Whether an attribute is compared with anything.
    fn tells(&self, attribute: &str) -> bool {
        self.compared.contains(attribute) || self.texts.iter().any(|(name, _)| *name == attribute)
    }

    fn named(&self, attribute: &'static str, fact: Fact<'a>) -> Fact<'a> {
        match fact {
            Fact::Value(value) if !self.compared.contains(attribute) && !self.texts.contains(&(attribute, value)) => {
                Fact::Value(UNNAMED)
            }
            fact => fact,
        }
    }
}
