//! What the rules about authorizations have in common: uses grouped by deployment and key, and the policy that mends them.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use super::finding::{Command, Finding, Findings, Needed, NeededKind, Undetermined};
use super::mistakes::Mistakes;
use super::registry::Rule;
use super::{Context, auth010, mend, words};
use crate::authz::{DecidedUse, Doubt, MissingKind, UnknownFact, Verdict, role_name, template};
use crate::catalog::needs::Generation;
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Belongs, Inventory, Symbol, account_command};

/// Why a use is not known to be authorized: which rule says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// AUTH001.
    Missing,
    /// AUTH002.
    Delegation,
    /// AUTH003.
    Scope,
}

/// What is wrong with a use, for certain.
pub(super) fn fault(one: &DecidedUse<'_>) -> Option<Fault> {
    let decision = &one.decision;
    match decision.verdict {
        Verdict::Covered => None,
        Verdict::NotCovered => {
            let own: Vec<MissingKind> = decision
                .missing
                .iter()
                .map(|missing| missing.kind)
                .filter(|kind| *kind != MissingKind::Dependent)
                .collect();
            Some(if own == [MissingKind::Delegation] { Fault::Delegation } else { Fault::Missing })
        }
        Verdict::Unknown => {
            let scope = |fact: &UnknownFact| matches!(fact.doubt, Doubt::ScopeUnsupported { .. });
            let only_scope = !decision.unknown.is_empty() && decision.unknown.iter().all(scope);
            (only_scope && is_refused(one)).then_some(Fault::Scope)
        }
    }
}

/// Whether the service of a use that is authorized only by a scope certainly does not honour it, as opposed to that nothing tells.
fn is_refused(one: &DecidedUse<'_>) -> bool {
    let key_use = one.key_use();
    let on_dedicated = one.need.cluster && key_use.target.dedicated == Some(true);
    one.decision.unknown.iter().any(|fact| match &fact.doubt {
        Doubt::ScopeUnsupported { attribute } => {
            on_dedicated || (attribute == "keyRing" && one.need.generation == Generation::Gen2)
        }
        _ => false,
    })
}

/// What would tell whether a scope is honoured: the plan of the deployment, or that of the KMS instance.
pub(super) fn scope_needed(inventory: &Inventory, one: &DecidedUse<'_>) -> Needed {
    let of_key = one.key.map(|key| key.instance).filter(|_| one.need.cluster);
    let why = if one.need.cluster {
        "whether a cluster honours the scope of its authorization depends on the plan of the KMS instance"
    } else {
        "whether the deployment honours the scope of its authorization depends on its plan"
    };
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::ResourceInstances.name().to_owned(),
        of: Some(inventory.text(of_key.unwrap_or_else(|| whose(one))).to_owned()),
        why: why.to_owned(),
        command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
        role: Some("Viewer".to_owned()),
    }
}

/// Which rule is undecided for a use of which nothing is certain.
pub(super) fn undecided(one: &DecidedUse<'_>) -> Option<Fault> {
    if one.decision.verdict != Verdict::Unknown || fault(one).is_some() {
        return None;
    }
    let scope = |fact: &UnknownFact| matches!(fact.doubt, Doubt::ScopeUnsupported { .. });
    if !one.decision.unknown.is_empty() && one.decision.unknown.iter().all(scope) {
        return Some(Fault::Scope);
    }
    let need = |fact: &UnknownFact| fact.doubt == Doubt::DelegationNeed;
    let only_need = !one.decision.unknown.is_empty() && one.decision.unknown.iter().all(need);
    Some(if only_need { Fault::Delegation } else { Fault::Missing })
}

/// Whose use it is: the deployment, or the resource where that is not known.
pub(super) fn whose(one: &DecidedUse<'_>) -> Symbol {
    one.found.belongs.deployment().unwrap_or(one.found.resource)
}

/// The uses with one fault, by key and deployment. Those that a mistake of an authorization explains are left to the rule about that.
pub(super) fn grouped<'a>(context: Context<'a>, wanted: Fault) -> Vec<Vec<&'a DecidedUse<'a>>> {
    let mistakes = Mistakes::of(&context);
    let orphans = if context.checks(&auth010::RULE) { without_dependent(&context) } else { HashSet::new() };
    let orphaned = |one: &DecidedUse<'_>| match one.found.belongs {
        Belongs::Managed(Some(owner)) => orphans.contains(&(one.found.key_id, owner)),
        _ => false,
    };
    let faulty = context.decided.iter().filter(|one| fault(one) == Some(wanted) && !orphaned(one));
    by_deployment(context.inventory, faulty.filter(|one| wanted == Fault::Scope || !mistakes.explain(one)))
}

/// The deployments, with their keys, that lost the authorization of the service that keeps their volumes: a rule of its own says so, and
/// of each volume the same would be said once more.
fn without_dependent(context: &Context<'_>) -> HashSet<(Symbol, Symbol)> {
    let lost = |one: &&DecidedUse<'_>| {
        one.decision.dependents.iter().any(|dependent| dependent.verdict == Verdict::NotCovered)
    };
    context
        .decided
        .iter()
        .filter(lost)
        .filter_map(|one| Some((one.found.key_id, one.found.belongs.deployment()?)))
        .collect()
}

/// Uses by key and deployment.
pub(super) fn by_deployment<'a>(
    inventory: &'a Inventory,
    uses: impl Iterator<Item = &'a DecidedUse<'a>>,
) -> Vec<Vec<&'a DecidedUse<'a>>> {
    let mut groups: BTreeMap<(&str, &str), Vec<&DecidedUse<'_>>> = BTreeMap::new();
    for one in uses {
        groups.entry((key_text(inventory, one), inventory.text(whose(one)))).or_default().push(one);
    }
    groups.into_values().collect()
}

fn key_text<'a>(inventory: &'a Inventory, one: &DecidedUse<'_>) -> &'a str {
    let crn = one.key.map(|key| key.crn).or(one.found.key_crn).unwrap_or(one.found.key_id);
    inventory.text(crn)
}

/// The name of the key of a use.
pub(super) fn key_name<'a>(inventory: &'a Inventory, one: &DecidedUse<'_>) -> &'a str {
    one.key.map_or_else(|| inventory.text(one.found.key_id), |key| words::key(inventory, key))
}

/// A finding about a group of uses of one deployment and one key.
pub(super) fn finding(
    rule: &'static Rule,
    inventory: &Inventory,
    group: &[&DecidedUse<'_>],
    message: String,
    remediation: String,
) -> Option<Finding> {
    let first = group.first()?;
    let evidence = group.iter().flat_map(|one| one.found.witnesses.iter().map(|(_, witness)| *witness));
    let mut evidence: Vec<_> = evidence.collect();
    evidence.sort();
    let named: Vec<usize> =
        first.decision.policies.iter().copied().chain(first.decision.possible.iter().copied()).collect();
    Some(Finding {
        rule,
        severity: rule.severity,
        message,
        account: first.account,
        key: first.key.map(|key| key.crn).or(first.found.key_crn),
        resources: group.iter().map(|one| one.found.resource).collect(),
        policies: named.iter().filter_map(|policy| inventory.policies.get(*policy)?.id.clone()).collect(),
        evidence,
        identity: inventory.text(whose(first)).to_owned(),
        remediation,
        commands: mending(first),
    })
}

/// The commands that make the smallest policy which covers a use.
fn mending(one: &DecidedUse<'_>) -> Vec<Command> {
    let Some(policy) = template(&one.key_use()) else { return Vec::new() };
    let roles: Vec<_> = policy.roles.iter().map(|role| role_name(role.kind)).collect();
    mend::make(&policy, &format!("makes an authorization with {}, in the key's account", words::list(&roles)))
}

/// Puts down that a rule is undecided for a use, with everything that would settle it.
pub(super) fn put_undetermined(
    rule: &'static Rule,
    inventory: &Inventory,
    one: &DecidedUse<'_>,
    facts: &[UnknownFact],
    findings: &mut Findings,
) {
    for fact in facts {
        findings.undetermined.push(Undetermined {
            rule,
            subject: whose(one),
            needs: needed(inventory, one, &fact.doubt),
        });
    }
}

fn needed(inventory: &Inventory, one: &DecidedUse<'_>, doubt: &Doubt) -> Needed {
    let wanted = one.wanted(inventory, doubt);
    Needed {
        kind: if wanted.export.is_some() { NeededKind::Export } else { NeededKind::Fact },
        name: wanted.name,
        of: wanted.of,
        why: wanted.why,
        command: wanted.command,
        role: wanted.role.map(str::to_owned),
    }
}

/// The service of a resource, for a message.
pub(super) fn service<'a>(inventory: &'a Inventory, one: &DecidedUse<'_>) -> &'a str {
    parse(inventory.text(one.found.resource)).map_or("a resource", |crn| crn.service_name)
}

/// What every "no" ends with.
pub(super) const PROVIDED: &str = "provided whoever exported could see all authorizations of the account";
