//! What becomes of an authorization: how it is removed, and when it goes by itself.

use super::Source;

/// The page that says what authorizations are, and how they are removed.
pub const AUTHORIZATIONS: Source = Source {
    title: "IAM: Using authorizations to grant access between services",
    url: "https://cloud.ibm.com/docs/iam?topic=iam-serviceauth",
    as_of: "2025-11-15",
};

/// The page that says that IAM deletes what a service authorized for those that work for it, once the service is removed from the account.
/// It does not say whether one instance counts as the service.
pub const GOES_WITH_ITS_SERVICE: Source = Source {
    title: "IAM: Using authorizations to grant access between services, Removing an authorization",
    url: "https://cloud.ibm.com/docs/iam?topic=iam-serviceauth#remove-auth",
    as_of: "2025-11-15",
};
