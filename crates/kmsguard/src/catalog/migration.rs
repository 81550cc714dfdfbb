//! The way from Hyper Protect Crypto Services to Key Protect Dedicated, as IBM's pages tell it: who follows, in which order, how long.

use super::Source;
use super::services::{SERVICES, Service, life, vpc};

/// The page that says how keys move, and which services follow.
pub static GUIDE: Source = Source {
    title: "Key Protect: Migrating from Hyper Protect Crypto Services to Key Protect Dedicated",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-migrate-st",
    as_of: "2026-07-19",
};

/// The page about the tool that moves them, with the criteria of its check.
pub static TOOL: Source = Source {
    title: "Key Protect: Migrating from HPCS to Key Protect Dedicated with the Key Migration Tool",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-migrate-tool",
    as_of: "2026-07-30",
};

/// The page about clusters.
pub static CLUSTERS: Source = Source {
    title: "OpenShift: Migrating cluster secrets and worker nodes from HPCS to Key Protect",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-hpcs-to-kp-migration",
    as_of: "2026-06-02",
};

/// So many seconds pass between making intents and the second synchronization.
///
/// Source: [`TOOL`]: "after five minutes from the completion of the previous step".
pub const SECONDS_BEFORE_SYNC: i64 = 300;

/// So many seconds services have to move.
///
/// Source: [`TOOL`]: services "have up to four hours to respond".
pub const SECONDS_TO_MOVE: i64 = 4 * 3600;

/// The service that may take up to a business day.
pub const SLOW_SERVICE: &str = "messagehub";

/// Whether resources of a service follow the intent of their key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Follows {
    /// They do.
    Full,
    /// No page says.
    Unknown,
    /// They do not: they have to be made anew, or wait.
    None,
}

/// Services that the guide names as not following and that are in no table of services.
static NOT_FOLLOWING: &[(&str, Option<&str>)] = &[("appid", None), ("is", Some("instance"))];

/// Whether resources with CRNs of this service and type follow the intent of their key.
///
/// Source: [`GUIDE`]. A CRN does not tell a boot volume from another, and the guide counts Block Storage as following.
#[must_use]
pub fn follows(service: &str, resource_type: &str) -> Follows {
    let is_named = |(name, of_type): &(&str, Option<&str>)| {
        *name == service && of_type.is_none_or(|of_type| of_type == resource_type)
    };
    if NOT_FOLLOWING.iter().any(is_named) {
        return Follows::None;
    }
    let of_service = || SERVICES.iter().filter(|row| row.crn_service == service && row.id != vpc::BOOT_VOLUME.id);
    let of_type = of_service().filter(|row| row.crn_types.contains(&resource_type));
    agreed(of_type).or_else(|| agreed(of_service())).unwrap_or(Follows::Unknown)
}

/// What rows of the table of services say, if they say one thing. None where there are no rows.
fn agreed<'a>(rows: impl Iterator<Item = &'a &'static Service>) -> Option<Follows> {
    let said = |row: &Service| life(row).and_then(|life| life.migration_intent.known());
    let mut rows = rows.map(|row| match said(row) {
        Some(true) => Follows::Full,
        Some(false) => Follows::None,
        None => Follows::Unknown,
    });
    let first = rows.next()?;
    Some(if rows.all(|other| other == first) { first } else { Follows::Unknown })
}

/// Whether a service uses keys through another service as well, so that a second synchronization is needed.
///
/// Source: [`GUIDE`]: "IBM Cloud Databases, Messages for `RabbitMQ`, Kubernetes, and OpenShift services".
#[must_use]
pub fn needs_second_sync(service: &str) -> bool {
    service.starts_with("databases-for-") || matches!(service, "messages-for-rabbitmq" | "containers-kubernetes")
}

/// A use of Hyper Protect Crypto Services that no export shows.
#[derive(Debug, Clone, Copy)]
pub struct Unseen {
    /// What it is.
    pub usage: &'static str,
    /// How to find out whether there is one.
    pub how_to_check: &'static str,
    /// Where that was read.
    pub source: Source,
}

/// All of them.
pub static UNSEEN: &[Unseen] = &[
    Unseen {
        usage: "PKCS #11 and GREP11",
        how_to_check: "look in the activity events for actions `hs-crypto.ep11.use` and those that begin with `hs-crypto.keystore`; Key \
                       Protect Dedicated has neither interface",
        source: GUIDE,
    },
    Unseen {
        usage: "Unified Key Orchestrator (UKO)",
        how_to_check: "look in the console of the instance for vaults and managed keys; Key Protect Dedicated has none",
        source: GUIDE,
    },
    Unseen {
        usage: "KMIP for VMware",
        how_to_check: "ask who runs VMware with KMIP for VMware; its support for Hyper Protect Crypto Services ends on 2026-12-31",
        source: GUIDE,
    },
    Unseen {
        usage: "payloads of standard keys",
        how_to_check: "find who reads them: activity events `secrets.read`, AIX (`hdcryptmgr`, `keysvrmgr show -t hpcs`), Direct Link; \
                       payloads are fetched and stored anew, no intent moves them",
        source: GUIDE,
    },
    Unseen {
        usage: "custom applications",
        how_to_check: "search code and settings for host names with `hs-crypto`, the SDKs and the endpoints of the instance, and service \
                       ids and trusted profiles with access to it; activity events show `secrets.wrap` and `secrets.unwrap`",
        source: GUIDE,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_guide() {
        let full = [
            ("apprapp", ""),
            ("is", "volume"),
            ("is", "snapshot"),
            ("cloud-object-storage", "bucket"),
            ("cloud-object-storage", ""),
            ("databases-for-postgresql", ""),
            ("messages-for-rabbitmq", ""),
            ("event-notifications", ""),
            ("messagehub", ""),
            ("containers-kubernetes", ""),
            ("containers-kubernetes", "worker-pool"),
            ("schematics", ""),
            ("secrets-manager", ""),
        ];
        for (service, of_type) in full {
            assert_eq!(follows(service, of_type), Follows::Full, "{service} {of_type}");
        }
        for (service, of_type) in [("appid", ""), ("is", "share"), ("is", "image"), ("is", "instance")] {
            assert_eq!(follows(service, of_type), Follows::None, "{service} {of_type}");
        }
        for (service, of_type) in [("cloudantnosqldb", ""), ("dashdb-for-transactions", ""), ("is", "vpc"), ("x", "")] {
            assert_eq!(follows(service, of_type), Follows::Unknown, "{service} {of_type}");
        }
    }

    #[test]
    fn a_second_synchronization_is_for_those_who_use_keys_through_others() {
        for service in ["databases-for-redis", "messages-for-rabbitmq", "containers-kubernetes"] {
            assert!(needs_second_sync(service), "{service}");
        }
        for service in ["messagehub", "cloud-object-storage", "is"] {
            assert!(!needs_second_sync(service), "{service}");
        }
    }
}
