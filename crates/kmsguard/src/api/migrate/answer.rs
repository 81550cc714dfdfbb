//! The parts of the answer.

use serde::Serialize;

use crate::api::{Command, Evidence, KeyState, KeyType, Now, Problem, Surface, Unknown, UseWitness, Verdict, parts};
use crate::authz::Match;
use crate::catalog::Source;
use crate::catalog::dates::HYPER_PROTECT_END;
use crate::catalog::migration::{Follows, UNSEEN};
use crate::inventory::{Belongs, Inventory, SharedText};
use crate::migrate::{Association, Grant, Migration, Readiness, Reported, Row, Step};
use crate::policy::Forms;

/// When Hyper Protect Crypto Services ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationDeadline {
    /// The day: of those that pages name, the earlier.
    pub date: String,
    /// How many days are left; negative once it is past.
    pub days_left: i32,
    /// The page that says so.
    pub source: Source,
    /// What another page says.
    pub also: MigrationOtherDate,
}

/// Another day that a page names for the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationOtherDate {
    /// The day.
    pub date: String,
    /// The page that says so.
    pub source: Source,
}

/// Whether resources of a service follow the intent of their key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MigrationIntent {
    /// They do.
    Full,
    /// They do not.
    None,
    /// No page says.
    Unknown,
}

/// A key to move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationRow {
    /// The CRN of the key to move from.
    pub source_key: String,
    /// The CRN of the key to move to, where exactly one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_key: Option<String>,
    /// How far it is.
    pub readiness: Readiness,
    /// Whether nothing stands in the way and everything is known, or all has moved already.
    pub ready: bool,
    /// The state of the key to move from.
    pub state: KeyState,
    /// What kind of key it is, where an export tells.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<KeyType>,
    /// The state of the key to move to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_state: Option<KeyState>,
    /// Whether the key to move to is of Key Protect Dedicated, where something tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_dedicated: Option<bool>,
    /// Whether the intent to move is set, where something tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intent_set: Option<bool>,
    /// What uses the key, by CRN.
    pub associations: Vec<MigrationAssociation>,
    /// So many resources are seen with the key to move to.
    pub target_associations: u32,
    /// What the migration tool wrote of the pair, in the order of the inputs.
    pub tool_reports: Vec<MigrationToolReport>,
    /// Keys that could be the one to move to, where none is named: suggestions, never more.
    pub candidates: Vec<MigrationCandidate>,
    /// So many more keys could be.
    pub more_candidates: u32,
    /// What is wrong, and what to look at: what stands in the way first.
    pub problems: Vec<Problem>,
    /// What is not known, and what would settle it.
    pub unknown: Vec<Unknown>,
    /// What comes next.
    pub next: MigrationNext,
}

/// A resource that uses the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationAssociation {
    /// Its CRN, as registered.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub resource: SharedText,
    /// The deployment it belongs to; absent where that is not known.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment: Option<SharedText>,
    /// Its service.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub service: SharedText,
    /// Whether it follows the intent of its key.
    pub intent: MigrationIntent,
    /// Whether one authorization lets it use the key to move to, by the criteria that IBM publishes for its migration tool.
    pub verdict: Match,
    /// Whether IAM would: it adds up what several authorizations grant, and no tool's need for delegation.
    pub authorized: Verdict,
    /// Why the two differ, where they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differs: Option<String>,
    /// The ids of the authorizations that match.
    pub policies: Vec<String>,
    /// Other services that need an authorization of their own.
    pub grants: Vec<MigrationGrant>,
    /// Whether it is seen with the key to move to already.
    pub on_target: bool,
    /// Whether it has moved: it is registered with the key to move to, and nothing proves that it still uses the other.
    pub moved: bool,
    /// Whether a witness is proof.
    pub proved: bool,
    /// Where it was read.
    pub witnesses: Vec<UseWitness>,
    /// The smallest authorization that would let it; absent where one does, or where nobody but the service can make it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<Forms>,
}

/// Another service that needs an authorization beside that of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationGrant {
    /// The service, by the name that authorizations have for it.
    pub service: String,
    /// Whether there is one.
    pub verdict: Match,
    /// The ids of those that match.
    pub policies: Vec<String>,
    /// The smallest one that would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<Forms>,
}

/// What the migration tool wrote of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationToolReport {
    /// How many resources it found registered with the key to move from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_associations: Option<u32>,
    /// How many with the key to move to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_associations: Option<u32>,
    /// What became of the operation, as it wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Where it stands.
    pub evidence: Evidence,
}

/// A key that could be the one to move to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationCandidate {
    /// Its CRN.
    pub key: String,
    /// Whether it is of Key Protect Dedicated, where something tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dedicated: Option<bool>,
    /// Whether it has the name of the key to move from.
    pub same_name: bool,
    /// Whether it is in its region.
    pub same_region: bool,
    /// Whether it is in its account.
    pub same_account: bool,
    /// Whether another key is to move to it already.
    pub taken: bool,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationNext {
    /// What to do.
    pub action: String,
    /// What does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Not before that moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Now>,
}

/// An authorization to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationPolicy {
    /// So many resources wait for it.
    pub associations: u32,
    /// It, in all forms.
    pub template: Forms,
}

/// A step of the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationStep {
    /// `pair`, `authorize`, `check`, `create`, `sync`, `status`, `disable`.
    pub id: String,
    /// What is done.
    pub text: String,
    /// For so many keys.
    pub keys: u32,
    /// What does it.
    pub command: Command,
    /// The earliest moment, if the steps before are done at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Now>,
    /// The page that says so.
    pub source: Source,
}

/// What the exports show, and what none can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationScope {
    /// What was read that tells of uses.
    pub seen: Vec<String>,
    /// What no export shows.
    pub not_seen: Vec<MigrationUnseen>,
}

/// A use that no export shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationUnseen {
    /// What it is.
    pub usage: String,
    /// How to find out whether there is one.
    pub how_to_check: String,
    /// The page that says so.
    pub source: Source,
}

/// The rows in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationSummary {
    /// Keys to move.
    pub keys: u32,
    /// Of them: all has moved.
    pub moved: u32,
    /// Nothing stands in the way.
    pub ready: u32,
    /// Something is not known.
    pub unknown: u32,
    /// Something stands in the way.
    pub not_ready: u32,
    /// The key to move to is named.
    pub paired: u32,
    /// Resources that use the keys.
    pub associations: u32,
    /// Of them, by the criteria of the migration tool: an authorization matches.
    pub matched: u32,
    /// None does.
    pub no_match: u32,
    /// It is not known.
    pub undecided: u32,
    /// Resources that do not follow an intent.
    pub not_following: u32,
    /// Resources of services of which no page says.
    pub following_unknown: u32,
    /// Authorizations to make.
    pub policies: u32,
}

pub(super) fn source(place: usize) -> Source {
    let first = HYPER_PROTECT_END.sources.first().copied();
    let unnamed = Source { title: "", url: "", as_of: "" };
    HYPER_PROTECT_END.sources.get(place).copied().or(first).unwrap_or(unnamed)
}

pub(super) fn row(inventory: &Inventory, row: &Row<'_>) -> MigrationRow {
    let target = row.target.as_ref();
    MigrationRow {
        source_key: row.source.crn.to_owned(),
        target_key: target.map(|target| target.crn.to_owned()),
        readiness: row.readiness,
        ready: matches!(row.readiness, Readiness::Ready | Readiness::Moved),
        state: row.source.state,
        kind: row.source.extractable.map(|standard| if standard { KeyType::Standard } else { KeyType::Root }),
        target_state: target.map(|target| target.state),
        target_dedicated: row.dedicated,
        intent_set: row.intent,
        associations: row.associations.iter().map(|one| association(inventory, one, target.is_some())).collect(),
        target_associations: number(row.resources_on_target.len()),
        tool_reports: row.reported.iter().map(|one| reported(inventory, one)).collect(),
        candidates: row
            .candidates
            .iter()
            .map(|candidate| MigrationCandidate {
                key: candidate.crn.to_owned(),
                dedicated: candidate.dedicated,
                same_name: candidate.same_name,
                same_region: candidate.same_region,
                same_account: candidate.same_account,
                taken: candidate.taken,
            })
            .collect(),
        more_candidates: number(row.more_candidates),
        problems: row.faults.iter().map(|fault| Problem::of_migration(inventory, row, fault)).collect(),
        unknown: row.unknown.iter().cloned().map(parts::unknown).collect(),
        next: MigrationNext {
            action: row.next.action.clone(),
            command: row.next.command.clone(),
            not_before: row.next.not_before,
        },
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn reported(inventory: &Inventory, one: &Reported<'_>) -> MigrationToolReport {
    MigrationToolReport {
        source_associations: one.source_associations,
        target_associations: one.target_associations,
        status: one.status.map(str::to_owned),
        evidence: Evidence::of(inventory, one.witness),
    }
}

fn association(inventory: &Inventory, one: &Association<'_>, paired: bool) -> MigrationAssociation {
    let found = one.found;
    let deployment = match found.belongs {
        Belongs::Deployment(deployment) => Some(deployment),
        Belongs::Managed(owner) => owner,
        Belongs::Unreadable => None,
    };
    let names = |policies: &[usize]| policies.iter().map(|policy| inventory.policy_name(*policy)).collect();
    MigrationAssociation {
        resource: inventory.shared(found.resource),
        deployment: deployment.map(|deployment| inventory.shared(deployment)),
        service: inventory.shared(found.service),
        intent: match one.follows {
            Follows::Full => MigrationIntent::Full,
            Follows::None => MigrationIntent::None,
            Follows::Unknown => MigrationIntent::Unknown,
        },
        verdict: one.verdict,
        authorized: one.authorized,
        differs: differs(inventory, one).filter(|_| paired),
        policies: one.judged.as_deref().map(|judged| names(&judged.policies)).unwrap_or_default(),
        grants: one.grants.iter().map(|one| grant(one, &names)).collect(),
        on_target: one.on_target,
        moved: one.moved,
        proved: found.is_proved(),
        witnesses: found
            .witnesses
            .iter()
            .map(|(kind, witness)| UseWitness { kind: *kind, evidence: Evidence::of(inventory, *witness) })
            .collect(),
        template: one.template.as_deref().cloned(),
    }
}

fn grant(one: &Grant, names: &dyn Fn(&[usize]) -> Vec<String>) -> MigrationGrant {
    MigrationGrant {
        service: one.service.to_owned(),
        verdict: one.verdict,
        policies: names(&one.policies),
        template: one.template.as_deref().cloned(),
    }
}

/// Why the tool and IAM do not say the same.
fn differs(inventory: &Inventory, one: &Association<'_>) -> Option<String> {
    let judged = one.judged.as_deref()?;
    if one.by_service {
        let text =
            "the check of the migration tool finds no authorization for this disk: the cluster makes it while it moves";
        return Some(text.to_owned());
    }
    let delegator_alone = judged.need.delegation == crate::catalog::needs::Required::Yes;
    let text = match (judged.verdict, judged.decision.verdict) {
        (Match::NoMatch, Verdict::Covered) if !judged.decision.single_policy => format!(
            "IAM adds up {}; the migration tool wants one authorization that grants everything",
            judged
                .decision
                .policies
                .iter()
                .map(|policy| format!("`{}`", inventory.policy_name(*policy)))
                .collect::<Vec<_>>()
                .join(" and ")
        ),
        (Match::NoMatch, Verdict::Covered) if delegator_alone => {
            "IAM lets it in without delegation; the migration tool always wants delegation for this service".to_owned()
        }
        (Match::Match, Verdict::Unknown) => {
            "the migration tool finds a match; but the service may not honour the scope of the authorization".to_owned()
        }
        (Match::Match, Verdict::Covered)
        | (Match::NoMatch, Verdict::Unknown)
        | (Match::NoMatch, Verdict::NotCovered)
        | (Match::Unknown, Verdict::Unknown) => {
            return None;
        }
        _ => "the criteria of the migration tool and IAM need not come to the same; both must agree before it is ready"
            .to_owned(),
    };
    Some(text)
}

/// The CRNs that a row names.
pub(super) fn named(row: &MigrationRow) -> impl Iterator<Item = &str> {
    let keys = std::iter::once(row.source_key.as_str()).chain(row.target_key.as_deref());
    let candidates = row.candidates.iter().map(|candidate| candidate.key.as_str());
    let of_associations = row.associations.iter().filter_map(|one| one.deployment.as_ref()).map(|crn| &**crn);
    keys.chain(candidates).chain(of_associations)
}

pub(super) fn policies(found: &Migration<'_>) -> Vec<MigrationPolicy> {
    let policy = |(template, associations): &(Forms, u32)| MigrationPolicy {
        associations: *associations,
        template: template.clone(),
    };
    found.policies.iter().map(policy).collect()
}

pub(super) fn step(step: &Step) -> MigrationStep {
    MigrationStep {
        id: step.act.name().to_owned(),
        text: step.text.to_owned(),
        keys: step.keys,
        command: Command { surface: Surface::Cli, text: step.text.to_owned(), command: step.act.command().to_owned() },
        not_before: step.not_before,
        source: step.source,
    }
}

pub(super) fn scope(found: &Migration<'_>) -> MigrationScope {
    let unseen = |unseen: &crate::catalog::migration::Unseen| MigrationUnseen {
        usage: unseen.usage.to_owned(),
        how_to_check: unseen.how_to_check.to_owned(),
        source: unseen.source,
    };
    MigrationScope { seen: found.seen.clone(), not_seen: UNSEEN.iter().map(unseen).collect() }
}

pub(super) fn summary(found: &Migration<'_>) -> MigrationSummary {
    let mut summary = MigrationSummary { policies: number(found.policies.len()), ..MigrationSummary::default() };
    for row in &found.rows {
        summary.keys += 1;
        *match row.readiness {
            Readiness::Moved => &mut summary.moved,
            Readiness::Ready => &mut summary.ready,
            Readiness::Unknown => &mut summary.unknown,
            Readiness::NotReady => &mut summary.not_ready,
        } += 1;
        summary.paired += u32::from(row.target.is_some());
        for one in &row.associations {
            summary.associations += 1;
            *match one.verdict {
                Match::Match => &mut summary.matched,
                Match::NoMatch => &mut summary.no_match,
                Match::Unknown => &mut summary.undecided,
            } += 1;
            summary.not_following += u32::from(one.follows == Follows::None);
            summary.following_unknown += u32::from(one.follows == Follows::Unknown);
        }
    }
    summary
}

/// A verdict as reports write it.
pub(crate) const fn verdict_word(verdict: Match) -> &'static str {
    match verdict {
        Match::Match => "match",
        Match::NoMatch => "no-match",
        Match::Unknown => "unknown",
    }
}

/// Whether a resource follows, as reports write it.
pub(crate) const fn intent_word(intent: MigrationIntent) -> &'static str {
    match intent {
        MigrationIntent::Full => "full",
        MigrationIntent::None => "none",
        MigrationIntent::Unknown => "unknown",
    }
}

/// What IAM would say, as reports write it.
pub(crate) const fn authorized_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Covered => "covered",
        Verdict::NotCovered => "not-covered",
        Verdict::Unknown => "unknown",
    }
}
