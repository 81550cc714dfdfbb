//! What a rule may look at.

use super::accounts::InstanceAccounts;
use super::broad::Needing;
use super::finding::Needed;
use super::mistakes::Mistakes;
use super::reach::KmsInstances;
use super::rests::Rests;
use super::unseen::Silent;
use super::visible::Visible;
use super::{Rule, RuleOptions};
use crate::authz::DecidedUse;
use crate::inventory::{Inventory, Symbol};
use crate::now::Now;

use std::cell::OnceCell;

/// The inventory, what was decided of its uses, the moment of the question, and the windows that were set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) inventory: &'a Inventory,
    /// The uses that are proved.
    pub(crate) decided: &'a [DecidedUse<'a>],
    /// The uses that nothing proves: they never make a finding, and never let anything look unused.
    pub(crate) unproved: &'a [DecidedUse<'a>],
    pub(crate) now: Now,
    pub(crate) options: RuleOptions,
    /// The rules that are checked: a finding gives way to a more specific one only if that one is looked for.
    pub(crate) rules: &'a [&'static Rule],
    pub(crate) shared: &'a Shared,
}

/// What several rules need, made once and only if one of them asks.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(super) rests: OnceCell<Rests>,
    pub(super) mistakes: OnceCell<Mistakes>,
    pub(super) kms_instances: OnceCell<KmsInstances>,
    pub(super) visible: OnceCell<Visible>,
    pub(super) accounts: OnceCell<InstanceAccounts>,
    pub(super) needing: OnceCell<Needing>,
    /// The places of the authorizations through which keys may be used unseen.
    pub(super) unseen: OnceCell<Silent>,
    /// What is not known of the lists of keys.
    pub(super) unread_keys: OnceCell<Vec<(Symbol, Needed)>>,
    /// The accounts in which authorizations on the keys live.
    pub(super) accounts_of_keys: OnceCell<Vec<Symbol>>,
}

impl Context<'_> {
    /// Whether a rule is among those that are checked.
    pub(super) fn checks(&self, rule: &Rule) -> bool {
        self.rules.iter().any(|checked| checked.id == rule.id)
    }
}
