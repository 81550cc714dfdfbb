//! # AUTH004 authorization-too-broad
//!
//! ## What it finds
//!
//! An authorization for a whole KMS instance, a key ring of it or a whole account, made by somebody of the account, that reaches
//! active root keys which nothing of its service uses. The keys of the instance and its registrations must be listed.
//!
//! ## Why it matters
//!
//! Whoever makes the next instance of the service can encrypt with those keys, and what then depends on them nobody decided. One
//! service that is taken over reaches the keys of the others. IBM's own modules moved from instances to single keys in 2024
//! (terraform-ibm-cos issue 758).
//!
//! ## Example
//!
//! Two keys, of which Event Streams uses one, and an authorization for both:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!                 {"name": "salaries", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:0a1b2c3d-0000-4000-8000-000000000001"}]}
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ```json
//! [{"crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::",
//!   "name": "orders", "resource_plan_id": "enterprise-3nodes-2tb", "state": "active"}]
//! ```
//!
//! ## What to do
//!
//! Make the narrower authorizations that the finding shows, wait until they work, and take the wide one away. They are never
//! narrower than the service honours: a cluster on Key Protect Dedicated takes no less than the instance. `kmsguard policy
//! --tighten` shows it for all authorizations together.
//!
//! ## When not to heed it
//!
//! When keys are made for the service all the time, as by a pipeline, and the instance holds no others.

use super::auth005::{self, Usage};
use super::blast_radius::Stake;
use super::broad::{self, Excess, Needing};
use super::finding::{Command, Finding, Findings, Needed, NeededKind, Severity};
use super::mistakes::Mistakes;
use super::page::page;
use super::policies::{self, KeyPolicy, Maker};
use super::reach;
use super::registry::Rule;
use super::rests::Rests;
use super::sources;
use super::{Context, mend, words};
use crate::authz::{DecidedUse, Tightened, tighten};
use crate::catalog::services::registers;

pub(super) static RULE: Rule = Rule {
    id: "AUTH004",
    name: "authorization-too-broad",
    title: "an authorization reaches keys that its service does not use",
    severity: Severity::Medium,
    stake: Stake::Other(
        "no data is lost by it; it lets the service encrypt with keys that were made for something else",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::COS_758],
    comment: page!("auth004.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    let mistakes = Mistakes::of(&context);
    for one in policies::on_keys(&context).filter(|one| !mistakes.has(one.number)) {
        let maker = policies::maker(one.policy);
        // One that names a key is for that key.
        let names_key = one.policy.resources.iter().any(|side| side.has("resource"));
        // A scope that the service does not honour is another finding, which shows a narrower one.
        let meant = Rests::of(&context).on(one.number).meant;
        if names_key || meant || maker == Maker::Service {
            continue;
        }
        // What nothing uses at all is left to the rule about that.
        if context.checks(&auth005::RULE) && matches!(auth005::usage(&context, one), Usage::Unused(_)) {
            continue;
        }
        match (excess(&context, one), maker) {
            (Ok(None), _) => {}
            (Ok(Some(excess)), Maker::Customer) => findings.found.extend(finding(&context, one, &excess)),
            (Ok(Some(_)), _) => policies::put_undetermined(&RULE, one, policies::author_needed(one), findings),
            (Err(needed), _) => policies::put_undetermined(&RULE, one, *needed, findings),
        }
    }
}

/// The keys that an authorization reaches and its service does not use; none where it uses all of them. The error is what would tell.
fn excess(context: &Context<'_>, one: KeyPolicy<'_>) -> Result<Option<Excess>, Box<Needed>> {
    let fact = |name: &str, why: &str| {
        Box::new(Needed {
            kind: NeededKind::Fact,
            name: name.to_owned(),
            of: one.policy.id.clone(),
            why: why.to_owned(),
            command: None,
            role: None,
        })
    };
    let Some(service) = one.policy.source_service() else {
        return Err(fact(
            "uses",
            "the authorization does not name one service, so no export shows all that it lets in",
        ));
    };
    let Some(reached) = reach::reached(context, one) else {
        return Err(fact("uses", "the authorization does not name one account and one KMS"));
    };
    if !broad::is_plain(one.policy) {
        return Err(fact("conditions", "the authorization is narrowed in a way that cannot be judged"));
    }
    let mut found = Excess::default();
    let mut missing: Option<Box<Needed>> = None;
    for instance in &reached.instances {
        match Needing::of(context).excess(context, one.policy, *instance, service) {
            Ok(excess) => found.add(excess),
            Err(needed) => missing = missing.or(Some(needed)),
        }
    }
    if found.count > 0 {
        // What does not register may use them all the same.
        return match service {
            "schematics" => {
                match one.policy.source_account().and_then(|account| broad::settings_needed(context, account)) {
                    Some(needed) => Err(Box::new(needed)),
                    None => Ok(Some(found)),
                }
            }
            service if registers(service) => Ok(Some(found)),
            _ => Err(fact(
                "uses",
                "the service is not known to register the keys that it uses, so no export shows all of them",
            )),
        };
    }
    match missing.or(reached.needed.map(Box::new)) {
        Some(needed) => Err(needed),
        None if found.doubtful => Err(fact(
            "keys",
            "of keys in reach it is not known whether they are active root keys in the scope of the authorization, or what uses them",
        )),
        None => Ok(None),
    }
}

fn finding(context: &Context<'_>, one: KeyPolicy<'_>, excess: &Excess) -> Option<Finding> {
    let inventory = context.inventory;
    let narrower = narrower(context, one)?;
    let names: Vec<String> = excess.first.iter().map(|key| format!("`{key}`")).collect();
    let more = (excess.count as usize).saturating_sub(names.len());
    let names = if more == 0 { words::list(&names) } else { format!("{} and {more} more", names.join(", ")) };
    let service = one.policy.source_service().unwrap_or_default();
    let message = format!(
        "{} reaches {} that nothing of `{service}` uses: {names}",
        policies::called(one.policy),
        words::count(excess.count as usize, "active root key"),
    );
    let wide = one.policy.resources.iter().all(|side| !side.has("serviceInstance"));
    let remediation = match &narrower {
        Narrower::Commands(commands) if commands.is_empty() => {
            "make narrower authorizations, as `kmsguard policy --tighten` shows them, and take this one away once they work"
        }
        Narrower::Commands(_) => {
            "make the narrower authorizations, wait some 30 seconds until they work, and take this one away"
        }
        Narrower::Delete => "nothing that the exports show rests on it: take it away",
    };
    let commands = match narrower {
        Narrower::Commands(commands) => commands,
        Narrower::Delete => mend::delete(one.policy, "takes the authorization away"),
    };
    let found = policies::finding(&RULE, inventory, one, message, remediation, commands);
    Some(Finding {
        severity: if wide { Severity::Medium } else { Severity::Low },
        resources: excess.instances.clone(),
        ..found
    })
}

/// What takes the place of a wide authorization.
enum Narrower {
    /// These commands; none where it cannot be said in a few.
    Commands(Vec<Command>),
    /// Nothing.
    Delete,
}

/// How many authorizations a finding shows in the place of one.
const MOST: usize = 10;

/// What takes the place of a wide authorization; none where it is as narrow as the service honours.
fn narrower(context: &Context<'_>, one: KeyPolicy<'_>) -> Option<Narrower> {
    let resting = Rests::of(context).on(one.number);
    if resting.is_nothing() {
        return Some(Narrower::Delete);
    }
    let whole =
        !resting.dependents && !resting.meant && !resting.possible && resting.count as usize == resting.uses.len();
    if !whole {
        return Some(Narrower::Commands(Vec::new()));
    }
    let all: Vec<&DecidedUse<'_>> = Rests::uses(context, resting);
    let uses: Vec<_> = all.iter().map(|one| one.key_use()).collect();
    let policies = [one.policy.clone()];
    let Tightened { held, removed, added, .. } = tighten(&policies, &[true], &uses);
    if removed.is_empty() && held.is_empty() {
        return None;
    }
    if removed.is_empty() || added.len() > MOST {
        return Some(Narrower::Commands(Vec::new()));
    }
    let made = added.iter().flat_map(|added| mend::make(&added.policy, "makes a narrower authorization"));
    let gone = mend::delete(one.policy, "takes the wide authorization away, once the narrower ones work");
    Some(Narrower::Commands(made.chain(gone).collect()))
}
