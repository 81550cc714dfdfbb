//! Know what an IBM Cloud encryption key holds up before you touch it.
//!
//! The core of kmsguard: CRNs, inventories read from exported JSON, and findings about keys. It opens no connection, reads
//! no file and no clock; a door (the command, the Python module, the npm package) hands it bytes and prints its answers.
//!
//! [`api`] is the seam that all doors share. [`crn`] can be used by itself:
//!
//! ```
//! let text = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:\
//!             44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";
//! assert!(kmsguard::crn::is_key_crn(text));
//! ```

#![forbid(unsafe_code)]

pub mod api;
pub mod authz;
pub mod catalog;
pub mod collect;
pub mod config;
pub mod crn;
pub mod impact;
pub mod ingest;
pub mod inventory;
pub mod migrate;
mod now;
mod order;
pub mod plan;
pub mod policy;
mod preflight;
mod report;
pub mod rules;
mod snapshot;
