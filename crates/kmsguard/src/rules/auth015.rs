//! # AUTH015 authorization-left-on-hs-crypto
//!
//! ## What it finds
//!
//! An authorization on Hyper Protect Crypto Services that somebody of the account made for a service which has moved to Key Protect: what
//! is registered of the service is registered with keys of `kms`, and with no key of the instances of `hs-crypto` that the
//! authorization reaches. It is found only of a service that registers every key which it uses, with all registrations of those
//! instances read, and not while anything may be left: a use of any kind on `hs-crypto`, a deleted deployment of the service, or a
//! last use of the authorization within 90 days.
//!
//! ## Why it matters
//!
//! Keys move from Hyper Protect Crypto Services to Key Protect Dedicated, which is `kms` in every CRN and authorization, and the old
//! service ends on 2027-03-20 (Event Streams Gen 2, *Release notes*, 2026-03-27). A move needs an authorization on the new key and
//! leaves the old one, which then lets a service in for nothing. Low: it opens only what is about to end.
//!
//! ## Example
//!
//! A database that moved, and the authorization from before:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "databases-for-redis"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "hs-crypto"},
//!                                 {"name": "serviceInstance", "value": "5a0d8c56-1f0e-4c11-9d5d-6b8e8a3f7c21"}]}]}]
//! ```
//!
//! ```json
//! {"resources": [
//!   {"name": "moved", "state": 1, "extractable": false,
//!    "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!   {"name": "old", "state": 1, "extractable": false,
//!    "crn": "crn:v1:bluemix:public:hs-crypto:us-south:a/0123456789abcdef0123456789abcdef:5a0d8c56-1f0e-4c11-9d5d-6b8e8a3f7c21:key:0a1b2c3d-0000-4000-8000-000000000001"}]}
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"},
//!  {"keyId": "0a1b2c3d-0000-4000-8000-000000000001",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:22222222-2222-4222-8222-222222222222::"}]
//! ```
//!
//! ## What to do
//!
//! Take the authorization away, once it is certain that no backup and no deleted deployment of the service needs the old key.
//!
//! ## When not to heed it
//!
//! When a move is to be undone, or backups from before it are still to be read.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Needed, Severity};
use super::mistakes::Mistakes;
use super::page::page;
use super::policies::{self, KeyPolicy, Maker};
use super::registry::Rule;
use super::rests::{Rests, all_uses};
use super::sources;
use super::{Context, auth005, mend, reach, unread, words};
use crate::authz::{DecidedUse, Truth, attribute};
use crate::catalog::services::registers;
use crate::crn::parse;
use crate::inventory::Seen;
use crate::policy::{Attribute, Authorization};

pub(super) static RULE: Rule = Rule {
    id: "AUTH015",
    name: "authorization-left-on-hs-crypto",
    title: "an authorization was left on Hyper Protect Crypto Services",
    severity: Severity::Low,
    stake: Stake::Other("no data is lost by it; it lets a service in that has moved elsewhere"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS_GEN2_NEWS],
    comment: page!("auth015.rs"),
    check,
};

/// What is known of an authorization on Hyper Protect Crypto Services.
enum Left<'a> {
    /// Its service has moved: these uses are registered with keys of Key Protect.
    Behind(Vec<&'a DecidedUse<'a>>),
    /// It may be needed, or nothing has moved.
    Standing,
    /// It is not known.
    Unknown(Needed),
}

fn check(context: Context<'_>, findings: &mut Findings) {
    for one in policies::on_keys(&context).filter(|one| one.policy.target_service() == Some("hs-crypto")) {
        let maker = policies::maker(one.policy);
        if maker == Maker::Service || Mistakes::of(&context).has(one.number) {
            continue;
        }
        match (left(&context, one), maker) {
            (Left::Standing, _) => {}
            (Left::Unknown(needs), _) => policies::put_undetermined(&RULE, one, needs, findings),
            (Left::Behind(moved), Maker::Customer) => findings.found.push(finding(&context, one, &moved)),
            (Left::Behind(_), _) => policies::put_undetermined(&RULE, one, policies::author_needed(one), findings),
        }
    }
}

fn left<'a>(context: &Context<'a>, one: KeyPolicy<'_>) -> Left<'a> {
    let resting = Rests::of(context).on(one.number);
    if resting.count > 0 || resting.dependents || resting.meant {
        return Left::Standing;
    }
    let unknown = |name: &str, why: &str| Left::Unknown(auth005::fact(one, name, why));
    let (Some(service), Some(account)) = (one.policy.source_service(), one.policy.source_account()) else {
        let why = "the authorization does not name one service and one account, so no export shows all that it lets in";
        return unknown("uses", why);
    };
    let inventory = context.inventory;
    let mut moved = Vec::new();
    for used in all_uses(context).filter(|used| is_of(used, service, account, context)) {
        match service_of_key(context, used) {
            Some("hs-crypto") => return Left::Standing,
            Some(_) if is_registered(used) && is_let_in(one.policy, used) => moved.push(used),
            Some(_) => {}
            None => return Left::Unknown(unread::unknown_instance()),
        }
    }
    if moved.is_empty() {
        return unread::any_registrations(inventory).map_or(Left::Standing, Left::Unknown);
    }
    let deleted = inventory.instances.iter().any(|instance| {
        instance.is_soft_deleted(inventory)
            && inventory.text(instance.service) == service
            && instance.account.is_some_and(|of| inventory.text(of) == account)
    });
    if deleted || auth005::was_used_lately(context, one.policy) {
        return Left::Standing;
    }
    if resting.possible {
        return unknown("uses", "a use may rest on the authorization of which that could not be decided");
    }
    // Buckets made before 2020-02-26 are registered nowhere, and of images of VPC nobody says that they are.
    if !registers(service) || matches!(service, "cloud-object-storage" | "is") {
        return unknown(
            "uses",
            "the service is not known to register every key that it uses, so no export shows whether it has moved",
        );
    }
    let Some(reached) = reach::reached(context, one) else {
        return unknown("uses", "the authorization does not name one account and one KMS");
    };
    let why =
        "without all registrations of the KMS instances in reach, it is not known whether all of the service has moved";
    let missing = reach::registrations_needed(inventory, &reached.instances, why);
    missing.or(reached.needed).map_or(Left::Behind(moved), Left::Unknown)
}

/// Whether a use is of a service in an account, by the name that authorizations have for it or by that of its CRNs.
fn is_of(used: &DecidedUse<'_>, service: &str, account: &str, context: &Context<'_>) -> bool {
    let text = |symbol| context.inventory.text(symbol);
    let named = used.key_use().source.service_name.value();
    (text(used.found.service) == service || named == Some(service))
        && used.found.account.is_none_or(|of| text(of) == account)
}

/// The service of the key of a use: by the CRN of the key, or by the list that the use stands in.
fn service_of_key<'a>(context: &Context<'a>, used: &DecidedUse<'a>) -> Option<&'a str> {
    let inventory = context.inventory;
    let key = used.key.map(|key| key.crn).or(used.found.key_crn);
    if let Some(key) = key {
        return parse(inventory.text(key)).ok().map(|crn| crn.service_name);
    }
    let instance = unread::instance_of(inventory, used.found)?;
    let service = parse(&instance).ok()?.service_name;
    Some(if service == "kms" { "kms" } else { "hs-crypto" })
}

fn is_registered(used: &DecidedUse<'_>) -> bool {
    used.found.witnesses.iter().any(|(seen, _)| *seen == Seen::Registration)
}

/// Whether a use is certainly of what an authorization names as its source.
fn is_let_in(policy: &Authorization, used: &DecidedUse<'_>) -> bool {
    let source = used.key_use().source;
    let holds = |wanted: &Attribute| source.fact(&wanted.name).map(|fact| attribute(wanted, fact)) == Some(Truth::True);
    policy.subjects.iter().any(|side| side.attributes.iter().all(holds))
}

fn finding(context: &Context<'_>, one: KeyPolicy<'_>, moved: &[&DecidedUse<'_>]) -> Finding {
    let inventory = context.inventory;
    let uses: Vec<_> = moved.iter().map(|used| used.found).collect();
    let message = format!(
        "{} was left behind: of its service, {} registered with keys of `kms` and nothing with keys of `hs-crypto` in reach",
        policies::called(one.policy),
        if uses.len() == 1 { "1 resource is".to_owned() } else { format!("{} resources are", uses.len()) },
    );
    let commands = mend::delete(one.policy, "takes the authorization away");
    let remediation = "take the authorization away, once nothing from before the move is needed any more";
    let found = policies::finding(&RULE, inventory, one, message, remediation, commands);
    let witnesses = uses.iter().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness));
    let mut evidence: Vec<_> = found.evidence.iter().copied().chain(witnesses).collect();
    evidence.sort();
    Finding { resources: words::deployments(&uses), evidence, ..found }
}
