//! Which keys Schematics uses, and which it could.

use serde::Deserialize;

use crate::ingest::document::Text;

/// The KMS settings of one location, as `GET /v2/settings/kms` and `ibmcloud schematics kms info --output json` write them. They name
/// their account nowhere.
///
/// Source: IBM/schematics-go-sdk, `schematicsv1`, `KMSSettings`, as of 2024-11-19.
#[derive(Debug, Deserialize)]
pub(crate) struct SchematicsSettingsRecord<'a> {
    /// `US`, `EU`, or a region.
    #[serde(borrow)]
    pub(crate) location: Option<Text<'a>>,
    /// `byok` or `kyok`, in either case.
    #[serde(borrow)]
    pub(crate) encryption_scheme: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) primary_crk: Option<SchematicsKey<'a>>,
    #[serde(borrow)]
    pub(crate) secondary_crk: Option<SchematicsKey<'a>>,
}

/// A key of the settings.
#[derive(Debug, Deserialize)]
pub(crate) struct SchematicsKey<'a> {
    #[serde(borrow)]
    pub(crate) key_crn: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) kms_private_endpoint: Option<Text<'a>>,
}

/// A KMS instance that Schematics could use, as `GET /v2/settings/kms_instances` and `ibmcloud schematics kms instances ls` write it:
/// what is offered, not what is used.
///
/// Source: IBM/schematics-go-sdk, `schematicsv1`, `KmsInstances`, as of 2024-11-19.
#[derive(Debug, Deserialize)]
pub(crate) struct SchematicsInstanceRecord<'a> {
    #[serde(borrow)]
    pub(crate) kms_crn: Option<Text<'a>>,
}
