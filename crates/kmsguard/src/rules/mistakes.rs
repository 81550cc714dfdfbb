//! Authorizations that let nobody in because of a mistake in them, and the uses that would be authorized but for it: these have one
//! cause, and the finding about the mistake stands alone.

use std::collections::BTreeSet;

use super::accounts::InstanceAccounts;
use super::policies::perhaps_on_keys;
use super::{Context, auth007, auth008, auth013, auth014};
use crate::authz::{AuthorizationIndex, DecidedUse, Verdict};
use crate::policy::{Authorization, PolicyFaultKind, with_attributes, with_guids, with_roles};

/// The authorizations with mistakes of which rules were asked that name them.
#[derive(Debug, Default)]
pub(crate) struct Mistakes {
    of: BTreeSet<usize>,
    /// All authorizations, with the mistakes mended. Empty where nothing could be mended.
    mended: Vec<Authorization>,
    index: AuthorizationIndex,
}

/// Mends one kind of mistake.
type Mend = fn(&Authorization) -> Option<Authorization>;

impl Mistakes {
    /// The mistakes that the rules of an audit name.
    pub(super) fn of<'a>(context: &Context<'a>) -> &'a Self {
        context.shared.mistakes.get_or_init(|| Self::new(context))
    }

    fn new(context: &Context<'_>) -> Self {
        let named = [&auth007::RULE, &auth008::RULE, &auth013::RULE].map(|rule| context.checks(rule));
        let [guids, roles, attributes] = named;
        let is_named = |kind: &PolicyFaultKind| match kind {
            PolicyFaultKind::InstanceIsCrn { .. } => guids,
            PolicyFaultKind::RoleMistake { .. } => roles,
            PolicyFaultKind::UnknownAttribute { .. } | PolicyFaultKind::UserAsSubject { .. } => attributes,
            _ => false,
        };
        let mut found = Self::default();
        let mut mended: Vec<(usize, Authorization)> = Vec::new();
        let accounts = context.checks(&auth014::RULE).then(|| InstanceAccounts::of(context));
        for one in perhaps_on_keys(context) {
            let elsewhere = accounts.and_then(|accounts| accounts.with_accounts(one.policy));
            if elsewhere.is_none() && !one.policy.problems.iter().any(|fault| is_named(&fault.kind)) {
                continue;
            }
            found.of.insert(one.number);
            let mut new: Option<Authorization> = elsewhere;
            for (named, mend) in [(guids, with_guids as Mend), (roles, with_roles), (attributes, with_attributes)] {
                if let Some(better) = named.then(|| mend(new.as_ref().unwrap_or(one.policy))).flatten() {
                    new = Some(better);
                }
            }
            mended.extend(new.map(|new| (one.number, new)));
        }
        if !mended.is_empty() {
            found.mended.clone_from(&context.inventory.policies);
            for (number, new) in mended {
                if let Some(policy) = found.mended.get_mut(number) {
                    *policy = new;
                }
            }
            found.index = AuthorizationIndex::new(&found.mended);
        }
        found
    }

    /// Whether a rule names a mistake of this authorization.
    pub(super) fn has(&self, policy: usize) -> bool {
        self.of.contains(&policy)
    }

    /// Whether a use is not authorized for no other reason than such a mistake.
    pub(super) fn explain(&self, one: &DecidedUse<'_>) -> bool {
        !self.mended.is_empty() && self.index.verdict(&self.mended, &one.key_use(), true).verdict == Verdict::Covered
    }
}
