//! WebAssembly door: the seam of kmsguard for JavaScript. No logic of its own.
//!
//! The loaders in `npm/` make the public surface from what is exported here.

#[cfg(feature = "cli")]
pub mod command;
#[cfg(feature = "crn")]
pub mod crn;
#[cfg(feature = "crn")]
mod error;
#[cfg(feature = "full")]
pub mod inventory;
