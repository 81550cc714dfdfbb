//! What is registered with a key to move, or seen to use it: whether it follows, and whether it may use the other key.

use std::collections::BTreeMap;
use std::rc::Rc;

use hashbrown::HashMap;

use super::model::KeySide;
use crate::authz::{AskedKey, Judge, Judged, KeyUse, Match, Pair, Source, Target, Verdict, Wanted, template};
use crate::catalog::migration::{Follows, SLOW_SERVICE, follows};
use crate::catalog::needs::{Generation, Need, Required};
use crate::crn::parse;
use crate::inventory::{Belongs, Inventory, Seen, Symbol, Use, Witness};
use crate::policy::{Forms, forms};

/// A resource that uses a key to move.
#[derive(Debug)]
pub(crate) struct Association<'a> {
    pub(crate) found: &'a Use,
    pub(crate) follows: Follows,
    /// Whether an export shows it with the target already.
    pub(crate) on_target: bool,
    /// Whether nothing proves any more that it uses the source, and a registration shows it with the target.
    pub(crate) moved: bool,
    /// Whether it is of the service that takes longest.
    pub(crate) is_slow: bool,
    /// By the criteria of the tool.
    pub(crate) verdict: Match,
    /// What IAM would say.
    pub(crate) authorized: Verdict,
    /// The service makes the authorization itself while it moves.
    pub(crate) by_service: bool,
    pub(crate) judged: Option<Rc<Judged>>,
    /// The authorization to make, where one is missing.
    pub(crate) template: Option<Rc<Forms>>,
    /// Other services that need an authorization of their own.
    pub(crate) grants: Vec<Grant>,
}

/// A service that needs an authorization of its own beside that of a resource.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) service: &'static str,
    pub(crate) verdict: Match,
    pub(crate) policies: Vec<usize>,
    pub(crate) template: Option<Rc<Forms>>,
}

/// The other gate of a cluster with encrypted workers, beside that of the cluster.
///
/// Source: OpenShift docs, *Migrating cluster secrets and worker nodes from HPCS to Key Protect*, as of 2026-06-02: "service
/// authorization policies for both Kubernetes Service and Cloud Block Storage".
const BLOCK_STORAGE: &str = "server-protect";

/// By what two resources need the same authorization.
type Wish<'a> = (&'a str, &'a str, Option<&'a str>, Option<&'a str>, &'a str, Required, bool);

/// Judges the resources of all keys; what is needed alike is made once.
pub(super) struct Judging<'a> {
    inventory: &'a Inventory,
    judge: Judge<'a>,
    templates: HashMap<Wish<'a>, Option<usize>>,
    made: Vec<(Rc<Forms>, u32)>,
}

impl<'a> Judging<'a> {
    pub(super) fn new(inventory: &'a Inventory) -> Self {
        Self { inventory, judge: Judge::new(inventory), templates: HashMap::new(), made: Vec::new() }
    }

    /// What uses a key to move, judged against the key to move to.
    pub(super) fn associations(
        &mut self,
        uses: &'a [Use],
        target: Option<(&KeySide<'a>, AskedKey<'a>)>,
        on_target: &BTreeMap<Symbol, bool>,
    ) -> Vec<Association<'a>> {
        uses.iter().map(|found| self.association(found, target, on_target)).collect()
    }

    fn association(
        &mut self,
        found: &'a Use,
        target: Option<(&KeySide<'a>, AskedKey<'a>)>,
        on_target: &BTreeMap<Symbol, bool>,
    ) -> Association<'a> {
        let there = on_target.get(&found.resource).copied();
        let mut association = Association {
            found,
            follows: self.follows(found),
            on_target: there.is_some(),
            moved: there == Some(true) && !found.is_proved(),
            is_slow: self.inventory.text(found.service) == SLOW_SERVICE,
            verdict: Match::Unknown,
            authorized: Verdict::Unknown,
            by_service: false,
            judged: None,
            template: None,
            grants: Vec::new(),
        };
        let Some((side, key)) = target else { return association };
        let judged = self.judge.judge(found, key);
        (association.verdict, association.authorized) = (judged.verdict, judged.decision.verdict);
        if judged.verdict == Match::NoMatch && matches!(found.belongs, Belongs::Managed(Some(_))) {
            // A cluster makes the authorization of its workers' disks itself while it moves: there is none before.
            association.by_service = true;
            (association.verdict, association.authorized) = (Match::Unknown, Verdict::Unknown);
        } else if judged.verdict != Match::Match || judged.decision.verdict != Verdict::Covered {
            let (source, of_key) = self.judge.sides(found, key);
            association.template = self.template(side, source, of_key, &judged.need);
        }
        association.judged = Some(judged);
        association.grants = self.grants(found, side, key);
        association
    }

    pub(super) fn text(&self, symbol: Symbol) -> &'a str {
        self.inventory.text(symbol)
    }

    fn follows(&self, found: &Use) -> Follows {
        let owner = match found.belongs {
            // The disks of workers move with their cluster.
            Belongs::Managed(Some(owner)) => owner,
            _ => found.resource,
        };
        parse(self.inventory.text(owner)).map_or(Follows::Unknown, |crn| follows(crn.service_name, crn.resource_type))
    }

    fn grants(&mut self, found: &'a Use, side: &KeySide<'a>, key: AskedKey<'a>) -> Vec<Grant> {
        let of_workers = self.inventory.text(found.service) == "containers-kubernetes"
            && parse(self.inventory.text(found.resource)).is_ok_and(|crn| crn.resource_type.starts_with("worker"));
        let Some(account) = found.account.filter(|_| of_workers).map(|account| self.inventory.text(account)) else {
            return Vec::new();
        };
        let judged = self.judge.judge_service(BLOCK_STORAGE, account, key);
        let template = (judged.verdict != Match::Match).then(|| {
            let (_, of_key) = self.judge.sides(found, key);
            // The page wants it for the instance, as that of the cluster.
            let need = Need { cluster: true, delegation: Required::No, ..judged.need.clone() };
            self.template(side, Source::planned(BLOCK_STORAGE, account), of_key, &need)
        });
        vec![Grant {
            service: BLOCK_STORAGE,
            verdict: judged.verdict,
            policies: judged.policies.clone(),
            template: template.flatten(),
        }]
    }

    /// The smallest authorization that lets a source use a key, made once for all that need the same.
    fn template(
        &mut self,
        side: &KeySide<'a>,
        source: Source<'a>,
        target: Target<'a>,
        need: &Need,
    ) -> Option<Rc<Forms>> {
        let (service, account) = (source.service_name.value()?, source.account.value()?);
        let instance = source.service_instance.value().filter(|_| need.delegation == Required::No && service != "is");
        let of_type = source.resource_type.value().filter(|_| service == "is");
        let narrow = !need.cluster || target.dedicated == Some(false);
        let reach = if narrow { side.crn } else { side.instance };
        let wish = (service, account, instance, of_type, reach, need.delegation, need.cluster);
        let place = match self.templates.get(&wish) {
            Some(place) => *place,
            None => {
                let need = Need { generation: Generation::NotApplicable, dependents: Vec::new(), ..need.clone() };
                let key_use = KeyUse { source, target, need: &need, any_source_account: false };
                let made = template(&key_use).map(|policy| Rc::new(forms(&policy)));
                let place = made.map(|made| {
                    self.made.push((made, 0));
                    self.made.len() - 1
                });
                self.templates.insert(wish, place);
                place
            }
        };
        let (made, count) = self.made.get_mut(place?)?;
        *count += 1;
        Some(Rc::clone(made))
    }

    /// The authorizations to make, in the order in which they were met, each with the number of resources that wait for it.
    pub(super) fn into_policies(self) -> Vec<(Forms, u32)> {
        self.made.into_iter().map(|(forms, count)| ((*forms).clone(), count)).collect()
    }

    /// What would settle what is not known of a resource.
    pub(super) fn wanted(&self, association: &Association<'a>, key: AskedKey<'a>) -> Vec<Wanted> {
        let found = association.found;
        if let (true, Belongs::Managed(Some(owner))) = (association.by_service, found.belongs) {
            return vec![Wanted {
                export: None,
                name: "dependent-authorization".to_owned(),
                of: Some(self.inventory.text(owner).to_owned()),
                why: "a cluster makes the authorization of its workers' disks itself while it moves, so the check of the \
                      migration tool finds none before; it needs delegation for that"
                    .to_owned(),
                command: None,
                role: None,
            }];
        }
        let Some(judged) = association.judged.as_deref() else { return Vec::new() };
        let (source, target) = self.judge.sides(found, key);
        let text = |symbol| self.inventory.text(symbol);
        let pair = Pair {
            source: text(found.resource),
            of: text(found.belongs.deployment().unwrap_or(found.resource)),
            planned: false,
            key: key.key,
            key_crn: key.crn,
            key_id: key.id,
            witnesses: &found.witnesses,
            source_account: found.account.map(text),
            account: target.account.value().and_then(|account| self.inventory.interner.find(account)),
            key_use: KeyUse { source, target, need: &judged.need, any_source_account: false },
            decision: &judged.decision,
        };
        let doubts = if association.verdict == Match::Unknown { &judged.unknown } else { &judged.decision.unknown };
        doubts.iter().map(|fact| pair.wanted(self.inventory, &fact.doubt)).collect()
    }
}

/// The resources that an export shows with a key, and whether a registration does.
pub(super) fn resources_on(inventory: &Inventory, target: &str) -> BTreeMap<Symbol, bool> {
    let Some(row) = inventory.interner.find(target).and_then(|crn| inventory.row_of_key(crn)) else {
        return BTreeMap::new();
    };
    let is_registration = |(seen, _): &(Seen, Witness)| *seen == Seen::Registration;
    inventory.uses_of(row).map(|found| (found.resource, found.witnesses.iter().any(is_registration))).collect()
}
