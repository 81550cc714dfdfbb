//! What holds for every order: replayed step by step against a plain model of the account, nothing outside the set loses its key or
//! its authorization, and every key is free when its turn comes; and the engine holds each step for harmless.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Order, OrderAction, OrderStep, OrderVerdict, order};
use crate::impact::{Action, ActionKind, Gone, Verdict, assess_after};
use crate::ingest::Input;
use crate::inventory::{Inventory, KeyIndex};
use crate::now::Now;

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const GUID: &str = "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4";
const SERVICES: [&str; 3] = ["messagehub", "secrets-manager", "cloud-object-storage"];
const NOW: &str = "2026-11-21T12:00:00Z";

/// A deployment of the model: its service, its key, and whether it was deleted two days ago.
type Deployment = (usize, usize, bool);

/// An account, and what is to be removed from it.
#[derive(Debug, Clone)]
struct World {
    deployments: Vec<Deployment>,
    /// The service that is let in, and the one key or all.
    policies: Vec<(usize, Option<usize>)>,
    removed_deployments: BTreeSet<usize>,
    removed_policies: BTreeSet<usize>,
    removed_keys: BTreeSet<usize>,
}

fn key_id(key: usize) -> String {
    format!("f6c9f6d0-92f6-437a-b97c-{key:012}")
}

fn key_crn(key: usize) -> String {
    format!("crn:v1:bluemix:public:kms:us-south:a/{ACCOUNT}:{GUID}:key:{}", key_id(key))
}

fn crn(number: usize, service: usize) -> String {
    let id = format!("11111111-1111-4111-8111-{number:012}");
    match SERVICES[service] {
        "cloud-object-storage" => {
            format!("crn:v1:bluemix:public:cloud-object-storage:global:a/{ACCOUNT}:{id}:bucket:b{number}")
        }
        service => format!("crn:v1:bluemix:public:{service}:us-south:a/{ACCOUNT}:{id}::"),
    }
}

fn attributes(pairs: &[(&str, &str)]) -> Value {
    let attribute = |(name, value): &(&str, &str)| json!({"name": name, "value": value, "operator": "stringEquals"});
    json!([{"attributes": pairs.iter().map(attribute).collect::<Vec<_>>()}])
}

impl World {
    fn inventory(&self) -> Inventory {
        let keys: Vec<Value> = (0..2)
            .map(|key| {
                json!({"id": key_id(key), "crn": key_crn(key), "name": format!("k{key}"), "state": 1, "extractable": false,
                    "creationDate": "2025-01-01T00:00:00Z"})
            })
            .collect();
        let used = self.deployments.iter().enumerate();
        let registrations: Vec<Value> = used
            .clone()
            .map(|(number, (service, key, _))| json!({"keyId": key_id(*key), "resourceCrn": crn(number, *service)}))
            .collect();
        let instances: Vec<Value> = used
            .filter(|(_, (service, ..))| SERVICES[*service] != "cloud-object-storage")
            .map(|(number, (service, _, deleted))| {
                let own = json!({"crn": crn(number, *service), "name": format!("d{number}"),
                    "resource_plan_id": "ibm.message.hub.enterprise.3nodes.2tb", "state": "active"});
                let dates = json!({"crn": crn(number, *service), "name": format!("d{number}"), "state": "pending_reclamation",
                    "resource_plan_id": "ibm.message.hub.enterprise.3nodes.2tb",
                    "deleted_at": "2026-11-19T12:00:00Z", "scheduled_reclaim_at": "2026-11-22T12:00:00Z"});
                if *deleted { dates } else { own }
            })
            .collect();
        let policy = |(number, (service, key)): (usize, &(usize, Option<usize>))| {
            let id = key.map(key_id);
            let mut target = vec![("accountId", ACCOUNT), ("serviceName", "kms"), ("serviceInstance", GUID)];
            if let Some(id) = &id {
                target.extend([("resourceType", "key"), ("resource", id.as_str())]);
            }
            json!({"id": format!("p{number}"), "type": "authorization", "state": "active", "created_by_id": "IBMid-1",
                "subjects": attributes(&[("accountId", ACCOUNT), ("serviceName", SERVICES[*service])]),
                "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}], "resources": attributes(&target)})
        };
        let policies: Vec<Value> = self.policies.iter().enumerate().map(policy).collect();
        let mut inputs = vec![Input::named("keys.json", json!(keys).to_string())];
        for (name, list) in
            [("registrations.json", &registrations), ("instances.json", &instances), ("policies.json", &policies)]
        {
            if !list.is_empty() {
                let list = if name == "policies.json" { json!({"policies": list}) } else { json!(list) };
                inputs.push(Input::named(name, list.to_string()));
            }
        }
        Inventory::read(inputs)
    }

    fn actions(&self) -> Vec<Action<'static>> {
        let action = |kind, target: String| Action { kind, target: target.into(), force: false };
        let deployments = self.removed_deployments.iter();
        let deployments =
            deployments.map(|number| action(ActionKind::DeleteInstance, crn(*number, self.deployments[*number].0)));
        let policies =
            self.removed_policies.iter().map(|number| action(ActionKind::RevokePolicy, format!("p{number}")));
        let keys = self.removed_keys.iter().map(|key| action(ActionKind::DeleteKey, key_crn(*key)));
        keys.chain(policies).chain(deployments).collect()
    }

    fn ordered(&self, inventory: &Inventory, actions: &[Action<'_>]) -> Order {
        let now: Now = NOW.parse().expect("a moment");
        order(inventory, now, actions).expect("all of it is there")
    }

    /// Whether a deployment is let in to its key by policies that are left.
    fn is_let_in(&self, (service, key, _): Deployment, revoked: &BTreeSet<usize>) -> bool {
        let mut left = self.policies.iter().enumerate().filter(|(number, _)| !revoked.contains(number));
        left.any(|(_, (of, on))| *of == service && on.is_none_or(|on| on == key))
    }
}

fn world() -> impl Strategy<Value = World> {
    let deployment = (0..SERVICES.len(), 0_usize..2, prop::bool::weighted(0.2));
    let policy = (0..SERVICES.len(), prop::option::weighted(0.5, 0_usize..2));
    let parts = (prop::collection::vec(deployment, 1..5), prop::collection::vec(policy, 1..5));
    (parts, any::<u8>(), any::<u8>(), 0_u8..4).prop_map(
        |((deployments, policies), of_deployments, of_policies, of_keys)| {
            let chosen = |number: usize, bits: u8| (0..number).filter(|place| bits >> place & 1 == 1).collect();
            World {
                removed_deployments: chosen(deployments.len(), of_deployments),
                removed_policies: chosen(policies.len(), of_policies),
                removed_keys: chosen(2, of_keys),
                // Buckets are not kept for a while.
                deployments: deployments
                    .into_iter()
                    .map(|(service, key, deleted)| (service, key, deleted && SERVICES[service] == "messagehub"))
                    .collect(),
                policies,
            }
        },
    )
}

/// Replays an order in the plain model, and says what goes wrong.
fn fault(world: &World, inventory: &Inventory, order: &Order) -> Option<String> {
    let number_of = |target: &str| {
        world.deployments.iter().enumerate().position(|(number, (service, ..))| crn(number, *service) == target)
    };
    let mut deleted: BTreeSet<usize> =
        (0..world.deployments.len()).filter(|number| world.deployments[*number].2).collect();
    let mut revoked = BTreeSet::new();
    let mut gone = Gone::default();
    for step in &order.steps {
        // Whoever waits for what a step names has seen all that was deleted so far off the key it is about.
        match step.action {
            OrderAction::DeleteInstance => {
                deleted.insert(number_of(&step.target)?);
                continue;
            }
            OrderAction::RevokePolicy => {
                let place: usize = step.target.trim_start_matches('p').parse().ok()?;
                revoked.insert(place);
                for (number, deployment) in world.deployments.iter().enumerate() {
                    let before: BTreeSet<usize> = revoked.iter().copied().filter(|one| *one != place).collect();
                    let loses = world.is_let_in(*deployment, &before) && !world.is_let_in(*deployment, &revoked);
                    if loses && (!deleted.contains(&number) || step.wait.is_none()) {
                        return Some(format!("d{number} loses its authorization by {}", step.target));
                    }
                }
            }
            OrderAction::DeleteKey => {
                let key = (0..2).find(|key| key_crn(*key) == step.target)?;
                for (number, (_, of, _)) in world.deployments.iter().enumerate() {
                    if *of == key && (!deleted.contains(&number) || step.wait.is_none()) {
                        return Some(format!("d{number} loses its key"));
                    }
                    if *of == key && !world.is_let_in(world.deployments[number], &BTreeSet::new()) {
                        return Some(format!("d{number} can never let go of its key"));
                    }
                }
            }
            _ => return Some(format!("{:?} was not asked for", step.action)),
        }
        // The engine: what was deleted has let go by now, as far as this step waits for it.
        for number in &deleted {
            let (service, ..) = world.deployments[*number];
            gone.deployments.extend(inventory.interner.find(&crn(*number, service)));
        }
        let kind = if step.action == OrderAction::DeleteKey { ActionKind::DeleteKey } else { ActionKind::RevokePolicy };
        let action = Action { kind, target: step.target.clone().into(), force: false };
        let now: Now = NOW.parse().expect("a moment");
        let done = assess_after(inventory, now, &[action], &gone).expect("it is there");
        if done.verdict != Verdict::Safe {
            return Some(format!("the engine calls {} {:?}", step.text, done.verdict));
        }
        match step.action {
            OrderAction::DeleteKey => {
                gone.keys.extend(
                    (0..2_u32).map(KeyIndex).filter(|index| {
                        inventory.key(*index).is_some_and(|key| inventory.text(key.crn) == step.target)
                    }),
                );
            }
            _ => gone
                .policies
                .extend(inventory.policies.iter().position(|policy| policy.id.as_deref() == Some(&step.target))),
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn a_safe_order_harms_nothing_outside_and_leaves_no_key_stuck(world in world()) {
        let inventory = world.inventory();
        let order = world.ordered(&inventory, &world.actions());
        if order.verdict == OrderVerdict::Safe {
            prop_assert_eq!(fault(&world, &inventory, &order), None, "{:?}", order);
        }
        let named = if order.verdict == OrderVerdict::None { 0 } else { world.actions().len() };
        prop_assert!(order.steps.len() <= named, "{:?}", order);
        prop_assert_eq!(order.verdict == OrderVerdict::None, !order.because.is_empty());
    }

    #[test]
    fn where_something_that_stays_surely_loses_there_is_no_order(world in world()) {
        let verdict = world.ordered(&world.inventory(), &world.actions()).verdict;
        let loses = |(number, deployment): (usize, &Deployment)| {
            let (service, key, deleted) = *deployment;
            // What becomes of Secrets Manager without its key no page says.
            let stays = !deleted && !world.removed_deployments.contains(&number) && SERVICES[service] != "secrets-manager";
            let was_let_in = world.is_let_in(*deployment, &BTreeSet::new());
            let loses_cover = was_let_in && !world.is_let_in(*deployment, &world.removed_policies);
            stays && (loses_cover || world.removed_keys.contains(&key))
        };
        if world.deployments.iter().enumerate().any(loses) {
            prop_assert_eq!(verdict, OrderVerdict::None);
        }
    }

    #[test]
    fn the_order_of_asking_does_not_show(world in world(), turn in any::<prop::sample::Index>()) {
        let inventory = world.inventory();
        let mut actions = world.actions();
        prop_assume!(!actions.is_empty());
        let straight = format!("{:?}", world.ordered(&inventory, &actions));
        let by = turn.index(actions.len());
        actions.rotate_left(by);
        actions.reverse();
        actions.push(actions[0].clone());
        prop_assert_eq!(straight, format!("{:?}", world.ordered(&inventory, &actions)));
    }

    #[test]
    fn one_more_deployment_outside_makes_no_order_safe(world in world(), more in (0..SERVICES.len(), 0_usize..2)) {
        let order = |world: &World| world.ordered(&world.inventory(), &world.actions()).verdict;
        let before = order(&world);
        let mut with_more = world.clone();
        with_more.deployments.push((more.0, more.1, false));
        prop_assert!(before != OrderVerdict::None || order(&with_more) == OrderVerdict::None);
    }
}

#[test]
fn the_random_accounts_have_orders_of_every_kind() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut found = BTreeSet::new();
    let mut longest = 0;
    for _ in 0..400 {
        let world = world().new_tree(&mut runner).expect("an account").current();
        let order = world.ordered(&world.inventory(), &world.actions());
        if order.verdict == OrderVerdict::Safe {
            longest = longest.max(order.steps.len());
        }
        found.insert(order.verdict);
    }
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(longest >= 3, "{longest}");
}

/// The replay itself is tried with an order that nobody should call safe.
#[test]
fn the_replay_sees_harm() {
    let world = World {
        deployments: vec![(2, 0, false)],
        policies: vec![(2, None)],
        removed_deployments: BTreeSet::new(),
        removed_policies: BTreeSet::from([0]),
        removed_keys: BTreeSet::from([0]),
    };
    let step = |action, target: String| OrderStep {
        action,
        target,
        text: String::new(),
        wait: None,
        checks: Vec::new(),
        commands: Vec::new(),
        undo: None,
        undo_until: None,
    };
    let inventory = world.inventory();
    for one in [step(OrderAction::RevokePolicy, "p0".to_owned()), step(OrderAction::DeleteKey, key_crn(0))] {
        let order = Order { verdict: OrderVerdict::Safe, steps: vec![one], because: Vec::new(), unknown: Vec::new() };
        let found = fault(&world, &inventory, &order).expect("it does harm");
        assert!(found.starts_with("d0 loses"), "{found}");
    }
}
