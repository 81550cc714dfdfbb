//! What becomes of a service's data when its key is deleted, and whether restoring the key brings it back.

use super::Source;

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

const OBJECT_STORAGE: Source = Source {
    title: "Cloud Object Storage: Managing encryption with Key Protect",
    url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-kp",
    as_of: "2026-08-07",
};
const VPC: Source = Source {
    title: "VPC: Managing data encryption",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-vpc-encryption-managing",
    as_of: "2026-08-21",
};
const SCHEMATICS: Source = Source {
    title: "Schematics: Securing your data",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-secure-data",
    as_of: "2026-07-07",
};
const EVENT_STREAMS: Source = Source {
    title: "Event Streams: Managing encryption",
    url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-managing_encryption",
    as_of: "2026-04-21",
};
const DATABASES: Source = Source {
    title: "Cloud Databases: Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-key-protect",
    as_of: "2026-07-31",
};
const CLUSTERS: Source = Source {
    title: "Red Hat OpenShift on IBM Cloud: Encrypting Kubernetes secrets by using a KMS provider",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-secrets",
    as_of: "2026-08-21",
};

/// What a restored key gives back to a service. A service of which nothing was found is taken to lose its data.
#[must_use]
pub fn restore(service_name: &str) -> Restore {
    match service_name {
        "cloud-object-storage" => Restore::Promised { source: OBJECT_STORAGE },
        "is" | "server-protect" => Restore::Promised { source: VPC },
        "schematics" => Restore::Promised { source: SCHEMATICS },
        "messagehub" => Restore::NotPromised { source: Some(EVENT_STREAMS) },
        "containers-kubernetes" => Restore::NotPromised { source: Some(CLUSTERS) },
        "messages-for-rabbitmq" => Restore::NotPromised { source: Some(DATABASES) },
        service if service.starts_with("databases-for-") => Restore::NotPromised { source: Some(DATABASES) },
        _ => Restore::NotPromised { source: None },
    }
}
