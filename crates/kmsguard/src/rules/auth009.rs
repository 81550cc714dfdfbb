//! # AUTH009 authorization-redundant
//!
//! ## What it finds
//!
//! An authorization that grants nothing which one other authorization does not grant, both made by somebody of the account. Of two
//! that grant the same, the younger.
//!
//! ## Why it matters
//!
//! Whoever tightens or takes away one of the two changes nothing, and believes that they did. IAM refuses to make the same
//! authorization twice, but not one that a wider one contains (IAM Policy Management API, 2026-06-29).
//!
//! ## Example
//!
//! One for all keys, and one for the keys of an instance:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!   "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                {"name": "serviceName", "value": "messagehub"}]}],
//!   "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!   "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                {"name": "serviceName", "value": "kms"}]}]},
//!  {"id": "20000000-0000-4000-8000-000000000002", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ## What to do
//!
//! Decide which of the two is meant. Mostly that is the narrower one, and the wider one is to go.
//!
//! Where hundreds of authorizations go by patterns, not every one can be compared with every other. Those of which it could not be
//! decided are told as undetermined. `kmsguard policy FILE --compare OTHER` compares the ones in doubt.
//!
//! ## When not to heed it
//!
//! While services move from one authorization to the other.

use hashbrown::HashSet;

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Needed, NeededKind, Severity};
use super::mistakes::Mistakes;
use super::page::page;
use super::policies::{self, KeyPolicy, Maker};
use super::registry::Rule;
use super::sources;
use super::{Context, mend};
use crate::authz::redundant;
use crate::order::Arrange as _;
use crate::policy::Authorization;

pub(super) static RULE: Rule = Rule {
    id: "AUTH009",
    name: "authorization-redundant",
    title: "an authorization grants nothing that another does not",
    severity: Severity::Low,
    stake: Stake::Other("no data is lost by it; taking one of the two away does not take away what it grants"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::POLICY_API],
    comment: page!("auth009.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    let mistakes = Mistakes::of(&context);
    let mut compared: Vec<(KeyPolicy<'_>, Maker)> = policies::on_keys(&context)
        .filter(|one| !mistakes.has(one.number))
        .map(|one| (one, policies::maker(one.policy)))
        .filter(|(_, maker)| *maker != Maker::Service)
        .collect();
    // The older stays. Of what has no date, nobody can say: there the id decides, so that it is always the same one.
    let age =
        |one: &KeyPolicy<'_>| (one.policy.created_at.is_none(), one.policy.created_at.clone(), one.policy.id.clone());
    compared.arrange_by_key(|(one, _)| age(one));
    let customers: Vec<KeyPolicy<'_>> =
        compared.iter().filter(|(_, maker)| *maker == Maker::Customer).map(|(one, _)| *one).collect();
    let superfluous = superfluous(&customers);
    let mut settled: HashSet<usize> = HashSet::new();
    for (one, by, equivalent) in superfluous.certain {
        settled.insert(one.number);
        findings.found.push(finding(&context, one, by, equivalent));
    }
    for one in superfluous.undecided {
        settled.insert(one.number);
        policies::put_undetermined(&RULE, one, comparison_needed(), findings);
    }
    if customers.len() == compared.len() {
        return;
    }
    // With those of which nothing says who made them: what is superfluous only because of them is not known to be.
    let all: Vec<KeyPolicy<'_>> = compared.iter().map(|(one, _)| *one).collect();
    let superfluous = self::superfluous(&all);
    for (one, by, _) in superfluous.certain.into_iter().filter(|(one, ..)| !settled.contains(&one.number)) {
        let open = if policies::maker(one.policy) == Maker::Unknown { one } else { by };
        policies::put_undetermined(&RULE, one, policies::author_needed(open), findings);
    }
    for one in superfluous.undecided.into_iter().filter(|one| !settled.contains(&one.number)) {
        policies::put_undetermined(&RULE, one, comparison_needed(), findings);
    }
}

/// What of some policies is superfluous.
struct Superfluous<'a> {
    /// Those that another makes superfluous, with that one, and whether both grant the same.
    certain: Vec<(KeyPolicy<'a>, KeyPolicy<'a>, bool)>,
    /// Those of which it could not be decided.
    undecided: Vec<KeyPolicy<'a>>,
}

fn superfluous<'a>(list: &[KeyPolicy<'a>]) -> Superfluous<'a> {
    let policies: Vec<Authorization> = list.iter().map(|one| one.policy.clone()).collect();
    let pair = |of: crate::authz::Redundant| Some((*list.get(of.policy)?, *list.get(of.by)?, of.equivalent));
    let found = redundant(&policies);
    Superfluous {
        certain: found.certain.into_iter().filter_map(pair).collect(),
        undecided: found.undecided.into_iter().filter_map(|number| list.get(number).copied()).collect(),
    }
}

/// That a person must compare: no export settles it.
fn comparison_needed() -> Needed {
    Needed {
        kind: NeededKind::Fact,
        name: "patterns".to_owned(),
        of: None,
        why: "the patterns of these authorizations are too many or too long to be compared with each other: compare the ones in doubt by \
              themselves"
            .to_owned(),
        command: None,
        role: None,
    }
}

fn finding(context: &Context<'_>, one: KeyPolicy<'_>, by: KeyPolicy<'_>, equivalent: bool) -> Finding {
    let (own, other) = (policies::called(one.policy), policies::called(by.policy));
    let message = match equivalent {
        true => format!("{own} grants the same as {other}, which is older"),
        false => format!("{own} grants nothing that {other} does not grant"),
    };
    let (remediation, commands) = match equivalent {
        true => ("take one of the two away", mend::delete(one.policy, "takes the younger one away")),
        false => (
            "take this one away, or, where the wider one was not meant, that one once nothing rests on it alone",
            mend::delete(one.policy, "takes the one away that grants nothing more"),
        ),
    };
    let found = policies::finding(&RULE, context.inventory, one, message, remediation, commands);
    Finding {
        policies: found.policies.into_iter().chain(by.policy.id.clone()).collect(),
        evidence: found
            .evidence
            .into_iter()
            .chain(context.inventory.policy_witnesses.get(by.number).copied())
            .collect(),
        ..found
    }
}
