//! Keys of Key Protect and Hyper Protect Crypto Services.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::ingest::document::Text;

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
    /// Other names by which a key may be asked for.
    #[serde(borrow)]
    pub(crate) aliases: Option<&'a RawValue>,
    /// Whether its material was brought along: such a key cannot be rotated by a policy.
    pub(crate) imported: Option<bool>,
    #[serde(borrow)]
    pub(crate) creation_date: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) last_update_date: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) last_rotate_date: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) expiration_date: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) deletion_date: Option<Text<'a>>,
    pub(crate) dual_auth_delete: Option<Enabled>,
    /// How often it is rotated by itself; only lists that show policies have it.
    pub(crate) rotation: Option<RotationRecord>,
}

/// A switch inside a record.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Enabled {
    pub(crate) enabled: Option<bool>,
}

/// How often a key is rotated by itself.
///
/// Source: Key Protect docs, *Setting a rotation policy*, as of 2026-08-12. A rotation without `enabled` was written before
/// policies could be disabled, and is enabled.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct RotationRecord {
    pub(crate) enabled: Option<bool>,
    /// 1 to 12.
    pub(crate) interval_month: Option<u8>,
}
