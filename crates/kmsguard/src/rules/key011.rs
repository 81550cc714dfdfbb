//! # KEY011 key-limited-by-network
//!
//! ## What it finds
//!
//! Settings of Schematics that reach a key by the public endpoint of a KMS instance which takes requests from private endpoints
//! alone.
//!
//! ## Why it matters
//!
//! Once the policy `allowedNetwork` of an instance says `private-only`, it refuses every call that comes by the public network (Key
//! Protect, *Setting and editing network access policies*, 2026-11-26; Hyper Protect Crypto Services, *Managing the network access
//! policy*, 2024-07-01): Schematics has no key, and its jobs fail. Medium: with the endpoint or the policy put right, all is back.
//!
//! ## Example
//!
//! Settings with the public endpoint, and the policy of the KMS instance, with the manifest that says of which instance it is:
//!
//! ```json
//! {"location": "US", "encryption_scheme": "byok",
//!   "primary_crk": {"kms_private_endpoint": "https://us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}
//! ```
//!
//! ```json
//! {"resources": [{"policy_type": "allowedNetwork",
//!   "policy_data": {"enabled": true, "attributes": {"allowed_network": "private-only"}}}]}
//! ```
//!
//! ```json
//! {"manifest_version": 1, "started_at": "2026-11-20T08:00:00Z", "finished_at": "2026-11-20T08:01:00Z",
//!   "calls": [{"file": "example-1.json", "kind": "kms-instance-policies", "account": "0123456789abcdef0123456789abcdef",
//!     "instance": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::",
//!     "url": "https://us-south.kms.cloud.ibm.com/api/v2/instance/policies", "status": 200, "pages": 1, "rows": 1, "total": 1}]}
//! ```
//!
//! ## What to do
//!
//! Open a support ticket for Schematics, to have the private endpoint in its settings. Until then, letting the public network in again
//! brings Schematics back.
//!
//! ## When not to heed it
//!
//! Where Schematics is no longer used. Of Key Protect Dedicated no private endpoint is documented, so that of its keys nothing is said
//! for certain; nor does any export show where other services call from.

use super::Context;
use super::blast_radius::Stake;
use super::finding::{Findings, Needed, NeededKind, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::settings::{self, Key};
use super::sources;
use crate::catalog::endpoints::{Kms, read};
use crate::crn::Crn;
use crate::ingest::ExportKind;
use crate::inventory::{InstancePolicy, Inventory, Symbol};

pub(super) static RULE: Rule = Rule {
    id: "KEY011",
    name: "key-limited-by-network",
    title: "a KMS instance refuses the network by which its key is reached",
    severity: Severity::Medium,
    stake: Stake::Other("Schematics is refused its key: jobs fail until the endpoint or the policy is changed"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::NETWORK, sources::HYPER_PROTECT_NETWORK],
    comment: page!("key011.rs"),
    check,
};

/// The networks from which a KMS instance takes requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Networks {
    All,
    PrivateAlone,
    Unknown,
}

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for one in settings::all(inventory) {
        for (place, key) in one.keys(inventory) {
            let Some(kms) = public_endpoint(inventory, &key) else { continue };
            let (networks, policy) = networks(inventory, &key);
            match (networks, kms) {
                (Networks::PrivateAlone, Kms::Dedicated) => {
                    findings.undetermined.push(Undetermined {
                        rule: &RULE,
                        subject: key.symbol,
                        needs: endpoint_needed(inventory, &key),
                    });
                }
                (Networks::PrivateAlone, _) => {
                    let message = format!(
                        "Schematics in {} reaches its {place} key by the public network, which the KMS instance of the key refuses",
                        one.location(inventory),
                    );
                    let mut found = one.finding(&RULE, inventory, Some(&key), place, message);
                    found.evidence.extend(policy.map(|policy| policy.witness));
                    found.evidence.sort();
                    findings.found.push(found);
                }
                // What nobody has written down about private endpoints, no list of policies would settle.
                (Networks::All, _) | (Networks::Unknown, Kms::Dedicated) => {}
                (Networks::Unknown, _) => findings.undetermined.push(Undetermined {
                    rule: &RULE,
                    subject: key.symbol,
                    needs: policies_needed(&key),
                }),
            }
        }
    }
    settings::put_missing(&RULE, inventory, findings);
}

/// Whether it is certain that the KMS instance of a key refuses the public endpoint by which Schematics reaches it.
pub(super) fn is_refused(inventory: &Inventory, key: &Key<'_>) -> bool {
    let kms = public_endpoint(inventory, key);
    kms.is_some_and(|kms| kms != Kms::Dedicated) && networks(inventory, key).0 == Networks::PrivateAlone
}

/// The kind of KMS of an endpoint that is on the public network.
fn public_endpoint(inventory: &Inventory, key: &Key<'_>) -> Option<Kms> {
    let host = inventory.text(key.endpoint?).trim_end_matches('/').strip_prefix("https://")?;
    read(host).filter(|endpoint| !endpoint.private).map(|endpoint| endpoint.kms)
}

/// From which networks the KMS instance of a key takes requests, and the policy that says so. Without such a policy it is all of them.
fn networks<'a>(inventory: &'a Inventory, key: &Key<'_>) -> (Networks, Option<&'a InstancePolicy>) {
    let Some(instance) = inventory.interner.find(&instance_of(key)) else { return (Networks::Unknown, None) };
    let of_instance = inventory.instance_policies.iter().filter(|policy| policy.instance == instance);
    let mut told = of_instance.filter(|policy| inventory.text(policy.kind) == "allowedNetwork");
    let Some(policy) = told.next() else {
        let networks = if lists_all(inventory, instance) { Networks::All } else { Networks::Unknown };
        return (networks, None);
    };
    let networks = said(inventory, policy);
    let agree = told.all(|other| said(inventory, other) == networks);
    (if agree { networks } else { Networks::Unknown }, Some(policy))
}

fn said(inventory: &Inventory, policy: &InstancePolicy) -> Networks {
    match (policy.enabled, policy.network.map(|network| inventory.text(network))) {
        (Some(false), _) | (Some(true), Some("public-and-private")) => Networks::All,
        (Some(true), Some("private-only")) => Networks::PrivateAlone,
        _ => Networks::Unknown,
    }
}

/// Whether a list of the policies of a KMS instance was read that would hold the one about networks.
fn lists_all(inventory: &Inventory, instance: Symbol) -> bool {
    let kind = ExportKind::KmsInstancePolicies;
    inventory.sources.iter().any(|source| {
        let one_kind = source.call.as_ref().is_some_and(|call| call.asks_for_one_policy());
        source.report.kind == kind
            && source.instance == Some(instance)
            && source.report.complete != Some(false)
            && !source.report.single
            && !one_kind
    })
}

fn instance_of(key: &Key<'_>) -> String {
    Crn { resource_type: "", resource: "", ..key.crn }.to_string()
}

/// The policies of a KMS instance. To list them takes the role Manager, which nobody is asked to be for the sake of reading.
fn policies_needed(key: &Key<'_>) -> Needed {
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::KmsInstancePolicies.name().to_owned(),
        of: Some(instance_of(key)),
        why: "the policies of this KMS instance were not read, and it may refuse the public endpoint; whoever is Manager of it can tell"
            .to_owned(),
        command: None,
        role: None,
    }
}

fn endpoint_needed(inventory: &Inventory, key: &Key<'_>) -> Needed {
    Needed {
        kind: NeededKind::Fact,
        name: "kms_private_endpoint".to_owned(),
        of: Some(inventory.text(key.symbol).to_owned()),
        why: "its KMS instance takes requests from private endpoints alone, and of Key Protect Dedicated no private endpoint is documented"
            .to_owned(),
        command: None,
        role: None,
    }
}
