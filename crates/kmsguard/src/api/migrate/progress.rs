//! What has moved since an earlier answer.

use std::collections::BTreeMap;

use hashbrown::HashSet;
use serde::{Deserialize, Serialize};

use crate::api::{Now, RequestError};
use crate::inventory::Inventory;
use crate::migrate::{Migration, Readiness};

/// What has moved since an earlier answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrationProgress {
    /// The moment of the earlier answer.
    pub since: Now,
    /// So many keys were moved or ready then.
    pub ready_then: u32,
    /// So many are now.
    pub ready_now: u32,
    /// The keys of which something has changed, by CRN.
    pub keys: Vec<ProgressOfKey>,
}

/// What has changed of one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProgressOfKey {
    /// The CRN of the key to move from.
    pub source_key: String,
    /// Whether it was moved or ready then; absent where the earlier answer does not have the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready_then: Option<bool>,
    /// Whether it is now; absent where this answer does not have the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready_now: Option<bool>,
    /// So many resources used it then and had not moved.
    pub then: u32,
    /// So many now.
    pub now: u32,
    /// Of those then, so many are seen with the key to move to now.
    pub moved: u32,
    /// So many are seen with neither key now: their registrations are gone, or were not read.
    pub gone: u32,
    /// So many were not there then.
    pub added: u32,
}

#[derive(Deserialize)]
struct Earlier {
    now: Now,
    deadline: serde_json::Map<String, serde_json::Value>,
    rows: Vec<EarlierRow>,
}

#[derive(Deserialize)]
struct EarlierRow {
    source_key: String,
    ready: bool,
    associations: Vec<EarlierAssociation>,
}

#[derive(Deserialize)]
struct EarlierAssociation {
    resource: String,
    #[serde(default)]
    moved: bool,
}

/// What has moved since an earlier answer.
///
/// # Errors
///
/// [`RequestError`] if it is none of this operation.
pub(super) fn progress(
    since: &serde_json::Value,
    found: &Migration<'_>,
    inventory: &Inventory,
) -> Result<MigrationProgress, RequestError> {
    let earlier = Earlier::deserialize(since).ok().filter(|earlier| earlier.deadline.contains_key("days_left"));
    let earlier = earlier.ok_or_else(|| RequestError {
        code: "REQ016",
        message: "the earlier answer is none of `migrate`".to_owned(),
        help: "keep what `kmsguard migrate --json` writes, and give it here".to_owned(),
    })?;
    let is_ready = |readiness| matches!(readiness, Readiness::Ready | Readiness::Moved);
    let mut before: BTreeMap<&str, &EarlierRow> =
        earlier.rows.iter().map(|row| (row.source_key.as_str(), row)).collect();
    let mut keys = Vec::new();
    for row in &found.rows {
        let old = before.remove(row.source.crn);
        let (mut here, mut there): (HashSet<&str>, HashSet<&str>) = (HashSet::new(), HashSet::new());
        for one in &row.associations {
            let set = if one.moved { &mut there } else { &mut here };
            set.insert(inventory.text(one.found.resource));
        }
        there.extend(row.resources_on_target.iter().map(|resource| inventory.text(*resource)));
        let left = |old: &&EarlierAssociation| !old.moved;
        let then: Vec<&str> =
            old.iter().flat_map(|old| old.associations.iter().filter(left)).map(|old| old.resource.as_str()).collect();
        let known: HashSet<&str> = then.iter().copied().collect();
        let count = |wanted: &dyn Fn(&&&str) -> bool| number(then.iter().filter(wanted).count());
        let of_key = ProgressOfKey {
            source_key: row.source.crn.to_owned(),
            ready_then: old.map(|old| old.ready),
            ready_now: Some(is_ready(row.readiness)),
            then: number(then.len()),
            now: number(here.len()),
            moved: count(&|one| !here.contains(**one) && there.contains(**one)),
            gone: count(&|one| !here.contains(**one) && !there.contains(**one)),
            added: number(here.iter().filter(|one| !known.contains(**one)).count()),
        };
        put(&mut keys, of_key);
    }
    for old in before.into_values() {
        let then = number(old.associations.iter().filter(|one| !one.moved).count());
        let of_key = ProgressOfKey {
            source_key: old.source_key.clone(),
            ready_then: Some(old.ready),
            ready_now: None,
            then,
            now: 0,
            moved: 0,
            gone: then,
            added: 0,
        };
        put(&mut keys, of_key);
    }
    keys.sort_by(|first, second| first.source_key.cmp(&second.source_key));
    Ok(MigrationProgress {
        since: earlier.now,
        ready_then: number(earlier.rows.iter().filter(|row| row.ready).count()),
        ready_now: number(found.rows.iter().filter(|row| is_ready(row.readiness)).count()),
        keys,
    })
}

/// Keeps what has changed.
fn put(keys: &mut Vec<ProgressOfKey>, of_key: ProgressOfKey) {
    let same = of_key.ready_then == of_key.ready_now && of_key.moved + of_key.gone + of_key.added == 0;
    if !same {
        keys.push(of_key);
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
