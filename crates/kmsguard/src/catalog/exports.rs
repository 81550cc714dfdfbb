//! The calls that make a complete export of an account: what each reads, how its pages go on, and the least role that may.

use super::Source;

/// For what a call is made once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Each account.
    Account,
    /// Each instance of Key Protect and Hyper Protect Crypto Services.
    KmsInstance,
    /// Each region of VPC.
    VpcRegion,
}

/// How the pages of an answer go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paging {
    /// `limit` and `offset`; `totalCount=true` asks for the number of all rows.
    Offset,
    /// The answer names the next page: in `next_url`, or in `next`.
    Start,
    /// The answer is one object, not a list.
    Object,
}

impl Paging {
    /// The word for it in the script.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offset => "offset",
            Self::Start => "start",
            Self::Object => "object",
        }
    }
}

/// A call of a REST API that reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// For what it is made once.
    pub scope: Scope,
    /// The file below the folder of the account, and of the KMS instance or the region.
    pub file: &'static str,
    /// The kind of export, as a manifest names it.
    pub kind: &'static str,
    /// The address. `${account}`, `${endpoint}` and `${region}` are the script's.
    pub url: &'static str,
    /// The member of the answer that holds the rows; none where the answer is one object.
    pub rows: &'static str,
    /// How the pages go on.
    pub paging: Paging,
    /// The least role that may read it.
    pub role: &'static str,
    /// On what.
    pub on: &'static str,
    /// Where its form was read.
    pub source: Source,
}

/// The Resource Controller.
const RESOURCE_CONTROLLER: Source = Source {
    title: "Resource Controller API; IBM/platform-services-go-sdk, resourcecontrollerv2 and resourcecontrollerv1",
    url: "https://cloud.ibm.com/apidocs/resource-controller/resource-controller",
    as_of: "2026-06-29",
};

/// The policies of IAM.
const IAM: Source = Source {
    title: "IAM Policy Management API; IBM/platform-services-go-sdk, iampolicymanagementv1",
    url: "https://cloud.ibm.com/apidocs/iam-policy-management",
    as_of: "2026-06-29",
};

/// Key Protect: `limit` is at most 5,000, `totalCount=true` adds `metadata.totalCount`, the number of all rows. Without the
/// header `x-kms-key-ring` an answer is of all key rings that the caller may read.
const KEY_PROTECT: Source = Source {
    title: "Key Protect API; IBM/keyprotect-go-client",
    url: "https://cloud.ibm.com/apidocs/key-protect",
    as_of: "2026-08-12",
};

/// Schematics: `location` is `US` or `EU`. Reader is enough to read the settings.
const SCHEMATICS: Source = Source {
    title: "Schematics API; schematics:iam.md, KMS permissions; IBM/schematics-go-sdk",
    url: "https://cloud.ibm.com/apidocs/schematics/schematics",
    as_of: "2026-07-07",
};

/// VPC: `version` and `generation` stand in every call, `limit` is at most 100.
const VPC: Source =
    Source { title: "Virtual Private Cloud API", url: "https://cloud.ibm.com/apidocs/vpc/latest", as_of: "2026-08-21" };

/// The version of the VPC API whose answers are read: any date from 2019-01-01 on is one.
pub const VPC_VERSION: &str = "2025-01-21";

const fn of_account(file: &'static str, kind: &'static str, url: &'static str, rows: &'static str) -> Call {
    Call {
        scope: Scope::Account,
        file,
        kind,
        url,
        rows,
        paging: Paging::Start,
        role: "Viewer",
        on: "all resource groups and all services of the account",
        source: RESOURCE_CONTROLLER,
    }
}

const fn of_kms(file: &'static str, kind: &'static str, url: &'static str) -> Call {
    Call {
        scope: Scope::KmsInstance,
        file,
        kind,
        url,
        rows: "resources",
        paging: Paging::Offset,
        role: "Reader",
        on: "each instance of Key Protect and Hyper Protect Crypto Services, all key rings",
        source: KEY_PROTECT,
    }
}

const fn of_vpc(file: &'static str, kind: &'static str, url: &'static str, rows: &'static str) -> Call {
    Call {
        scope: Scope::VpcRegion,
        file,
        kind,
        url,
        rows,
        paging: Paging::Start,
        role: "Viewer",
        on: "VPC Infrastructure Services",
        source: VPC,
    }
}

const fn of_schematics(file: &'static str, url: &'static str) -> Call {
    Call {
        scope: Scope::Account,
        file,
        kind: "schematics-kms-settings",
        url,
        rows: "",
        paging: Paging::Object,
        role: "Reader",
        on: "Schematics",
        source: SCHEMATICS,
    }
}

/// The calls, in the order in which they are made.
pub static CALLS: &[Call] = &[
    of_account(
        "resource-instances.json",
        "resource-instances",
        "https://resource-controller.cloud.ibm.com/v2/resource_instances?limit=100",
        "resources",
    ),
    of_account(
        "resource-instances-deleted.json",
        "resource-instances",
        "https://resource-controller.cloud.ibm.com/v2/resource_instances?limit=100&state=pending_reclamation",
        "resources",
    ),
    of_account(
        "resource-reclamations.json",
        "resource-reclamations",
        "https://resource-controller.cloud.ibm.com/v1/reclamations?account_id=${account}",
        "resources",
    ),
    Call {
        on: "IAM Access Management, and the services that the authorizations are on",
        source: IAM,
        ..of_account(
            "iam-authorizations.json",
            "iam-policies",
            "https://iam.cloud.ibm.com/v1/policies?account_id=${account}&type=authorization&format=include_last_permit",
            "policies",
        )
    },
    of_schematics("schematics-kms-us.json", "https://schematics.cloud.ibm.com/v2/settings/kms?location=US"),
    of_schematics("schematics-kms-eu.json", "https://schematics.cloud.ibm.com/v2/settings/kms?location=EU"),
    // All states: a list without `state` leaves the deleted keys out.
    of_kms("keys.json", "kms-keys", "${endpoint}/api/v2/keys?limit=5000&totalCount=true&state=0,1,2,3,5"),
    of_kms(
        "registrations.json",
        "kms-registrations",
        "${endpoint}/api/v2/keys/registrations?limit=5000&totalCount=true",
    ),
    of_kms("key-rings.json", "kms-key-rings", "${endpoint}/api/v2/key_rings?limit=5000&totalCount=true"),
    of_vpc(
        "volumes.json",
        "vpc-volumes",
        "${endpoint}/v1/volumes?version=${VPC_VERSION}&generation=2&limit=100",
        "volumes",
    ),
    of_vpc(
        "snapshots.json",
        "vpc-snapshots",
        "${endpoint}/v1/snapshots?version=${VPC_VERSION}&generation=2&limit=100",
        "snapshots",
    ),
    of_vpc(
        "shares.json",
        "vpc-shares",
        "${endpoint}/v1/shares?version=${VPC_VERSION}&generation=2&limit=100",
        "shares",
    ),
    of_vpc(
        "images.json",
        "vpc-images",
        "${endpoint}/v1/images?version=${VPC_VERSION}&generation=2&limit=100&visibility=private",
        "images",
    ),
];

#[cfg(test)]
mod tests {
    use super::{CALLS, Paging};

    #[test]
    fn no_call_needs_more_than_to_read() {
        for call in CALLS {
            assert!(matches!(call.role, "Viewer" | "Reader"), "{}", call.file);
            assert_eq!(call.rows.is_empty(), call.paging == Paging::Object, "{}", call.file);
            assert!(!call.url.contains(['"', '\'', '\\', '`', ' ']), "{}", call.url);
        }
    }
}
