//! Key rings of a KMS instance, and versions of a key.

use serde::Deserialize;

use crate::ingest::document::Text;

/// A key ring, as `GET /api/v2/key_rings` and `ibmcloud kp key-rings -o json` write it. It names its instance nowhere.
///
/// Source: IBM/keyprotect-go-client, `key_rings.go`, as of 2026-06-30. The ring `default` has no date and no author.
#[derive(Debug, Deserialize)]
pub(crate) struct KeyRingRecord<'a> {
    #[serde(borrow)]
    pub(crate) id: Text<'a>,
}

/// A version of a key, as `GET /api/v2/keys/{id}/versions` writes it: one for each rotation. It does not name its key, but the first
/// version has the id of its key.
///
/// Source: Key Protect docs, *Viewing key versions*, as of 2026-08-12.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyVersionRecord<'a> {
    #[serde(borrow)]
    pub(crate) id: Text<'a>,
    #[serde(borrow)]
    pub(crate) creation_date: Option<Text<'a>>,
}
