//! What an action on a key does to the data of each family of services, and whether restoring the key brings it back.
//!
//! A row is a family: a service, or a part or generation of one that acts differently. A column is an action.

mod actions;

pub use actions::{disable_key, restore_key, revoke, revoke_both, revoke_dependent, rotate_key};

use serde::Serialize;

use super::Source;
use super::needs::Generation;

/// What happens to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Effect {
    /// Its data is lost; that a restored key brings it back is promised nowhere.
    DataUnrecoverable,
    /// Its backups are lost.
    BackupsLost,
    /// Its data cannot be reached.
    AccessLost,
    /// It runs on until it stops, and does not start again.
    FailsOnRestart,
    /// It runs on, and cannot be made again from a backup.
    CannotBeRestored,
    /// Its registration stays, so the key can no longer be deleted without force.
    KeyUndeletable,
    /// Its data keys are wrapped anew.
    Rewrap,
    /// Nothing.
    None,
    /// Nothing was found about it.
    Unknown,
}

/// From when an effect shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Since {
    /// From the action on.
    #[serde(rename = "at once")]
    AtOnce,
    /// After a minute and a half.
    #[serde(rename = "~90 s")]
    NinetySeconds,
    /// Within four hours.
    #[serde(rename = "up to 4 h")]
    FourHours,
    /// When it stops the next time.
    #[serde(rename = "at next stop")]
    NextStop,
}

/// What a restored key gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restore {
    /// The service promises its data back when the key is restored in time.
    Promised {
        /// Where.
        source: Source,
    },
    /// The service does not promise it, or says that the data is lost.
    NotPromised {
        /// Where; none where nothing was found and the cautious reading is taken.
        source: Option<Source>,
    },
}

/// What an action does to the resources of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consequence {
    /// The effect in one word.
    pub effect: Effect,
    /// The effect in a sentence.
    pub what: &'static str,
    /// From when it shows.
    pub since: Since,
    /// Whether the service promises that undoing the action undoes the effect.
    pub undone: bool,
    /// Where this was read.
    pub source: Source,
}

/// A family of services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// What it is called.
    pub name: &'static str,
    /// Of which generation it is, where the service has two.
    pub generation: Option<Generation>,
    /// What deleting its key does.
    pub delete_key: Consequence,
}

const OBJECT_STORAGE_PAGE: Source = Source {
    title: "Cloud Object Storage: Managing encryption with Key Protect",
    url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-kp",
    as_of: "2026-08-07",
};
const VPC_PAGE: Source = Source {
    title: "VPC: Managing data encryption",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-vpc-encryption-managing",
    as_of: "2026-08-21",
};
const SCHEMATICS_PAGE: Source = Source {
    title: "Schematics: Securing your data",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-secure-data",
    as_of: "2026-07-07",
};
const EVENT_STREAMS_PAGE: Source = Source {
    title: "Event Streams: Managing encryption",
    url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-managing_encryption",
    as_of: "2026-04-21",
};
const EVENT_STREAMS_GEN2_PAGE: Source = Source {
    title: "Event Streams (Gen 2): Key Protect integration",
    url: "https://cloud.ibm.com/docs/EventStreams-gen2?topic=EventStreams-gen2-key-protect",
    as_of: "2026-02-26",
};
const EVENT_NOTIFICATIONS_PAGE: Source = Source {
    title: "Event Notifications: Managing encryption",
    url: "https://cloud.ibm.com/docs/event-notifications?topic=event-notifications-en-managing-encryption",
    as_of: "2022-11-28",
};
const DATABASES_PAGE: Source = Source {
    title: "Cloud Databases: Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-key-protect",
    as_of: "2026-07-31",
};
const DATABASES_GEN2_PAGE: Source = Source {
    title: "Cloud Databases (Gen 2): Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases-gen2?topic=cloud-databases-gen2-key-protect",
    as_of: "2026-08-21",
};
const CLUSTERS_PAGE: Source = Source {
    title: "Red Hat OpenShift on IBM Cloud: Encrypting Kubernetes secrets by using a KMS provider",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-secrets",
    as_of: "2026-08-21",
};
const WORKERS_PAGE: Source = Source {
    title: "Red Hat OpenShift on IBM Cloud: Encrypting VPC worker disks",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-vpc-worker-disks",
    as_of: "2026-08-21",
};

const APP_CONFIGURATION_PAGE: Source = Source {
    title: "App Configuration: Managing encryption",
    url: "https://cloud.ibm.com/docs/app-configuration?topic=app-configuration-ac-managing-encryption",
    as_of: "2026-03-17",
};
const DB2_PAGE: Source = Source {
    title: "Db2 on Cloud: Key Protect integration",
    url: "https://cloud.ibm.com/docs/Db2onCloud?topic=Db2onCloud-key-protect-v2",
    as_of: "2026-06-30",
};

/// Data is lost for good, within the four hours in which services take notice.
const fn lost(what: &'static str, source: Source) -> Consequence {
    Consequence { effect: Effect::DataUnrecoverable, what, since: Since::FourHours, undone: false, source }
}

/// Data cannot be reached until the action is undone.
const fn unreachable(what: &'static str, since: Since, source: Source) -> Consequence {
    Consequence { effect: Effect::AccessLost, what, since, undone: true, source }
}

/// The pages contradict each other: those on storage grant 30 days to restore the key, those on the services call the data
/// unrecoverable. The cautious reading counts, and the other is said.
const LOCKED: &str = "its disks are locked and the deployment is disabled, only some metadata can still be read; its pages call the \
                      data unrecoverable, though those on the storage below grant 30 days to restore the key";

static EVENT_STREAMS: [Family; 2] = [
    Family {
        name: "Event Streams",
        generation: Some(Generation::Classic),
        delete_key: lost("the cluster shuts down and its messages are lost", EVENT_STREAMS_PAGE),
    },
    Family {
        name: "Event Streams Gen 2",
        generation: Some(Generation::Gen2),
        delete_key: lost(LOCKED, EVENT_STREAMS_GEN2_PAGE),
    },
];
static DATABASES: [Family; 2] = [
    Family { name: "Cloud Databases", generation: Some(Generation::Classic), delete_key: lost(LOCKED, DATABASES_PAGE) },
    Family {
        name: "Cloud Databases Gen 2",
        generation: Some(Generation::Gen2),
        delete_key: lost(LOCKED, DATABASES_GEN2_PAGE),
    },
];
static EVENT_NOTIFICATIONS: [Family; 1] = [Family {
    name: "Event Notifications",
    generation: None,
    delete_key: lost("the instance shuts down and its data is lost", EVENT_NOTIFICATIONS_PAGE),
}];
static APP_CONFIGURATION: [Family; 1] = [Family {
    name: "App Configuration",
    generation: None,
    delete_key: lost("the instance shuts down and its data is lost", APP_CONFIGURATION_PAGE),
}];
static DB2: [Family; 1] = [Family { name: "Db2", generation: None, delete_key: lost(LOCKED, DB2_PAGE) }];
static OBJECT_STORAGE: [Family; 1] = [Family {
    name: "Cloud Object Storage",
    generation: None,
    delete_key: unreachable("reads and writes of its objects fail", Since::NinetySeconds, OBJECT_STORAGE_PAGE),
}];
static VPC: [Family; 1] = [Family {
    name: "VPC storage",
    generation: None,
    delete_key: unreachable(
        "it cannot be used: instances with such a volume are stopped and file shares suspended, and both are billed on; \
         attachment ids are new after a restore",
        Since::FourHours,
        VPC_PAGE,
    ),
}];
static CLUSTER_SECRETS: [Family; 1] = [Family {
    name: "cluster secrets",
    generation: None,
    delete_key: lost("its secrets cannot be read again, and the cluster is lost with all that is in it", CLUSTERS_PAGE),
}];
static WORKER_DISKS: [Family; 1] = [Family {
    name: "worker disks",
    generation: None,
    delete_key: unreachable(
        "workers on such disks become critical; after a restore they must be rebooted",
        Since::FourHours,
        WORKERS_PAGE,
    ),
}];
static SCHEMATICS: [Family; 1] = [Family {
    name: "Schematics",
    generation: None,
    delete_key: unreachable(
        "logs, state and variables of its workspaces cannot be read, and jobs fail; metadata stays",
        Since::FourHours,
        SCHEMATICS_PAGE,
    ),
}];

/// The families that a resource may be of, by the service and resource type of its CRN: one, one a generation, or none where
/// nothing was found.
#[must_use]
pub fn families(service_name: &str, resource_type: &str) -> &'static [Family] {
    match (service_name, resource_type) {
        ("cloud-object-storage", _) => &OBJECT_STORAGE,
        ("server-protect", _) | ("is", "volume" | "snapshot" | "image" | "share" | "share-snapshot") => &VPC,
        ("schematics", _) => &SCHEMATICS,
        ("messagehub", _) => &EVENT_STREAMS,
        ("event-notifications", _) => &EVENT_NOTIFICATIONS,
        ("apprapp", _) => &APP_CONFIGURATION,
        ("dashdb-for-transactions", _) => &DB2,
        ("containers-kubernetes", "" | "cluster") => &CLUSTER_SECRETS,
        ("containers-kubernetes", "worker-pool" | "worker") => &WORKER_DISKS,
        ("messages-for-rabbitmq", _) => DATABASES.get(..1).unwrap_or_default(),
        (service, _) if service.starts_with("databases-for-") => &DATABASES,
        _ => &[],
    }
}

/// The families that a volume may be of which the deployment of a service keeps in an account of IBM's.
#[must_use]
pub fn volume_families(owner_service: &str) -> &'static [Family] {
    match owner_service {
        "containers-kubernetes" => &WORKER_DISKS,
        "messagehub" => EVENT_STREAMS.get(1..).unwrap_or_default(),
        service if service.starts_with("databases-for-") => DATABASES.get(1..).unwrap_or_default(),
        _ => &[],
    }
}

/// What a restored key gives back to a service. A service of which nothing was found is taken to lose its data.
#[must_use]
pub fn restore(service_name: &str) -> Restore {
    let resource_type = if service_name == "is" { "volume" } else { "" };
    match families(service_name, resource_type).first().map(|family| family.delete_key) {
        Some(Consequence { undone: true, source, .. }) => Restore::Promised { source },
        Some(Consequence { source, .. }) => Restore::NotPromised { source: Some(source) },
        None => Restore::NotPromised { source: None },
    }
}

/// The day from which Object Storage registers its buckets.
///
/// Source: Cloud Object Storage, *Managing encryption with Key Protect*, as of 2026-08-07.
pub const OBJECT_STORAGE_REGISTERS_SINCE: &str = "2020-02-26T00:00:00Z";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_with_two_generations_has_a_row_for_each() {
        for service in ["messagehub", "databases-for-redis"] {
            let generations: Vec<_> = families(service, "").iter().map(|family| family.generation).collect();
            assert_eq!(generations, [Some(Generation::Classic), Some(Generation::Gen2)], "{service}");
        }
    }

    #[test]
    fn cluster_secrets_and_worker_disks_are_told_apart_by_resource_type() {
        let effect = |resource_type| families("containers-kubernetes", resource_type)[0].delete_key.effect;
        assert_eq!(effect(""), Effect::DataUnrecoverable);
        assert_eq!(effect("worker-pool"), Effect::AccessLost);
        assert!(families("containers-kubernetes", "something-new").is_empty());
    }

    #[test]
    fn what_a_restore_gives_back_is_read_from_the_same_rows() {
        for service in ["cloud-object-storage", "is", "server-protect", "schematics"] {
            assert!(matches!(restore(service), Restore::Promised { .. }), "{service}");
        }
        for service in ["messagehub", "databases-for-mysql", "messages-for-rabbitmq", "containers-kubernetes"] {
            assert!(matches!(restore(service), Restore::NotPromised { source: Some(_) }), "{service}");
        }
        assert_eq!(restore("secrets-manager"), Restore::NotPromised { source: None });
    }
}
