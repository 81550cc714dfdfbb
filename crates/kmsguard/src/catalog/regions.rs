//! The regions in which a service is offered, where that is known: of each KMS, and of Event Streams.

use super::Source;
use super::services::event_streams::{CLASSIC_REGIONS, CLASSIC_REGIONS_PAGE, GEN2_REGIONS};

/// Regions of Key Protect. `eu-fr2` stands in IBM's own examples, not in the list: it is accepted.
static KEY_PROTECT: &[&str] = &[
    "au-syd", "br-sao", "ca-mon", "ca-tor", "eu-de", "eu-es", "eu-fr2", "eu-gb", "in-che", "in-mum", "jp-osa",
    "jp-tok", "us-east", "us-south",
];

/// Regions of Hyper Protect Crypto Services.
static HYPER_PROTECT: &[&str] =
    &["au-syd", "br-sao", "ca-tor", "eu-de", "eu-es", "eu-fr2", "eu-gb", "jp-tok", "us-east", "us-south"];

/// Where the list of Key Protect was read.
pub static KEY_PROTECT_SOURCE: Source = Source {
    title: "Key Protect: Regions and endpoints",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-regions",
    as_of: "2026-08-12",
};

/// Where the list of Hyper Protect Crypto Services was read.
pub static HYPER_PROTECT_SOURCE: Source = Source {
    title: "Hyper Protect Crypto Services: Regions and locations",
    url: "https://cloud.ibm.com/docs/hs-crypto?topic=hs-crypto-regions",
    as_of: "2025-07-23",
};

/// Whether a location is not in the list of a service that has one: a suspicion, never a refusal, for regions are opened all the
/// time. Most services have none, and Event Streams may be in a Satellite location as well.
#[must_use]
pub fn is_unknown(service_name: &str, location: &str) -> bool {
    match service_name {
        "kms" => !KEY_PROTECT.contains(&location),
        "hs-crypto" => !HYPER_PROTECT.contains(&location),
        // `che01` is a data centre of the classic plans.
        "messagehub" => {
            !GEN2_REGIONS.contains(&location)
                && !CLASSIC_REGIONS.contains(&location)
                && location != "che01"
                && !location.starts_with("satloc_")
        }
        _ => false,
    }
}

/// The page that lists the locations of a service that has a list.
#[must_use]
pub fn page(service_name: &str) -> &'static str {
    match service_name {
        "hs-crypto" => HYPER_PROTECT_SOURCE.url,
        "messagehub" => CLASSIC_REGIONS_PAGE.url,
        _ => KEY_PROTECT_SOURCE.url,
    }
}
