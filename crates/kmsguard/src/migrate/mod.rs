//! The way of keys from Hyper Protect Crypto Services to Key Protect Dedicated: what hangs on each, whether it may follow, what is
//! missing, and what comes next.
//!
//! A row is a key to move from ([`sources`]), with the key to move to where something pairs them ([`pairing`], [`target`]). What is
//! registered with it is judged one by one ([`association`]); what is wrong or not known of the row ([`fault`], [`row`]) decides whether
//! it is ready, and what to do next ([`next`]).

mod association;
mod candidates;
mod fault;
mod model;
mod next;
mod pairing;
mod row;
mod scope;
mod silent;
mod sources;
mod steps;
mod target;

#[cfg(test)]
mod properties;

pub(crate) use association::{Association, Grant};
pub use fault::FaultKind;
pub use model::Readiness;
pub(crate) use model::{Migration, Reported, Row};
pub(crate) use steps::Step;

use association::Judging;
use candidates::Candidates;
use pairing::Pairing;
use silent::Silent;
use sources::sources;
use target::KindsOfKms;

use crate::inventory::Inventory;
use crate::now::Now;

/// What the exports say of the move of every key.
pub(crate) fn assess(inventory: &Inventory, now: Now) -> Migration<'_> {
    let pairing = Pairing::of(inventory);
    let kinds = KindsOfKms::of(inventory);
    let candidates = Candidates::of(inventory, &kinds, &pairing);
    let silent = Silent::of(inventory);
    let mut judging = Judging::new(inventory);
    let mut rows = Vec::new();
    for source in sources(inventory, &pairing) {
        let paired = pairing.of_source(source.crn);
        let mut row = row::row(inventory, &source, paired, &kinds, &candidates, &mut judging, now);
        fault::put_unseen(inventory, &mut row, &silent.on(inventory, source.crn, source.key));
        rows.push(row);
    }
    fault::put_crossed(&mut rows);
    for row in &mut rows {
        row.faults.sort_by_key(|fault| (fault.severity(), fault.code()));
        row.readiness = row::readiness(row);
        row.next = next::next(inventory, row, now);
    }
    let steps = steps::steps(&rows, now);
    let unknown = scope::unknown(inventory, rows.is_empty());
    Migration { steps, seen: scope::seen(inventory), unknown, policies: judging.into_policies(), rows }
}
