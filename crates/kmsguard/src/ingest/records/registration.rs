//! Registrations: which resources use which keys.

use serde::Deserialize;

use crate::ingest::document::Text;

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
