//! The records of exports, typed, borrowed from the bytes. Members that are not used are not read.

use serde::Deserialize;

use super::document::Text;

/// A key, as `GET /api/v2/keys` and `ibmcloud kp keys -o json` write it.
///
/// Source: IBM/keyprotect-go-client, `keys.go`, as of 2026-06-30; Key Protect docs, *Viewing a list of keys*.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyRecord<'a> {
    #[serde(borrow)]
    pub(crate) id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) crn: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) name: Option<Text<'a>>,
    /// 0 pre-activation, 1 active, 2 suspended, 3 deactivated, 5 destroyed.
    pub(crate) state: Option<u8>,
    /// `false`: a root key; `true`: a standard key.
    pub(crate) extractable: Option<bool>,
    #[serde(borrow)]
    #[serde(rename = "keyRingID")]
    pub(crate) key_ring_id: Option<Text<'a>>,
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
