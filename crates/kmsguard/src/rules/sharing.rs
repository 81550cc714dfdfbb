//! Who shares a key, and who is not counted.

use std::collections::BTreeSet;

use hashbrown::HashSet;

use super::finding::{Command, Needed, Undetermined};
use super::registry::Rule;
use super::stale::{self, Lists};
use super::{dep005, unread, words};
use crate::ingest::ExportKind;
use crate::inventory::{Belongs, Inventory, Key, KeyIndex, Listing, Symbol, Use, Witness, instance_command};

/// The uses of a key.
pub(super) struct Sharing<'a> {
    /// Those that count.
    pub(super) standing: Vec<&'a Use>,
    /// Those of deployments that were deleted and wait for reclamation.
    deleted: Vec<&'a Use>,
    /// Registrations of what is gone, as DEP004 finds them.
    stale: Vec<&'a Use>,
    /// Parameters that have no effect, as DEP005 finds them.
    ignored: Vec<&'a Use>,
    /// A use is of a resource whose CRN cannot be read.
    unreadable: bool,
    /// Nothing proves one of the uses.
    unproved: bool,
    /// How many uses there are of any kind.
    all: usize,
}

impl<'a> Sharing<'a> {
    /// That of a key.
    pub(super) fn of(inventory: &'a Inventory, lists: &mut Lists<'_>, key: KeyIndex) -> Self {
        let uses: Vec<&Use> = inventory.uses_of(key).collect();
        let mut sharing = Self {
            standing: Vec::new(),
            deleted: Vec::new(),
            stale: Vec::new(),
            ignored: Vec::new(),
            unreadable: uses.iter().any(|found| found.belongs == Belongs::Unreadable),
            unproved: uses.iter().any(|found| !found.is_proved()),
            all: uses.len(),
        };
        for found in uses.into_iter().filter(|found| found.is_proved()) {
            let place = if words::is_soft_deleted(inventory, found) {
                &mut sharing.deleted
            } else if lists.is_gone(found) {
                &mut sharing.stale
            } else if dep005::is_ignored(inventory, found) {
                &mut sharing.ignored
            } else {
                &mut sharing.standing
            };
            place.push(found);
        }
        sharing
    }

    /// The deployments that count.
    pub(super) fn deployments(&self) -> Vec<Symbol> {
        words::deployments(&self.standing)
    }

    /// Whether the deployments that count are of several accounts.
    pub(super) fn is_across_accounts(&self) -> bool {
        let mut accounts = self.counted().filter_map(|found| found.account);
        accounts.next().is_some_and(|first| accounts.any(|account| account != first))
    }

    /// The services of the deployments that count.
    pub(super) fn services(&self, inventory: &'a Inventory) -> BTreeSet<&'a str> {
        let services: HashSet<Symbol> = self.counted().map(|found| found.service).collect();
        services.into_iter().map(|service| inventory.text(service)).collect()
    }

    fn counted(&self) -> impl Iterator<Item = &'a Use> {
        self.standing.iter().copied().filter(|found| found.belongs.deployment().is_some())
    }

    /// Where the deployments that count were read.
    pub(super) fn evidence(&self) -> Vec<Witness> {
        let mut evidence: Vec<Witness> =
            self.counted().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness)).collect();
        evidence.sort();
        evidence
    }

    /// Who was not counted, and whether there may be more, for the end of a message.
    pub(super) fn reservations(&self, inventory: &'a Inventory, key: &Key) -> String {
        let groups = [
            (&self.deleted, "because deleted"),
            (&self.stale, "because neither among the service instances of the account nor among the deleted ones"),
            (&self.ignored, "because the plan ignores the key"),
        ];
        let not_counted: String = groups
            .into_iter()
            .map(|(uses, why)| match words::names(inventory, words::deployments(uses)).as_slice() {
                [] => String::new(),
                names => format!("; not counted, {why}: {}", words::list(names)),
            })
            .collect();
        let cut = match key.registrations {
            Listing::Cut => "; the list of registrations was cut, so there may be more",
            _ => "",
        };
        format!("{not_counted}{cut}")
    }

    /// What would tell of others that share the key, where it is not known that there are none.
    pub(super) fn undetermined(&self, rule: &'static Rule, inventory: &Inventory, key: &Key) -> Option<Undetermined> {
        let why = match key.registrations {
            Listing::Missing => "no registrations of this KMS instance were read",
            Listing::Cut => "the registrations of this KMS instance were cut",
            Listing::Read | Listing::Whole if self.all < 2 => return None,
            Listing::Read | Listing::Whole if self.unreadable => {
                "a registration of this key names a resource whose CRN cannot be read"
            }
            Listing::Read | Listing::Whole if self.unproved => {
                "nothing proves a use of this key that was asked for, planned, reported or seen once"
            }
            Listing::Read | Listing::Whole => {
                let needs = self.whole_list_needed(inventory)?;
                return Some(Undetermined { rule, subject: key.crn, needs });
            }
        };
        let needs = Needed::list_of(ExportKind::KmsRegistrations, inventory.text(key.instance), why);
        Some(Undetermined { rule, subject: key.crn, needs })
    }

    /// The list that would prove what is gone, where the key is shared if it is not.
    fn whole_list_needed(&self, inventory: &Inventory) -> Option<Needed> {
        let doubtful = |found: &&Use| found.account.is_some_and(|account| !stale::is_proved_whole(inventory, account));
        let account = self.stale.iter().copied().find(doubtful)?.account?;
        let both: Vec<&Use> = self.standing.iter().chain(&self.stale).copied().collect();
        let listing = inventory.listing(ExportKind::ResourceInstances, account);
        let why = "a registration of this key is of something that no list of service instances holds, and nothing proves that the \
                   list is whole";
        let needs = Needed { why: why.to_owned(), ..unread::instances(inventory, account, listing) };
        (words::deployments(&both).len() > 1).then_some(needs)
    }
}

/// The command that shows what is registered with a key.
pub(super) fn look(inventory: &Inventory, key: &Key) -> Command {
    let list = instance_command(ExportKind::KmsRegistrations, inventory.text(key.instance)).unwrap_or_default();
    Command::cli("lists what is registered with the key", format!("{list} --key-id {}", inventory.text(key.id)))
}
