//! Cloud Databases, of both generations.

use super::common::MIGRATION;
use super::life::{Life, SoftDelete, Stated};
use super::placement::{Call, Change, Holds, KeyRegions, Member, Placement, Set, Shape};
use super::plans::Plan;
use super::{Delegation, Dependent, Fact, Scope, Service};
use crate::catalog::Source;
use crate::catalog::needs::Generation;
use crate::catalog::roles::{READER, Role};

const GEN2_PAGE: Source = Source {
    title: "Cloud Databases (Gen 2): Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases-gen2?topic=cloud-databases-gen2-key-protect",
    as_of: "2026-08-21",
};
const CLASSIC_PAGE: Source = Source {
    title: "Cloud Databases: Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-key-protect",
    as_of: "2026-07-31",
};
const HYPER_PROTECT_PAGE: Source = Source {
    title: "Cloud Databases: Hyper Protect Crypto Services integration",
    url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-hpcs",
    as_of: "2026-07-31",
};
const MODULE: Source = Source {
    title: "terraform-ibm-icd-postgresql: main.tf",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-icd-postgresql",
    as_of: "2026-11-26",
};
const PROVIDER: Source = Source {
    title: "terraform-provider-ibm: ibm_database",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/blob/master/website/docs/r/database.html.markdown",
    as_of: "2026-08-05",
};

/// The row of a database of Gen 2.
const fn gen2(
    id: &'static str,
    title: &'static str,
    service_name: &'static str,
    also: &'static [&'static str],
    roles: &'static [&'static Role],
    plans: &'static [Plan],
) -> Service {
    Service {
        id,
        title,
        source_title: None,
        service_name,
        source_type: None,
        crn_service: service_name,
        crn_types: &[""],
        generation: Generation::Gen2,
        also,
        plans,
        plans_because: Some(GEN2_PLANS),
        regions: None,
        roles,
        roles_because: Fact::new(
            "databases-gen2.delegation",
            "Reader and delegation are both needed: the deployment passes its authorization on to the block storage under it; \
             without either, provisioning fails",
            GEN2_PAGE,
        ),
        delegation: Delegation::Always,
        hyper_protect_roles: &[],
        grants: &[],
        dependent: Some(Dependent { service: "server-protect", because: GEN2_DEPENDENT }),
        targets: &["kms"],
        targets_because: Fact::new("databases-gen2.targets", "Gen 2 takes keys of Key Protect", GEN2_PAGE),
        scopes: &[Scope::Key, Scope::Instance, Scope::Account],
        scopes_because: Fact::new(
            "databases-gen2.scope",
            "an authorization may be restricted to a root key or a KMS instance; restrictions to a key ring are not supported",
            GEN2_PAGE,
        ),
        key_ring: Some(false),
        doubtful: None,
    }
}

/// The row of a database of the classic generation.
const fn classic(
    id: &'static str,
    title: &'static str,
    service_name: &'static str,
    also: &'static [&'static str],
    roles: &'static [&'static Role],
    plans: &'static [Plan],
) -> Service {
    Service {
        id,
        title,
        source_title: None,
        service_name,
        source_type: None,
        crn_service: service_name,
        crn_types: &[""],
        generation: Generation::Classic,
        also,
        plans,
        plans_because: Some(CLASSIC_PLANS),
        regions: None,
        roles,
        roles_because: CLASSIC_ROLES,
        delegation: Delegation::WithBackupKey,
        hyper_protect_roles: &[],
        grants: &[],
        dependent: Some(Dependent { service: "cloud-object-storage", because: CLASSIC_DEPENDENT }),
        targets: &["kms", "hs-crypto"],
        targets_because: Fact::new(
            "databases-classic.targets",
            "disks take keys of Key Protect and of Hyper Protect Crypto Services",
            HYPER_PROTECT_PAGE,
        ),
        scopes: &[Scope::Key, Scope::Instance, Scope::Account],
        scopes_because: Fact::new(
            "databases-classic.scope",
            "the page authorizes the service for a KMS instance, IBM's own module for one key",
            MODULE,
        ),
        key_ring: None,
        doubtful: None,
    }
}

macro_rules! databases {
    ($($(#[$about:meta])* $name:ident = $row:ident($id:literal, $title:literal, $service:literal, $also:expr, [$(($plan:literal, $plan_id:expr)),+]);)+) => {
        $($(#[$about])* pub static $name: Service = $row($id, $title, $service, $also, &[&READER], &[$(Plan::taking($plan, $plan_id)),+]);)+
    };
}

databases! {
    /// Elasticsearch of Gen 2.
    ELASTICSEARCH_GEN2 = gen2("databases-for-elasticsearch-gen2", "Databases for Elasticsearch Gen 2", "databases-for-elasticsearch", &["elasticsearch", "elasticsearch-gen2"],
        [("enterprise-gen2", None), ("platinum-gen2", None)]);
    /// MongoDB of Gen 2.
    MONGODB_GEN2 = gen2("databases-for-mongodb-gen2", "Databases for MongoDB Gen 2", "databases-for-mongodb", &["mongodb", "mongodb-gen2", "mongo"],
        [("standard-gen2", Some("databases-for-mongodb-gen2-standard")), ("enterprise-sharding-gen2", None)]);
    /// MySQL of Gen 2.
    MYSQL_GEN2 = gen2("databases-for-mysql-gen2", "Databases for MySQL Gen 2", "databases-for-mysql", &["mysql", "mysql-gen2"],
        [("standard-gen2", None)]);
    /// PostgreSQL of Gen 2.
    POSTGRESQL_GEN2 = gen2("databases-for-postgresql-gen2", "Databases for PostgreSQL Gen 2", "databases-for-postgresql", &["postgresql", "postgresql-gen2", "postgres"],
        [("standard-gen2", Some("databases-for-postgresql-gen2-standard"))]);
    /// Redis of Gen 2.
    REDIS_GEN2 = gen2("databases-for-redis-gen2", "Databases for Redis Gen 2", "databases-for-redis", &["redis", "redis-gen2"],
        [("standard-gen2", Some("databases-for-redis-gen2-standard"))]);
    /// Valkey, which is of Gen 2 only.
    VALKEY_GEN2 = gen2("databases-for-valkey-gen2", "Databases for Valkey Gen 2", "databases-for-valkey", &["valkey", "valkey-gen2"],
        [("standard-gen2", None)]);
    /// Elasticsearch of the classic generation.
    ELASTICSEARCH = classic("databases-for-elasticsearch-classic", "Databases for Elasticsearch", "databases-for-elasticsearch", &["elasticsearch"],
        [("enterprise", Some("databases-for-elasticsearch-enterprise")), ("standard", Some("databases-for-elasticsearch-standard")), ("platinum", None)]);
    /// EnterpriseDB.
    ENTERPRISEDB = classic("databases-for-enterprisedb-classic", "Databases for EnterpriseDB", "databases-for-enterprisedb", &["enterprisedb", "edb"],
        [("standard", Some("databases-for-enterprisedb-standard"))]);
    /// etcd.
    ETCD = classic("databases-for-etcd-classic", "Databases for etcd", "databases-for-etcd", &["etcd"],
        [("standard", Some("databases-for-etcd-standard"))]);
    /// MongoDB of the classic generation.
    MONGODB = classic("databases-for-mongodb-classic", "Databases for MongoDB", "databases-for-mongodb", &["mongodb", "mongo"],
        [("standard", Some("databases-for-mongodb-standard")), ("enterprise", Some("databases-for-mongodb-enterprise")), ("enterprise-sharding", Some("databases-for-mongodb-enterprise-sharding"))]);
    /// MySQL of the classic generation.
    MYSQL = classic("databases-for-mysql-classic", "Databases for MySQL", "databases-for-mysql", &["mysql"],
        [("standard", Some("databases-for-mysql-standard"))]);
    /// PostgreSQL of the classic generation.
    POSTGRESQL = classic("databases-for-postgresql-classic", "Databases for PostgreSQL", "databases-for-postgresql", &["postgresql", "postgres"],
        [("standard", Some("databases-for-postgresql-standard"))]);
    /// Redis of the classic generation.
    REDIS = classic("databases-for-redis-classic", "Databases for Redis", "databases-for-redis", &["redis"],
        [("standard", Some("databases-for-redis-standard"))]);
    /// RabbitMQ.
    RABBITMQ = classic("messages-for-rabbitmq-classic", "Messages for RabbitMQ", "messages-for-rabbitmq", &["rabbitmq"],
        [("standard", Some("messages-for-rabbitmq-standard"))]);
}

static GEN2_PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::ResourceController,
    members: &[Member::json(Holds::KeyCrn, "/parameters/dataservices/encryption/disk").terraform("key_protect_key")],
    because: Fact::new(
        "databases-gen2.key-parameter",
        "the key goes into `parameters.dataservices.encryption.disk`, by its full CRN; there is no key for backups, which inherit \
         the key of the disks",
        GEN2_PAGE,
    ),
    set: Set::AtCreation,
    change: Change::Never,
    final_because: Some(Fact::new(
        "databases-gen2.key-is-final",
        "the key is set when the deployment is made: Terraform makes a new deployment to change it",
        PROVIDER,
    )),
    effective: Some("/extensions/dataservices/encryption/disk"),
    repeated: true,
    key_regions: &[],
};

static CLASSIC_PLACEMENT: Placement = Placement {
    shape: Shape::KeyCrn,
    call: Call::ResourceController,
    members: &[
        Member::json(Holds::KeyCrn, "/parameters/disk_encryption_key_crn").terraform("key_protect_key"),
        Member::json(Holds::BackupKeyCrn, "/parameters/backup_encryption_key_crn").terraform("backup_encryption_key_crn"),
    ],
    because: Fact::new(
        "databases-classic.key-parameter",
        "the keys go into `parameters.disk_encryption_key_crn` and `parameters.backup_encryption_key_crn`, by their full CRNs",
        CLASSIC_PAGE,
    )
    .but(
        "one sample puts `disk_encryption_key_crn` at the top of the body, where Resource Controller has no such member",
        HYPER_PROTECT_PAGE,
    ),
    set: Set::AtCreation,
    change: Change::Never,
    final_because: Some(Fact::new(
        "databases-classic.key-is-final",
        "the keys are set when the deployment is made; one that is given later was silently ignored by Terraform's provider",
        Source {
            title: "terraform-provider-ibm#1622: key_protect_key is ignored after creation",
            url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/1622",
            as_of: "2026-08-05",
        },
    )),
    effective: None,
    repeated: true,
    key_regions: &[
        KeyRegions { of: Holds::BackupKeyCrn, target: "kms", regions: &["eu-de", "us-east", "us-south"], because: BACKUP_REGIONS },
        KeyRegions { of: Holds::BackupKeyCrn, target: "hs-crypto", regions: &["br-sao", "eu-es"], because: BACKUP_HYPER_PROTECT },
    ],
};

static GEN2_LIFE: Life = Life {
    registers: Stated::Yes(REGISTERS),
    soft_delete: Some(SOFT_DELETE),
    migration_intent: Stated::Yes(MIGRATION_INTENT),
};

static CLASSIC_LIFE: Life = Life {
    registers: Stated::Yes(REGISTERS),
    soft_delete: Some(SOFT_DELETE),
    migration_intent: Stated::Yes(MIGRATION_INTENT),
};

fn is_database(service: &Service) -> bool {
    service.service_name.starts_with("databases-for-") || service.service_name == RABBITMQ.service_name
}

/// Where the keys of a database go.
pub(super) fn placement(service: &Service) -> Option<&'static Placement> {
    let placement = if service.generation == Generation::Gen2 { &GEN2_PLACEMENT } else { &CLASSIC_PLACEMENT };
    is_database(service).then_some(placement)
}

/// What becomes of a database and its keys.
pub(super) fn life(service: &Service) -> Option<&'static Life> {
    let life = if service.generation == Generation::Gen2 { &GEN2_LIFE } else { &CLASSIC_LIFE };
    is_database(service).then_some(life)
}

/// The names of Gen 2's plans.
const GEN2_PLANS: Fact = Fact::new(
    "databases-gen2.plan",
    "the command line and Terraform take a plan by its name, such as `standard-gen2`, the REST API by its id, such as \
     `databases-for-redis-gen2-standard`",
    Source {
        title: "Cloud Databases (Gen 2): API",
        url: "https://cloud.ibm.com/docs/cloud-databases-gen2?topic=cloud-databases-gen2-api",
        as_of: "2026-07-17",
    },
);

const CLASSIC_PLANS: Fact = Fact::new(
    "databases-classic.plan",
    "the command line and Terraform take a plan by its name, such as `standard`, the REST API by its id, the service and the name",
    CLASSIC_PAGE,
);

const CLASSIC_ROLES: Fact = Fact::new(
    "databases-classic.delegation",
    "Reader is enough for the disks; a key for backups needs delegation too, because the deployment passes its authorization on to \
     Object Storage",
    CLASSIC_PAGE,
)
.but("IBM's own modules always grant both, and its migration tool demands both", MODULE);

const GEN2_DEPENDENT: Fact = Fact::new(
    "databases-gen2.dependent-authorization",
    "the deployment makes a second authorization, of block storage (`server-protect`) with Reader on the key; if it is removed, \
     every deployment on this key fails until a support ticket brings it back",
    GEN2_PAGE,
);

const CLASSIC_DEPENDENT: Fact = Fact::new(
    "databases-classic.dependent-authorization",
    "with a key for backups the deployment makes a second authorization, of Object Storage with Reader on the key; if it is removed, \
     backups pause until it is made again, which it is while the delegating authorization stands; without both, the backups of all \
     deployments on the key are lost",
    CLASSIC_PAGE,
);

/// Which keys backups take.
pub const BACKUP_REGIONS: Fact = Fact::new(
    "databases-classic.backup-regions",
    "a key for backups must be in us-south, us-east or eu-de; only us-south and eu-de outlast the failure of a region",
    CLASSIC_PAGE,
);

/// Whether backups take keys of Hyper Protect Crypto Services.
const BACKUP_HYPER_PROTECT: Fact = Fact::new(
    "databases-classic.backup-hyper-protect",
    "a key of Hyper Protect Crypto Services for backups must be in eu-es or br-sao",
    HYPER_PROTECT_PAGE,
)
.but(
    "backups take keys of Key Protect only",
    Source {
        title: "terraform-ibm-icd-postgresql: README",
        url: "https://github.com/terraform-ibm-modules/terraform-ibm-icd-postgresql",
        as_of: "2024-10-01",
    },
);

/// One key, one deployment.
pub const DO_NOT_SHARE: Fact = Fact::new(
    "databases.do-not-share",
    "do not use one key for several deployments: what happens to the key or its authorizations happens to all of them",
    CLASSIC_PAGE,
);

/// Whether a database encrypts with the key that it was given.
pub const SILENT: Fact = Fact::new(
    "databases.effective-key",
    "a deployment was made with an automatic key in spite of the key that was given, without an error: look at the key in effect",
    Source {
        title: "terraform-provider-ibm#2717: Redis is provisioned with an automatic disk encryption key",
        url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/2717",
        as_of: "2026-08-05",
    },
);

/// A source that is a resource group.
pub const RESOURCE_GROUP_SOURCE: Fact = Fact::new(
    "databases-gen2.resource-group-source",
    "an authorization whose source is a resource group was refused for Gen 2; reported, not documented",
    Source {
        title: "terraform-provider-ibm#6941: Gen 2 rejects a policy scoped by source resource group",
        url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/6941",
        as_of: "2026-08-05",
    },
);

const REGISTERS: Fact = Fact::new("databases.registrations", "a deployment is registered on its key", CLASSIC_PAGE);

const SOFT_DELETE: SoftDelete = SoftDelete {
    reclaimable_days: Some(3),
    registered_days: Some(9),
    because: Fact::new(
        "databases.soft-delete",
        "a deleted deployment stays registered on the key during its soft deletion, up to 9 days",
        CLASSIC_PAGE,
    )
    .but(
        "a deleted deployment is kept for three days",
        Source {
            title: "Cloud Databases: Deprovisioning",
            url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-deprovisioning",
            as_of: "2026-07-31",
        },
    ),
};

const MIGRATION_INTENT: Fact = Fact::new(
    "databases.migration-intent",
    "databases know the intents of a migration to Key Protect Dedicated, and need a second synchronization",
    MIGRATION,
);
