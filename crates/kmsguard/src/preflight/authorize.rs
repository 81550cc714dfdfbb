//! Which authorizations of a plan stand already, and what stands in the way of the others.

use super::{Check, CheckId, Looking, Standing};
use crate::authz::{AskedSource, AuthorizationIndex, Doubt, Verdict, asked_key, asked_use, delegation};
use crate::authz::{Truth, Wanted};
use crate::catalog::services::DUPLICATE;
use crate::crn::parse;
use crate::plan::{Json, Step, StepId};
use crate::policy::{Authorization, Side};

/// Who is let in by a step, and to what.
struct Wants<'a> {
    subject: Vec<(&'a str, &'a str)>,
    resource: Vec<(&'a str, &'a str)>,
    delegates: bool,
}

impl<'a> Wants<'a> {
    /// By the body that the step sends.
    fn of(step: &'a Step) -> Option<Self> {
        let body = step.rest.as_ref()?.body.as_ref()?;
        let side = |name: &str| -> Option<Vec<(&'a str, &'a str)>> {
            let Json::List(sides) = body.get(name)? else { return None };
            let Json::List(attributes) = sides.first()?.get("attributes")? else { return None };
            attributes
                .iter()
                .map(|attribute| Some((text(attribute.get("name")?)?, text(attribute.get("value")?)?)))
                .collect()
        };
        let Json::List(roles) = body.get("roles")? else { return None };
        let delegates = roles.iter().any(|role| {
            role.get("role_id")
                .and_then(text)
                .is_some_and(|role| role == crate::catalog::roles::AUTHORIZATION_DELEGATOR.crn)
        });
        Some(Self { subject: side("subjects")?, resource: side("resources")?, delegates })
    }
}

fn text(json: &Json) -> Option<&str> {
    match json {
        Json::Text(text) => Some(text),
        _ => None,
    }
}

fn value<'a>(side: &[(&'a str, &'a str)], name: &str) -> Option<&'a str> {
    side.iter().find(|(attribute, _)| *attribute == name).map(|(_, value)| *value)
}

impl Looking<'_> {
    /// Looks at every authorization of the plan; gives the places of the steps that need not be done.
    pub(super) fn authorizations(&mut self) -> Vec<usize> {
        let plan = self.plan;
        let index = AuthorizationIndex::new(&self.inventory.policies);
        let mut dropped = Vec::new();
        let mut open = 0;
        for (place, step) in plan.steps.iter().enumerate().filter(|(_, step)| step.id == StepId::Authorize) {
            match Wants::of(step) {
                Some(wants) if self.authorization(&index, &wants) => dropped.push(place),
                _ => open += 1,
            }
        }
        if open == 0 && !dropped.is_empty() {
            // There is nothing left to wait for.
            dropped.extend(
                plan.steps.iter().enumerate().filter(|(_, step)| step.id == StepId::Wait).map(|(place, _)| place),
            );
        }
        dropped
    }

    /// Looks at one of them, and says whether it stands already for every key of the plan that it is about.
    fn authorization(&mut self, index: &AuthorizationIndex, wants: &Wants<'_>) -> bool {
        let document = self.document;
        let about = |key: &&str| {
            parse(key).is_ok_and(|crn| {
                value(&wants.resource, "serviceName") == Some(crn.service_name)
                    && value(&wants.resource, "serviceInstance").is_none_or(|instance| instance == crn.service_instance)
                    && value(&wants.resource, "resource").is_none_or(|resource| resource == crn.resource)
            })
        };
        let keys: Vec<&str> = super::keys(document).into_iter().filter(about).collect();
        let mut all = !keys.is_empty();
        for key in keys {
            all &= self.covered(index, wants, key);
        }
        all
    }

    fn covered(&mut self, index: &AuthorizationIndex, wants: &Wants<'_>, key: &str) -> bool {
        let inventory = self.inventory;
        let (Some(service), Some(account)) = (value(&wants.subject, "serviceName"), value(&wants.subject, "accountId"))
        else {
            return false;
        };
        let id = if service == self.service.service_name { self.service.id } else { service };
        let name = format!("{id}@{account}");
        let source = AskedSource::Planned { name: &name, id, service, account };
        let Ok(asked_key) = asked_key(inventory, key) else { return false };
        let asked = asked_use(inventory, index, &source, asked_key);
        let decision = &asked.decision;
        let pair = asked.pair();
        let delegated = !wants.delegates
            || decision
                .policies
                .iter()
                .filter_map(|policy| inventory.policies.get(*policy))
                .any(|policy| policy.roles.iter().any(|role| delegation(role) == Truth::True));
        let who = format!("`{service}` of account {account}");
        let mut check = match decision.verdict {
            Verdict::Covered if delegated => Check::new(
                CheckId::Authorization,
                Some(key),
                Standing::Fine,
                format!("{who} is authorized already: the step is left out; network rules were not looked at"),
            ),
            Verdict::Covered => Check::new(
                CheckId::Authorization,
                Some(key),
                Standing::Fine,
                format!("{who} is authorized, but cannot pass it on: the step stays"),
            ),
            Verdict::NotCovered => Check::new(
                CheckId::Authorization,
                Some(key),
                Standing::Fine,
                format!("{who} is not authorized yet: the step is needed"),
            ),
            Verdict::Unknown => Check::new(
                CheckId::Authorization,
                Some(key),
                Standing::Unknown,
                format!("whether {who} is authorized already is not known; if it is, IAM refuses the step"),
            )
            .because(DUPLICATE.source),
        };
        check.policies.clone_from(&decision.policies);
        check.witnesses = witnesses(inventory, &decision.policies);
        let mut wanted: Vec<Wanted> = Vec::new();
        for fact in &decision.unknown {
            let one = pair.wanted(inventory, &fact.doubt);
            if check.standing == Standing::Unknown && !wanted.contains(&one) {
                wanted.push(one);
            }
            if let Doubt::ScopeUnsupported { attribute } = &fact.doubt {
                let said = format!(
                    "an authorization is restricted by `{attribute}`, which {} does not honour",
                    self.service.title
                );
                let mut scope = Check::new(CheckId::AuthorizationScope, Some(key), Standing::Caution, said);
                scope.policies.clone_from(&fact.policies);
                scope.witnesses = witnesses(inventory, &fact.policies);
                scope.source = Some(self.service.scopes_because.source);
                self.checks.push(scope);
            }
        }
        check.wanted = wanted;
        let covered = check.standing == Standing::Fine && decision.verdict == Verdict::Covered && delegated;
        self.checks.push(check);
        if !covered {
            self.conflict(wants, key);
        }
        covered
    }

    /// An authorization of the same source for the same keys, which IAM takes for the one that is to be made.
    fn conflict(&mut self, wants: &Wants<'_>, key: &str) {
        let inventory = self.inventory;
        let same = |policy: &Authorization| {
            policy.subjects.iter().any(|side| is_same(side, &wants.subject))
                && policy.resources.iter().any(|side| is_same(side, &wants.resource))
        };
        let standing: Vec<usize> =
            inventory.policies.iter().enumerate().filter(|(_, policy)| same(policy)).map(|(place, _)| place).collect();
        if standing.is_empty() {
            return;
        }
        let said = "an authorization of the same source for the same keys stands already, with other roles: IAM answers 409 \
                    `policy_conflict_error` to a second one; change the one that stands";
        let mut check =
            Check::new(CheckId::AuthorizationConflict, Some(key), Standing::Bad, said).because(DUPLICATE.source);
        check.witnesses = witnesses(inventory, &standing);
        check.policies = standing;
        self.checks.push(check);
    }
}

fn witnesses(inventory: &crate::inventory::Inventory, policies: &[usize]) -> Vec<crate::inventory::Witness> {
    policies.iter().filter_map(|policy| inventory.policy_witnesses.get(*policy).copied()).collect()
}

/// Whether a side says just these attributes.
fn is_same(side: &Side, wanted: &[(&str, &str)]) -> bool {
    side.attributes.len() == wanted.len() && wanted.iter().all(|(name, value)| side.exact(name) == Some(value))
}
