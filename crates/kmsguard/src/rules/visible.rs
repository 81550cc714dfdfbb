//! What is left of a service in an account, as far as exports show it.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::finding::{Needed, NeededKind};
use super::rests::all_uses;
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::Seen;

/// What is left of a service in an account, the most telling thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Left {
    /// Nothing that any export shows.
    Nothing,
    /// An instance.
    Instance,
    /// An instance that was deleted and is not reclaimed yet.
    SoftDeleted,
    /// A registration.
    Registration,
}

/// What is left of each service, by account and by the name that authorizations have for the service.
#[derive(Debug, Default)]
pub(crate) struct Visible {
    left: BTreeMap<(String, String), Left>,
    /// The locations of the settings of Schematics that were read, by account.
    settings: BTreeMap<String, BTreeSet<String>>,
}

/// The locations that settings of Schematics are documented for.
///
/// Source: Schematics: CLI reference, `ibmcloud schematics kms enable`, as of 2026-07-07.
const SETTINGS: [&str; 2] = ["US", "EU"];

impl Visible {
    /// What the exports of an audit show.
    pub(super) fn of<'a>(context: &Context<'a>) -> &'a Self {
        context.shared.visible.get_or_init(|| Self::new(context))
    }

    fn new(context: &Context<'_>) -> Self {
        let inventory = context.inventory;
        let mut found = Self::default();
        let mut put = |account: &str, service: &str, left: Left| {
            let known = found.left.entry((account.to_owned(), service.to_owned())).or_insert(Left::Nothing);
            *known = left.max(*known);
        };
        for instance in &inventory.instances {
            let Some(account) = instance.account else { continue };
            let left = if instance.is_soft_deleted(inventory) { Left::SoftDeleted } else { Left::Instance };
            put(inventory.text(account), inventory.text(instance.service), left);
        }
        let mut last = None;
        for one in all_uses(context) {
            let registered = one.found.witnesses.iter().any(|(seen, _)| *seen == Seen::Registration);
            let (true, Some(account)) = (registered, one.found.account) else { continue };
            let is_storage = inventory.text(one.found.service) == "is";
            // Uses of one service follow each other often, and storage of VPC has two names.
            if !is_storage && last == Some((account, one.found.service)) {
                continue;
            }
            last = Some((account, one.found.service));
            let source = one.key_use().source.service_name.value();
            for service in source.into_iter().chain([inventory.text(one.found.service)]) {
                put(inventory.text(account), service, Left::Registration);
            }
        }
        for settings in &inventory.settings {
            let account = parse(inventory.text(settings.resource)).ok().and_then(|crn| crn.account());
            let Some(account) = account else { continue };
            let location = inventory.text(settings.location).to_ascii_uppercase();
            found.settings.entry(account.to_owned()).or_default().insert(location);
        }
        found
    }

    /// What is left of a service in an account.
    pub(super) fn left(&self, service: &str, account: &str) -> Left {
        self.left.get(&(account.to_owned(), service.to_owned())).copied().unwrap_or(Left::Nothing)
    }

    /// The settings of Schematics that were not read.
    pub(super) fn settings_needed(&self, account: &str) -> Option<Needed> {
        let read = self.settings.get(account);
        let missing = SETTINGS.iter().find(|location| !read.is_some_and(|read| read.contains(**location)))?;
        Some(Needed {
            kind: NeededKind::Export,
            name: ExportKind::SchematicsSettings.name().to_owned(),
            of: Some(account.to_owned()),
            why: "the settings of every location are needed to say that Schematics uses no key; they name their account in a manifest alone".to_owned(),
            command: Some(format!("ibmcloud schematics kms info --location {missing} --output json")),
            role: Some("Reader".to_owned()),
        })
    }
}
