//! Policies of keys and of KMS instances.

use serde::Deserialize;

use super::key::{Enabled, RotationRecord};
use crate::ingest::document::Text;

/// A policy of a key, as `GET /api/v2/keys/{id}/policies` and `ibmcloud kp key policies -o json` write it.
///
/// Source: IBM/keyprotect-go-client, `policy.go`, as of 2026-06-30; Hyper Protect Crypto Services docs, *Setting a rotation policy*. The
/// CRN is that of the key in some answers and that of the policy, which does not name its key, in others.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyPolicyRecord<'a> {
    #[serde(borrow)]
    pub(crate) crn: Option<Text<'a>>,
    pub(crate) rotation: Option<RotationRecord>,
    pub(crate) dual_auth_delete: Option<Enabled>,
    #[serde(borrow, alias = "lastUpdated")]
    pub(crate) last_update_date: Option<Text<'a>>,
}

/// A policy of a KMS instance, as `GET /api/v2/instance/policies` and `ibmcloud kp instance policies -o json` write it. It names its
/// instance nowhere.
///
/// Sources: IBM/keyprotect-go-client, `instances.go`, as of 2026-06-30; Key Protect docs, *Managing allowed IP addresses*.
#[derive(Debug, Deserialize)]
pub(crate) struct InstancePolicyRecord<'a> {
    /// `dualAuthDelete`, `allowedNetwork`, `allowedIP`, `keyCreateImportAccess`, `metrics`, `rotation`.
    #[serde(borrow)]
    pub(crate) policy_type: Text<'a>,
    #[serde(borrow)]
    pub(crate) policy_data: Option<InstancePolicyData<'a>>,
}

/// What a policy of a KMS instance says.
#[derive(Debug, Deserialize)]
pub(crate) struct InstancePolicyData<'a> {
    pub(crate) enabled: Option<bool>,
    #[serde(borrow)]
    pub(crate) attributes: Option<InstancePolicyAttributes<'a>>,
}

/// The attributes of a policy that a later question needs.
#[derive(Debug, Deserialize)]
pub(crate) struct InstancePolicyAttributes<'a> {
    /// `public-and-private` or `private-only`.
    #[serde(borrow)]
    pub(crate) allowed_network: Option<Text<'a>>,
    /// The default for new keys, in months.
    pub(crate) interval_month: Option<u8>,
}
