//! The older lists of authorizations: sides are objects of plain facts, and no member says the type.
//!
//! Source: IBM-Cloud/bluemix-go, `api/iampap/iampapv1/authorization_policy_test.go`.

use super::document::{Node, Object};
use super::fault::{PolicyFault, PolicyFaultKind as Kind, SideName};
use super::model::{Attribute, Authorization, Side};
use super::place::Place;
use super::side::wrong;
use super::v1::roles;

/// Whether the sides of a policy are written as plain facts.
pub(super) fn is_flat(object: &Object<'_>) -> bool {
    let flat = |member: &str| {
        object.get(member).and_then(Node::list).is_some_and(|sides| {
            !sides.is_empty()
                && sides.iter().all(|side| {
                    side.object().is_some_and(|side| {
                        !side.has("attributes")
                            && !side.has("name")
                            && (side.has("serviceName") || side.has("accountId"))
                    })
                })
        })
    };
    flat("subjects") && flat("resources")
}

/// Reads the parts of a policy that the older lists write in their own way.
pub(super) fn read(object: &Object<'_>, policy: &mut Authorization) {
    let problems = &mut policy.problems;
    policy.subjects = sides(object, "subjects", SideName::Subject, problems);
    policy.resources = sides(object, "resources", SideName::Resource, problems);
    policy.roles = roles(object.get("roles"), Place::Root.member("roles"), problems);
    policy.created_by_id = object.text("createdById").map(str::to_owned);
}

fn sides(object: &Object<'_>, member: &str, side: SideName, problems: &mut Vec<PolicyFault>) -> Vec<Side> {
    let nodes = object.get(member).and_then(Node::list).unwrap_or_default();
    let place = Place::Root.member(member);
    let read = |(index, node): (usize, &Node<'_>)| read_side(node, side, place.item(index), problems);
    nodes.iter().enumerate().map(read).collect()
}

fn read_side(node: &Node<'_>, name: SideName, place: Place<'_>, problems: &mut Vec<PolicyFault>) -> Side {
    let before = problems.len();
    let mut side = Side::default();
    let Some(object) = node.object() else {
        problems.push(wrong(name.name(), "an object", place));
        return Side { unreadable: true, ..side };
    };
    if let Some(member) = object.repeated() {
        problems.push(PolicyFault::new(Kind::Repeated { member: member.to_owned() }, place.pointer()));
    }
    for (member, value) in object.members() {
        match value {
            Node::Null => {}
            Node::Text(text) => side.attributes.push(Attribute::equals(member, text)),
            _ => {
                let kind = Kind::AttributeValue { attribute: member.to_owned() };
                problems.push(PolicyFault::new(kind, place.pointer()));
            }
        }
    }
    side.unreadable = problems.len() > before;
    side
}
