//! `tighten`: the smallest authorizations that keep covered every use that exports show.

use serde::{Deserialize, Serialize};

use super::exports::{self, InputReport, Labels};
use super::parts::unknown;
use super::{Answer, Command, Now, Outcome, Problem, SCHEMA_VERSION, Surface, Tool, Unknown};
use crate::authz::{self, TightenedExports, Untouched};
use crate::inventory::Inventory;
use crate::policy::{Forms, forms};

/// What is asked about authorizations that may be wider than they need be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TightenRequest {
    /// For which moment.
    pub now: Now,
    /// Whether an input that cannot be read is passed over.
    #[serde(default)]
    pub keep_going: bool,
}

impl TightenRequest {
    /// A request for all authorizations.
    #[must_use]
    pub const fn at(now: Now) -> Self {
        Self { now, keep_going: false }
    }
}

/// A use that rests on an authorization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RestingUse {
    /// The CRN of the source, as registered.
    pub source: String,
    /// The CRN of the key, or its id where no CRN is known.
    pub key: String,
}

/// Why an authorization stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum KeptBecause {
    /// It is as narrow as the service honours.
    Narrow,
    /// A use rests on it that is not known to be covered, or on it together with another.
    Uncertain,
    /// A service made it.
    Service,
    /// It comes from an enterprise's template.
    Managed,
    /// Nothing tells who made it.
    Author,
    /// Part of it cannot be judged.
    Unjudged,
}

/// An authorization that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeptReport {
    /// Its id, or where it stands.
    pub policy: String,
    /// Why.
    pub because: KeptBecause,
    /// Why, in words.
    pub text: String,
}

/// An authorization to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddedReport {
    /// The authorization, in every form that can carry it.
    pub forms: Forms,
    /// The uses that will rest on it.
    pub uses: Vec<RestingUse>,
}

/// An authorization that can go once those to be made stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemovedReport {
    /// Its id, or where it stands.
    pub policy: String,
    /// Why.
    pub text: String,
    /// What takes it away.
    pub commands: Vec<Command>,
}

/// An authorization of which nothing is said, because not every use of it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenReport {
    /// Its id, or where it stands.
    pub policy: String,
    /// What would tell.
    pub needs: Vec<Unknown>,
}

/// Authorizations as they are, and as they could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TightenAnswer {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// `bad` if something can be tightened, `unknown` if that is not known of an authorization.
    pub outcome: Outcome,
    /// The inputs, by name.
    pub inputs: Vec<InputReport>,
    /// What the CRNs are called.
    pub labels: Labels,
    /// The authorizations to make, first.
    pub add: Vec<AddedReport>,
    /// The authorizations to take away, once the new ones work.
    pub remove: Vec<RemovedReport>,
    /// The authorizations on keys that stay, in the order of the inputs.
    pub keep: Vec<KeptReport>,
    /// The authorizations of which nothing is said, in the order of the inputs.
    pub unknown: Vec<OpenReport>,
    /// What was wrong with the inputs.
    pub problems: Vec<Problem>,
}

impl Answer for TightenAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl Inventory {
    /// The smallest authorizations that keep covered every use that the exports show: what to make, what to take away, what stays.
    ///
    /// Nothing is widened, nothing that a service made is touched, and nothing is said of an authorization of which not every
    /// use is known.
    #[must_use]
    pub fn tighten(&self, request: &TightenRequest) -> TightenAnswer {
        let found = authz::tightened(self);
        let add = self.added(&found);
        let remove = self.removed(&found);
        let open: Vec<OpenReport> = found
            .open
            .iter()
            .map(|(policy, wanted)| OpenReport {
                policy: self.policy_name(*policy),
                needs: wanted.iter().cloned().map(unknown).collect(),
            })
            .collect();
        let problems = exports::problems(self);
        let outcome = match exports::outcome(self, &problems, request.keep_going) {
            Outcome::Fine if !add.is_empty() || !remove.is_empty() => Outcome::Bad,
            Outcome::Fine if !open.is_empty() => Outcome::Unknown,
            outcome => outcome,
        };
        let named = add.iter().flat_map(|added| &added.uses).flat_map(|one| [one.source.as_str(), one.key.as_str()]);
        TightenAnswer {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            now: request.now,
            outcome,
            inputs: exports::inputs(self),
            labels: exports::labels(self, named),
            keep: self.kept(&found),
            unknown: open,
            add,
            remove,
            problems,
        }
    }

    fn resting(&self, found: &TightenedExports<'_>, number: usize) -> Option<RestingUse> {
        let pair = found.uses.get(number)?.pair(self);
        Some(RestingUse { source: pair.source.to_owned(), key: pair.key_crn.unwrap_or(pair.key_id).to_owned() })
    }

    fn added(&self, found: &TightenedExports<'_>) -> Vec<AddedReport> {
        let added = found.tightened.added.iter();
        added
            .map(|added| AddedReport {
                forms: forms(&added.policy),
                uses: added.uses.iter().filter_map(|number| self.resting(found, *number)).collect(),
            })
            .collect()
    }

    fn removed(&self, found: &TightenedExports<'_>) -> Vec<RemovedReport> {
        let report = |policy: &usize| {
            let rests = found.uses.iter().any(|one| {
                let dependents = one.decision.dependents.iter().flat_map(|dependent| &dependent.policies);
                one.decision.policies.iter().chain(dependents).any(|other| other == policy)
            });
            let id = self.policies.get(*policy).and_then(|policy| policy.id.as_deref());
            let text = if rests {
                "narrower authorizations cover all that rests on it"
            } else {
                "no use that the exports show rests on it"
            };
            RemovedReport {
                policy: self.policy_name(*policy),
                text: text.to_owned(),
                commands: id
                    .map(|id| Command {
                        surface: Surface::Cli,
                        text: "takes the authorization away; first make the new ones and wait until they work"
                            .to_owned(),
                        command: format!("ibmcloud iam authorization-policy-delete {id}"),
                    })
                    .into_iter()
                    .collect(),
            }
        };
        found.tightened.removed.iter().map(report).collect()
    }

    fn kept(&self, found: &TightenedExports<'_>) -> Vec<KeptReport> {
        let because = |policy: usize| {
            if let Some((_, why)) = found.untouched.iter().find(|(other, _)| *other == policy) {
                return Some(match why {
                    Untouched::Service => (KeptBecause::Service, "a service made it".to_owned()),
                    Untouched::Managed => (KeptBecause::Managed, "it comes from an enterprise's template".to_owned()),
                    Untouched::AuthorUnknown => (KeptBecause::Author, "nothing tells who made it".to_owned()),
                    Untouched::NotJudged => (KeptBecause::Unjudged, "part of it cannot be judged".to_owned()),
                });
            }
            if let Some((_, one)) = found.tightened.held.iter().find(|(other, _)| *other == policy) {
                let source = self.resting(found, *one).map(|one| one.source).unwrap_or_default();
                let text = format!("the use by {source} is not known to be covered, or needs it together with another");
                return Some((KeptBecause::Uncertain, text));
            }
            let is_open = found.open.iter().any(|(other, _)| *other == policy);
            let is_of_keys =
                self.policies.get(policy).is_some_and(|one| authz::is_considered(one) && one.concerns_keys());
            (is_of_keys && !is_open).then(|| (KeptBecause::Narrow, "it is as narrow as the service honours".to_owned()))
        };
        let kept = found.tightened.kept.iter();
        kept.filter_map(|policy| {
            let (because, text) = because(*policy)?;
            Some(KeptReport { policy: self.policy_name(*policy), because, text })
        })
        .collect()
    }
}
