//! Volumes, file shares, images and snapshots of a VPC region.

use serde::Deserialize;

use crate::ingest::document::Text;

/// A volume, share, image or snapshot, as `GET /v1/volumes` and its siblings write it in `volumes`, `shares`, `images` or `snapshots`,
/// and `ibmcloud is volumes --output json` and its siblings in a bare list.
///
/// Source: VPC API, as of 2026-08-21; IBM/vpc-go-sdk, `vpcv1`. Without `encryption_key` the provider holds the key (`encryption:
/// provider_managed`).
#[derive(Debug, Deserialize)]
pub(crate) struct VpcRecord<'a> {
    #[serde(borrow)]
    pub(crate) crn: Option<Text<'a>>,
    /// `user_managed` or `provider_managed`.
    #[serde(borrow)]
    pub(crate) encryption: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) encryption_key: Option<VpcKey<'a>>,
}

/// The key of a resource of a VPC.
#[derive(Debug, Deserialize)]
pub(crate) struct VpcKey<'a> {
    #[serde(borrow)]
    pub(crate) crn: Option<Text<'a>>,
}
