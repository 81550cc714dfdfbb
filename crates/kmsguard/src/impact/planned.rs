//! A plan of Terraform as a set of actions: what it takes away, and what of it is not known.

use hashbrown::HashSet;

use super::action::{Action, ActionKind, NotFound};
use super::model::{Needed, Verdict};
use crate::authz::{Truth, implies};
use crate::catalog::services::is_taker;
use crate::crn::{Kind, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Change, Inventory, Symbol, account_command, instance_command, instance_of_key};
use crate::policy::{Attribute, Authorization, PolicyFaultKind};

/// Actions, with those of plans in the place of the plans, and what the plans leave open.
#[derive(Debug, Default)]
pub(super) struct Expanded<'a> {
    pub(super) actions: Vec<Action<'a>>,
    pub(super) unknown: Vec<Needed>,
}

/// The actions with those of plans in the place of the plans.
pub(super) fn expanded<'a>(inventory: &'a Inventory, actions: &[Action<'a>]) -> Result<Expanded<'a>, NotFound> {
    let mut expanded = Expanded::default();
    let mut known = None;
    for action in actions {
        if action.kind == ActionKind::Terraform {
            let known = known.get_or_insert_with(|| known_resources(inventory));
            put(inventory, action, known, &mut expanded)?;
        } else {
            expanded.actions.push(action.clone());
        }
    }
    Ok(expanded)
}

/// Puts down what the plan in an input does.
fn put<'a>(
    inventory: &'a Inventory,
    plan: &Action<'_>,
    known: &HashSet<Symbol>,
    expanded: &mut Expanded<'a>,
) -> Result<(), NotFound> {
    let asked = plan.target.as_ref();
    let named = inventory.sources.iter().enumerate().find(|(_, source)| source.input.name == asked);
    let of_input = |number: usize| {
        inventory.changes.iter().filter(move |change| usize::try_from(change.witness.place.input) == Ok(number))
    };
    let Some((number, source)) = named.filter(|(number, source)| {
        source.report.kind == ExportKind::TerraformPlan || of_input(*number).next().is_some()
    }) else {
        return Err(NotFound::Plan { asked: asked.to_owned() });
    };
    if source.report.complete == Some(false) {
        expanded.unknown.push(of_plan(
            asked,
            "the plan is not whole: it failed, puts changes off, or could not be read in part, and may take away more",
        ));
    }
    for change in of_input(number) {
        match done(inventory, change, known) {
            Doing::Nothing => {}
            Doing::Action(kind, target) => {
                let force = plan.force || change.forced == Some(true);
                expanded.actions.push(Action { kind, target: target.into(), force });
            }
            Doing::Unknown(needed) => expanded.unknown.push(needed),
        }
    }
    Ok(())
}

/// What a change does to keys and to what uses them.
enum Doing<'a> {
    Nothing,
    Action(ActionKind, &'a str),
    Unknown(Needed),
}

fn done<'a>(inventory: &'a Inventory, change: &'a Change, known: &HashSet<Symbol>) -> Doing<'a> {
    let removes = change.removes(inventory);
    if change.is_key(inventory) {
        if removes { key(inventory, change, known) } else { moved(inventory, change) }
    } else if change.is_authorization(inventory) {
        authorization(inventory, change)
    } else if inventory.text(change.kind) == "ibm_kms_key_rings" {
        if removes { ring(inventory, change) } else { Doing::Nothing }
    } else if removes {
        resource(inventory, change, known)
    } else {
        Doing::Nothing
    }
}

fn key<'a>(inventory: &'a Inventory, change: &Change, known: &HashSet<Symbol>) -> Doing<'a> {
    if let Some(crn) = change.crn.filter(|crn| known.contains(crn)) {
        return Doing::Action(ActionKind::DeleteKey, inventory.text(crn));
    }
    let instance = change.crn.and_then(|crn| instance_of_key(inventory.text(crn)));
    Doing::Unknown(Needed {
        export: true,
        name: ExportKind::KmsKeys.name().into(),
        of: instance.clone().or_else(|| Some(inventory.text(change.address).to_owned())),
        why: format!("no export holds the key that `{}` takes away", inventory.text(change.address)),
        command: instance.and_then(|instance| instance_command(ExportKind::KmsKeys, &instance)),
        role: Some("Reader"),
        decides: true,
        worst: Verdict::Destroys,
    })
}

/// A key in another key ring is out of reach of authorizations for the old one.
fn moved<'a>(inventory: &Inventory, change: &Change) -> Doing<'a> {
    if !change.changes_ring {
        return Doing::Nothing;
    }
    Doing::Unknown(fact(
        "keyRing",
        inventory.text(change.crn.unwrap_or(change.address)),
        "the plan moves the key to another key ring: what is authorized by its key ring may lose the key",
    ))
}

fn authorization<'a>(inventory: &'a Inventory, change: &'a Change) -> Doing<'a> {
    let rows = || {
        inventory.policies.iter().filter(|policy| policy.id.is_some() && policy.id.as_deref() == id(inventory, change))
    };
    let listed = rows().next();
    let address = inventory.text(change.address);
    if change.updates(inventory) && change.loses_role {
        return match listed.or(change.policy.as_deref()) {
            Some(policy) if policy.is_elsewhere() => Doing::Nothing,
            _ => Doing::Unknown(fact(
                "roles",
                address,
                "the plan takes a role from the authorization, and which uses still need that role is not looked at",
            )),
        };
    }
    if !change.removes(inventory) || stays(inventory, change) {
        return Doing::Nothing;
    }
    match (id(inventory, change), listed) {
        (Some(id), Some(_)) => Doing::Action(ActionKind::RevokePolicy, id),
        // What it was for shows in the plan, where it is not made anew.
        _ if !change.creates(inventory) && change.policy.as_deref().is_some_and(Authorization::is_elsewhere) => {
            Doing::Nothing
        }
        _ => Doing::Unknown(Needed {
            export: true,
            name: ExportKind::IamPolicies.name().into(),
            of: change.policy.as_ref().and_then(|policy| policy.target_account()).map(str::to_owned),
            why: format!("no export holds the authorization that `{address}` takes away"),
            command: account_command(ExportKind::IamPolicies).map(str::to_owned),
            role: Some("Viewer"),
            decides: true,
            worst: Verdict::Destroys,
        }),
    }
}

/// The id of the authorization that is there.
fn id<'a>(inventory: &'a Inventory, change: &Change) -> Option<&'a str> {
    change.policy_id.map(|id| inventory.text(id))
}

/// Whether an authorization that is made anew lets in all that the old one does before that goes.
pub(crate) fn stays(inventory: &Inventory, change: &Change) -> bool {
    let (true, Some(new), Some(id)) =
        (change.creates_before_it_removes(inventory), change.policy.as_deref(), id(inventory, change))
    else {
        return false;
    };
    let mut old = inventory.policies.iter().filter(|policy| policy.id.as_deref() == Some(id)).peekable();
    let as_much = |old: &Authorization| {
        let new = old.target_account().and_then(|account| of_caller(new, account));
        new.is_some_and(|new| implies(old, &new) == Truth::True)
    };
    old.peek().is_some() && old.all(as_much)
}

/// A policy of a plan with the account filled in where it names none: that of whoever applies the plan, in which the policy is made. None
/// where something else of it is not known.
fn of_caller(policy: &Authorization, account: &str) -> Option<Authorization> {
    if policy.problems.iter().any(|fault| !matches!(fault.kind, PolicyFaultKind::AccountOfCaller(_))) {
        return None;
    }
    let mut policy = policy.clone();
    for side in policy.subjects.iter_mut().chain(&mut policy.resources) {
        if !side.has("accountId") {
            side.attributes.insert(0, Attribute::equals("accountId", account));
        }
        side.unreadable = false;
    }
    Some(policy)
}

/// A key ring that goes leaves its keys without the authorizations for it.
fn ring<'a>(inventory: &Inventory, change: &Change) -> Doing<'a> {
    let Some(ring) = change.key_ring.map(|ring| inventory.text(ring)) else {
        return Doing::Unknown(fact(
            "keyRing",
            inventory.text(change.address),
            "the plan takes a key ring away that it does not name",
        ));
    };
    let names = |policy: &Authorization| policy.resources.iter().any(|side| side.exact("keyRing") == Some(ring));
    if !inventory.policies.iter().any(names) {
        return Doing::Nothing;
    }
    Doing::Unknown(fact(
        "keyRing",
        inventory.text(change.address),
        "the plan takes a key ring away, and authorizations are for its keys",
    ))
}

/// What else goes: a deployment, something in one, or an instance of a KMS.
fn resource<'a>(inventory: &'a Inventory, change: &Change, known: &HashSet<Symbol>) -> Doing<'a> {
    if let Some(crn) = change.crn.filter(|crn| known.contains(crn)) {
        return Doing::Action(ActionKind::DeleteInstance, inventory.text(crn));
    }
    let crn = change.crn.and_then(|crn| parse(inventory.text(crn)).ok());
    let is_kms = crn.is_some_and(|crn| crn.kind() == Kind::KmsInstance);
    let takes_keys = crn.is_some_and(|crn| crn.resource_type.is_empty() && is_taker(crn.service_name));
    if !is_kms && !takes_keys && !change.holds_key {
        return Doing::Nothing;
    }
    let account = crn.and_then(|crn| crn.account());
    Doing::Unknown(Needed {
        export: true,
        name: ExportKind::ResourceInstances.name().into(),
        of: account.map(str::to_owned),
        why: format!(
            "no export holds what `{}` takes away, which uses a key or may use one",
            inventory.text(change.address)
        ),
        command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
        role: Some("Viewer"),
        decides: true,
        worst: Verdict::Destroys,
    })
}

/// All that an export names: keys, deployments and what is in them, instances.
fn known_resources(inventory: &Inventory) -> HashSet<Symbol> {
    let keys = inventory.keys.iter().flat_map(|key| [key.crn, key.instance]);
    let uses =
        inventory.uses.iter().flat_map(|found| [Some(found.resource), found.belongs.deployment(), found.key_crn]);
    keys.chain(uses.flatten()).chain(inventory.instances.iter().map(|instance| instance.crn)).collect()
}

fn of_plan(plan: &str, why: &str) -> Needed {
    Needed {
        export: true,
        name: ExportKind::TerraformPlan.name().into(),
        of: Some(plan.to_owned()),
        why: why.to_owned(),
        command: Some("terraform show -json PLAN".to_owned()),
        role: None,
        decides: true,
        worst: Verdict::Destroys,
    }
}

fn fact(name: &'static str, of: &str, why: &str) -> Needed {
    Needed {
        export: false,
        name: name.into(),
        of: Some(of.to_owned()),
        why: why.to_owned(),
        command: None,
        role: None,
        decides: true,
        worst: Verdict::Destroys,
    }
}
