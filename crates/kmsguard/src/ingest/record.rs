//! The records of exports, typed, borrowed from the bytes. Members that are not used are not read.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::document::Text;

/// A key, as `GET /api/v2/keys` and `ibmcloud kp keys -o json` write it.
///
/// Source: IBM/keyprotect-go-client, `keys.go`, as of 2026-06-30; Key Protect docs, *Viewing a list of keys*.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyRecord<'a> {
    #[serde(borrow)]
    pub(crate) crn: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) name: Option<Text<'a>>,
    /// 0 pre-activation, 1 active, 2 suspended, 3 deactivated, 5 destroyed.
    pub(crate) state: Option<u8>,
    /// `false`: a root key; `true`: a standard key.
    pub(crate) extractable: Option<bool>,
    #[serde(borrow, rename = "keyRingID")]
    pub(crate) key_ring_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) last_update_date: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) expiration_date: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) deletion_date: Option<Text<'a>>,
    pub(crate) dual_auth_delete: Option<Enabled>,
}

/// A switch inside a record.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Enabled {
    pub(crate) enabled: Option<bool>,
}

/// A registration, as `GET /api/v2/keys/registrations` and `ibmcloud kp registrations -o json` write it.
///
/// Source: IBM/keyprotect-go-client, `registrations.go`, as of 2026-06-30. The command leaves `preventKeyDeletion` out when it
/// is false.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RegistrationRecord<'a> {
    #[serde(borrow)]
    pub(crate) key_id: Text<'a>,
    #[serde(borrow)]
    pub(crate) resource_crn: Text<'a>,
    pub(crate) prevent_key_deletion: Option<bool>,
}

/// A service instance, as `GET /v2/resource_instances` and `ibmcloud resource service-instances --output json` write it.
///
/// Source: IBM/platform-services-go-sdk, `resourcecontrollerv2`, as of 2026-06-29. Whether lists carry `parameters` and
/// `extensions` is not documented: where both are absent, nothing is known of a key.
#[derive(Debug, Deserialize)]
pub(crate) struct InstanceRecord<'a> {
    #[serde(borrow)]
    pub(crate) crn: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) name: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) resource_plan_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) resource_group_id: Option<Text<'a>>,
    /// `active`, `provisioning`, `pending_reclamation`, `removed` and others.
    #[serde(borrow)]
    pub(crate) state: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) deleted_at: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) scheduled_reclaim_at: Option<Text<'a>>,
    /// What was given when the instance was made.
    #[serde(borrow)]
    pub(crate) parameters: Option<&'a RawValue>,
    /// What is in effect.
    #[serde(borrow)]
    pub(crate) extensions: Option<&'a RawValue>,
}
