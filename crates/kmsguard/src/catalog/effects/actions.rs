//! What disabling, restoring and rotating a key, and removing an authorization for it, do to each family: columns of their own, by the family's
//! name.

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

/// What the return of a deleted key in time gives back to the families that promise it.
static RESTORE: Column = &[
    (
        "Cloud Object Storage",
        given_back("its objects can be read and written again", Since::NinetySeconds, OBJECT_STORAGE_PAGE),
    ),
    (
        "VPC storage",
        given_back(
            "it can be used again; attachment ids are new, and instances must be started",
            Since::FourHours,
            VPC_PAGE,
        ),
    ),
    (
        "worker disks",
        given_back("workers on such disks come back once they are rebooted", Since::FourHours, WORKERS_PAGE),
    ),
    (
        "Schematics",
        given_back("logs, state and variables of its workspaces can be read again", Since::FourHours, SCHEMATICS_PAGE),
    ),
];

const fn given_back(what: &'static str, since: Since, source: Source) -> Consequence {
    Consequence { effect: Effect::None, what, since, undone: false, source }
}

const fn not_undone(effect: Effect, what: &'static str, since: Since, source: Source) -> Consequence {
    Consequence { effect, what, since, undone: false, source }
}

const IN_USE: &str = "data in use can be read for a while, and is lost then; nor can it deregister from the key";
const NOT_AGAIN: &str = "nothing at once; the service below it works on by an authorization of its own, which can no longer be made \
                         again if it goes";

const NO_WORKERS: &str = "new workers do not come up";

/// Of Schematics no page says it.
static REVOKE: Column = &[
    ("Event Streams", not_undone(Effect::DataUnrecoverable, IN_USE, Since::FourHours, EVENT_STREAMS_PAGE)),
    ("Event Notifications", not_undone(Effect::DataUnrecoverable, IN_USE, Since::FourHours, EVENT_NOTIFICATIONS_PAGE)),
    ("App Configuration", not_undone(Effect::DataUnrecoverable, IN_USE, Since::FourHours, APP_CONFIGURATION_PAGE)),
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
    ("worker disks", not_undone(Effect::FailsOnRestart, NO_WORKERS, Since::NextStop, WORKERS_PAGE)),
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
    ("cluster secrets", not_undone(Effect::FailsOnRestart, NO_WORKERS, Since::NextStop, WORKERS_PAGE)),
    ("worker disks", not_undone(Effect::FailsOnRestart, NO_WORKERS, Since::NextStop, WORKERS_PAGE)),
];

/// What is left where both are gone: what the dependent authorization gave, and the one by which it could be made again.
const BOTH: &str = "both authorizations are gone, so the dependent one cannot be made again: the backups of every deployment on the \
                    key are lost";

/// What removing both the authorization and the one that the deployment made through it does.
static REVOKE_BOTH: Column = &[
    ("Event Streams Gen 2", not_undone(Effect::BackupsLost, BOTH, Since::AtOnce, EVENT_STREAMS_GEN2_PAGE)),
    ("Cloud Databases", not_undone(Effect::BackupsLost, BOTH, Since::AtOnce, DATABASES_PAGE)),
    ("Cloud Databases Gen 2", not_undone(Effect::BackupsLost, BOTH, Since::AtOnce, DATABASES_GEN2_PAGE)),
];

const fn wrapped_anew(what: &'static str, source: Source) -> Consequence {
    Consequence { effect: Effect::Rewrap, what, since: Since::FourHours, undone: false, source }
}

const REWRAPPED: &str = "its data keys are wrapped anew with the new version of the key, and its data stays in reach";

/// Of App Configuration and Db2 no page says it.
static ROTATE: Column = &[
    ("Event Streams", wrapped_anew(REWRAPPED, EVENT_STREAMS_PAGE)),
    ("Event Streams Gen 2", wrapped_anew(REWRAPPED, EVENT_STREAMS_GEN2_PAGE)),
    ("Event Notifications", wrapped_anew(REWRAPPED, EVENT_NOTIFICATIONS_PAGE)),
    ("Cloud Databases", wrapped_anew(REWRAPPED, DATABASES_PAGE)),
    ("Cloud Databases Gen 2", wrapped_anew(REWRAPPED, DATABASES_GEN2_PAGE)),
    ("Cloud Object Storage", wrapped_anew(REWRAPPED, OBJECT_STORAGE_PAGE)),
    ("VPC storage", wrapped_anew(REWRAPPED, VPC_PAGE)),
    (
        "cluster secrets",
        wrapped_anew(
            "its secrets are encrypted anew once the KMS provider is enabled again with the new version of the key; a key that the \
             cluster has left cannot come back",
            CLUSTERS_PAGE,
        ),
    ),
    ("worker disks", wrapped_anew(REWRAPPED, WORKERS_PAGE)),
    ("Schematics", wrapped_anew("logs, state and variables of its workspaces are encrypted anew", SCHEMATICS_PAGE)),
];

fn of(column: Column, family: &Family) -> Option<&'static Consequence> {
    column.iter().find(|(name, _)| *name == family.name).map(|(_, consequence)| consequence)
}

/// What restoring its deleted key gives back to a family; none where the family does not promise it.
#[must_use]
pub fn restore_key(family: &Family) -> Option<&'static Consequence> {
    of(RESTORE, family)
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

/// What removing both does; none where a family has no dependent authorization.
#[must_use]
pub fn revoke_both(family: &Family) -> Option<&'static Consequence> {
    of(REVOKE_BOTH, family)
}

/// What rotating its key does to a family; none where no page says it.
#[must_use]
pub fn rotate_key(family: &Family) -> Option<&'static Consequence> {
    of(ROTATE, family)
}

#[cfg(test)]
mod tests {
    use super::{
        DISABLE, RESTORE, REVOKE, REVOKE_BOTH, REVOKE_DEPENDENT, ROTATE, disable_key, restore_key, revoke,
        revoke_dependent,
    };
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
        for (name, _) in [DISABLE, RESTORE, REVOKE, REVOKE_DEPENDENT, REVOKE_BOTH, ROTATE].into_iter().flatten() {
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

    #[test]
    fn a_family_gives_back_what_it_promised() {
        for service in SERVICES {
            for family in service.crn_types.iter().flat_map(|of| families(service.crn_service, of)) {
                assert_eq!(restore_key(family).is_some(), family.delete_key.undone, "{}", family.name);
            }
        }
    }
}
