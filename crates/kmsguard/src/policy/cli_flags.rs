//! The flags of `ibmcloud iam authorization-policy-create`.
//!
//! Source: IBM Cloud CLI docs, *Managing IAM access, API keys, and more*, as of 2026-07-23.

/// The flags that stand for an attribute of the subject.
pub(super) const SOURCE: [(&str, &str); 4] = [
    ("serviceInstance", "--source-service-instance-id"),
    ("resourceGroupId", "--source-resource-group-id"),
    ("resourceType", "--source-resource-type"),
    ("resource", "--source-resource"),
];

/// The flags that stand for an attribute of the resource.
pub(super) const TARGET: [(&str, &str); 4] = [
    ("serviceInstance", "--target-service-instance-id"),
    ("resourceGroupId", "--target-resource-group-id"),
    ("resourceType", "--target-resource-type"),
    ("resource", "--target-resource"),
];

/// The flags that take a value and stand for no attribute by themselves.
pub(super) const OTHER: [&str; 5] = [
    "--source-service-account",
    "--source-service-instance-name",
    "--target-service-instance-name",
    "--file",
    "--output",
];

/// The flags that stand alone.
pub(super) const ALONE: [&str; 3] = ["-q", "--quiet", "--help"];

/// Pairs of which the command takes one.
pub(super) const EXCLUSIVE: [(&str, &str); 5] = [
    ("--source-service-instance-name", "--source-service-instance-id"),
    ("--source-service-instance-name", "--source-service-account"),
    ("--source-resource-group-id", "--source-service-instance-id"),
    ("--target-service-instance-name", "--target-service-instance-id"),
    ("--target-resource-group-id", "--target-service-instance-id"),
];

/// All flags.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SOURCE.iter().chain(&TARGET).map(|(_, flag)| *flag).chain(OTHER).chain(ALONE)
}
