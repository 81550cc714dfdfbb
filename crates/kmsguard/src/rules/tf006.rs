//! # TF006 propagation-wait-missing
//!
//! ## What it finds
//!
//! A plan that makes an authorization and, less than 30 seconds after it, something that needs it. Preview.
//!
//! ## Why it matters
//!
//! IAM is eventually consistent: an authorization works some 30 seconds after it was made, and whoever asks for the key before that is
//! refused, so that `terraform apply` fails now and then (terraform-provider-ibm#4478). Medium: applied again, it goes through.
//!
//! ## Example
//!
//! A plan with an authorization and a database that depends on it, and nothing that waits between the two:
//!
//! ```json
//! {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
//!   {"address": "ibm_iam_authorization_policy.redis", "mode": "managed", "type": "ibm_iam_authorization_policy", "name": "redis",
//!     "change": {"actions": ["create"], "before": null, "after_unknown": {"id": true},
//!       "after": {"source_service_name": "databases-for-redis", "target_service_name": "kms", "roles": ["Reader"]}}},
//!   {"address": "ibm_database.orders", "mode": "managed", "type": "ibm_database", "name": "orders",
//!     "change": {"actions": ["create"], "before": null, "after_unknown": {"id": true},
//!       "after": {"service": "databases-for-redis", "plan": "standard",
//!         "key_protect_key": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}}],
//!   "configuration": {"root_module": {"resources": [
//!     {"address": "ibm_iam_authorization_policy.redis", "mode": "managed", "type": "ibm_iam_authorization_policy", "name": "redis"},
//!     {"address": "ibm_database.orders", "mode": "managed", "type": "ibm_database", "name": "orders",
//!       "depends_on": ["ibm_iam_authorization_policy.redis"]}]}}}
//! ```
//!
//! ## What to do
//!
//! Put a `time_sleep` with `create_duration = "30s"` between the two: it depends on the authorization, and the deployment on it.
//!
//! ## When not to heed it
//!
//! When another authorization lets the service in already, of which kmsguard was not given the list.

use hashbrown::{HashMap, HashSet};

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Needed, NeededKind, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::{Context, changes, sources};
use crate::authz::is_considered;
use crate::crn::parse;
use crate::ingest::without_indexes;
use crate::inventory::{Change, Inventory, Symbol};
use crate::policy::Authorization;

pub(super) static RULE: Rule = Rule {
    id: "TF006",
    name: "propagation-wait-missing",
    title: "a plan of Terraform does not wait until an authorization works",
    severity: Severity::Medium,
    stake: Stake::Other("nothing is lost: what is made too early fails, and is made when the plan is applied again"),
    since: "0.1.0",
    preview: true,
    sources: &[sources::PROVIDER_4478],
    comment: page!("tf006.rs"),
    check,
};

/// How long an authorization takes until it works, in seconds.
const PROPAGATION: u32 = 30;

/// The services of resources that do not name theirs.
const SERVICES: [(&str, &str); 9] = [
    ("ibm_cloudant", "cloudantnosqldb"),
    ("ibm_container_cluster", "containers-kubernetes"),
    ("ibm_container_vpc_cluster", "containers-kubernetes"),
    ("ibm_cos_backup_vault", "cloud-object-storage"),
    ("ibm_cos_bucket", "cloud-object-storage"),
    ("ibm_db2", "dashdb-for-transactions"),
    ("ibm_is_share", "is"),
    ("ibm_is_snapshot", "server-protect"),
    ("ibm_is_volume", "server-protect"),
];

/// How a deployment and an authorization of one plan stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Waits,
    TooSoon,
    Unordered,
    Unknown,
}

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let made = |change: &&Change| change.creates(inventory);
    let plan = |change: &Change| change.witness.place.input;
    let mut authorizations: HashMap<(u32, &str), Vec<(&Change, &Authorization)>> = HashMap::new();
    let mut sleeps: HashMap<(u32, String), &Change> = HashMap::new();
    for change in inventory.changes.iter().filter(made) {
        if let Some(policy) = change.policy.as_deref().filter(|policy| !policy.is_elsewhere()) {
            // The account of a source that stands in none is that of whoever applies the plan.
            if let Some(service) = policy.subjects.iter().find_map(|side| side.exact("serviceName")) {
                authorizations.entry((plan(change), service)).or_default().push((change, policy));
            }
        } else if inventory.text(change.kind) == "time_sleep" {
            sleeps.insert((plan(change), without_indexes(inventory.text(change.address))), change);
        }
    }
    for change in inventory.changes.iter().filter(made) {
        if !names_key(change) || change.is_authorization(inventory) {
            continue;
        }
        let Some(service) = service(inventory, change) else { continue };
        for (authorization, policy) in authorizations.get(&(plan(change), service)).into_iter().flatten() {
            if !may_be_for(inventory, policy, change) {
                continue;
            }
            match order(inventory, change, authorization, &sleeps) {
                Order::Waits => {}
                Order::Unknown => {
                    let why = "the configuration in the plan does not tell what is made before it";
                    let needs = changes::plan_needed(inventory, change, why);
                    findings.undetermined.push(Undetermined { rule: &RULE, subject: change.address, needs });
                }
                Order::TooSoon | Order::Unordered if stands(inventory, service) => {
                    let needs = standing_needed(inventory, change, service);
                    findings.undetermined.push(Undetermined { rule: &RULE, subject: change.address, needs });
                }
                order => findings.found.push(finding(inventory, change, authorization, order)),
            }
        }
    }
    changes::put_no_plan(&RULE, inventory, findings);
}

fn names_key(change: &Change) -> bool {
    !change.keys.is_empty() || !change.key_references.is_empty() || change.key_unknown
}

/// The service of what is made, by the name that authorizations have for it.
fn service<'a>(inventory: &'a Inventory, change: &Change) -> Option<&'a str> {
    let kind = inventory.text(change.kind);
    let of_kind = SERVICES.iter().find(|(of, _)| *of == kind).map(|(_, service)| *service);
    of_kind.or_else(|| change.service.map(|service| inventory.text(service)))
}

/// Whether an authorization may be for the keys that are named: not where it is for another KMS instance.
fn may_be_for(inventory: &Inventory, policy: &Authorization, change: &Change) -> bool {
    let guid = policy.resources.iter().find_map(|side| side.exact("serviceInstance"));
    let Some(guid) = guid.filter(|_| change.key_references.is_empty() && !change.key_unknown) else { return true };
    let is_of = |key: &Symbol| parse(inventory.text(*key)).map_or(true, |crn| crn.service_instance == guid);
    change.keys.iter().any(is_of)
}

fn order(
    inventory: &Inventory,
    change: &Change,
    authorization: &Change,
    sleeps: &HashMap<(u32, String), &Change>,
) -> Order {
    let address = without_indexes(inventory.text(authorization.address));
    let follows = |one: &Change| one.comes_after.iter().any(|before| inventory.text(*before) == address);
    let before: HashSet<&str> = change.comes_after.iter().map(|before| inventory.text(*before)).collect();
    let mut open = change.order_unknown;
    for name in before {
        let Some(sleep) = sleeps.get(&(change.witness.place.input, name.to_owned())) else { continue };
        if follows(sleep) {
            match sleep.seconds {
                Some(seconds) if seconds >= PROPAGATION => return Order::Waits,
                Some(_) => {}
                None => open = true,
            }
        }
        open |= sleep.order_unknown;
    }
    match (open, follows(change)) {
        (true, _) => Order::Unknown,
        (false, true) => Order::TooSoon,
        (false, false) => Order::Unordered,
    }
}

/// Whether an authorization for the service stands already.
fn stands(inventory: &Inventory, service: &str) -> bool {
    let policies = inventory.policies.iter().filter(|policy| is_considered(policy) && policy.concerns_keys());
    policies.into_iter().any(|policy| policy.source_service() == Some(service))
}

fn standing_needed(inventory: &Inventory, change: &Change, service: &str) -> Needed {
    Needed {
        kind: NeededKind::Fact,
        name: "authorization".to_owned(),
        of: Some(inventory.text(change.address).to_owned()),
        why: format!(
            "an authorization that stands lets `{service}` use keys; whether it lets in what the plan makes is not looked at"
        ),
        command: None,
        role: None,
    }
}

fn finding(inventory: &Inventory, change: &Change, authorization: &Change, order: Order) -> Finding {
    let (made, needed) = (inventory.text(change.address), inventory.text(authorization.address));
    let message = match order {
        Order::TooSoon => {
            format!("`{made}` is made right after `{needed}`, which works only some {PROPAGATION} seconds later")
        }
        _ => format!("`{made}` needs `{needed}`, and may be made before it: nothing says that it depends on it"),
    };
    let hcl = format!(
        "resource \"time_sleep\" \"authorization\" {{\n  depends_on      = [{needed}]\n  create_duration = \"{PROPAGATION}s\"\n}}\n\n\
         # in `{made}`\ndepends_on = [time_sleep.authorization]\n"
    );
    Finding {
        resources: vec![change.address, authorization.address],
        evidence: vec![authorization.witness, change.witness],
        identity: format!("{made} {needed}"),
        commands: vec![Command::terraform("waits until the authorization works", hcl)],
        ..changes::finding(&RULE, inventory, change, message, "wait between the two")
    }
}
