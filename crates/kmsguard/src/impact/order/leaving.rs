//! What has to let go of its keys: the deployments of a set, and those that were deleted before it and are still registered.

use std::collections::{BTreeMap, BTreeSet};

use super::proof::Judged;
use super::{Members, Wait};
use crate::authz::{DecidedUse, Verdict, decided_where};
use crate::catalog::key_life::REGISTERED_AFTER_DELETION;
use crate::crn::parse;
use crate::impact::action::Subject;
use crate::impact::delete_key::holder;
use crate::impact::model::{Needed, Reason, ReasonKind, Verdict as ImpactVerdict};
use crate::impact::set::Gone;
use crate::impact::timeline::{Holder, HolderState, last};
use crate::inventory::{Belongs, Inventory, Seen, Use};
use crate::now::Now;

/// Something that has to let go of its keys.
#[derive(Debug)]
pub(super) struct Leaver<'a> {
    pub(super) holder: Holder<'a>,
    /// With which keys it is registered: by their CRNs, or by an id where no CRN is known.
    pub(super) keys: BTreeSet<&'a str>,
    /// The authorizations by which its service takes it off its keys, as far as that is known.
    pub(super) policies: BTreeSet<usize>,
    /// Whether it should have let go already, and has not.
    overdue: bool,
    /// What is known of its authorization: whether it has none, and what would tell.
    uncovered: bool,
    doubts: Vec<Needed>,
}

/// All of them, by what is deleted.
#[derive(Debug, Default)]
pub(super) struct Leaving<'a> {
    pub(super) leavers: BTreeMap<&'a str, Leaver<'a>>,
    /// What is gone once they all have let go.
    pub(super) gone: Gone,
}

impl<'a> Leaving<'a> {
    pub(super) fn of(inventory: &'a Inventory, now: Now, removed: &Gone) -> Self {
        let is_old = |found: &Use| {
            let instance = found.belongs.owner().and_then(|crn| inventory.instance(crn));
            instance.is_some_and(|instance| instance.is_soft_deleted(inventory))
        };
        let mut leaving = Self::default();
        for decided in decided_where(inventory, |found| removed.holds(found) || is_old(found)) {
            let found = decided.found;
            let of_set = removed.deployments.contains(&found.resource);
            let crn = if of_set { found.resource } else { found.belongs.owner().unwrap_or(found.resource) };
            let text = inventory.text(crn);
            let leaver = leaving.leavers.entry(text).or_insert_with(|| {
                let holder = holder(inventory, text);
                let overdue = holder.state != HolderState::Standing
                    && holder.released(now).is_some_and(|released| released <= now);
                let (keys, policies) = (BTreeSet::new(), BTreeSet::new());
                Leaver { holder, keys, policies, overdue, uncovered: false, doubts: Vec::new() }
            });
            leaver.take(inventory, &decided);
            if !leaver.overdue {
                leaving.gone.deployments.insert(crn);
            }
        }
        // What is deleted and uses no key is gone as well.
        leaving.gone.deployments.extend(&removed.deployments);
        leaving
    }

    /// What keeps them from letting go, where that concerns a key or an authorization of the set.
    pub(super) fn judge(&self, members: &Members<'_>, removed: &Gone, judged: &mut Judged) {
        let keys: Vec<(String, &str)> = members
            .keys
            .iter()
            .filter_map(|done| match &done.subject {
                Subject::Key(target) => Some((target.label(), target.id)),
                _ => None,
            })
            .collect();
        let deployments: BTreeSet<String> = members.deployments.iter().map(|done| done.subject.label()).collect();
        for (crn, leaver) in &self.leavers {
            let concerns = deployments.contains(*crn)
                || keys.iter().any(|(label, id)| leaver.is_registered_with(label, id))
                || !leaver.policies.is_disjoint(&removed.policies);
            if concerns {
                leaver.judge(judged);
            }
        }
    }

    /// What a step waits for: all of these that are registered with the key, or need the authorization.
    pub(super) fn wait<'l>(
        &'l self,
        now: Now,
        concerned: impl Fn(&Leaver<'a>) -> bool,
    ) -> Option<(Wait, Vec<&'l Leaver<'a>>)> {
        let of: Vec<&Leaver<'_>> =
            self.leavers.values().filter(|leaver| !leaver.keys.is_empty() && concerned(leaver)).collect();
        if of.is_empty() {
            return None;
        }
        let names: Vec<String> = of.iter().take(5).map(|leaver| format!("`{}`", called(&leaver.holder))).collect();
        let more = if of.len() > names.len() { format!(" and {} more", of.len() - names.len()) } else { String::new() };
        let not_before = last(of.iter().map(|leaver| leaver.holder.released(now)));
        let until = if not_before.is_some() {
            "which may take nine days; some pages give only the three in which a deployment can be had back"
        } else {
            "and no page says how long all of them take"
        };
        let wait = Wait {
            why: format!("{}{more} must be registered with no key any more, {until}", names.join(", ")),
            earliest: last(of.iter().map(|leaver| leaver.holder.removed(now))),
            not_before,
            source: REGISTERED_AFTER_DELETION.source,
        };
        Some((wait, of))
    }
}

/// The name of what leaves, or that of the resource in its CRN.
fn called<'h>(holder: &Holder<'h>) -> &'h str {
    let resource = parse(holder.name).map(|crn| crn.resource).ok();
    resource.filter(|resource| !resource.is_empty()).unwrap_or(holder.name)
}

impl<'a> Leaver<'a> {
    /// Whether it is registered with a key of that CRN, or may be by that id.
    pub(super) fn is_registered_with(&self, label: &str, id: &str) -> bool {
        self.keys.contains(label) || self.keys.contains(id)
    }

    fn take(&mut self, inventory: &'a Inventory, decided: &DecidedUse<'_>) {
        let found = decided.found;
        if !found.witnesses.iter().any(|(seen, _)| *seen == Seen::Registration) {
            return;
        }
        let listed = found.key.and_then(|key| inventory.key(key)).map(|key| key.crn);
        self.keys.insert(inventory.text(listed.or(found.key_crn).unwrap_or(found.key_id)));
        let decision = &decided.decision;
        let of_dependents = decision.dependents.iter().flat_map(|dependent| &dependent.policies);
        self.policies.extend(decision.policies.iter().chain(&decision.possible).chain(of_dependents));
        match decision.verdict {
            Verdict::Covered => {}
            // Whose authorization a volume in an account of IBM's is taken off by, no export of the customer's shows.
            _ if matches!(found.belongs, Belongs::Managed(_)) => {}
            Verdict::NotCovered => self.uncovered = true,
            Verdict::Unknown => {
                let wanted = decision.unknown.iter().map(|fact| decided.wanted(inventory, &fact.doubt));
                self.doubts.extend(wanted.map(|wanted| Needed {
                    export: wanted.export.is_some(),
                    name: wanted.name.into(),
                    of: wanted.of,
                    why: format!("without an authorization it stays registered when it is deleted; {}", wanted.why),
                    command: wanted.command,
                    role: wanted.role,
                    decides: true,
                    worst: ImpactVerdict::Degrades,
                }));
            }
        }
    }

    fn judge(&self, judged: &mut Judged) {
        let name = called(&self.holder);
        let obstacle = |text: String| Reason {
            kind: ReasonKind::Registration,
            about: self.holder.crn.to_owned(),
            text,
            source: Some(REGISTERED_AFTER_DELETION.source),
            evidence: None,
        };
        if self.overdue {
            judged.because.push(obstacle(format!(
                "`{name}` was deleted and is registered for longer than any page says: only its service can take it off the key, by a support ticket"
            )));
        }
        if self.uncovered {
            judged.because.push(obstacle(format!(
                "`{name}` has no authorization by which its service could take it off the key: give it one first, or the key goes only by force"
            )));
        }
        judged.unknown.extend(self.doubts.iter().cloned());
    }
}
