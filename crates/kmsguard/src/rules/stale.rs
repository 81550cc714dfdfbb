//! Registrations of what is gone: of a service instance that is in neither the list of the instances of its account nor that of the
//! deleted ones.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Needed;
use super::unread;
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Listing, Seen, Symbol, Use};

/// What lists of service instances say of a registered deployment that none of them holds.
pub(super) enum Stale<'a> {
    /// It is gone, as far as the lists of its account are to be believed.
    Gone,
    /// Its account lacks a list.
    Unlisted(&'a Needed),
    /// It is a cluster, and the list holds none.
    UnlistedCluster,
}

/// The lists of service instances, as far as they can tell what is gone.
pub(super) struct Lists<'a> {
    inventory: &'a Inventory,
    clusters: BTreeSet<Symbol>,
    /// What is missing of an account is found out once: it takes a look at all its instances.
    missing: BTreeMap<Symbol, Option<Needed>>,
}

impl<'a> Lists<'a> {
    pub(super) fn of(inventory: &'a Inventory) -> Self {
        Self { inventory, clusters: unread::accounts_with_clusters(inventory), missing: BTreeMap::new() }
    }

    /// The deployment of a registration that no list holds, and what the lists say of it.
    pub(super) fn stale(&mut self, found: &Use) -> Option<(Symbol, Stale<'_>)> {
        let inventory = self.inventory;
        let deployment = found.belongs.deployment().filter(|one| inventory.instance(*one).is_none())?;
        if !found.witnesses.iter().any(|(seen, _)| *seen == Seen::Registration) {
            return None;
        }
        // What has no service instance is in no list of them, and neither is Schematics.
        let service = inventory.text(found.service);
        let has_instance = parse(inventory.text(deployment)).is_ok_and(|crn| !crn.service_instance.is_empty());
        let account = found.account.filter(|_| has_instance && !matches!(service, "is" | "schematics"))?;
        if service == "containers-kubernetes" && !self.clusters.contains(&account) {
            return Some((deployment, Stale::UnlistedCluster));
        }
        let missing = self.missing.entry(account).or_insert_with(|| unread::whole_lists(inventory, account));
        Some((deployment, missing.as_ref().map_or(Stale::Gone, Stale::Unlisted)))
    }

    /// Whether a registration is of something that is gone.
    pub(super) fn is_gone(&mut self, found: &Use) -> bool {
        matches!(self.stale(found), Some((_, Stale::Gone)))
    }
}

/// Whether it is proved that the list of the service instances of an account is whole.
pub(super) fn is_proved_whole(inventory: &Inventory, account: Symbol) -> bool {
    inventory.listing(ExportKind::ResourceInstances, account) == Listing::Whole
}
