//! In which account an instance is, as far as exports show it.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::Context;
use super::rests::all_uses;
use crate::crn::parse;
use crate::inventory::Symbol;
use crate::policy::{Attribute, Authorization, Side, SideName};

/// The accounts of instances, by GUID.
#[derive(Debug, Default)]
pub(crate) struct InstanceAccounts {
    by_guid: HashMap<String, BTreeSet<String>>,
}

/// An instance that an authorization names in an account that is not its own.
#[derive(Debug)]
pub(super) struct WrongAccount<'a> {
    pub(super) side: SideName,
    pub(super) instance: &'a str,
    pub(super) named: &'a str,
    pub(super) own: &'a str,
}

impl InstanceAccounts {
    /// Those that the exports of an audit show.
    pub(super) fn of<'a>(context: &Context<'a>) -> &'a Self {
        context.shared.accounts.get_or_init(|| Self::new(context))
    }

    fn new(context: &Context<'_>) -> Self {
        let inventory = context.inventory;
        let mut crns: BTreeSet<Symbol> = inventory.instances.iter().map(|instance| instance.crn).collect();
        crns.extend(inventory.keys.iter().map(|key| key.instance));
        crns.extend(all_uses(context).filter_map(|one| one.found.belongs.deployment()));
        let mut found = Self::default();
        for crn in crns {
            let Ok(crn) = parse(inventory.text(crn)) else { continue };
            let (Some(account), false) = (crn.account(), crn.service_instance.is_empty()) else { continue };
            found.by_guid.entry(crn.service_instance.to_owned()).or_default().insert(account.to_owned());
        }
        found
    }

    /// The account of an instance, where exactly one is known and it is not the one that a side names.
    fn wrong_of<'a>(&'a self, side: &'a Side, name: SideName) -> Option<WrongAccount<'a>> {
        let (instance, named) = (side.exact("serviceInstance")?, side.exact("accountId")?);
        let mut accounts = self.by_guid.get(instance)?.iter();
        match (accounts.next(), accounts.next()) {
            (Some(own), None) if own != named => Some(WrongAccount { side: name, instance, named, own }),
            _ => None,
        }
    }

    /// The instances that an authorization names in accounts that are not theirs.
    pub(super) fn wrong<'a>(&'a self, policy: &'a Authorization) -> Vec<WrongAccount<'a>> {
        let subjects = policy.subjects.iter().filter_map(|side| self.wrong_of(side, SideName::Subject));
        let resources = policy.resources.iter().filter_map(|side| self.wrong_of(side, SideName::Resource));
        subjects.chain(resources).collect()
    }

    /// The authorization with the accounts of the instances that it names.
    pub(super) fn with_accounts(&self, policy: &Authorization) -> Option<Authorization> {
        let mended = |side: &Side, name| match self.wrong_of(side, name) {
            Some(wrong) => Side {
                attributes: side
                    .attributes
                    .iter()
                    .map(|attribute| match attribute.name.as_str() {
                        "accountId" => Attribute::equals("accountId", wrong.own),
                        _ => attribute.clone(),
                    })
                    .collect(),
                ..side.clone()
            },
            None => side.clone(),
        };
        (!self.wrong(policy).is_empty()).then(|| Authorization {
            subjects: policy.subjects.iter().map(|side| mended(side, SideName::Subject)).collect(),
            resources: policy.resources.iter().map(|side| mended(side, SideName::Resource)).collect(),
            ..policy.clone()
        })
    }
}
