//! What holds for every untangling: replayed step by step against a plain model of the account, no deployment is ever without a key that
//! it may use, nothing is taken away before what takes its place stands, and at the end no two share the key; and nothing is called in
//! place of which a plain list of the services that pages say it of does not hold it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::api::{
    ActionKind, ActionRequest, ImpactAnswer, ImpactRequest, ImpactVerdict, UntangleAction, UntangleHow,
    UntangleVerdict, UntanglingReport,
};
use crate::ingest::Input;
use crate::inventory::Inventory;

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const GUID: &str = "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4";
const KEY: &str = "f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

/// What a deployment of the model is: its service, its plan, the type of its resource, and how pages say that its key is changed.
const KINDS: [(&str, &str, &str, UntangleHow); 8] = [
    ("messagehub", "ibm.message.hub.enterprise.3nodes.2tb", "", UntangleHow::Anew),
    ("messagehub", "eventstreams-gen2-enterprise", "", UntangleHow::Anew),
    ("databases-for-redis", "databases-for-redis-standard", "", UntangleHow::Anew),
    ("cloud-object-storage", "", "bucket", UntangleHow::Anew),
    ("containers-kubernetes", "", "cluster", UntangleHow::InPlace),
    ("containers-kubernetes", "", "worker-pool", UntangleHow::Anew),
    ("secrets-manager", "", "", UntangleHow::Unknown),
    ("event-notifications", "", "", UntangleHow::Unknown),
];

#[derive(Debug, Clone)]
struct World {
    /// Each a kind, and whether it was deleted a day ago.
    deployments: Vec<(usize, bool)>,
    has_policies: bool,
}

fn crn(number: usize, (kind, _): (usize, bool)) -> String {
    let (service, _, of, _) = KINDS[kind];
    let id = format!("11111111-1111-4111-8111-{number:012}");
    let resource = if of.is_empty() { "" } else { "r" };
    format!("crn:v1:bluemix:public:{service}:us-south:a/{ACCOUNT}:{id}:{of}:{resource}")
}

fn key() -> String {
    format!("crn:v1:bluemix:public:kms:us-south:a/{ACCOUNT}:{GUID}:key:{KEY}")
}

impl World {
    fn is_deleted(&self, number: usize) -> bool {
        let (kind, deleted) = self.deployments[number];
        deleted && KINDS[kind].2.is_empty()
    }

    fn untangled(&self) -> ImpactAnswer {
        let listed = || self.deployments.iter().copied().enumerate();
        let registrations: Vec<Value> =
            listed().map(|(number, one)| json!({"keyId": KEY, "resourceCrn": crn(number, one)})).collect();
        let instances: Vec<Value> = listed()
            .filter(|(_, (kind, _))| KINDS[*kind].2.is_empty())
            .map(|(number, one)| {
                let mut row = json!({"crn": crn(number, one), "name": format!("d{number}"), "resource_plan_id": KINDS[one.0].1,
                    "resource_group_id": "g", "state": "active"});
                if self.is_deleted(number) {
                    row["state"] = json!("pending_reclamation");
                    row["deleted_at"] = json!("2026-11-20T12:00:00Z");
                    row["scheduled_reclaim_at"] = json!("2026-11-23T12:00:00Z");
                }
                row
            })
            .collect();
        let services: BTreeSet<&str> = self.deployments.iter().map(|(kind, _)| KINDS[*kind].0).collect();
        let attributes = |pairs: &[(&str, &str)]| -> Value {
            json!([{"attributes": pairs.iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>()}])
        };
        let policies: Vec<Value> = services
            .iter()
            .map(|service| {
                json!({"id": format!("p-{service}"), "type": "authorization", "state": "active", "created_by_id": "IBMid-1",
                    "subjects": attributes(&[("accountId", ACCOUNT), ("serviceName", service)]),
                    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"},
                              {"role_id": "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}],
                    "resources": attributes(&[("accountId", ACCOUNT), ("serviceName", "kms"), ("serviceInstance", GUID),
                        ("resourceType", "key"), ("resource", KEY)])})
            })
            .collect();
        let mut inputs = vec![
            Input::named(
                "keys.json",
                json!([{"id": KEY, "crn": key(), "name": "shared", "state": 1, "extractable": false}]).to_string(),
            ),
            Input::named("registrations.json", json!(registrations).to_string()),
        ];
        if !instances.is_empty() {
            inputs.push(Input::named("instances.json", json!(instances).to_string()));
        }
        if self.has_policies {
            inputs.push(Input::named("policies.json", json!({"policies": policies}).to_string()));
        }
        let actions = vec![ActionRequest { kind: ActionKind::UntangleKey, target: "shared".to_owned() }];
        let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
        let request = ImpactRequest { actions, ..ImpactRequest::at(now) };
        Inventory::read(inputs).impact(&request).expect("the key is there")
    }
}

fn world() -> impl Strategy<Value = World> {
    let deployment = (0..KINDS.len(), prop::bool::weighted(0.15));
    (prop::collection::vec(deployment, 1..6), prop::bool::weighted(0.8))
        .prop_map(|(deployments, has_policies)| World { deployments, has_policies })
}

fn report(answer: &ImpactAnswer) -> &UntanglingReport {
    answer.untangling.as_ref().and_then(|reports| reports.first()).expect("it was asked")
}

/// Carries the steps out on a model that knows only which resource has which key, which keys there are, and who is let in.
fn fault(world: &World, report: &UntanglingReport) -> Option<String> {
    let mut keys: BTreeSet<String> = BTreeSet::from([report.key.clone()]);
    let mut let_in: BTreeSet<(String, String)> = BTreeSet::new();
    // The key of each resource; a second one beside it while it is made anew.
    let mut held: BTreeMap<String, String> =
        world.deployments.iter().enumerate().map(|(number, one)| (crn(number, *one), report.key.clone())).collect();
    let mut twins: BTreeMap<String, (String, bool)> = BTreeMap::new();
    let new_key = |deployment: &str| {
        let of = report.deployments.iter().find(|one| one.deployment == deployment);
        of.and_then(|one| one.key.as_ref()).map(|key| format!("{}/{}", key.crn, key.name))
    };
    let resources = |deployment: &str, how: UntangleHow| -> Vec<String> {
        let of = report.deployments.iter().find(|one| one.deployment == deployment);
        let parts = of.iter().flat_map(|one| &one.parts).filter(|part| part.how == how);
        parts.flat_map(|part| part.resources.clone()).collect()
    };
    for step in &report.steps {
        let deployment = step.deployment.clone().unwrap_or_default();
        let own = new_key(&deployment);
        match step.action {
            UntangleAction::CreateKey => {
                if !keys.insert(own?) {
                    return Some(format!("{deployment} gets a key that another has"));
                }
            }
            UntangleAction::Authorize => {
                let own = own?;
                if !keys.contains(&own) {
                    return Some(format!("{deployment} is let in to a key that there is not"));
                }
                let service = |crn: &str| crn.split(':').nth(4).map(str::to_owned);
                if step.commands.iter().any(|one| one.command.contains("NEW_KEY_ID")) {
                    let_in.insert((deployment, own));
                } else {
                    let of_service =
                        report.deployments.iter().filter(|one| service(&one.deployment) == service(&deployment));
                    let_in
                        .extend(of_service.filter_map(|one| Some((one.deployment.clone(), new_key(&one.deployment)?))));
                }
            }
            UntangleAction::ReKey | UntangleAction::OpenTicket => {
                let own = own?;
                if !let_in.contains(&(deployment.clone(), own.clone())) {
                    return Some(format!("{deployment} is given a key that it may not use"));
                }
                let how = if step.action == UntangleAction::ReKey {
                    UntangleHow::InPlace
                } else {
                    UntangleHow::SupportTicket
                };
                held.extend(resources(&deployment, how).into_iter().map(|resource| (resource, own.clone())));
            }
            UntangleAction::MakeAnew => {
                let own = own?;
                if !let_in.contains(&(deployment.clone(), own.clone())) {
                    return Some(format!("{deployment} is made anew with a key that it may not use"));
                }
                for resource in resources(&deployment, UntangleHow::Anew) {
                    let moved = twins.get(&resource).is_some_and(|(_, moved)| *moved);
                    twins.insert(resource, (own.clone(), moved));
                }
            }
            UntangleAction::MoveData => {
                for resource in resources(&deployment, UntangleHow::Anew) {
                    let twin = twins.entry(resource).or_default();
                    twin.1 = true;
                }
            }
            UntangleAction::DeleteInstance => match twins.get(&step.target) {
                Some((own, true)) if !own.is_empty() => {
                    let own = own.clone();
                    held.insert(step.target.clone(), own);
                }
                Some(_) => return Some(format!("{} is deleted before its data was moved", step.target)),
                None => return Some(format!("{} is deleted, and nothing takes its place", step.target)),
            },
            UntangleAction::RevokePolicy | UntangleAction::DeleteKey | UntangleAction::AuthorizeKeyDeletion => {
                let mut numbered = world.deployments.iter().enumerate();
                let left = numbered.find(|(number, one)| {
                    !world.is_deleted(*number) && held.get(&crn(*number, **one)) == Some(&report.key)
                });
                if let Some((number, _)) = left {
                    return Some(format!("d{number} loses the shared key"));
                }
            }
        }
        if held.values().any(|key| !keys.contains(key)) {
            return Some("something has a key that there is not".to_owned());
        }
    }
    let standing = world.deployments.iter().enumerate().filter(|(number, _)| !world.is_deleted(*number));
    let left = standing.filter(|(number, one)| held.get(&crn(*number, **one)) == Some(&report.key)).count();
    let is_done =
        matches!(report.verdict, UntangleVerdict::InPlace | UntangleVerdict::Anew) && report.removal.because.is_empty();
    (is_done && left > 1).then(|| format!("{left} deployments share the key at the end"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn replayed_it_takes_no_key_from_anybody_and_leaves_none_shared(world in world()) {
        let answer = world.untangled();
        prop_assert_eq!(fault(&world, report(&answer)), None);
    }

    #[test]
    fn nothing_is_in_place_that_no_page_says_it_of(world in world()) {
        let answer = world.untangled();
        for (number, one) in world.deployments.iter().enumerate() {
            let expected = if world.is_deleted(number) { UntangleHow::Leaving } else { KINDS[one.0].3 };
            let resource = crn(number, *one);
            let parts = report(&answer).deployments.iter().flat_map(|one| &one.parts);
            let part = parts.into_iter().find(|part| part.resources.contains(&resource)).expect("it is on the key");
            prop_assert_eq!(part.how, expected, "{}", resource);
            if part.how == UntangleHow::InPlace {
                prop_assert!(part.because.iter().any(|reason| reason.source.is_some()), "{} has no page", resource);
            }
        }
    }

    #[test]
    fn it_is_safe_only_where_all_of_it_is_in_place_or_gone(world in world()) {
        let answer = world.untangled();
        let harmless = |part: UntangleHow| matches!(part, UntangleHow::InPlace | UntangleHow::Leaving | UntangleHow::SupportTicket);
        let alone = report(&answer).verdict == UntangleVerdict::NotShared;
        let all = alone || report(&answer).deployments.iter().all(|one| harmless(one.how));
        prop_assert!(answer.verdict != ImpactVerdict::Safe || all);
        prop_assert!(report(&answer).verdict != UntangleVerdict::Unknown || answer.verdict != ImpactVerdict::Safe);
        // Without a list of authorizations nobody knows who else may use the key.
        prop_assert!(world.has_policies || answer.verdict != ImpactVerdict::Safe);
        prop_assert!(world.has_policies || report(&answer).steps.iter().all(|step| step.action != UntangleAction::DeleteKey));
    }
}

#[test]
fn the_random_accounts_come_to_every_verdict() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut found, mut deleted) = (BTreeSet::new(), 0);
    for _ in 0..300 {
        let world = world().new_tree(&mut runner).expect("an account").current();
        let answer = world.untangled();
        let report = report(&answer);
        deleted += report.steps.iter().filter(|step| step.action == UntangleAction::DeleteKey).count();
        found.insert(report.verdict);
    }
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(deleted > 5, "the key goes at the end of {deleted} of them");
}

/// The replay itself is tried with steps that nobody should take.
#[test]
fn the_replay_sees_harm() {
    let world = World { deployments: vec![(0, false), (4, false)], has_policies: true };
    let answer = world.untangled();
    let whole = report(&answer);
    assert_eq!(fault(&world, whole), None);
    for left_out in
        [UntangleAction::CreateKey, UntangleAction::Authorize, UntangleAction::MakeAnew, UntangleAction::ReKey]
    {
        let mut report = whole.clone();
        report.steps.retain(|step| step.action != left_out);
        assert!(fault(&world, &report).is_some(), "{left_out:?} is not missed");
    }
}
