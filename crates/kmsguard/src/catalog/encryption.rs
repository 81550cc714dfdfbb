//! Where a service takes the key of a customer.

/// Whether a service takes its key as a parameter of the service instance, so that an instance whose parameters are known and
/// name none has none. Object Storage takes it per bucket, VPC per volume, clusters by a call of their own.
///
/// Sources: the pages on Key Protect of Event Streams (2026-04-21) and Cloud Databases (2026-07-31).
#[must_use]
pub fn takes_key_on_instance(service_name: &str) -> bool {
    matches!(service_name, "messagehub" | "messages-for-rabbitmq") || service_name.starts_with("databases-for-")
}
