//! An account of any size: authorizations and uses, the same every time.

use kmsguard::authz::{Fact, Source, Target};
use kmsguard::policy::{Attribute, Authorization, Side, read_text};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";

/// A row of numbers that look random and are the same every time: xorshift64*.
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// A row that begins with a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next, below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap_or(0) % limit
    }
}

/// The id of something, by its number.
pub fn guid(kind: u32, number: usize) -> String {
    format!("{kind:08x}-0000-4000-8000-{number:012x}")
}

/// What a use is made of, in texts of its own.
#[derive(Debug, Clone)]
pub struct Use {
    service: &'static str,
    source_instance: String,
    kms_instance: String,
    key: String,
    ring: String,
    group: String,
}

impl Use {
    /// The source.
    pub fn source(&self) -> Source<'_> {
        Source {
            account: Fact::Value(ACCOUNT),
            service_name: Fact::Value(self.service),
            service_instance: Fact::Value(&self.source_instance),
            resource_type: Fact::None,
            resource: Fact::None,
            resource_group: Fact::Value(&self.group),
            region: Fact::Value("us-south"),
        }
    }

    /// The key.
    pub fn target(&self) -> Target<'_> {
        Target {
            account: Fact::Value(ACCOUNT),
            service_name: Fact::Value("kms"),
            service_instance: Fact::Value(&self.kms_instance),
            key_id: Fact::Value(&self.key),
            key_ring: Fact::Value(&self.ring),
            resource_group: Fact::Value("g0"),
            region: Fact::Value("us-south"),
            dedicated: Some(false),
        }
    }
}

/// Authorizations and uses of one account.
#[derive(Debug)]
pub struct Account {
    /// The authorizations.
    pub policies: Vec<Authorization>,
    /// The uses.
    pub uses: Vec<Use>,
}

/// The services of an account's sources; none of them needs delegation here.
const SERVICES: [&str; 8] = [
    "cloud-object-storage",
    "messagehub",
    "databases-for-postgresql",
    "databases-for-mongodb",
    "server-protect",
    "secrets-manager",
    "event-notifications",
    "apprapp",
];

/// How many deployments, KMS instances, key rings and resource groups an account of so many policies has.
fn shape(policies: usize) -> (usize, usize, usize, usize) {
    (policies, (policies / 50).max(4), (policies / 40).max(4), (policies / 40).max(4))
}

/// An account with so many policies of several services: six of ten for one key, the rest for an instance, a key ring, a
/// resource group, or one deployment. Nine uses of ten are of keys and deployments that some policy names.
pub fn mixed(policies: usize, uses: usize) -> Account {
    build(policies, uses, &SERVICES, 60)
}

/// An account whose policies all let one service use the keys of the other, nine of ten of them for one key each.
pub fn one_pair(policies: usize, uses: usize) -> Account {
    build(policies, uses, &SERVICES[1..2], 90)
}

fn build(policies: usize, uses: usize, services: &[&'static str], key_scoped: usize) -> Account {
    let mut numbers = Numbers::new(7);
    let (deployments, instances, rings, groups) = shape(policies);
    let service_of = |deployment: usize| services[deployment % services.len()];
    let instance_of = |key: usize| guid(3, key % instances);
    let ring_of = |key: usize| format!("ring-{}", key % rings);
    let group_of = |deployment: usize| format!("g{}", deployment % groups);
    let list = (0..policies).map(|number| {
        let deployment = numbers.below(deployments);
        let key = numbers.below(policies);
        let mut subject = vec![("accountId", ACCOUNT.to_owned()), ("serviceName", service_of(deployment).to_owned())];
        let mut resource = vec![("accountId", ACCOUNT.to_owned()), ("serviceName", "kms".to_owned())];
        if number % 100 < key_scoped {
            resource.push(("serviceInstance", instance_of(number)));
            resource.push(("resourceType", "key".to_owned()));
            resource.push(("resource", guid(2, number)));
        } else {
            match numbers.below(4) {
                0 => resource.push(("serviceInstance", instance_of(key))),
                1 => resource.push(("keyRing", ring_of(key))),
                2 => subject.push(("resourceGroupId", group_of(deployment))),
                _ => subject.push(("serviceInstance", guid(1, deployment))),
            }
        }
        policy(&subject, &resource)
    });
    let policies: Vec<Authorization> = list.collect();
    let total = policies.len();
    let uses = (0..uses).map(|_| {
        let deployment = numbers.below(deployments);
        // One of ten uses is of a key, and by a deployment, that no policy has heard of.
        let unheard = numbers.below(10) == 0;
        let key = numbers.below(total) + if unheard { 10 * total } else { 0 };
        Use {
            service: if unheard { "lakehouse" } else { service_of(key) },
            source_instance: guid(1, deployment),
            kms_instance: if unheard { guid(4, key) } else { instance_of(key) },
            key: guid(2, key),
            ring: if unheard { "none".to_owned() } else { ring_of(key) },
            group: if unheard { "none".to_owned() } else { group_of(deployment) },
        }
    });
    let uses = uses.collect();
    Account { policies, uses }
}

fn policy(subject: &[(&str, String)], resource: &[(&str, String)]) -> Authorization {
    let side = |pairs: &[(&str, String)]| Side {
        attributes: pairs.iter().map(|(name, value)| Attribute::equals(name, value)).collect(),
        ..Side::default()
    };
    let mut policy = read_text(
        r#"{"type":"authorization","subjects":[{"attributes":[]}],"resources":[{"attributes":[]}],
            "roles":[{"role_id":"crn:v1:bluemix:public:iam::::serviceRole:Reader"}]}"#,
    )
    .expect("a policy");
    policy.problems.clear();
    policy.subjects = vec![side(subject)];
    policy.resources = vec![side(resource)];
    policy
}
