//! The services that take a customer's key: what each needs, and how it is told.

pub mod event_streams;
pub mod schematics;

use super::Source;
use super::roles::Role;

/// One fact, as answers cite it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Its name, such as `event-streams-gen2.delegation`.
    pub id: &'static str,
    /// What it says, in one sentence.
    pub text: &'static str,
    /// Where it was read.
    pub source: Source,
}

/// How far an authorization reaches on the side of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One key.
    Key,
    /// All keys of one KMS instance.
    Instance,
    /// All keys of the account.
    Account,
}

impl Scope {
    /// The word that requests use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Instance => "instance",
            Self::Account => "account",
        }
    }
}

/// A service that takes a customer's key.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// The id that requests use.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The service by the name that IAM and CRNs use.
    pub service_name: &'static str,
    /// Other words for it, which are not ids: they name two services, or none exactly.
    pub also: &'static [&'static str],
    /// The roles it needs on the key.
    pub roles: &'static [&'static Role],
    /// Why these.
    pub roles_because: Fact,
    /// Whether it passes its authorization on to a service it depends on.
    pub delegation: bool,
    /// The services whose keys it takes.
    pub targets: &'static [&'static str],
    /// The scopes it takes, the one to use first.
    pub scopes: &'static [Scope],
    /// Why not narrower.
    pub scopes_because: Fact,
}

/// All services that a plan can be made for.
pub static SERVICES: &[&Service] = &[&event_streams::GEN2, &schematics::SCHEMATICS];

/// How long to wait after an authorization was made.
pub static WAIT_SECONDS: u32 = 30;

/// Why to wait.
pub static WAIT: Fact = Fact {
    id: "iam.eventual-consistency",
    text: "an authorization takes effect some seconds after it was created; until then the service is refused the key",
    source: Source {
        title: "terraform-provider-ibm#4478: authorization policies need time before they work",
        url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/4478",
        as_of: "2026-08-05",
    },
};

/// In whose account an authorization is made.
pub static AUTHORIZATION_ACCOUNT: Fact = Fact {
    id: "iam.authorization-account",
    text: "an authorization is made in the account of the key; the account of the service is named in its subject",
    source: SERVICE_AUTHORIZATIONS,
};

/// What the caller must be to make an authorization.
pub static AUTHORIZATION_ROLE: Fact = Fact {
    id: "iam.authorization-role",
    text: "whoever makes an authorization can grant no more than they hold on the target themselves",
    source: SERVICE_AUTHORIZATIONS,
};

/// What an authorization that stands already does to a second one.
pub static DUPLICATE: Fact = Fact {
    id: "iam.duplicate",
    text: "an authorization that stands already is not made twice: IAM answers 409 `policy_conflict_error`; and it lists only \
           what the caller may read, so an empty list proves nothing",
    source: Source {
        title: "IAM Policy Management API",
        url: "https://cloud.ibm.com/apidocs/iam-policy-management",
        as_of: "2026-06-29",
    },
};

/// What the key must be.
pub static ROOT_KEY: Fact = Fact {
    id: "key-protect.root-key",
    text: "the CRN does not say whether a key is a root key: look for `extractable: false` and `state: 1` (active) before using it",
    source: Source {
        title: "Key Protect: Key states; root and standard keys",
        url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-key-states",
        as_of: "2026-08-12",
    },
};

/// How the command line reaches a KMS that is not multi-tenant Key Protect.
pub static TARGET_ADDRESS: Fact = Fact {
    id: "key-protect.target-address",
    text: "the commands of `ibmcloud kp` reach Key Protect; for Key Protect Dedicated and Hyper Protect Crypto Services, the variable \
           `KP_TARGET_ADDR` holds the endpoint of the instance",
    source: Source {
        title: "Key Protect: CLI reference",
        url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-key-protect-cli-reference",
        as_of: "2026-08-12",
    },
};

const SERVICE_AUTHORIZATIONS: Source = Source {
    title: "IAM: Using authorizations to grant access between services",
    url: "https://cloud.ibm.com/docs/iam?topic=iam-serviceauth",
    as_of: "2025-11-15",
};
