//! A source and a key with what was decided of them, whether an export shows the one to use the other or somebody asked.

use super::decide::{Decision, Verdict};
use super::evaluate::KeyUse;
use super::reason::Doubt;
use super::texts::settles;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, Seen, Symbol, Witness, account_command, instance_command};

/// A source, a key, and the decision about them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair<'a> {
    /// The source: the CRN as registered, or as it was asked for.
    pub(crate) source: &'a str,
    /// Of what a fact about the source is: its deployment, or the source itself.
    pub(crate) of: &'a str,
    /// The source is not made yet.
    pub(crate) planned: bool,
    /// The key, where a list holds it.
    pub(crate) key: Option<&'a Key>,
    /// The CRN of the key, where it is named by one.
    pub(crate) key_crn: Option<&'a str>,
    /// The id of the key.
    pub(crate) key_id: &'a str,
    /// Where the use was read.
    pub(crate) witnesses: &'a [(Seen, Witness)],
    /// The account of the source.
    pub(crate) source_account: Option<&'a str>,
    /// The account of the key, where the exports know it.
    pub(crate) account: Option<Symbol>,
    /// The use as the evaluator sees it.
    pub(crate) key_use: KeyUse<'a>,
    /// What was decided.
    pub(crate) decision: &'a Decision,
}

/// What would settle a doubt about a use: which export, of what, and how to make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The kind of export; none for a fact that no export holds.
    pub(crate) export: Option<ExportKind>,
    /// The name of the export or of the fact.
    pub(crate) name: String,
    /// Of which account or KMS instance; of a fact, of which resource.
    pub(crate) of: Option<String>,
    /// Why it is needed.
    pub(crate) why: String,
    /// The command that makes it.
    pub(crate) command: Option<String>,
    /// The least role that may run it.
    pub(crate) role: Option<&'static str>,
}

impl Pair<'_> {
    /// The worse of the pair's own verdict and those of the services that work for it.
    pub(crate) fn worst(&self) -> Verdict {
        self.decision.worst()
    }

    /// What would settle a doubt about this pair.
    pub(crate) fn wanted(&self, inventory: &Inventory, doubt: &Doubt) -> Wanted {
        let settles = settles(doubt);
        let no_export = self.planned && settles.of_source;
        let Some(export) = settles.export.filter(|_| !no_export) else {
            // Of what is not made yet no export tells anything.
            let why = match doubt {
                Doubt::DelegationNeed if self.planned => {
                    "whether the service needs delegation depends on its plan: ask for a service by the id of its plan, such \
                     as `event-streams-gen2@ACCOUNT`"
                        .to_owned()
                }
                _ => settles.why,
            };
            let (name, of) = (settles.fact, Some(self.of.to_owned()));
            return Wanted { export: None, name, of, why, command: None, role: None };
        };
        let text = |symbol: Symbol| inventory.text(symbol).to_owned();
        let (of, command, role) = if export == ExportKind::KmsKeys {
            let instance = self.key.map(|key| text(key.instance));
            let command = instance.as_deref().and_then(|instance| instance_command(export, instance));
            (instance, command, "Reader")
        } else {
            let account = match settles.of_source {
                true => self.source_account.map(str::to_owned),
                false => self.account.map(text).or_else(|| self.key_use.target.account.value().map(str::to_owned)),
            };
            (account, account_command(export).map(str::to_owned), "Viewer")
        };
        Wanted { export: Some(export), name: export.name().to_owned(), of, why: settles.why, command, role: Some(role) }
    }
}
