//! Untangling a shared key, as answers show it.

use serde::Serialize;

use crate::api::{Command, Ordering, PlanStep, Problem, Reason, Surface, Unknown};
use crate::catalog::Source;
use crate::catalog::services::MoveKind;
use crate::impact::{How, UntangleVerdict};

/// How a key is untangled that several deployments share: each gets a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UntanglingReport {
    /// The key they share: its CRN, or its id where no CRN is known.
    pub key: String,
    /// What it comes to.
    pub verdict: UntangleVerdict,
    /// Those that share it, by CRN.
    pub deployments: Vec<UntangledDeployment>,
    /// What is done, in order.
    pub steps: Vec<UntangleStep>,
    /// Why something stays on the key, or may; the key may go only where nothing does.
    pub stays: Vec<Reason>,
    /// Whether what is removed at the end harms anything.
    pub removal: Ordering,
    /// What is not known, and what would settle it.
    pub unknown: Vec<Unknown>,
}

/// A deployment that shares the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UntangledDeployment {
    /// Its CRN; that of the resource where its deployment is not known.
    pub deployment: String,
    /// Its service.
    pub service: String,
    /// How it gets another key: the worst of its parts.
    pub how: How,
    /// The key that is made for it; absent where nothing of it moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<NewKey>,
    /// What of it gets its key in one way each.
    pub parts: Vec<UntangledPart>,
}

/// A key that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewKey {
    /// The name that is proposed for it.
    pub name: String,
    /// Its CRN, in which `NEW_KEY_ID` stands for the id that it gets when it is made.
    pub crn: String,
}

/// Resources of a deployment that get another key in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UntangledPart {
    /// The services they may be of, by the ids that plans use.
    pub services: Vec<&'static str>,
    /// Their CRNs.
    pub resources: Vec<String>,
    /// How.
    pub how: How,
    /// Why: where they are seen with the key, and what pages say of a change.
    pub because: Vec<Reason>,
    /// How their data gets into what is made anew; absent for what is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<DataMove>,
    /// The authorization for the new key and the call that gives it, made by `plan`; absent for what moves by no call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<UntanglePlan>,
}

/// How data gets from an old deployment into a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DataMove {
    /// How.
    pub kind: MoveKind,
    /// The same in words.
    pub text: String,
    /// The page that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A plan for one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UntanglePlan {
    /// What is wrong or to be filled in.
    pub problems: Vec<Problem>,
    /// The steps; none if a problem is an error.
    pub steps: Vec<PlanStep>,
}

/// What a step of an untangling does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UntangleAction {
    /// A key is made.
    CreateKey,
    /// A service is let in to the new key.
    Authorize,
    /// A resource is given the new key where it stands.
    ReKey,
    /// A support ticket asks for it.
    OpenTicket,
    /// A resource is made anew with the new key.
    MakeAnew,
    /// Data is moved from the old one into the new one.
    MoveData,
    /// What was made anew is deleted where it stood.
    DeleteInstance,
    /// An authorization for the shared key is removed.
    RevokePolicy,
    /// The first of two people asks for the deletion of the shared key.
    AuthorizeKeyDeletion,
    /// The shared key is deleted, without force.
    DeleteKey,
}

/// A step of an untangling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UntangleStep {
    /// What is done.
    pub action: UntangleAction,
    /// For which deployment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment: Option<String>,
    /// To what: a CRN, or an id.
    pub target: String,
    /// The same in words.
    pub text: String,
    /// How long it waits after what it waits for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<UntangleWait>,
    /// What shows that it may go on.
    pub checks: Vec<Command>,
    /// What to run, in every form there is.
    pub commands: Vec<Command>,
    /// Why, where a page says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl UntangleStep {
    /// What to run in a shell: on the command line, or by the REST API where there is no command for it.
    pub fn in_shell(&self) -> impl Iterator<Item = &Command> {
        let has_command = |text: &str| self.commands.iter().any(|one| one.surface == Surface::Cli && one.text == text);
        self.commands.iter().filter(move |one| match one.surface {
            Surface::Cli => true,
            Surface::Rest => !has_command(&one.text),
            _ => false,
        })
    }
}

/// How long a step waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UntangleWait {
    /// For what.
    pub why: String,
    /// For so many seconds, by the cautious reading; absent where no page says how long, and the checks alone tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// The page that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}
