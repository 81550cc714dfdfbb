//! Facts that hold for every service: authorizations, keys, the wait between the two.

use super::Fact;
use crate::catalog::Source;

const SERVICE_AUTHORIZATIONS: Source = Source {
    title: "IAM: Using authorizations to grant access between services",
    url: "https://cloud.ibm.com/docs/iam?topic=iam-serviceauth",
    as_of: "2025-11-15",
};
/// The page on which Resource Controller is documented.
pub(super) const RESOURCE_CONTROLLER: Source = Source {
    title: "Resource Controller API: Create a new resource instance",
    url: "https://cloud.ibm.com/apidocs/resource-controller/resource-controller#create-resource-instance",
    as_of: "2026-06-29",
};
/// The page that says which services know the intents of a migration.
pub(super) const MIGRATION: Source = Source {
    title: "Key Protect: Migrating to Key Protect Dedicated",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-migrate-st",
    as_of: "2026-08-12",
};

/// How long to wait after an authorization was made.
pub static WAIT_SECONDS: u32 = 30;

/// Why to wait.
pub static WAIT: Fact = Fact::new(
    "iam.eventual-consistency",
    "an authorization takes effect some seconds after it was created; until then the service is refused the key",
    Source {
        title: "terraform-provider-ibm#4478: authorization policies need time before they work",
        url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/4478",
        as_of: "2026-08-05",
    },
);

/// In whose account an authorization is made.
pub static AUTHORIZATION_ACCOUNT: Fact = Fact::new(
    "iam.authorization-account",
    "an authorization is made in the account of the key; the account of the service is named in its subject",
    SERVICE_AUTHORIZATIONS,
);

/// What the caller must be to make an authorization.
pub static AUTHORIZATION_ROLE: Fact = Fact::new(
    "iam.authorization-role",
    "whoever makes an authorization can grant no more than they hold on the target themselves",
    SERVICE_AUTHORIZATIONS,
);

/// What an authorization that stands already does to a second one.
pub static DUPLICATE: Fact = Fact::new(
    "iam.duplicate",
    "an authorization that stands already is not made twice: IAM answers 409 `policy_conflict_error`; and it lists only \
     what the caller may read, so an empty list proves nothing",
    Source {
        title: "IAM Policy Management API",
        url: "https://cloud.ibm.com/apidocs/iam-policy-management",
        as_of: "2026-06-29",
    },
);

/// What the key must be.
pub static ROOT_KEY: Fact = Fact::new(
    "key-protect.root-key",
    "the CRN does not say whether a key is a root key: look for `extractable: false` and `state: 1` (active) before using it",
    Source {
        title: "Key Protect: Key states; root and standard keys",
        url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-key-states",
        as_of: "2026-08-12",
    },
);

/// How the command line reaches a KMS that is not multi-tenant Key Protect.
pub static TARGET_ADDRESS: Fact = Fact::new(
    "key-protect.target-address",
    "the commands of `ibmcloud kp` reach Key Protect; for Key Protect Dedicated and Hyper Protect Crypto Services, the variable \
     `KP_TARGET_ADDR` holds the endpoint of the instance",
    Source {
        title: "Key Protect: CLI reference",
        url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-key-protect-cli-reference",
        as_of: "2026-08-12",
    },
);

/// The rules for names of instances.
pub static NAME: Fact = Fact::new(
    "resource-controller.name",
    "the name of an instance has at most 180 characters: letters, digits, spaces and `-` `.` `_` `:`",
    RESOURCE_CONTROLLER,
);

/// The longest name of an instance.
pub static NAME_LONGEST: usize = 180;
