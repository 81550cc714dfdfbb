//! Service instances that were deleted and are kept for a while.

use serde::Deserialize;

use crate::ingest::document::Text;

/// A reclamation, as `GET /v1/reclamations` and `ibmcloud resource reclamations --output json` write it.
///
/// Source: IBM/platform-services-go-sdk, `resourcecontrollerv2`, as of 2026-06-29.
#[derive(Debug, Deserialize)]
pub(crate) struct ReclamationRecord<'a> {
    /// The CRN of the instance.
    #[serde(borrow)]
    pub(crate) entity_crn: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) resource_group_id: Option<Text<'a>>,
    /// `SCHEDULED` while the instance can be restored.
    #[serde(borrow)]
    pub(crate) state: Option<Text<'a>>,
    /// When the retention ends.
    #[serde(borrow)]
    pub(crate) target_time: Option<Text<'a>>,
}
