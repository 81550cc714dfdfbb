//! The kinds of KMS, and the forms of the endpoints under which each is reached.

use super::Source;
use super::regions;

/// A kind of KMS. The CRN tells `hs-crypto` from `kms`, but not Key Protect from Key Protect Dedicated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kms {
    /// Key Protect, shared by many customers.
    MultiTenant,
    /// Key Protect Dedicated: plan `dedicated` of service `kms`.
    Dedicated,
    /// Hyper Protect Crypto Services.
    HyperProtect,
}

impl Kms {
    /// The product's name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::MultiTenant => "Key Protect",
            Self::Dedicated => "Key Protect Dedicated",
            Self::HyperProtect => "Hyper Protect Crypto Services",
        }
    }
}

/// The kind of KMS of a plan of Key Protect, by its name or id; none where the plan is not known.
///
/// Source: Key Protect docs, *Provisioning a Dedicated instance*, as of 2026-08-12; the GUID is that of `tiered-pricing`.
#[must_use]
pub fn of_plan(plan: &str) -> Option<Kms> {
    match plan {
        "dedicated" => Some(Kms::Dedicated),
        "tiered-pricing" | "cross-region-resiliency" | "eedd3585-90c6-4c8f-be3d-062069e99fc3" => Some(Kms::MultiTenant),
        _ => None,
    }
}

/// Where the endpoints of Key Protect were read.
pub static MULTI_TENANT_SOURCE: Source = regions::KEY_PROTECT_SOURCE;

/// Where the endpoints of Key Protect Dedicated were read.
pub static DEDICATED_SOURCE: Source = Source {
    title: "Key Protect: Migrating to Key Protect Dedicated",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-migrate-st",
    as_of: "2026-08-12",
};

/// Where the endpoints of Hyper Protect Crypto Services were read.
pub static HYPER_PROTECT_SOURCE: Source = regions::HYPER_PROTECT_SOURCE;

/// Regions of Key Protect Dedicated.
pub static DEDICATED_REGIONS: &[&str] = &["eu-de", "eu-es", "us-east", "us-south"];

/// What the host of an endpoint says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint<'a> {
    /// The kind of KMS it belongs to.
    pub kms: Kms,
    /// The region it names.
    pub region: &'a str,
    /// The instance it names; the endpoints of multi-tenant Key Protect name none.
    pub instance: Option<&'a str>,
    /// Whether it is on the private network.
    pub private: bool,
    /// Whether the form stands in a document; false where it follows another service's by analogy.
    pub documented: bool,
}

/// Reads the host of an endpoint, by its form.
///
/// ```
/// let endpoint = kmsguard::catalog::endpoints::read("private.us-south.kms.cloud.ibm.com");
/// assert!(endpoint.is_some_and(|endpoint| endpoint.private && endpoint.region == "us-south"));
/// ```
#[must_use]
pub fn read(host: &str) -> Option<Endpoint<'_>> {
    let endpoint = |kms, region, instance, private, documented| Endpoint { kms, region, instance, private, documented };
    if let Some(rest) = host.strip_suffix(".kms.cloud.ibm.com") {
        let (private, region) = rest.strip_prefix("private.").map_or((false, rest), |region| (true, region));
        return word(region).map(|region| endpoint(Kms::MultiTenant, region, None, private, true));
    }
    if let Some(rest) = host.strip_suffix(".kms.appdomain.cloud") {
        let (instance, private, region) = instance_based(rest)?;
        return Some(endpoint(Kms::Dedicated, region, Some(instance), private, !private));
    }
    if let Some(rest) = host.strip_suffix(".hs-crypto.appdomain.cloud") {
        let (instance, private, region) = instance_based(rest)?;
        return Some(endpoint(Kms::HyperProtect, region, Some(instance), private, true));
    }
    // The older form tells instances apart by their port.
    let (name, port) = host.split_once(':')?;
    port.parse::<u16>().ok()?;
    let rest = name.strip_suffix(".hs-crypto.cloud.ibm.com")?.strip_prefix("api.")?;
    let (private, region) = rest.strip_prefix("private.").map_or((false, rest), |region| (true, region));
    word(region).map(|region| endpoint(Kms::HyperProtect, region, None, private, true))
}

/// `INSTANCE.api.REGION` or `INSTANCE.api.private.REGION`.
fn instance_based(rest: &str) -> Option<(&str, bool, &str)> {
    let (instance, rest) = rest.split_once(".api.")?;
    let (private, region) = rest.strip_prefix("private.").map_or((false, rest), |region| (true, region));
    Some((word(instance)?, private, word(region)?))
}

fn word(text: &str) -> Option<&str> {
    let is_word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_word.then_some(text)
}

/// The endpoint that other services should use: the private one where a document has it.
///
/// ```
/// use kmsguard::catalog::endpoints::{Kms, preferred};
///
/// assert_eq!(preferred(Kms::MultiTenant, "eu-de", ""), "https://private.eu-de.kms.cloud.ibm.com");
/// ```
#[must_use]
pub fn preferred(kms: Kms, region: &str, instance: &str) -> String {
    match kms {
        Kms::MultiTenant => format!("https://private.{region}.kms.cloud.ibm.com"),
        Kms::Dedicated => format!("https://{instance}.api.{region}.kms.appdomain.cloud"),
        Kms::HyperProtect => format!("https://{instance}.api.private.{region}.hs-crypto.appdomain.cloud"),
    }
}

/// The endpoint under which the command line reaches an instance, where its own choice of a region is not enough.
#[must_use]
pub fn public(kms: Kms, region: &str, instance: &str) -> Option<String> {
    match kms {
        Kms::MultiTenant => None,
        Kms::Dedicated => Some(format!("https://{instance}.api.{region}.kms.appdomain.cloud")),
        Kms::HyperProtect => Some(format!("https://{instance}.api.{region}.hs-crypto.appdomain.cloud")),
    }
}

/// Where the endpoints of a kind were read.
#[must_use]
pub fn source(kms: Kms) -> Source {
    match kms {
        Kms::MultiTenant => MULTI_TENANT_SOURCE,
        Kms::Dedicated => DEDICATED_SOURCE,
        Kms::HyperProtect => HYPER_PROTECT_SOURCE,
    }
}
