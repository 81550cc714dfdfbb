//! Where services show whether a customer's key is in effect, beside the place of the key itself.

use super::services::Fact;
use super::source::Source;

/// The header of a bucket that says whether it is encrypted with a customer's key: `True` or `False`.
pub static BUCKET_ENABLED: &str = "ibm-sse-kp-enabled";

/// The header of a bucket that names the key.
pub static BUCKET_KEY: &str = "ibm-sse-kp-crk-id";

/// Where that was read.
pub static BUCKET: Fact = Fact::new(
    "object-storage.head-bucket",
    "the answer to `HEAD /BUCKET` has `ibm-sse-kp-enabled` and `ibm-sse-kp-crk-id` where a customer's key is in effect",
    Source {
        title: "Object Storage: Bucket operations",
        url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-compatibility-api-bucket-operations",
        as_of: "2026-08-07",
    },
);

/// The member of a resource of VPC that says who holds the key, and its value where the provider does.
pub static VPC_ENCRYPTION: (&str, &[&str]) = ("/encryption", &["provider_managed", "none"]);

/// Where that was read.
pub static VPC: Fact = Fact::new(
    "vpc.encryption",
    "`encryption` is `user_managed` where `encryption_key` is in effect, and `provider_managed` otherwise",
    Source {
        title: "VPC: Creating block storage volumes with customer-managed encryption",
        url: "https://cloud.ibm.com/docs/vpc?topic=vpc-block-storage-vpc-encryption",
        as_of: "2026-08-21",
    },
);

/// An echo is no proof.
pub static ECHO: Fact = Fact::new(
    "resource-controller.echo",
    "`parameters` repeats what was asked for, also where the service passed over it: databases and Event Streams were made with a key of \
     the provider's without an error",
    Source {
        title: "terraform-provider-ibm#2717, #4662 and #1622: keys that were silently ignored",
        url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/2717",
        as_of: "2026-08-05",
    },
);

/// What settles which key is in effect where no answer of the service shows it.
pub static REGISTRATION: Fact = Fact::new(
    "key-protect.registrations",
    "a service that registers what it encrypts shows up among the registrations of the key in effect",
    Source {
        title: "Key Protect: Viewing associations between root keys and encrypted resources",
        url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-view-protected-resources",
        as_of: "2026-08-12",
    },
);
