//! The roles that let a service use a key, by the names that each surface gives them.

use super::Source;

/// A role, in the three spellings that are needed: none of them can be used in the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// As the command line takes it.
    pub name: &'static str,
    /// As Terraform and the console show it.
    pub display_name: &'static str,
    /// As the REST API takes it.
    pub crn: &'static str,
}

/// Uses keys: wraps, unwraps, registers. Enough for every service.
pub static READER: Role =
    Role { name: "Reader", display_name: "Reader", crn: "crn:v1:bluemix:public:iam::::serviceRole:Reader" };

/// Lets a service create the authorization of the services it depends on. A platform role, not a service role.
pub static AUTHORIZATION_DELEGATOR: Role = Role {
    name: "AuthorizationDelegator",
    display_name: "Authorization Delegator",
    crn: "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator",
};

/// Sees an instance. A platform role.
pub static VIEWER: Role =
    Role { name: "Viewer", display_name: "Viewer", crn: "crn:v1:bluemix:public:iam::::role:Viewer" };

/// Where the CRNs and the command line's names were read.
pub static SOURCE: Source = Source {
    title: "Event Streams Gen 2: Key Protect integration",
    url: "https://cloud.ibm.com/docs/event-streams-gen2?topic=event-streams-gen2-key-protect",
    as_of: "2026-02-26",
};

/// Where Terraform's names were read: they are display names, and the match is exact.
pub static TERRAFORM_SOURCE: Source = Source {
    title: "Terraform: ibm_iam_authorization_policy",
    url: "https://github.com/IBM-Cloud/terraform-provider-ibm/blob/master/website/docs/r/iam_authorization_policy.html.markdown",
    as_of: "2026-08-05",
};
