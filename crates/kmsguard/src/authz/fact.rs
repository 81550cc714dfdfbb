//! What is known of a source and of a key.

use crate::crn::Crn;

/// One fact of a source or of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Fact<'a> {
    /// It is this.
    Value(&'a str),
    /// There is no such thing: an empty segment of a CRN.
    None,
    /// Nobody said.
    #[default]
    Unknown,
}

impl<'a> Fact<'a> {
    /// The value, if it is known.
    #[must_use]
    pub const fn value(self) -> Option<&'a str> {
        match self {
            Self::Value(value) => Some(value),
            Self::None | Self::Unknown => None,
        }
    }

    /// A fact that is there or not known, never absent.
    #[must_use]
    pub const fn known(value: Option<&'a str>) -> Self {
        match value {
            Some(value) => Self::Value(value),
            None => Self::Unknown,
        }
    }

    fn of_segment(segment: &'a str) -> Self {
        if segment.is_empty() { Self::None } else { Self::Value(segment) }
    }
}

/// Who wants to use a key: a service instance, or a resource of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Source<'a> {
    /// The account.
    pub account: Fact<'a>,
    /// The service that a policy must name, which for storage of VPC is not the CRN's own.
    pub service_name: Fact<'a>,
    /// The GUID of the instance.
    pub service_instance: Fact<'a>,
    /// The type of the resource.
    pub resource_type: Fact<'a>,
    /// The resource.
    pub resource: Fact<'a>,
    /// The id of the resource group, which stands in no CRN.
    pub resource_group: Fact<'a>,
    /// The region.
    pub region: Fact<'a>,
}

impl<'a> Source<'a> {
    /// The source that a CRN names. A resource group comes from a list of instances, or is not known.
    #[must_use]
    pub fn of_crn(crn: &Crn<'a>, resource_group: Option<&'a str>) -> Self {
        let source = Self {
            account: Fact::known(crn.account()),
            service_name: Fact::known(Some(crn.service_name).filter(|name| !name.is_empty())),
            service_instance: Fact::of_segment(crn.service_instance),
            resource_type: Fact::of_segment(crn.resource_type),
            resource: Fact::of_segment(crn.resource),
            resource_group: Fact::known(resource_group),
            region: Fact::known(crn.region()),
        };
        if crn.service_name != "is" {
            return source;
        }
        // Source: VPC docs, "Establishing service-to-service authorizations" for block storage and for file storage, as of
        // 2026-08-21.
        match crn.resource_type {
            "volume" | "snapshot" | "image" => Self { service_name: Fact::Value("server-protect"), ..source },
            "share" => source,
            // The share that a snapshot belongs to is the resource, and its CRN does not end in it.
            "share-snapshot" => Self { resource_type: Fact::Value("share"), resource: Fact::Unknown, ..source },
            _ => Self { service_name: Fact::Unknown, ..source },
        }
    }

    /// A deployment that is not made yet: a service in an account.
    #[must_use]
    pub fn planned(service_name: &'a str, account: &'a str) -> Self {
        Self { account: Fact::Value(account), service_name: Fact::Value(service_name), ..Self::default() }
    }

    /// The fact that an attribute of a subject is about; none for an attribute that is about no fact we have.
    #[must_use]
    pub fn fact(&self, attribute: &str) -> Option<Fact<'a>> {
        Some(match attribute {
            "accountId" => self.account,
            "serviceName" => self.service_name,
            "serviceInstance" => self.service_instance,
            "resourceType" => self.resource_type,
            "resource" => self.resource,
            "resourceGroupId" => self.resource_group,
            "region" => self.region,
            _ => return None,
        })
    }
}

/// The key that is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Target<'a> {
    /// The account of its KMS instance.
    pub account: Fact<'a>,
    /// `kms` or `hs-crypto`.
    pub service_name: Fact<'a>,
    /// The GUID of its KMS instance.
    pub service_instance: Fact<'a>,
    /// Its id.
    pub key_id: Fact<'a>,
    /// Its key ring, which stands in no CRN.
    pub key_ring: Fact<'a>,
    /// The resource group of its KMS instance, which stands in no CRN.
    pub resource_group: Fact<'a>,
    /// The region.
    pub region: Fact<'a>,
    /// Whether its KMS instance is of Key Protect Dedicated, which has keys of the same service name.
    pub dedicated: Option<bool>,
}

impl<'a> Target<'a> {
    /// The key that a CRN names. What stands in no CRN is not known until it is filled in.
    #[must_use]
    pub fn of_crn(crn: &Crn<'a>) -> Self {
        let is_key = crn.resource_type == "key";
        Self {
            account: Fact::known(crn.account()),
            service_name: Fact::known(Some(crn.service_name).filter(|name| !name.is_empty())),
            service_instance: Fact::known(Some(crn.service_instance).filter(|guid| !guid.is_empty())),
            key_id: Fact::known(Some(crn.resource).filter(|id| is_key && !id.is_empty())),
            key_ring: Fact::Unknown,
            resource_group: Fact::Unknown,
            region: Fact::known(crn.region()),
            dedicated: if crn.service_name == "hs-crypto" { Some(false) } else { None },
        }
    }

    /// The fact that an attribute of a resource is about; none for an attribute that is about no fact we have.
    #[must_use]
    pub fn fact(&self, attribute: &str) -> Option<Fact<'a>> {
        Some(match attribute {
            "accountId" => self.account,
            "serviceName" => self.service_name,
            "serviceInstance" => self.service_instance,
            "resourceType" => Fact::Value("key"),
            "resource" => self.key_id,
            "keyRing" => self.key_ring,
            "resourceGroupId" => self.resource_group,
            "region" => self.region,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crn::parse;

    #[test]
    fn the_service_of_a_policy_is_not_always_the_one_of_the_crn() {
        let cases = [
            ("is:us-south-1:a/1::volume:r006-1", Fact::Value("server-protect"), Fact::Value("volume")),
            ("is:us-south:a/1::snapshot:r006-1", Fact::Value("server-protect"), Fact::Value("snapshot")),
            ("is:us-south:a/1::image:r006-1", Fact::Value("server-protect"), Fact::Value("image")),
            ("is:us-south-2:a/1::share:r006-1", Fact::Value("is"), Fact::Value("share")),
            ("is:us-south-2:a/1::share-snapshot:r006-1", Fact::Value("is"), Fact::Value("share")),
            ("is:us-south:a/1::vpc:r006-1", Fact::Unknown, Fact::Value("vpc")),
            ("messagehub:us-south:a/1:2::", Fact::Value("messagehub"), Fact::None),
        ];
        for (rest, service, kind) in cases {
            let text = format!("crn:v1:bluemix:public:{rest}");
            let source = Source::of_crn(&parse(&text).expect("a CRN"), None);
            assert_eq!((source.service_name, source.resource_type), (service, kind), "{rest}");
            assert_eq!(source.account, Fact::Value("1"));
            assert_eq!(source.resource_group, Fact::Unknown);
        }
    }
}
