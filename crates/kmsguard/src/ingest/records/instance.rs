//! Service instances of the Resource Controller.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::ingest::document::Text;

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
    pub(crate) updated_at: Option<Text<'a>>,
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
