//! # AUTH005 authorization-unused
//!
//! ## What it finds
//!
//! An authorization that somebody of the account made and nothing uses. Nothing rests on it, and what would rest on it is visible:
//! a list of the source account's instances has none of the service, or the service registers every key that it uses and the
//! registrations of all KMS instances in reach are there. For Schematics the settings of every location are needed. An
//! authorization stays as long as a deleted deployment or any registration of the service is left: it needs the authorization to
//! let go of the key. Where the export says when the authorization last let somebody in, that is more than 90 days ago.
//!
//! ## Why it matters
//!
//! What nobody uses is open to whoever next makes an instance of that service. IAM holds a limited number of authorizations for an
//! account (IAM, *Using authorizations to grant access between services*, 2025-11-15).
//!
//! ## Example
//!
//! A service with an authorization, and an account in which there is nothing but the KMS instance:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "secrets-manager"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ```json
//! [{"crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::",
//!   "name": "keys", "resource_plan_id": "tiered-pricing", "state": "active"}]
//! ```
//!
//! ## What to do
//!
//! Take the authorization away. It can be brought back: `PATCH /v1/policies/ID` with `{"state": "active"}`.
//!
//! ## When not to heed it
//!
//! When an instance is to be made soon, or the service is one that works in the background without an instance.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Needed, NeededKind, Severity};
use super::mistakes::Mistakes;
use super::page::page;
use super::policies::{self, KeyPolicy, Maker};
use super::reach::{self, Reached};
use super::registry::Rule;
use super::rests::Rests;
use super::sources;
use super::visible::{Left, Visible};
use super::{Context, mend};
use crate::catalog::services::registers;
use crate::now::Now;
use crate::policy::Authorization;

pub(super) static RULE: Rule = Rule {
    id: "AUTH005",
    name: "authorization-unused",
    title: "nothing uses an authorization",
    severity: Severity::Low,
    stake: Stake::Other("no data is lost by it; it lets in whatever is next made of that service"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::AUTHORIZATIONS],
    comment: page!("auth005.rs"),
    check,
};

/// Whether anything uses an authorization.
pub(super) enum Usage {
    /// Something does, or did lately, or may have to.
    Used,
    /// Nothing does; the text says why that is known.
    Unused(String),
    /// It is not known.
    Unknown(Needed),
}

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    for one in policies::on_keys(&context).filter(|one| !Mistakes::of(&context).has(one.number)) {
        let maker = policies::maker(one.policy);
        if maker == Maker::Service {
            continue;
        }
        match (usage(&context, one), maker) {
            (Usage::Used, _) => {}
            (Usage::Unknown(needs), _) => policies::put_undetermined(&RULE, one, needs, findings),
            (Usage::Unused(because), Maker::Customer) => findings.found.push(finding(&context, one, &because)),
            (Usage::Unused(_), _) => {
                policies::put_undetermined(&RULE, one, policies::author_needed(one), findings);
            }
        }
    }
}

/// Whether anything uses an authorization.
pub(super) fn usage(context: &Context<'_>, one: KeyPolicy<'_>) -> Usage {
    let inventory = context.inventory;
    let resting = Rests::of(context).on(one.number);
    if resting.count > 0 || resting.dependents || resting.meant {
        return Usage::Used;
    }
    let unknown = |name: &str, why: &str| Usage::Unknown(fact(one, name, why));
    match one.policy.last_permit_at.as_deref().map(str::parse::<Now>) {
        Some(Ok(last)) if !is_long_ago(context, last) => return Usage::Used,
        Some(Err(_)) => return unknown("last_permit_at", "the moment of its last use cannot be read"),
        _ => {}
    }
    if resting.possible {
        return unknown("uses", "a use may rest on the authorization of which that could not be decided");
    }
    let (Some(service), Some(account)) = (one.policy.source_service(), one.policy.source_account()) else {
        return unknown(
            "uses",
            "the authorization does not name one service and one account, so no export shows all that it lets in",
        );
    };
    let Some(reached) = reach::reached(context, one) else {
        return unknown("uses", "the authorization does not name one account and one KMS");
    };
    match Visible::of(context).left(service, account) {
        Left::Registration | Left::SoftDeleted => Usage::Used,
        Left::Instance => by_registrations(context, one, service, &reached),
        Left::Nothing if matches!(service, "server-protect" | "is") => {
            by_registrations(context, one, service, &reached)
        }
        Left::Nothing if service == "schematics" => match Visible::of(context).settings_needed(account) {
            None => Usage::Unused("the settings of Schematics name none of these keys".to_owned()),
            Some(needed) => Usage::Unknown(needed),
        },
        Left::Nothing => {
            let why = "whether the service has an instance is not known";
            match (reach::instances_needed(inventory, account, why), by_registrations(context, one, service, &reached))
            {
                (None, _) => {
                    Usage::Unused(format!("the list of instances of account {account} has none of `{service}`"))
                }
                (Some(_), unused @ Usage::Unused(_)) => unused,
                (Some(needed), _) => Usage::Unknown(needed),
            }
        }
    }
}

/// What registrations say of a service that registers every key that it uses.
fn by_registrations(context: &Context<'_>, one: KeyPolicy<'_>, service: &str, reached: &Reached) -> Usage {
    if !registers(service) {
        let why = "the service has an instance and is not known to register the keys that it uses, so no export shows whether it uses one";
        return Usage::Unknown(fact(one, "uses", why));
    }
    let why =
        "without all registrations of the KMS instances in reach, it is not known what rests on the authorization";
    let missing = reach::registrations_needed(context.inventory, &reached.instances, why);
    match missing.or_else(|| reached.needed.clone()) {
        Some(needed) => Usage::Unknown(needed),
        None if service == "cloud-object-storage" => Usage::Unused(
            "nothing of `cloud-object-storage` is registered with the keys in reach; buckets made before 2020-02-26 are registered nowhere"
                .to_owned(),
        ),
        None => Usage::Unused(format!("nothing of `{service}` is registered with the keys in reach")),
    }
}

/// Whether an authorization let somebody in within the days that count as lately, or at a moment that cannot be read.
pub(super) fn was_used_lately(context: &Context<'_>, policy: &Authorization) -> bool {
    let last = policy.last_permit_at.as_deref().map(str::parse::<Now>);
    last.is_some_and(|last| last.map_or(true, |last| !is_long_ago(context, last)))
}

fn is_long_ago(context: &Context<'_>, moment: Now) -> bool {
    let seconds = context.now.timestamp().as_second() - moment.timestamp().as_second();
    seconds > i64::from(context.options.authorization_unused_days) * 86_400
}

/// A fact about an authorization that no export tells.
pub(super) fn fact(one: KeyPolicy<'_>, name: &str, why: &str) -> Needed {
    Needed {
        kind: NeededKind::Fact,
        name: name.to_owned(),
        of: one.policy.id.clone(),
        why: why.to_owned(),
        command: None,
        role: None,
    }
}

fn finding(context: &Context<'_>, one: KeyPolicy<'_>, because: &str) -> Finding {
    let last = one.policy.last_permit_at.as_deref();
    let last = last.map(|last| format!("; it last let somebody in at {last}")).unwrap_or_default();
    let message = format!("nothing uses {}: {because}{last}", policies::called(one.policy));
    let commands = mend::delete(one.policy, "takes the authorization away");
    let remediation = "take the authorization away; for a while it can be brought back";
    policies::finding(&RULE, context.inventory, one, message, remediation, commands)
}
