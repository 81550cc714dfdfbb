//! What plans of Terraform are to change.

use super::Inventory;
use super::evidence::Witness;
use super::interner::Symbol;
use crate::policy::Authorization;

/// What a plan of Terraform is to change: nothing of it is so yet. A resource that is made names its key by CRN where it is known
/// (`keys`), else by the address of the key that the same plan makes (`key_references`).
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) address: Symbol,
    /// The type of the resource, such as `ibm_kms_key`.
    pub(crate) kind: Symbol,
    /// `create`, `update`, `delete`, in the order in which they happen.
    pub(crate) actions: Vec<Symbol>,
    pub(crate) crn: Option<Symbol>,
    /// The CRNs of the keys it names afterwards, as far as they are known.
    pub(crate) keys: Vec<Symbol>,
    /// The addresses of keys it refers to that are known only when the plan is applied.
    pub(crate) key_references: Vec<Symbol>,
    /// Whether it names a key of which nothing is known before.
    pub(crate) key_unknown: bool,
    pub(crate) force_delete: Option<bool>,
    /// Whether `force_delete` is known only when the plan is applied.
    pub(crate) force_delete_unknown: bool,
    /// The authorization that is made, changed or deleted: as it will be, or, where it is deleted, as it was. What is known only
    /// when the plan is applied is unknown in it.
    pub(crate) policy: Option<Box<Authorization>>,
    /// The arguments because of which it is made anew, where the plan says so.
    pub(crate) replaced_by: Vec<Symbol>,
    /// The CRNs of the keys it names before.
    pub(crate) held: Vec<Symbol>,
    /// Whether it names a key before, by a CRN or by its id.
    pub(crate) holds_key: bool,
    /// `force_delete` of a key as it is: what a deletion goes by.
    pub(crate) forced: Option<bool>,
    /// The key ring of a key, or the key ring itself, as it is.
    pub(crate) key_ring: Option<Symbol>,
    /// Whether a key comes into another key ring, or that is known only when the plan is applied.
    pub(crate) changes_ring: bool,
    /// The id of the authorization that is there, or that is detached.
    pub(crate) policy_id: Option<Symbol>,
    /// Whether an authorization that stays may lose a role.
    pub(crate) loses_role: bool,
    /// The service of what is made, where an argument names it.
    pub(crate) service: Option<Symbol>,
    /// How long a `time_sleep` waits once it is made.
    pub(crate) seconds: Option<u32>,
    /// The addresses, without the numbers of single ones, of the authorizations and the `time_sleep`s that come before what is made.
    pub(crate) comes_after: Vec<Symbol>,
    /// Whether the configuration does not tell of all that comes before it.
    pub(crate) order_unknown: bool,
    pub(crate) witness: Witness,
}

/// The types of resources that are keys.
const KEYS: [&str; 3] = ["ibm_kms_key", "ibm_kms_key_with_policy_overrides", "ibm_kp_key"];

/// What takes an authorization away when it is made.
const DETACH: &str = "ibm_iam_authorization_policy_detach";

impl Change {
    pub(crate) fn is_key(&self, inventory: &Inventory) -> bool {
        KEYS.contains(&inventory.text(self.kind))
    }

    /// Whether it is of an authorization.
    pub(crate) fn is_authorization(&self, inventory: &Inventory) -> bool {
        inventory.text(self.kind).starts_with("ibm_iam_authorization_policy")
    }

    /// Whether something that is there goes: an authorization that is detached does when that resource is made.
    pub(crate) fn removes(&self, inventory: &Inventory) -> bool {
        self.has(inventory, if inventory.text(self.kind) == DETACH { "create" } else { "delete" })
    }

    pub(crate) fn creates(&self, inventory: &Inventory) -> bool {
        self.has(inventory, "create") && inventory.text(self.kind) != DETACH
    }

    /// Whether it stays and is changed where it stands.
    pub(crate) fn updates(&self, inventory: &Inventory) -> bool {
        self.has(inventory, "update")
    }

    /// Whether it is made anew, and the new one stands before the old one goes.
    pub(crate) fn creates_before_it_removes(&self, inventory: &Inventory) -> bool {
        let actions = self.actions.iter().map(|action| inventory.text(*action));
        actions.eq(["create", "delete"])
    }

    /// Whether nothing is done to it.
    pub(crate) fn is_idle(&self, inventory: &Inventory) -> bool {
        self.actions.iter().all(|action| matches!(inventory.text(*action), "no-op" | "read"))
    }

    fn has(&self, inventory: &Inventory, action: &str) -> bool {
        self.actions.iter().any(|found| inventory.text(*found) == action)
    }
}
