//! What a picture of an audit shows: keys with what uses them and what lets it.

use std::collections::BTreeMap;

use crate::api::{AuditAnswer, FindingSeverity};
use crate::authz::decided_uses;
use crate::inventory::{Belongs, Inventory, Key, KeyIndex, Symbol};
use crate::policy::{Authorization, Side, Value};
use crate::report::graph::{Granted, Graph, KeyFacts, Used};

impl AuditAnswer {
    /// The picture of an inventory, with the keys marked about which something was found.
    pub(super) fn graph(&self, inventory: &Inventory) -> Graph {
        let mut worst: BTreeMap<&str, FindingSeverity> = BTreeMap::new();
        for finding in self.findings.iter().filter(|finding| finding.suppressed.is_none()) {
            if let Some(key) = &finding.key {
                let so_far = worst.entry(key).or_insert(finding.severity);
                *so_far = finding.severity.min(*so_far);
            }
        }
        let of_key = |key: &Key| KeyFacts {
            name: inventory.text(key.name.unwrap_or(key.crn)),
            state: key.state.name(),
            worst: worst.get(inventory.text(key.crn)).copied(),
            ..KeyFacts::default()
        };
        let mut listed: Vec<KeyFacts<'_>> = inventory.keys.iter().map(of_key).collect();
        // Keys that no list holds, by their ids.
        let mut unlisted: BTreeMap<Symbol, KeyFacts<'_>> = BTreeMap::new();
        for decided in decided_uses(inventory, |_| false) {
            let found = decided.found;
            let key = match found.key.map(|KeyIndex(row)| listed.get_mut(row as usize)) {
                Some(Some(key)) => key,
                _ => unlisted.entry(found.key_id).or_insert_with(|| KeyFacts {
                    name: inventory.text(found.key_crn.unwrap_or(found.key_id)),
                    state: "in no list",
                    ..KeyFacts::default()
                }),
            };
            // Volumes that a service manages for nobody known stand together, apart for each key.
            let (of, name) = match found.belongs {
                Belongs::Deployment(of) | Belongs::Managed(Some(of)) => (of, None),
                Belongs::Managed(None) => (found.key_id, Some("volumes that a service manages")),
                Belongs::Unreadable => (found.resource, None),
            };
            let instance = inventory.instance(of);
            let is_deleted = instance.is_some_and(|instance| instance.is_soft_deleted(inventory));
            let own = || inventory.text(instance.and_then(|instance| instance.name).unwrap_or(of));
            let used = key.deployments.entry(inventory.text(of)).or_insert_with(|| Used {
                name: name.unwrap_or_else(own),
                service: inventory.text(found.service),
                is_proved: false,
                is_standing: false,
            });
            used.is_proved |= found.is_proved();
            used.is_standing |= found.belongs.deployment().is_some() && !is_deleted;
            for place in &decided.decision.policies {
                if let Some(policy) = inventory.policies.get(*place) {
                    key.authorizations.entry(*place).or_insert_with(|| granted(policy));
                }
            }
        }
        Graph::of(listed.into_iter().chain(unlisted.into_values()).collect())
    }
}

/// An authorization in a few words: `databases-for-redis → kms`, and `Reader · ID`.
fn granted(policy: &Authorization) -> Granted {
    let roles: Vec<&str> = policy.roles.iter().map(|role| role.text.rsplit(':').next().unwrap_or(&role.text)).collect();
    let id = policy.id.as_deref().map(|id| format!(" · {id}")).unwrap_or_default();
    Granted {
        title: format!("{} → {}", service(&policy.subjects), service(&policy.resources)),
        detail: format!("{}{id}", roles.join(", ")),
    }
}

/// The service that a side names.
fn service(sides: &[Side]) -> &str {
    let attributes = sides.iter().flat_map(|side| &side.attributes);
    let mut named = attributes.filter(|attribute| attribute.name == "serviceName");
    match named.next().map(|attribute| &attribute.value) {
        Some(Value::Texts(texts)) => texts.first().map_or("any service", String::as_str),
        _ => "any service",
    }
}
