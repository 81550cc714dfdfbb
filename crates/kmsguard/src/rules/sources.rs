//! The pages on which the rules rest, with the day of the text that was read.

use crate::catalog::Source;

pub(super) const AUTHORIZATIONS: Source = Source {
    title: "IAM: Using authorizations to grant access between services",
    url: "https://cloud.ibm.com/docs/iam?topic=iam-serviceauth",
    as_of: "2025-11-15",
};
pub(super) const POLICY_API: Source = Source {
    title: "IAM Policy Management API",
    url: "https://cloud.ibm.com/apidocs/iam-policy-management",
    as_of: "2026-06-29",
};
pub(super) const ACCESS: Source = Source {
    title: "Key Protect: Managing user access",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-manage-access",
    as_of: "2026-08-12",
};
pub(super) const KEY_STATES: Source = Source {
    title: "Key Protect: Monitoring the lifecycle of encryption keys",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-key-states",
    as_of: "2026-08-12",
};
pub(super) const KEY_API: Source =
    Source { title: "Key Protect API", url: "https://cloud.ibm.com/apidocs/key-protect", as_of: "2026-08-12" };
pub(super) const ROTATION: Source = Source {
    title: "Key Protect: Setting a rotation policy",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-set-rotation-policy",
    as_of: "2026-08-12",
};
pub(super) const QUESTIONS: Source = Source {
    title: "Key Protect: FAQs",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-faqs",
    as_of: "2026-08-12",
};
pub(super) const RESTORING: Source = Source {
    title: "Key Protect: Restoring keys",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-restore-keys",
    as_of: "2026-06-24",
};
pub(super) const MIGRATION_TOOL: Source = Source {
    title: "Key Protect: Key Migration Tool",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-migrate-tool",
    as_of: "2026-07-30",
};
pub(super) const NETWORK: Source = Source {
    title: "Key Protect: Setting and editing network access policies",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-managing-network-access-policies",
    as_of: "2026-11-26",
};
pub(super) const HYPER_PROTECT_NETWORK: Source = Source {
    title: "Hyper Protect Crypto Services: Managing the network access policy",
    url: "https://cloud.ibm.com/docs/hs-crypto?topic=hs-crypto-managing-network-access-policies",
    as_of: "2024-07-01",
};
pub(super) const STREAMS_GEN2: Source = Source {
    title: "Event Streams Gen 2: Key Protect integration",
    url: "https://cloud.ibm.com/docs/event-streams-gen2?topic=event-streams-gen2-key-protect",
    as_of: "2026-02-26",
};
pub(super) const STREAMS_GEN2_NEWS: Source = Source {
    title: "Event Streams Gen 2: Release notes",
    url: "https://cloud.ibm.com/docs/event-streams-gen2?topic=event-streams-gen2-release-notes",
    as_of: "2026-03-27",
};
pub(super) const STREAMS: Source = Source {
    title: "Event Streams: Managing encryption",
    url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-managing_encryption",
    as_of: "2026-04-21",
};
pub(super) const DATABASES: Source = Source {
    title: "Cloud Databases: Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-key-protect",
    as_of: "2026-07-31",
};
pub(super) const DATABASES_HYPER_PROTECT: Source = Source {
    title: "Cloud Databases: Hyper Protect Crypto Services integration",
    url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-hpcs",
    as_of: "2026-07-31",
};
pub(super) const DATABASES_GEN2: Source = Source {
    title: "Cloud Databases (Gen 2): Key Protect integration",
    url: "https://cloud.ibm.com/docs/cloud-databases-gen2?topic=cloud-databases-gen2-key-protect",
    as_of: "2026-08-21",
};
pub(super) const WORKERS: Source = Source {
    title: "Red Hat OpenShift on IBM Cloud: Encrypting VPC worker disks",
    url: "https://cloud.ibm.com/docs/openshift?topic=openshift-encryption-vpc-worker-disks",
    as_of: "2026-08-21",
};
pub(super) const VPC_AUTHORIZATIONS: Source = Source {
    title: "VPC: Establishing service-to-service authorizations for block storage",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-block-s2s-auth",
    as_of: "2026-08-21",
};
pub(super) const VPC_ENCRYPTION: Source = Source {
    title: "VPC: Managing data encryption",
    url: "https://cloud.ibm.com/docs/vpc?topic=vpc-vpc-encryption-managing",
    as_of: "2026-08-21",
};
pub(super) const SCHEMATICS_COMMANDS: Source = Source {
    title: "Schematics: CLI reference, KMS commands",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-schematics-cli-reference#kms-commands",
    as_of: "2026-07-07",
};
pub(super) const SCHEMATICS_DATA: Source = Source {
    title: "Schematics: Protecting your sensitive data",
    url: "https://cloud.ibm.com/docs/schematics?topic=schematics-secure-data",
    as_of: "2026-07-07",
};
pub(super) const SCHEMATICS_API: Source = Source {
    title: "Schematics API: Replace KMS settings",
    url: "https://cloud.ibm.com/apidocs/schematics/schematics#update-kms-settings",
    as_of: "2024-11-19",
};
pub(super) const PROVIDER_DATABASE: Source = Source {
    title: "terraform-provider-ibm: ibm_database",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/blob/master/website/docs/r/database.html.markdown",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_KEY: Source = Source {
    title: "terraform-provider-ibm: ibm_kms_key",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/blob/master/website/docs/r/kms_key.html.markdown",
    as_of: "2026-08-05",
};
pub(super) const LANDING_ZONE_738: Source = Source {
    title: "terraform-ibm-landing-zone#738: authorization deleted before the cluster",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-landing-zone/issues/738",
    as_of: "2026-11-26",
};
pub(super) const COS_758: Source = Source {
    title: "terraform-ibm-cos#758: authorization for one key",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-cos/issues/758",
    as_of: "2026-11-26",
};
pub(super) const COS_173: Source = Source {
    title: "terraform-ibm-cos#173: authorization for one key",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-cos/issues/173",
    as_of: "2026-11-26",
};
pub(super) const COS_BUCKETS: Source = Source {
    title: "terraform-ibm-cos: modules/buckets",
    url: "https://github.com/terraform-ibm-modules/terraform-ibm-cos/tree/main/modules/buckets",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_1214: Source = Source {
    title: "terraform-provider-ibm#1214",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/1214",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_1622: Source = Source {
    title: "terraform-provider-ibm#1622: key_protect_key is ignored after creation",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/1622",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_3348: Source = Source {
    title: "terraform-provider-ibm#3348: a CRN where an instance's GUID is wanted",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/3348",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_4687: Source = Source {
    title: "terraform-provider-ibm#4687: a CRN where an instance's GUID is wanted",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/4687",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_4662: Source = Source {
    title: "terraform-provider-ibm#4662: the Standard plan accepts KMS parameters",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/4662",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_5472: Source = Source {
    title: "terraform-provider-ibm#5472: a key that cannot be deleted with its deployment",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/5472",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_6941: Source = Source {
    title: "terraform-provider-ibm#6941: Gen 2 rejects a policy scoped by source resource group",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/6941",
    as_of: "2026-08-05",
};
pub(super) const PROVIDER_4478: Source = Source {
    title: "terraform-provider-ibm#4478: authorization policies need time before they work",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/issues/4478",
    as_of: "2026-08-05",
};
