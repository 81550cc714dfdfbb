//! What disabling a key, and removing an authorization for it, does to each family: columns of their own, by the family's name.

use super::{
    APP_CONFIGURATION_PAGE, CLUSTERS_PAGE, Consequence, DATABASES_GEN2_PAGE, DATABASES_PAGE, EVENT_NOTIFICATIONS_PAGE,
    EVENT_STREAMS_GEN2_PAGE, EVENT_STREAMS_PAGE, Effect, Family, OBJECT_STORAGE_PAGE, SCHEMATICS_PAGE, Since, VPC_PAGE,
    WORKERS_PAGE, unreachable,
};
use crate::catalog::Source;

/// A column: what an action does to the families of which a page says it.
type Column = &'static [(&'static str, Consequence)];

const SHUTS_DOWN: &str = "it shuts down; enabling the key restarts it, with its data";

/// Of Gen 2 and of databases no page says what disabling a key does.
static DISABLE: Column = &[
    ("Event Streams", unreachable(SHUTS_DOWN, Since::FourHours, EVENT_STREAMS_PAGE)),
    ("Event Notifications", unreachable(SHUTS_DOWN, Since::FourHours, EVENT_NOTIFICATIONS_PAGE)),
    ("App Configuration", unreachable(SHUTS_DOWN, Since::FourHours, APP_CONFIGURATION_PAGE)),
    (
        "Cloud Object Storage",
        unreachable(
            "reads and writes of its objects fail, and for up to an hour after the key is enabled again",
            Since::NinetySeconds,
            OBJECT_STORAGE_PAGE,
        ),
    ),
    (
        "VPC storage",
        Consequence {
            effect: Effect::FailsOnRestart,
            what: "what runs goes on, and does not start again once it is stopped; images and snapshots cannot be used",
            since: Since::NextStop,
            undone: true,
            source: VPC_PAGE,
        },
    ),
    (
        "cluster secrets",
        unreachable("its secrets cannot be read; enabling the key repairs it", Since::FourHours, CLUSTERS_PAGE),
    ),
    (
        "worker disks",
        unreachable(
            "workers on such disks become critical; after the key is enabled they must be rebooted",
            Since::FourHours,
            WORKERS_PAGE,
        ),
    ),
    (
        "Schematics",
        unreachable(
            "logs, state and variables of its workspaces cannot be read, and jobs fail, until the key is enabled",
            Since::FourHours,
            SCHEMATICS_PAGE,
        ),
    ),
];

const fn not_undone(effect: Effect, what: &'static str, since: Since, source: Source) -> Consequence {
    Consequence { effect, what, since, undone: false, source }
}

const IN_USE: &str = "data in use can be read for a while, and then no more; nor can it deregister from the key";
const NOT_AGAIN: &str = "nothing at once; the service below it works on by an authorization of its own, which can no longer be made \
                         again if it goes";

/// Of Schematics no page says it.
static REVOKE: Column = &[
    ("Event Streams", not_undone(Effect::AccessLost, IN_USE, Since::FourHours, EVENT_STREAMS_PAGE)),
    ("Event Notifications", not_undone(Effect::AccessLost, IN_USE, Since::FourHours, EVENT_NOTIFICATIONS_PAGE)),
    ("App Configuration", not_undone(Effect::AccessLost, IN_USE, Since::FourHours, APP_CONFIGURATION_PAGE)),
    ("Event Streams Gen 2", not_undone(Effect::CannotBeRestored, NOT_AGAIN, Since::AtOnce, EVENT_STREAMS_GEN2_PAGE)),
    ("Cloud Databases", not_undone(Effect::CannotBeRestored, NOT_AGAIN, Since::AtOnce, DATABASES_PAGE)),
    ("Cloud Databases Gen 2", not_undone(Effect::CannotBeRestored, NOT_AGAIN, Since::AtOnce, DATABASES_GEN2_PAGE)),
    ("Cloud Object Storage", unreachable("new requests are refused", Since::AtOnce, OBJECT_STORAGE_PAGE)),
    (
        "VPC storage",
        not_undone(
            Effect::FailsOnRestart,
            "it runs until it is stopped; if it is deleted without the authorization, its registration stays on the key for ever",
            Since::NextStop,
            VPC_PAGE,
        ),
    ),
    (
        "cluster secrets",
        not_undone(
            Effect::KeyUndeletable,
            "the authorization is needed when the cluster is deleted: without it the registration stays on the key",
            Since::AtOnce,
            Source {
                title: "terraform-ibm-landing-zone#738: authorization deleted before the cluster",
                url: "https://github.com/terraform-ibm-modules/terraform-ibm-landing-zone/issues/738",
                as_of: "2026-07-01",
            },
        ),
    ),
    ("worker disks", not_undone(Effect::FailsOnRestart, "new workers do not come up", Since::NextStop, WORKERS_PAGE)),
];

/// What removing the authorization does that the deployment made for the service below it.
static REVOKE_DEPENDENT: Column = &[
    (
        "Event Streams Gen 2",
        not_undone(
            Effect::AccessLost,
            "every deployment on the key fails until a support ticket brings the authorization back",
            Since::AtOnce,
            EVENT_STREAMS_GEN2_PAGE,
        ),
    ),
    (
        "Cloud Databases Gen 2",
        not_undone(
            Effect::AccessLost,
            "every deployment on the key fails until a support ticket brings the authorization back",
            Since::AtOnce,
            DATABASES_GEN2_PAGE,
        ),
    ),
    (
        "Cloud Databases",
        Consequence {
            effect: Effect::CannotBeRestored,
            what: "backups pause until the authorization is made again, which it is while the delegating one stands; without both, \
                   the backups of every deployment on the key are lost",
            since: Since::AtOnce,
            undone: true,
            source: DATABASES_PAGE,
        },
    ),
];

fn of(column: Column, family: &Family) -> Option<&'static Consequence> {
    column.iter().find(|(name, _)| *name == family.name).map(|(_, consequence)| consequence)
}

/// What disabling its key does to a family; none where no page says it.
#[must_use]
pub fn disable_key(family: &Family) -> Option<&'static Consequence> {
    of(DISABLE, family)
}

/// What removing its authorization does to a family; none where no page says it.
#[must_use]
pub fn revoke(family: &Family) -> Option<&'static Consequence> {
    of(REVOKE, family)
}

/// What removing the authorization does that it made for the service below it; none where it makes none.
#[must_use]
pub fn revoke_dependent(family: &Family) -> Option<&'static Consequence> {
    of(REVOKE_DEPENDENT, family)
}

#[cfg(test)]
mod tests {
    use super::{DISABLE, REVOKE, REVOKE_DEPENDENT, disable_key, revoke, revoke_dependent};
    use crate::catalog::effects::{Effect, families};
    use crate::catalog::services::SERVICES;

    #[test]
    fn every_row_of_a_column_is_of_a_family() {
        let known: Vec<&str> = SERVICES
            .iter()
            .flat_map(|service| service.crn_types.iter().map(|of| (service.crn_service, *of)))
            .flat_map(|(service, of)| families(service, of))
            .map(|family| family.name)
            .collect();
        for (name, _) in DISABLE.iter().chain(REVOKE).chain(REVOKE_DEPENDENT) {
            assert!(known.contains(name), "{name}");
        }
    }

    #[test]
    fn what_no_page_says_is_none() {
        let [classic, gen2] = families("messagehub", "") else { panic!("two generations") };
        assert!(disable_key(gen2).is_none() && disable_key(classic).is_some());
        assert_eq!(revoke(gen2).map(|of| of.effect), Some(Effect::CannotBeRestored));
        assert!(revoke_dependent(classic).is_none() && revoke_dependent(gen2).is_some());
    }
}
