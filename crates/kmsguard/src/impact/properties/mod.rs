//! What holds for every account and every set of actions.

mod account;
mod lost_access;
mod one_more_use;
mod sets;
