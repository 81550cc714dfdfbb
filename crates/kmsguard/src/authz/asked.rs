//! A source and a key that are asked about together, though no export shows the one to use the other: a deployment that is not
//! made yet, a key that is not used yet.

use super::decide::{Decision, Verdict};
use super::evaluate::{KeyUse, evaluate, is_considered};
use super::fact::{Fact, Source, Target};
use super::index::AuthorizationIndex;
use super::pair::Pair;
use super::truth::Truth;
use super::uses::{group_of, listing_of, plan_facts, target_of};
use crate::catalog::needs::{Generation, Need, PlanFacts, Required, UseFacts, delegation_of, needs};
use crate::catalog::services::{SERVICES, by_id, is_taker, takers};
use crate::crn::{Crn, Kind, parse};
use crate::inventory::{Inventory, Key, KeyNotFound, KeyState, NamedKey, Symbol, deployment, find_key};

/// A source that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AskedSource<'a> {
    /// A resource or a deployment with a CRN.
    Known {
        /// The CRN.
        crn: &'a str,
        /// The instance it is part of, where the exports know it.
        deployment: Option<Symbol>,
    },
    /// A deployment that is not made yet.
    Planned {
        /// As it was asked for: `SERVICE-ID@ACCOUNT`.
        name: &'a str,
        /// The service, as a plan names it or as IAM does.
        id: &'a str,
        /// The service that a policy must name.
        service: &'a str,
        /// The account.
        account: &'a str,
    },
}

/// Why what was asked for is not one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SourceNotFound {
    /// Nothing of that name.
    None,
    /// Several of that name, by their CRNs.
    Several(Vec<String>),
    /// No service of that id takes a key.
    Service(String),
    /// What stands behind the `@` is no account id.
    Account(String),
}

/// A key that was asked about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AskedKey<'a> {
    /// Where a list of keys holds it.
    pub(crate) key: Option<&'a Key>,
    /// Its CRN, where one is known.
    pub(crate) crn: Option<&'a str>,
    /// Its id.
    pub(crate) id: &'a str,
}

/// A source and a key that were asked about, and what was decided.
#[derive(Debug)]
pub(crate) struct AskedUse<'a> {
    asked: AskedSource<'a>,
    key: AskedKey<'a>,
    need: Need,
    source: Source<'a>,
    target: Target<'a>,
    account: Option<Symbol>,
    /// What was decided.
    pub(crate) decision: Decision,
}

impl AskedUse<'_> {
    /// The source and the key, with what was decided of them.
    pub(crate) fn pair(&self) -> Pair<'_> {
        let (name, planned) = match self.asked {
            AskedSource::Known { crn, .. } => (crn, false),
            AskedSource::Planned { name, .. } => (name, true),
        };
        Pair {
            source: name,
            of: name,
            planned,
            key: self.key.key,
            key_crn: self.key.crn,
            key_id: self.key.id,
            witnesses: &[],
            source_account: self.source.account.value(),
            account: self.account,
            key_use: KeyUse { source: self.source, target: self.target, need: &self.need, any_source_account: false },
            decision: &self.decision,
        }
    }
}

/// The one source that is named by a CRN, by the name of a deployment, or as `SERVICE-ID@ACCOUNT`.
pub(crate) fn find_source<'a>(inventory: &'a Inventory, asked: &'a str) -> Result<AskedSource<'a>, SourceNotFound> {
    if let Ok(crn) = parse(asked) {
        return Ok(known(inventory, asked, &crn));
    }
    let of_instances = inventory.instances.iter().filter(|instance| {
        instance.name.is_some_and(|name| inventory.text(name) == asked)
            && !matches!(inventory.text(instance.service), "kms" | "hs-crypto")
    });
    let named: Vec<&str> = of_instances.map(|instance| inventory.text(instance.crn)).collect();
    match named.as_slice() {
        [one] => {
            let crn = parse(one).map_err(|_| SourceNotFound::None)?;
            return Ok(known(inventory, one, &crn));
        }
        [] => {}
        several => return Err(SourceNotFound::Several(several.iter().map(|crn| (*crn).to_owned()).collect())),
    }
    let Some((id, account)) = asked.rsplit_once('@') else { return Err(SourceNotFound::None) };
    let service = service_of(inventory, id).ok_or_else(|| SourceNotFound::Service(id.to_owned()))?;
    let is_account = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_account(account) {
        return Err(SourceNotFound::Account(account.to_owned()));
    }
    Ok(AskedSource::Planned { name: asked, id, service, account })
}

fn known<'a>(inventory: &'a Inventory, text: &'a str, crn: &Crn<'_>) -> AskedSource<'a> {
    let deployment = inventory.interner.find(&deployment(crn));
    AskedSource::Known { crn: text, deployment: deployment.filter(|found| inventory.instance(*found).is_some()) }
}

/// The service that a policy must name, for the id of a plan's service, for the name that IAM has, or for that name with the
/// ending `-gen2`.
fn service_of<'a>(inventory: &'a Inventory, id: &'a str) -> Option<&'a str> {
    if let Some(service) = by_id(id) {
        return Some(service.service_name);
    }
    let name = id.strip_suffix("-gen2").unwrap_or(id);
    let exported = || inventory.instances.iter().map(|instance| inventory.text(instance.service));
    let takes_keys = is_taker(name) || (name == id && exported().any(|service| service == name));
    takes_keys.then_some(name)
}

/// The ids of services that may be asked for, for a hint.
pub(crate) fn service_ids() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|service| service.id).chain(takers())
}

/// The key that is asked for: one of the exports, or one that only its CRN tells of.
pub(crate) fn asked_key<'a>(inventory: &'a Inventory, asked: &'a str) -> Result<AskedKey<'a>, KeyNotFound> {
    match find_key(inventory, asked) {
        Ok(NamedKey { key, crn, id }) => Ok(AskedKey { key: key.map(|(_, key)| key), crn, id }),
        Err(error) => match parse(asked) {
            Ok(crn) if crn.kind() == Kind::KmsKey && matches!(error, KeyNotFound::None { .. }) => {
                Ok(AskedKey { key: None, crn: Some(asked), id: crn.resource })
            }
            _ => Err(error),
        },
    }
}

/// The keys of the exports that a service could be given: root keys that are not deleted.
pub(crate) fn usable_keys(inventory: &Inventory) -> impl Iterator<Item = AskedKey<'_>> {
    let usable = |key: &&Key| key.extractable != Some(true) && key.state != KeyState::Destroyed;
    inventory.keys.iter().filter(usable).map(|key| AskedKey {
        key: Some(key),
        crn: Some(inventory.text(key.crn)),
        id: inventory.text(key.id),
    })
}

/// Decides whether a source may use a key, where no export shows that it does.
pub(crate) fn asked_use<'a>(
    inventory: &'a Inventory,
    index: &AuthorizationIndex,
    asked: &AskedSource<'a>,
    key: AskedKey<'a>,
) -> AskedUse<'a> {
    let target = target_of(inventory, key.crn, key.id, key.key);
    let (source, plan, backup_key) = match *asked {
        AskedSource::Known { crn, deployment } => {
            let source = parse(crn).map_or_else(
                |_| Source::default(),
                |parsed| Source::of_crn(&parsed, deployment.and_then(|deployment| group_of(inventory, deployment))),
            );
            let (plan, backup_key) = plan_facts(inventory, deployment);
            (source, plan, backup_key)
        }
        AskedSource::Planned { id, service, account, .. } => {
            let source = Source::planned(service, account);
            // File shares are the only part of VPC that acts for itself.
            let resource_type = if service == "is" { Fact::Value("share") } else { source.resource_type };
            (Source { resource_type, ..source }, PlanFacts { plan: Some(id), ..PlanFacts::default() }, None)
        }
    };
    let other_account = match (source.account.value(), target.account.value()) {
        (Some(source), Some(target)) => Some(source != target),
        _ => None,
    };
    // Whoever does not use the key yet has nobody that works for it on this key.
    let facts =
        UseFacts { plan, backup_key, worker_disks: None, provisioned: Some(false), other_account, migration: false };
    let mut need = needs(source.service_name.value(), &facts);
    if let AskedSource::Planned { id, .. } = asked {
        // A service of the catalogue is one of its plans: its row says what that needs.
        if let Some(service) = by_id(id) {
            need.delegation = delegation_of(service, &facts);
            need.generation = service.generation;
        }
    }
    let (account, listing) = listing_of(inventory, &target);
    let key_use = KeyUse { source, target, need: &need, any_source_account: false };
    let decision = index.decide(&inventory.policies, &key_use, listing.is_usable());
    AskedUse { asked: asked.clone(), key, source, target, account, decision, need }
}

/// A policy that lets somebody use a key, whoever that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    /// The policy, by its place.
    pub(crate) policy: usize,
    /// Whether it does.
    pub(crate) verdict: Verdict,
}

/// The policies that let anybody use a key, in their order: whatever they say of their subject.
pub(crate) fn reach(inventory: &Inventory, key: AskedKey<'_>) -> Vec<Reach> {
    let need = Need {
        delegation: Required::No,
        generation: Generation::NotApplicable,
        cluster: false,
        dependents: Vec::new(),
        source: None,
    };
    let target = target_of(inventory, key.crn, key.id, key.key);
    let key_use = KeyUse { source: Source::default(), target, need: &need, any_source_account: true };
    let considered = inventory.policies.iter().enumerate().filter(|(_, policy)| is_considered(policy));
    let reaching = considered.filter_map(|(index, policy)| {
        // With every fact of the source unknown, the best that can come out is unknown: so the side of the key alone is asked.
        let resource_alone = super::evaluate::resource_applies(policy, &key_use);
        let whole = evaluate(policy, &key_use, None);
        if whole.applies == Truth::False {
            return None;
        }
        let verdict = match resource_alone.and(whole.access) {
            Truth::True => Verdict::Covered,
            Truth::Unknown => Verdict::Unknown,
            Truth::False => return None,
        };
        Some(Reach { policy: index, verdict })
    });
    reaching.collect()
}
