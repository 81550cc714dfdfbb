//! What the rules about single authorizations have in common: which of them a rule looks at, who made one, and what it is called.

use super::{Context, reach};

use super::finding::{Command, Finding, Findings, Needed, NeededKind, Undetermined, UndeterminedPolicy};
use super::registry::Rule;
use crate::authz::is_considered;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Listing, Symbol};
use crate::policy::{Authorization, Origin, PolicyType, Role, sentence};

/// An authorization, by its place in the inventory.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyPolicy<'a> {
    pub(super) number: usize,
    pub(super) policy: &'a Authorization,
}

/// Who made an authorization, as far as a rule must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maker {
    /// Somebody of the account, who can change it.
    Customer,
    /// A service.
    Service,
    /// The export does not tell, and it may have been a service.
    Unknown,
}

/// The authorizations in force whose target is a KMS.
pub(super) fn on_keys<'a>(context: &Context<'a>) -> impl Iterator<Item = KeyPolicy<'a>> {
    perhaps_on_keys(context).filter(|one| matches!(one.policy.target_service(), Some("kms" | "hs-crypto")))
}

/// The authorizations in force whose target is a KMS, or cannot be read.
pub(super) fn perhaps_on_keys<'a>(context: &Context<'a>) -> impl Iterator<Item = KeyPolicy<'a>> {
    let policies = context.inventory.policies.iter().enumerate().map(|(number, policy)| KeyPolicy { number, policy });
    policies.filter(|one| {
        // A resource group as the target is no key, though no service is named.
        let group = one.policy.resources.iter().any(|side| side.exact("resourceType") == Some("resource-group"));
        is_considered(one.policy)
            && one.policy.kind == PolicyType::Authorization
            && one.policy.concerns_keys()
            && !(group && one.policy.target_service().is_none())
    })
}

/// Who made an authorization. Services make them for block storage and object storage alone: whatever lets another service in, somebody
/// of the account made, also where the export does not say so.
pub(super) fn maker(policy: &Authorization) -> Maker {
    match policy.origin() {
        Origin::User => Maker::Customer,
        Origin::Service => Maker::Service,
        Origin::Unknown => match policy.source_service() {
            Some("server-protect" | "cloud-object-storage") | None => Maker::Unknown,
            Some(_) => Maker::Customer,
        },
    }
}

/// What an authorization is called: its id, if it has one, and whom it lets in where.
pub(super) fn called(policy: &Authorization) -> String {
    let source =
        policy.source_service().map_or_else(|| "a resource group".to_owned(), |service| format!("`{service}`"));
    let target = policy.target_service().unwrap_or("a service that is not named");
    match &policy.id {
        Some(id) => format!("authorization `{id}` ({source} on {target})"),
        None => format!("an authorization without an id ({source} on {target})"),
    }
}

/// The roles of a policy, by their names.
pub(super) fn role_names<'a>(roles: impl Iterator<Item = &'a Role>) -> Vec<String> {
    roles.map(|role| role.shown_name().unwrap_or(&role.text).to_owned()).collect()
}

/// The account in which an authorization lives.
pub(super) fn account(inventory: &Inventory, policy: &Authorization) -> Option<Symbol> {
    policy.target_account().and_then(|account| inventory.interner.find(account))
}

/// A finding about an authorization, as bad as its rule is.
pub(super) fn finding(
    rule: &'static Rule,
    inventory: &Inventory,
    one: KeyPolicy<'_>,
    message: String,
    remediation: &str,
    commands: Vec<Command>,
) -> Finding {
    let policy = one.policy;
    let managed = "it comes from an enterprise's template: change it there, for in the account it cannot be changed; ";
    Finding {
        rule,
        severity: rule.severity,
        message,
        account: account(inventory, policy),
        key: None,
        resources: Vec::new(),
        policies: policy.id.iter().cloned().collect(),
        evidence: inventory.policy_witnesses.get(one.number).copied().into_iter().collect(),
        identity: policy.id.clone().unwrap_or_else(|| sentence(policy)),
        remediation: if policy.managed { format!("{managed}{remediation}") } else { remediation.to_owned() },
        commands: if policy.managed { Vec::new() } else { commands },
    }
}

/// Puts down that a rule is undecided for an authorization.
pub(super) fn put_undetermined(rule: &'static Rule, one: KeyPolicy<'_>, needs: Needed, findings: &mut Findings) {
    findings.undetermined_policies.push(UndeterminedPolicy { rule, policy: one.number, needs });
}

/// That nothing says who made an authorization.
pub(super) fn author_needed(one: KeyPolicy<'_>) -> Needed {
    Needed {
        kind: NeededKind::Fact,
        name: "created_by_id".to_owned(),
        of: one.policy.id.clone(),
        why: "the export does not say who made the authorization, and one that a service made its owner cannot change"
            .to_owned(),
        command: Some("ibmcloud iam authorization-policies --output JSON".to_owned()),
        role: Some("Viewer".to_owned()),
    }
}

/// Puts down that a rule about authorizations is undecided for the accounts of keys whose authorizations are not all there.
pub(super) fn put_unlisted(rule: &'static Rule, context: &Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let accounts = context.shared.accounts_of_keys.get_or_init(|| {
        let of_keys = inventory.keys.iter().filter_map(|key| key.account);
        let mut accounts: Vec<Symbol> = of_keys.chain(context.decided.iter().filter_map(|one| one.account)).collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts
    });
    put_unlisted_of(rule, inventory, accounts.iter().copied(), findings);
}

/// The same for the accounts that a rule looks at.
pub(super) fn put_unlisted_of(
    rule: &'static Rule,
    inventory: &Inventory,
    accounts: impl Iterator<Item = Symbol>,
    findings: &mut Findings,
) {
    let kind = ExportKind::IamPolicies;
    for account in accounts {
        let why = match inventory.listing(kind, account) {
            Listing::Read | Listing::Whole => continue,
            Listing::Cut => "the authorizations of this account were cut",
            Listing::Missing => "no authorizations of this account were read",
        };
        let needs = reach::list_of_account(kind, inventory.text(account), why);
        findings.undetermined.push(Undetermined { rule, subject: account, needs });
    }
}
