//! What holds for every set of uses and authorizations. The criteria are recomputed from the words of the page, by a model that looks at
//! one authorization after the other and knows nothing of the engine.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Readiness, assess};
use crate::authz::{Match, Verdict};
use crate::catalog::migration::Follows;
use crate::ingest::Input;
use crate::inventory::Inventory;

const OWN: &str = "0123456789abcdef0123456789abcdef";
const OTHER: &str = "fedcba9876543210fedcba9876543210";
const SOURCE: &str = "0a1b2c3d-0000-4000-8000-000000000001";
const TARGET: &str = "f6c9f6d0-92f6-437a-b97c-4b617cb3d320";
const KMS: &str = "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4";
const HYPER: &str = "5a0d8c56-1f0e-4c11-9d5d-6b8e8a3f7c21";

fn source() -> String {
    format!("crn:v1:bluemix:public:hs-crypto:us-south:a/{OWN}:{HYPER}:key:{SOURCE}")
}

fn target() -> String {
    format!("crn:v1:bluemix:public:kms:us-south:a/{OWN}:{KMS}:key:{TARGET}")
}

/// What can use a key: the service that an authorization names, its CRN after the account, and whether the page says that it needs
/// delegation. The classic Event Streams needs none by its plan.
const USERS: [(&str, &str, bool); 5] = [
    (
        "cloud-object-storage",
        "cloud-object-storage:global:a/OWN:22222222-2222-4222-8222-222222222222:bucket:one",
        false,
    ),
    ("databases-for-redis", "databases-for-redis:us-south:a/OWN:11111111-1111-4111-8111-111111111111::", true),
    ("messages-for-rabbitmq", "messages-for-rabbitmq:us-south:a/OWN:66666666-6666-4666-8666-666666666666::", true),
    ("messagehub", "messagehub:us-south:a/OWN:33333333-3333-4333-8333-333333333333::", false),
    ("containers-kubernetes", "containers-kubernetes:us-south:a/OWN:d70mi70206f7fchch5h0::", true),
];

fn user(place: usize) -> String {
    format!("crn:v1:bluemix:public:{}", USERS[place % USERS.len()].1.replace("OWN", OWN))
}

/// An authorization, as the page speaks of it.
#[derive(Debug, Clone)]
struct Grant {
    account: &'static str,
    /// A place among the users, or no service at all.
    service: Option<usize>,
    group: Option<&'static str>,
    target_account: &'static str,
    target_service: &'static str,
    /// What the resource names beside: the attribute and its value.
    narrowed: Vec<(&'static str, &'static str)>,
    roles: Vec<&'static str>,
}

const ACCESS: [&str; 4] = ["Reader", "ReaderPlus", "Writer", "Manager"];

impl Grant {
    fn json(&self, number: usize) -> Value {
        let attribute = |name: &str, value: &str| json!({"name": name, "value": value});
        let mut subject = vec![attribute("accountId", self.account)];
        subject.extend(self.service.map(|place| attribute("serviceName", USERS[place].0)));
        subject.extend(self.group.map(|group| attribute("resourceGroupId", group)));
        let mut resource =
            vec![attribute("accountId", self.target_account), attribute("serviceName", self.target_service)];
        resource.extend(self.narrowed.iter().map(|(name, value)| attribute(name, value)));
        let role = |role: &&str| {
            let kind = if ACCESS.contains(role) { "serviceRole" } else { "role" };
            json!({"role_id": format!("crn:v1:bluemix:public:iam::::{kind}:{role}")})
        };
        json!({"id": format!("p{number}"), "type": "authorization", "subjects": [{"attributes": subject}],
            "roles": self.roles.iter().map(role).collect::<Vec<_>>(), "resources": [{"attributes": resource}]})
    }

    /// The four criteria and the sentence after them, read off the page.
    fn matches(&self, user: usize) -> bool {
        let (_, _, delegates) = USERS[user];
        let scoped = self.service.is_some() || self.group.is_some();
        let subject = self.account == OWN
            && scoped
            && self.service.is_none_or(|service| service == user)
            && self.group.is_none_or(|group| group == "group");
        let resource = self.target_service == "kms" && self.target_account == OWN;
        let roles = self.roles.iter().any(|role| ACCESS.contains(role))
            && (!delegates || self.roles.contains(&"AuthorizationDelegator"));
        let right =
            [("serviceInstance", KMS), ("resource", TARGET), ("keyRing", "ring"), ("resourceGroupId", "of-kms")];
        subject && resource && roles && self.narrowed.iter().all(|one| right.contains(one))
    }
}

fn grant() -> impl Strategy<Value = Grant> {
    let account = prop_oneof![6 => Just(OWN), 1 => Just(OTHER)];
    let narrowed = prop::sample::subsequence(
        vec![
            ("serviceInstance", KMS),
            ("serviceInstance", HYPER),
            ("resource", TARGET),
            ("resource", SOURCE),
            ("keyRing", "ring"),
            ("keyRing", "other"),
            ("resourceGroupId", "of-kms"),
            ("resourceGroupId", "other"),
        ],
        0..3,
    );
    let roles = prop::sample::subsequence(vec!["Reader", "Manager", "AuthorizationDelegator", "Viewer"], 1..4);
    (
        account.clone(),
        proptest::option::weighted(0.8, 0..USERS.len()),
        proptest::option::weighted(0.2, prop_oneof![Just("group"), Just("other")]),
        account,
        prop_oneof![6 => Just("kms"), 1 => Just("hs-crypto")],
        narrowed,
        roles,
    )
        .prop_map(|(account, service, group, target_account, target_service, narrowed, roles)| Grant {
            account,
            service,
            group,
            target_account,
            target_service,
            narrowed,
            roles,
        })
}

/// The exports of an account, by name.
fn exports(users: &[usize], grants: &[Grant]) -> Vec<(&'static str, Value)> {
    let key = |crn: String, more: Value| {
        let mut key = json!({"crn": crn, "state": 1, "extractable": false});
        if let (Some(key), Some(more)) = (key.as_object_mut(), more.as_object()) {
            key.extend(more.clone());
        }
        key
    };
    let instance = |crn: String, plan: &str, group: &str| json!({"crn": crn, "resource_plan_id": plan, "resource_group_id": group, "state": "active"});
    let deployment = |place: usize| user(place).replace("bucket:one", ":");
    let mut instances = vec![
        instance(format!("crn:v1:bluemix:public:kms:us-south:a/{OWN}:{KMS}::"), "dedicated", "of-kms"),
        instance(format!("crn:v1:bluemix:public:hs-crypto:us-south:a/{OWN}:{HYPER}::"), "standard", "of-hyper"),
    ];
    let plans =
        ["standard", "databases-for-redis-standard", "messages-for-rabbitmq-standard", "enterprise-3nodes-2tb", "x"];
    instances.extend((0..USERS.len()).map(|place| instance(deployment(place), plans[place], "group")));
    let registration = |place: &usize| json!({"keyId": SOURCE, "resourceCrn": user(*place)});
    vec![
        ("instances.json", json!(instances)),
        ("keys.json", json!([key(target(), json!({"keyRingID": "ring"}))])),
        ("hyper.json", json!([key(source(), json!({}))])),
        ("policies.json", json!(grants.iter().enumerate().map(|(number, one)| one.json(number)).collect::<Vec<_>>())),
        ("registrations.json", json!(users.iter().map(registration).collect::<Vec<_>>())),
    ]
}

fn read(exports: &[(&'static str, Value)]) -> Inventory {
    let mut inputs: Vec<Input> = exports.iter().map(|(name, value)| Input::named(*name, value.to_string())).collect();
    inputs.push(Input::named("pairs.csv", format!("{},{}\n", source(), target())));
    Inventory::read(inputs)
}

/// What is said of each resource, and of the key.
type Said = (Vec<(String, Match, Verdict)>, Option<Readiness>);

fn said(inventory: &Inventory) -> Said {
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    let found = assess(inventory, now);
    let rows: Vec<_> = found.rows.iter().filter(|row| row.source.crn == source()).collect();
    let associations = rows.iter().flat_map(|row| &row.associations);
    let associations = associations.map(|one| {
        let resource = inventory.text(one.found.resource).to_owned();
        // What is ready has everything in order, whatever else was found.
        if rows.iter().any(|row| row.readiness == Readiness::Ready) && !one.moved {
            assert_eq!((one.verdict, one.authorized, one.follows), (Match::Match, Verdict::Covered, Follows::Full));
        }
        (resource, one.verdict, one.authorized)
    });
    (associations.collect(), rows.first().map(|row| row.readiness))
}

/// What the others start from: with everything in order a key is ready, and with one export less it is not.
#[test]
fn a_key_is_ready_with_everything_and_with_nothing_less() {
    let users: Vec<usize> = (0..USERS.len()).collect();
    let grant = |place: &usize| Grant {
        account: OWN,
        service: Some(*place),
        group: None,
        target_account: OWN,
        target_service: "kms",
        narrowed: vec![("serviceInstance", KMS)],
        roles: vec!["Reader", "AuthorizationDelegator"],
    };
    let whole = exports(&users, &users.iter().map(grant).collect::<Vec<_>>());
    assert_eq!(said(&read(&whole)).1, Some(Readiness::Ready));
    for missing in 0..whole.len() {
        let mut less = whole.clone();
        let (name, _) = less.remove(missing);
        assert_eq!(said(&read(&less)).1, Some(Readiness::Unknown), "without {name}");
    }
}

fn users() -> impl Strategy<Value = Vec<usize>> {
    prop::sample::subsequence((0..USERS.len()).collect::<Vec<_>>(), 1..=USERS.len())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn the_criteria_are_those_of_the_page(
        users in users(), grants in proptest::collection::vec(grant(), 0..6),
    ) {
        // One authorization with a target in the account proves that the list is not empty for want of permission.
        let mut listed = grants.clone();
        listed.push(Grant { account: OWN, service: Some(0), group: None, target_account: OWN, target_service: "kms", narrowed: vec![], roles: vec!["Viewer"] });
        let (associations, _) = said(&read(&exports(&users, &listed)));
        prop_assert_eq!(associations.len(), users.len());
        for place in users {
            let expected = if listed.iter().any(|one| one.matches(place)) { Match::Match } else { Match::NoMatch };
            let (_, verdict, authorized) = associations.iter().find(|(crn, ..)| *crn == user(place)).expect("each is there");
            prop_assert_eq!(*verdict, expected, "{}", user(place));
            // One that the page takes for enough is never refused by IAM.
            prop_assert!(expected != Match::Match || *authorized != Verdict::NotCovered, "{}", user(place));
        }
    }

    #[test]
    fn the_order_of_what_was_read_does_not_show(
        users in users(), grants in proptest::collection::vec(grant(), 0..6),
    ) {
        let first = said(&read(&exports(&users, &grants)));
        let (mut users, mut grants) = (users, grants);
        users.reverse();
        grants.reverse();
        let mut turned = exports(&users, &grants);
        turned.reverse();
        prop_assert_eq!(first, said(&read(&turned)));
    }

    #[test]
    fn what_is_not_read_makes_no_key_ready(
        users in users(), grants in proptest::collection::vec(grant(), 0..6), missing in 0_usize..5,
    ) {
        let whole = exports(&users, &grants);
        let (before, ready) = said(&read(&whole));
        let mut less = whole;
        less.remove(missing);
        let (after, ready_with_less) = said(&read(&less));
        prop_assert!(ready_with_less != Some(Readiness::Ready), "{missing}: {ready:?}");
        // Absent evidence is never a no, and never a match that was none.
        for (crn, verdict, _) in after {
            let was = before.iter().find(|(known, ..)| *known == crn).map(|(_, verdict, _)| *verdict);
            prop_assert!(verdict == Match::Unknown || Some(verdict) == was, "{crn}: {verdict:?}, and {was:?} with everything");
        }
    }

    #[test]
    fn one_more_authorization_takes_no_match_away(
        users in users(), grants in proptest::collection::vec(grant(), 1..6), more in grant(),
    ) {
        let (before, _) = said(&read(&exports(&users, &grants)));
        let mut with_more = grants;
        with_more.push(more);
        let (after, _) = said(&read(&exports(&users, &with_more)));
        for ((crn, before, covered), (_, after, still)) in before.iter().zip(&after) {
            prop_assert!(*before != Match::Match || *after == Match::Match, "{crn}");
            prop_assert!(*covered != Verdict::Covered || *still == Verdict::Covered, "{crn}");
        }
    }

    #[test]
    fn one_more_resource_makes_no_key_readier(
        users in users(), grants in proptest::collection::vec(grant(), 1..6), more in 0..USERS.len(),
    ) {
        let (_, before) = said(&read(&exports(&users, &grants)));
        let mut with_more = users;
        with_more.push(more);
        let (_, after) = said(&read(&exports(&with_more, &grants)));
        prop_assert!(before <= after, "{before:?} became {after:?}");
    }
}
