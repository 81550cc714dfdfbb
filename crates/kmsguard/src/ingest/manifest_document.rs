//! The manifest as a document that others write: what a schema says of it. Reading asks for less, see [`super::manifest`].

/// The manifest of an export folder, `kmsguard-export.json`, as the script of `kmsguard collect` writes it.
#[derive(Debug, Clone, PartialEq, Eq, schemars::JsonSchema)]
pub struct Manifest {
    /// 1.
    pub manifest_version: u32,
    /// When the first call was made, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub started_at: Option<String>,
    /// When the last call was answered, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub finished_at: Option<String>,
    /// The calls, each with the file it made.
    pub calls: Vec<ManifestCall>,
}

/// A call, what it asked for and what it was answered.
#[derive(Debug, Clone, PartialEq, Eq, schemars::JsonSchema)]
pub struct ManifestCall {
    /// The file, relative to the folder of the manifest.
    pub file: String,
    /// The kind of export that was asked for.
    pub kind: String,
    /// The id of the account.
    pub account: Option<String>,
    /// What whoever collected calls the account.
    pub account_name: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The KMS instance: its CRN or its GUID.
    pub instance: Option<String>,
    /// What was asked.
    pub url: Option<String>,
    /// The HTTP status of the last page.
    pub status: u16,
    /// How many pages were read.
    pub pages: Option<u32>,
    /// How many rows were written.
    pub rows: u32,
    /// How many rows there are, where the service said so.
    pub total: Option<u32>,
    /// What went wrong.
    pub error: Option<String>,
}
