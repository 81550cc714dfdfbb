//! The criteria that IBM publishes for its migration tool, every combination of them.
//!
//! Source: Key Protect docs, *Key Migration Tool*, `crkm authz-check`, as of 2026-07-30. An authorization matches a registration when
//! (1) its subject has the source's account and the source's service, its resource group, or both, an account alone never; (2) its
//! resource has the key's service and account; (3) its roles include one of Reader, ReaderPlus, Writer and Manager; (4) for
//! the services that delegate also AuthorizationDelegator; (5) a resource group, an instance, a key ring and a key are equal to
//! the key's own where they are named.
//!
//! The expectation is that list, written down again; it knows nothing of the evaluator.

use super::*;
use crate::catalog::needs::{Generation, Need, PlanFacts, Required, UseFacts, needs};
use crate::policy::{Attribute, Authorization, Role, Side, read_text};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const OTHER: &str = "fedcba9876543210fedcba9876543210";

/// What a policy says of a fact: nothing, what the use has, or something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Right,
    Wrong,
}

const SAYS: [Says; 3] = [Says::Nothing, Says::Right, Says::Wrong];

impl Says {
    fn put(self, side: &mut Vec<Attribute>, name: &str, right: &str, wrong: &str) {
        match self {
            Self::Nothing => {}
            Self::Right => side.push(Attribute::equals(name, right)),
            Self::Wrong => side.push(Attribute::equals(name, wrong)),
        }
    }

    fn is_met(self) -> bool {
        self != Self::Wrong
    }
}

/// The services, with the plan where it matters, and whether they delegate.
///
/// IBM's list of those that need the delegator (`databases-for-*`, `messages-for-rabbitmq`, `containers-kubernetes`) begins with
/// "for example"; that Gen 2 of Event Streams is of them says its own page, as of 2026-04-17.
const SERVICES: [(&str, Option<&str>, bool, bool); 7] = [
    // Service, plan, whether it delegates, whether it is Gen 2.
    ("cloud-object-storage", None, false, false),
    ("messagehub", Some("enterprise-3nodes-2tb"), false, false),
    ("messagehub", Some("enterprise-gen2"), true, true),
    ("databases-for-postgresql", Some("standard"), true, false),
    ("databases-for-mongodb", Some("standard-gen2"), true, true),
    ("messages-for-rabbitmq", Some("standard"), true, false),
    ("containers-kubernetes", None, true, false),
];

/// Sets of roles: whether they give access, and delegation.
const ROLES: [(&[&str], bool, bool); 9] = [
    (&["iam::::serviceRole:Reader"], true, false),
    (&["iam::::serviceRole:ReaderPlus"], true, false),
    (&["kms::::serviceRole:Writer"], true, false),
    (&["iam::::serviceRole:Manager"], true, false),
    (&["iam::::serviceRole:Reader", "iam::::role:AuthorizationDelegator"], true, true),
    (&["iam::::role:AuthorizationDelegator"], false, true),
    (&["iam::::role:Viewer", "iam::::role:AuthorizationDelegator"], false, true),
    (&["iam::::role:Reader", "iam::::role:AuthorizationDelegator"], false, true),
    (&["iam::::serviceRole:Reader", "iam::::serviceRole:AuthorizationDelegator"], true, false),
];

fn empty() -> Authorization {
    let mut policy = read_text(
        r#"{"type":"authorization","subjects":[{"attributes":[]}],"resources":[{"attributes":[]}],"roles":[{"role_id":"x"}]}"#,
    )
    .expect("a policy");
    policy.problems.clear();
    policy
}

fn policy_of(base: &Authorization, subject: Vec<Attribute>, resource: Vec<Attribute>) -> Authorization {
    Authorization {
        subjects: vec![Side { attributes: subject, ..Side::default() }],
        resources: vec![Side { attributes: resource, ..Side::default() }],
        ..base.clone()
    }
}

fn target(dedicated: bool) -> Target<'static> {
    Target {
        account: Fact::Value(ACCOUNT),
        service_name: Fact::Value("kms"),
        service_instance: Fact::Value("i"),
        key_id: Fact::Value("k"),
        key_ring: Fact::Value("r"),
        resource_group: Fact::Value("kg"),
        region: Fact::Value("us-south"),
        dedicated: Some(dedicated),
    }
}

fn source(service: &'static str) -> Source<'static> {
    Source {
        account: Fact::Value(ACCOUNT),
        service_name: Fact::Value(service),
        service_instance: Fact::Value("s"),
        resource_type: Fact::None,
        resource: Fact::None,
        resource_group: Fact::Value("g"),
        region: Fact::Value("us-south"),
    }
}

fn need_of(service: &str, plan: Option<&'static str>) -> Need {
    let plan = PlanFacts { plan, ..PlanFacts::default() };
    // IBM's tool takes every database for one that delegates: it is about migration.
    let facts = UseFacts { plan, migration: true, provisioned: Some(false), ..UseFacts::default() };
    Need { dependents: Vec::new(), ..needs(Some(service), &facts) }
}

/// Subject scope, resource scope, role, service, delegation: all of them, each with the others.
#[test]
fn every_combination_of_the_published_criteria() {
    let mut counted = [0_u32; 3];
    let resources = SAYS.iter().flat_map(|instance| {
        SAYS.iter().flat_map(move |ring| {
            SAYS.iter().flat_map(move |key| SAYS.iter().map(move |group| (*instance, *ring, *key, *group)))
        })
    });
    let resources: Vec<(Says, Says, Says, Says)> = resources.collect();
    let base = empty();
    let role = |role: &&str| Role::of_id(&format!("crn:v1:bluemix:public:{role}"));
    let roles: Vec<Vec<Role>> = ROLES.iter().map(|(roles, ..)| roles.iter().map(role).collect()).collect();
    for (service, plan, delegates, gen2) in SERVICES {
        let need = need_of(service, plan);
        assert_eq!(need.delegation, if delegates { Required::Yes } else { Required::No }, "{service} {plan:?}");
        assert_eq!(need.generation == Generation::Gen2, gen2, "{service} {plan:?}");
        for dedicated in [false, true] {
            let key_use =
                KeyUse { source: source(service), target: target(dedicated), need: &need, any_source_account: false };
            for (account, name, group) in SAYS.iter().flat_map(|account| {
                SAYS.iter().flat_map(move |name| SAYS.iter().map(move |group| (*account, *name, *group)))
            }) {
                let mut subject = Vec::new();
                account.put(&mut subject, "accountId", ACCOUNT, OTHER);
                name.put(&mut subject, "serviceName", service, "schematics");
                group.put(&mut subject, "resourceGroupId", "g", "h");
                let subject_matches = account == Says::Right
                    && (name == Says::Right || group == Says::Right)
                    && name.is_met()
                    && group.is_met();
                for (owner, kms) in SAYS.iter().flat_map(|owner| SAYS.iter().map(move |kms| (*owner, *kms))) {
                    for (instance, ring, key, key_group) in &resources {
                        // A target without a service but with a resource group is one of which nothing is published.
                        if kms == Says::Nothing && *key_group != Says::Nothing {
                            continue;
                        }
                        let mut resource = Vec::new();
                        owner.put(&mut resource, "accountId", ACCOUNT, OTHER);
                        kms.put(&mut resource, "serviceName", "kms", "hs-crypto");
                        instance.put(&mut resource, "serviceInstance", "i", "j");
                        ring.put(&mut resource, "keyRing", "r", "q");
                        key.put(&mut resource, "resource", "k", "l");
                        key_group.put(&mut resource, "resourceGroupId", "kg", "kh");
                        let matches = subject_matches
                            && owner == Says::Right
                            && kms == Says::Right
                            && [instance, ring, key, key_group].iter().all(|says| says.is_met());
                        // What this service does not honour leaves open what would be a match.
                        let cluster = service == "containers-kubernetes" && dedicated;
                        let unsupported =
                            (*ring != Says::Nothing && (gen2 || cluster)) || (*key != Says::Nothing && cluster);
                        let mut policy = policy_of(&base, subject.clone(), resource);
                        for ((_, access, delegation), roles) in ROLES.iter().zip(&roles) {
                            policy.roles.clone_from(roles);
                            let (access, delegation) = (*access, *delegation);
                            let enough = access && (delegation || !delegates);
                            let expected = match matches && enough {
                                false => Verdict::NotCovered,
                                true if unsupported => Verdict::Unknown,
                                true => Verdict::Covered,
                            };
                            let one = [(0, &policy)];
                            let found = super::decide::verdict(&key_use, &one, &|_| None, &|_| Vec::new(), true);
                            assert_eq!(found.verdict, expected, "{service} {plan:?} dedicated={dedicated} {policy:?}");
                            counted[found.verdict as usize] += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(counted.iter().all(|count| *count > 100), "{counted:?}");
}
