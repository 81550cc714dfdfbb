//! Uses that no registration would show: an authorization lets a service use a key, the service is not known to register what it
//! encrypts, and what it uses is not shown otherwise.

use hashbrown::{HashMap, HashSet};

use super::Context;
use super::finding::{Needed, NeededKind};
use crate::authz::{Fact, Target, Truth, attribute, is_considered};
use crate::catalog::services::registers;
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, LOCATIONS, SettingsSeen, Symbol, account_command};
use crate::policy::{Attribute, Authorization};

/// The authorizations of services whose uses show nowhere in what was read.
pub(super) struct Unseen<'a> {
    pub(super) inventory: &'a Inventory,
    policies: &'a Silent,
}

/// Their places among all authorizations, each ascending, by what they say of the key letter for letter: one that names another key,
/// KMS instance or account cannot reach a key, and an account may have as many of them as keys.
#[derive(Debug, Default)]
pub(super) struct Silent {
    all: Vec<usize>,
    /// Those that name none of [`MARKS`].
    anywhere: Vec<usize>,
    /// Those that name one, by the first that they name, and by what they call it.
    marked: [HashMap<String, Vec<usize>>; MARKS.len()],
}

/// The attributes of a key that authorizations are told apart by, the narrowest first.
const MARKS: [&str; 3] = ["resource", "serviceInstance", "accountId"];

impl Silent {
    fn of(policies: &[Authorization], all: Vec<usize>) -> Self {
        let mut silent = Self::default();
        for number in &all {
            let side = policies.get(*number).and_then(|policy| match policy.resources.as_slice() {
                [side] => Some(side),
                _ => None,
            });
            let mut marks = MARKS.iter().zip(&mut silent.marked);
            let place = marks.find_map(|(name, marked)| Some((marked, side?.exact(name)?)));
            match place {
                Some((marked, value)) => marked.entry_ref(value).or_default().push(*number),
                None => silent.anywhere.push(*number),
            }
        }
        Self { all, ..silent }
    }

    /// The first that passes a test, of those that may speak of a key.
    fn first(&self, target: Option<&Target<'_>>, reaches: impl Fn(usize) -> bool) -> Option<usize> {
        let first = |numbers: &[usize]| numbers.iter().copied().find(|number| reaches(*number));
        let values = MARKS.map(|name| target.and_then(|target| target.fact(name)).and_then(Fact::value));
        if values.iter().any(Option::is_none) {
            return first(&self.all);
        }
        let named = self.marked.iter().zip(values).filter_map(|(marked, value)| first(marked.get(value?)?));
        named.chain(first(&self.anywhere)).min()
    }
}

impl<'a> Unseen<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let inventory = context.inventory;
        Self {
            inventory,
            policies: context.shared.unseen.get_or_init(|| Silent::of(&inventory.policies, unseen(inventory))),
        }
    }

    /// What would show who uses a key, where something may that registers nothing.
    pub(super) fn needed(&self, key: &Key) -> Option<Needed> {
        let crn = parse(self.inventory.text(key.crn)).ok();
        let ring = key.key_ring.map(|ring| self.inventory.text(ring));
        let target = crn.map(|crn| Target { key_ring: Fact::known(ring), ..Target::of_crn(&crn) });
        let policy = |number: usize| self.inventory.policies.get(number);
        let number = self.policies.first(target.as_ref(), |number| {
            policy(number).is_some_and(|policy| target.as_ref().is_none_or(|target| may_reach(policy, target)))
        })?;
        let policy = policy(number)?;
        let service = policy.source_service()?;
        let schematics = service == "schematics";
        let kind = if schematics { ExportKind::SchematicsSettings } else { ExportKind::ResourceInstances };
        let command = if schematics {
            Some("ibmcloud schematics kms info --location LOCATION --output json")
        } else {
            account_command(kind)
        };
        Some(Needed {
            kind: NeededKind::Export,
            name: kind.name().to_owned(),
            of: policy.source_account().map(str::to_owned),
            why: format!(
                "an authorization lets `{service}` use the key, and nothing says that it registers what it encrypts"
            ),
            command: command.map(str::to_owned),
            role: Some(if schematics { "Reader" } else { "Viewer" }.to_owned()),
        })
    }
}

/// The places of the authorizations of services that are not known to register what they encrypt, and whose instances are not all
/// seen with a key of their own.
fn unseen(inventory: &Inventory) -> Vec<usize> {
    let considered = inventory.policies.iter().enumerate().filter(|(_, policy)| is_considered(policy));
    let named = considered.filter_map(|(number, policy)| Some((number, policy, policy.source_service()?)));
    let silent: Vec<(usize, &Authorization, &str)> = named.filter(|(.., service)| !registers(service)).collect();
    let services: HashSet<Symbol> =
        silent.iter().filter_map(|(.., service)| inventory.interner.find(service)).collect();
    let of_services = inventory.uses.iter().filter(|found| services.contains(&found.service));
    let proved: HashSet<Symbol> =
        of_services.filter(|found| found.is_proved()).filter_map(|found| found.belongs.deployment()).collect();
    // There may be as many authorizations as instances: the instances are looked at once.
    let of_services = inventory.instances.iter().filter(|instance| services.contains(&instance.service));
    let hidden: HashSet<(Symbol, Symbol)> = of_services
        .filter(|instance| !proved.contains(&instance.crn) && !instance.is_soft_deleted(inventory))
        .filter_map(|instance| Some((instance.account?, instance.service)))
        .collect();
    let seen = Shown { settings: SettingsSeen::of(inventory), hidden };
    let is_open = |(_, policy, service): &(usize, &Authorization, &str)| !seen.is_shown(inventory, policy, service);
    silent.into_iter().filter(is_open).map(|(number, ..)| number).collect()
}

/// What shows without being registered.
struct Shown<'a> {
    settings: SettingsSeen<'a>,
    /// The accounts and services of which an instance shows no key of its own.
    hidden: HashSet<(Symbol, Symbol)>,
}

impl Shown<'_> {
    /// Whether all that a service uses in the account of a policy shows otherwise: each of its instances with a key of its own.
    fn is_shown(&self, inventory: &Inventory, policy: &Authorization, service: &str) -> bool {
        let Some(account) = policy.source_account() else { return false };
        if service == "schematics" {
            return LOCATIONS.iter().all(|location| self.settings.has(account, location));
        }
        let Some(account) = inventory.interner.find(account) else { return false };
        let service = inventory.interner.find(service);
        inventory.listing(ExportKind::ResourceInstances, account).is_usable()
            && !service.is_some_and(|service| self.hidden.contains(&(account, service)))
    }
}

/// Whether a policy may let its source use a key: all but one whose resource is certainly another.
fn may_reach(policy: &Authorization, target: &Target<'_>) -> bool {
    let holds = |wanted: &Attribute| target.fact(&wanted.name).map_or(Truth::Unknown, |fact| attribute(wanted, fact));
    policy.resources.is_empty()
        || policy.resources.iter().any(|side| side.attributes.iter().all(|wanted| holds(wanted) != Truth::False))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::Operator;

    fn condition() -> impl Strategy<Value = Attribute> {
        let name = prop::sample::select(vec!["resource", "serviceInstance", "accountId", "keyRing", "region"]);
        let operator = prop::sample::select(vec![Operator::StringEquals, Operator::StringMatch]);
        (name, operator, prop::sample::select(vec!["a", "b", "*"]))
            .prop_map(|(name, operator, value)| Attribute { operator, ..Attribute::equals(name, value) })
    }

    fn fact() -> impl Strategy<Value = Fact<'static>> {
        prop::sample::select(vec![Fact::Value("a"), Fact::Value("b"), Fact::None, Fact::Unknown])
    }

    proptest! {
        #[test]
        fn the_first_that_reaches_a_key_is_found_as_if_each_were_asked(
            resources in prop::collection::vec(prop::collection::vec(condition(), 0..4), 0..8),
            facts in (fact(), fact(), fact()),
        ) {
            let granting = |resource| Authorization::granting(Vec::new(), resource, Vec::new());
            let policies: Vec<Authorization> = resources.into_iter().map(granting).collect();
            let (key_id, service_instance, account) = facts;
            let target = Target { key_id, service_instance, account, ..Target::default() };
            let reaches = |number: usize| policies.get(number).is_some_and(|policy| may_reach(policy, &target));
            let silent = Silent::of(&policies, (0..policies.len()).collect());
            prop_assert_eq!(silent.first(Some(&target), reaches), (0..policies.len()).find(|number| reaches(*number)));
        }
    }
}
