//! Whose use of a key it is: the deployment of a resource, or a volume that a service manages in an account of IBM's.

use super::interner::Symbol;
use crate::crn::Crn;

/// To what a use of a key belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Belongs {
    /// To a deployment, by its CRN.
    Deployment(Symbol),
    /// A volume in an account of which nothing else was exported: managed by a service for the deployment, where there is
    /// only one on the key that it can be.
    Managed(Option<Symbol>),
    /// The CRN of the resource cannot be read.
    Unreadable,
}

impl Belongs {
    /// The deployment that the use is of, or for which a volume is managed.
    pub(crate) const fn owner(self) -> Option<Symbol> {
        match self {
            Self::Deployment(deployment) => Some(deployment),
            Self::Managed(owner) => owner,
            Self::Unreadable => None,
        }
    }

    /// The deployment, for a use that is one.
    pub(crate) const fn deployment(self) -> Option<Symbol> {
        match self {
            Self::Deployment(deployment) => Some(deployment),
            Self::Managed(_) | Self::Unreadable => None,
        }
    }
}

/// Whether a service runs its deployments on volumes that it registers in an account of IBM's own.
///
/// Source: Red Hat OpenShift on IBM Cloud docs, *Migrating from Hyper Protect Crypto Services to Key Protect*, as of 2026-08-21, for
/// clusters; for Gen 2 data services inferred from Event Streams (Gen 2), *Activity tracking events*, as of 2026-04-17: key
/// events come from block storage.
pub(super) fn manages_volumes(service: &str) -> bool {
    matches!(service, "containers-kubernetes" | "messagehub") || service.starts_with("databases-for-")
}

/// The CRN of the deployment to which a resource belongs.
///
/// With a service instance, the instance: its first eight segments. The volumes, snapshots and images of an account and a
/// region are together one deployment, its file shares another. Without an instance, the resource itself.
pub(crate) fn deployment(crn: &Crn<'_>) -> String {
    if !crn.service_instance.is_empty() {
        Crn { resource_type: "", resource: "", ..*crn }.to_string()
    } else if crn.service_name == "is" {
        let shares = matches!(crn.resource_type, "share" | "share-snapshot");
        let location = crn.region().unwrap_or(crn.location);
        Crn { location, resource_type: if shares { "share" } else { "" }, resource: "", ..*crn }.to_string()
    } else {
        crn.to_string()
    }
}

/// The CRN of the KMS instance of a key.
pub(crate) fn instance(crn: &Crn<'_>) -> String {
    Crn { resource_type: "", resource: "", ..*crn }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crn::parse;

    #[test]
    fn a_deployment_is_the_instance_or_what_is_lost_together() {
        let cases = [
            (
                "crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:bucket:b",
                "crn:v1:bluemix:public:cloud-object-storage:global:a/1:2::",
            ),
            (
                "crn:v1:bluemix:public:containers-kubernetes:us-south:a/1:c1:worker-pool:c1-p",
                "crn:v1:bluemix:public:containers-kubernetes:us-south:a/1:c1::",
            ),
            ("crn:v1:bluemix:public:is:us-south-2:a/1::volume:r006-1", "crn:v1:bluemix:public:is:us-south:a/1:::"),
            ("crn:v1:bluemix:public:is:us-south:a/1::image:r006-2", "crn:v1:bluemix:public:is:us-south:a/1:::"),
            ("crn:v1:bluemix:public:is:us-south-1:a/1::share:r006-3", "crn:v1:bluemix:public:is:us-south:a/1::share:"),
            ("crn:v1:bluemix:public:schematics:us:a/1:::", "crn:v1:bluemix:public:schematics:us:a/1:::"),
        ];
        for (resource, expected) in cases {
            assert_eq!(parse(resource).map(|crn| deployment(&crn)).as_deref(), Ok(expected), "{resource}");
        }
    }
}
