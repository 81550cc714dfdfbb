//! The names of services and locations that CRNs use, and words that people write in their place.
//!
//! A name that is not here is a suspicion, never a refusal: services and regions are added all the time.

use super::Source;

/// Where the names of services stand. No page has them all in CRNs, so each was looked up by itself, in stored copies of public
/// code and documentation, and stands there in a CRN. Three stand there only as names of services, of instances or policies:
/// `data-science-experience`, `databases-for-valkey` and `server-protect`.
pub static SERVICES_SOURCE: Source = Source {
    title: "CRNs in public code and documentation of IBM Cloud, looked up name by name",
    url: "https://github.com/search?type=code&q=%22crn%3Av1%3Abluemix%3Apublic%3A%22",
    as_of: "2026-11-26",
};

/// Where a reader finds the names of services: as IAM takes them, each with its roles.
pub static SERVICES_PAGE: Source = Source {
    title: "IAM: IAM roles and actions",
    url: "https://cloud.ibm.com/docs/iam?topic=iam-iam-service-roles-actions",
    as_of: "2026-05-09",
};

/// Where twelve of the regions were read. `in-mum` stands in Secrets Manager: Regions and endpoints, as of 2026-07-27;
/// `eu-fr2` only in CRNs of Key Protect in IBM's documentation. The geographies and `global` are no regions and stand in neither.
pub static LOCATIONS_SOURCE: Source = Source {
    title: "IBM Cloud: Region and data center locations for resource deployment",
    url: "https://cloud.ibm.com/docs/overview?topic=overview-locations",
    as_of: "2025-10-31",
};

/// Services by the names of IAM and the Global Catalog, parted by blanks: one text is smaller than a table of many.
static SERVICES: &str = " account-management aiopenscale api-gateway appid apprapp atracker billing \
    cloud-object-storage cloudantnosqldb cloudcerts codeengine compliance container-registry containers-kubernetes \
    context-based-restrictions continuous-delivery conversation dashdb dashdb-for-transactions \
    data-science-experience databases-for-cassandra databases-for-elasticsearch databases-for-enterprisedb \
    databases-for-etcd databases-for-mongodb databases-for-mysql databases-for-postgresql databases-for-redis \
    databases-for-valkey directlink discovery dns-svcs enterprise event-notifications functions \
    global-search-tagging globalcatalog hs-crypto iam iam-access-management iam-groups iam-identity iam-svcs \
    internet-svcs is kms lakehouse language-translator logdna logdnaat logs logs-router messagehub \
    messages-for-rabbitmq metrics-router mqcloud natural-language-understanding pm-20 power-iaas project \
    resource-controller satellite schematics secrets-manager security-advisor server-protect speech-to-text \
    sql-query support sysdig-monitor sysdig-secure text-to-speech toolchain transit user-management ";

/// Words that are not the name of a service, each before the service it means.
static ALSO_SERVICES: &str = "cloudant cloudantnosqldb cos cloud-object-storage event-streams messagehub \
    eventstreams messagehub hpcs hs-crypto hyper-protect hs-crypto iks containers-kubernetes key-protect kms \
    keyprotect kms object-storage cloud-object-storage postgresql databases-for-postgresql \
    secret-manager secrets-manager vpc is";

/// Regions, geographies and the word for none of them.
static LOCATIONS: &str = " ap au au-syd br-sao ca ca-mon ca-tor eu eu-de eu-es eu-fr2 eu-gb global in-che in-mum jp jp-osa jp-tok \
    us us-east us-south ";

/// Words that are not the name of a location, each before the location it means.
static ALSO_LOCATIONS: &str = "chennai in-che dallas us-south frankfurt eu-de london eu-gb madrid eu-es \
    montreal ca-mon mumbai in-mum osaka jp-osa paris eu-fr2 sao-paulo br-sao sydney au-syd tokyo jp-tok \
    toronto ca-tor washington us-east";

fn has(names: &str, name: &str) -> bool {
    !name.is_empty() && names.split(' ').any(|known| known == name)
}

/// A text of pairs of words, parted by blanks, is smaller than a table of them.
fn pairs(words: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut words = words.split(' ');
    core::iter::from_fn(move || Some((words.next()?, words.next()?)))
}

fn meant(words: &'static str, word: &str) -> Option<&'static str> {
    pairs(words).find(|(also, _)| *also == word).map(|(_, name)| name)
}

/// Whether a service is known; a child service is as known as its parent.
///
/// ```
/// use kmsguard::catalog::names::is_service;
///
/// assert!(is_service("iam-identity") && is_service("is.vpc") && !is_service("kmss"));
/// ```
#[must_use]
pub fn is_service(name: &str) -> bool {
    has(SERVICES, name.split_once('.').map_or(name, |(parent, _)| parent))
}

/// The service that a word always means: a product's name or its abbreviation.
#[must_use]
pub fn service_meant(word: &str) -> Option<&'static str> {
    meant(ALSO_SERVICES, word)
}

/// The service that a mistyped name is nearest to.
#[must_use]
pub fn near_service(name: &str) -> Option<&'static str> {
    service_meant(name).or_else(|| nearest(name, SERVICES.split(' ')))
}

/// Whether a location is known: a region, a zone of one, a geography, `global`, or by its form a data centre (`dal13`) or a
/// Satellite location (`satloc_…`).
#[must_use]
pub fn is_location(name: &str) -> bool {
    let zone = name.rsplit_once('-').filter(|(_, zone)| is_digits(zone)).map_or(name, |(region, _)| region);
    has(LOCATIONS, zone) || is_data_centre(name) || name.starts_with("satloc_")
}

/// The location that a mistyped name is nearest to.
///
/// ```
/// use kmsguard::catalog::names::near_location;
///
/// assert_eq!(near_location("frankfurt"), Some("eu-de"));
/// assert_eq!(near_location("us-suoth"), Some("us-south"));
/// ```
#[must_use]
pub fn near_location(name: &str) -> Option<&'static str> {
    let exact = |known: &&str| name.split('_').eq(known.split('-'));
    let listed = || LOCATIONS.split(' ').filter(|known| known.len() > 3);
    meant(ALSO_LOCATIONS, name).or_else(|| listed().find(exact)).or_else(|| nearest(name, listed()))
}

/// Three letters and two digits.
pub(crate) fn is_data_centre(name: &str) -> bool {
    name.split_at_checked(3).is_some_and(|(letters, digits)| {
        letters.bytes().all(|byte| byte.is_ascii_lowercase()) && digits.len() == 2 && is_digits(digits)
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The one name at the least distance: a third of its letters, and two, may be wrong. Two names as near are no answer.
fn nearest(word: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let mut best = None;
    let mut least = 3;
    for name in known.filter(|name| !name.is_empty() && word.len().abs_diff(name.len()) < 3) {
        let distance = strsim::osa_distance(word, name);
        if distance > name.len() / 3 {
            continue;
        }
        if distance < least {
            (best, least) = (Some(name), distance);
        } else if distance == least {
            best = None;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{ALSO_LOCATIONS, ALSO_SERVICES, is_location, is_service, near_location, near_service, pairs};

    #[test]
    fn what_is_meant_is_known() {
        assert_eq!((pairs(ALSO_SERVICES).count(), pairs(ALSO_LOCATIONS).count()), (13, 14));
        assert!(pairs(ALSO_SERVICES).all(|(also, name)| is_service(name) && !is_service(also)));
        assert!(pairs(ALSO_LOCATIONS).all(|(also, name)| is_location(name) && !is_location(also)));
    }

    #[test]
    fn the_nearest_is_one_or_none() {
        assert_eq!(near_service("kmss"), Some("kms"));
        assert_eq!(near_service("databases-for-postgres"), Some("databases-for-postgresql"));
        assert_eq!(near_service("messagehubb"), Some("messagehub"));
        assert_eq!(near_service("xyzzy"), None);
        assert_eq!(near_location("us-sout"), Some("us-south"));
        assert_eq!(near_location("us_south"), Some("us-south"));
        assert_eq!(near_location("moon-1"), None);
    }

    #[test]
    fn locations_by_their_form() {
        for known in ["us-south", "us-south-1", "eu-de-3", "lon06", "global", "satloc_dal_clp3foc20dd82387pe83"] {
            assert!(is_location(known), "{known}");
        }
        for unknown in ["us-north", "us-north-1", "", "lon6", "é1234"] {
            assert!(!is_location(unknown), "{unknown}");
        }
    }
}
