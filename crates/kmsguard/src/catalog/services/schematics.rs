//! Schematics.

use super::common::MIGRATION;
use super::life::{Life, Stated};
use super::placement::{Call, Change, Holds, Member, Placement, Set, Shape};
use super::{Delegation, Doubtful, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::endpoints::Kms;
use crate::catalog::needs::Generation;
use crate::catalog::roles::READER;

const SEED_PAGE: Source = Source {
    title: "Schematics: KMS integration for BYOK or KYOK",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-kms-integration",
    as_of: "2025-04-07",
};
const CURRENT_PAGE: Source = Source {
    title: "Schematics: KMS integration for BYOK or KYOK",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-kms-integration",
    as_of: "2026-04-29",
};
const CLI: Source = Source {
    title: "Schematics: CLI reference, KMS commands",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-schematics-cli-reference#kms-commands",
    as_of: "2026-07-07",
};
const DATA_SECURITY: Source = Source {
    title: "Schematics: Protecting your sensitive data",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-secure-data",
    as_of: "2026-07-07",
};
const IAM: Source = Source {
    title: "Schematics: Managing user access, KMS permissions",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-access#kms-permissions",
    as_of: "2026-07-07",
};
const API: Source = Source {
    title: "Schematics API: Replace KMS settings",
    url: "https://cloud.ibm.com/apidocs/schematics/schematics#update-kms-settings",
    as_of: "2024-11-19",
};

/// Schematics.
pub static SCHEMATICS: Service = Service {
    id: "schematics",
    title: "Schematics",
    source_title: None,
    service_name: "schematics",
    source_type: None,
    crn_service: "schematics",
    crn_types: &["", "workspace"],
    generation: Generation::NotApplicable,
    also: &["terraform", "workspaces"],
    plans: &[],
    plans_because: None,
    regions: None,
    roles: &[&READER],
    roles_because: Fact::new(
        "schematics.roles",
        "Schematics needs Reader on the KMS instance that holds the key, and no delegation",
        SEED_PAGE,
    ),
    delegation: Delegation::No,
    hyper_protect_roles: &[],
    grants: &[],
    dependent: None,
    targets: &["kms"],
    targets_because: NO_HYPER_PROTECT,
    scopes: &[Scope::Instance, Scope::Account, Scope::Key],
    scopes_because: Fact::new(
        "schematics.scope",
        "the documented authorization names a KMS instance; whether one that names a single key is enough is not documented",
        SEED_PAGE,
    ),
    key_ring: None,
    doubtful: Some(Doubtful {
        scope: Scope::Key,
        what: "an authorization of one key is not documented for Schematics",
        help: "the documented one names a KMS instance: `instance`",
    }),
};

/// Where the keys go.
pub static PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::Settings,
    members: &[
        Member::json(Holds::KeyCrn, "/primary_crk/key_crn").cli("--primary_crn"),
        Member::json(Holds::Endpoint, "/primary_crk/kms_private_endpoint").cli("--primary_endpoint"),
    ],
    because: BODY,
    set: Set::Later,
    change: Change::SupportTicket,
    final_because: Some(SETTINGS_ARE_FINAL),
    effective: Some("/primary_crk/key_crn"),
    repeated: false,
    key_regions: &[],
};

/// What becomes of the settings and their keys.
pub static LIFE: Life = Life {
    registers: Stated::Unknown,
    soft_delete: None,
    migration_intent: Stated::Yes(Fact::new(
        "schematics.migration-intent",
        "Schematics knows the intents of a migration to Key Protect Dedicated",
        MIGRATION,
    )),
};

/// Who holds the key's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Bring your own key.
    Byok,
    /// Keep your own key.
    Kyok,
}

impl Scheme {
    /// As the REST API takes it.
    #[must_use]
    pub const fn rest(self) -> &'static str {
        match self {
            Self::Byok => "byok",
            Self::Kyok => "kyok",
        }
    }

    /// As the command line takes it.
    #[must_use]
    pub const fn cli(self) -> &'static str {
        match self {
            Self::Byok => "BYOK",
            Self::Kyok => "KYOK",
        }
    }

    /// The kind of KMS that a scheme's `kms` keys are of.
    #[must_use]
    pub const fn key_protect(self) -> Kms {
        match self {
            Self::Byok => Kms::MultiTenant,
            Self::Kyok => Kms::Dedicated,
        }
    }
}

/// What the schemes mean.
pub static SCHEMES: Fact = Fact::new(
    "schematics.schemes",
    "BYOK takes keys of Key Protect, KYOK keys of Key Protect Dedicated; both are `kms` by their CRNs",
    DATA_SECURITY,
);

/// How the schemes are written.
pub static SCHEME_CASE: Fact = Fact::new(
    "schematics.scheme-case",
    "the scheme is written in lower case in the REST API and in upper case on the command line",
    CLI,
);

/// Locations whose settings can be asked for: two geographies and six regions.
pub static LOCATIONS: &[&str] = &["US", "EU", "us-south", "us-east", "eu-de", "eu-gb", "ca-tor", "ca-mon"];

/// Where they were read.
pub static LOCATIONS_SOURCE: Source = CLI;

/// What is sure about locations.
pub static LOCATION: Fact = Fact::new(
    "schematics.location",
    "`US` and `EU` are the documented locations of KMS settings; the region ids are Schematics' own, and less sure",
    CLI,
);

/// New integrations with Hyper Protect Crypto Services are refused.
pub const NO_HYPER_PROTECT: Fact = Fact::new(
    "schematics.hyper-protect",
    "new integrations with Hyper Protect Crypto Services are no longer supported",
    CURRENT_PAGE,
);

/// The settings are made once.
pub const SETTINGS_ARE_FINAL: Fact = Fact::new(
    "schematics.settings-are-final",
    "KMS settings can be made once for a location; after that, only a support ticket changes them",
    SEED_PAGE,
);

/// Who may see and who may make the settings.
pub static PERMISSIONS: Fact = Fact::new(
    "schematics.permissions",
    "Reader sees KMS settings and instances; Writer, Manager or the account owner makes the settings",
    IAM,
);

/// The second key.
pub static SECONDARY: Fact = Fact::new(
    "schematics.secondary",
    "a second key is optional; it helps only if it can be reached when the first cannot",
    CLI,
);

/// The shape of the body.
pub const BODY: Fact = Fact::new(
    "schematics.body",
    "the settings are `location`, `encryption_scheme`, `resource_group`, `primary_crk` and `secondary_crk`, each key with \
           `kms_name`, `kms_private_endpoint` and `key_crn`",
    API,
);

/// There is no Terraform resource.
pub static NO_TERRAFORM: Fact = Fact::new(
    "schematics.terraform",
    "Terraform has a data source for KMS settings, `ibm_schematics_kms`, and no resource: make them by the command line or the \
           REST API",
    Source {
        title: "terraform-provider-ibm: ibm_schematics_kms",
        url: "https://github.com/IBM-Cloud/terraform-provider-ibm",
        as_of: "2026-08-05",
    },
);

/// What stands without settings.
pub static DEFAULT_ENCRYPTION: Fact = Fact::new(
    "schematics.default-encryption",
    "until the settings of a location are made, its data is encrypted with keys that IBM generates",
    SEED_PAGE,
);

/// What an empty list of keys means.
pub static NO_KEYS: Fact = Fact::new(
    "schematics.no-keys",
    "a KMS instance that is listed without keys, or not at all, lacks a root key or the authorization for Schematics",
    SEED_PAGE,
);
