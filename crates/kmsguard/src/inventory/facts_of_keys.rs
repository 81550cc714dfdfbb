//! Gives what policies, versions, reports and events say to the keys they are of.

use hashbrown::{HashMap, HashSet};

use super::build::{Builder, PolicyOfKey, later, moment};
use super::interner::{Interner, Symbol};
use super::tables::{Key, KeyState, Rotation};
use crate::crn::{Crn, Kind, parse};
use crate::ingest::FaultKind;
use crate::order::Arrange as _;

/// Gives policies and versions to the keys they name, or of which a manifest says that they are.
pub(super) fn join_keys(builder: &mut Builder) {
    reported(builder);
    let rows = Rows::new(&builder.keys);
    for policy in std::mem::take(&mut builder.key_policies) {
        let row = match policy.key {
            Some(crn) => rows.by_crn.get(&crn).copied(),
            None => rows.of_context(builder, policy.place),
        };
        match row {
            Some(row) => {
                let Builder { interner, keys, .. } = &mut *builder;
                if let Some(key) = keys.get_mut(row) {
                    give(interner, key, &policy);
                }
            }
            None if policy.key.is_none() => builder.faults.push((policy.place, FaultKind::NoKey)),
            None => {}
        }
    }
    for version in std::mem::take(&mut builder.key_versions) {
        // The first version of a key has the id of the key.
        let row = rows.of_context(builder, version.place).or_else(|| rows.by_id.get(&version.id).copied().flatten());
        let Some(key) = row.and_then(|row| builder.keys.get_mut(row)) else { continue };
        key.versions = Some(key.versions.unwrap_or(0) + 1);
        if later(&builder.interner, version.created_at, key.rotated_at.or(key.created_at)) {
            key.rotated_at = version.created_at;
        }
    }
}

/// Puts what reports and events say of keys beside what lists say. A report has no date, so where it contradicts a list neither is
/// believed; an event has one, and counts if it is the later.
fn reported(builder: &mut Builder) {
    let mut rows: HashMap<Symbol, usize> = builder.keys.iter().enumerate().map(|(row, key)| (key.crn, row)).collect();
    // Of what lists contradict each other about, a report does not make up its mind.
    let lists = builder.keys.iter().filter(|key| key.state == KeyState::Unknown);
    let mut disputed: HashSet<Symbol> = lists.map(|key| key.crn).collect();
    for key in std::mem::take(&mut builder.reported_keys) {
        match rows.get(&key.crn).and_then(|row| builder.keys.get_mut(*row)) {
            None => {
                rows.insert(key.crn, builder.keys.len());
                builder.keys.push(key);
            }
            Some(known) => {
                let states = [known.state, key.state];
                if !states.contains(&KeyState::Unknown) && known.state != key.state {
                    let fault = FaultKind::KeyStates {
                        key: builder.interner.text(key.crn).to_owned(),
                        states: states.map(KeyState::name),
                    };
                    builder.faults.push((key.state_witness.place, fault));
                    disputed.insert(known.crn);
                    known.state = KeyState::Unknown;
                }
                known.name = known.name.or(key.name);
                known.extractable = known.extractable.or(key.extractable);
                known.key_ring = known.key_ring.or(key.key_ring);
                known.dual_authorization = known.dual_authorization.or(key.dual_authorization);
                if known.rotation == Rotation::Unknown {
                    known.rotation = key.rotation;
                }
                if known.state == KeyState::Unknown && !disputed.contains(&known.crn) {
                    known.state = key.state;
                    known.state_witness = key.state_witness;
                }
            }
        }
    }
    for named in std::mem::take(&mut builder.sensitive) {
        if rows.contains_key(&named.key) {
            builder.named.push(named);
        } else {
            builder.faults.push((named.witness.place, FaultKind::SensitiveKey));
        }
    }
    let mut states = std::mem::take(&mut builder.states);
    states.arrange_by_key(|said| said.at);
    for said in states {
        let Some(key) = rows.get(&said.key).and_then(|row| builder.keys.get_mut(*row)) else { continue };
        let updated = key.updated_at.and_then(|date| moment(builder.interner.text(date)));
        if updated.is_none_or(|updated| said.at > updated) && key.state != said.state {
            key.state = said.state;
            key.state_witness = said.witness;
        }
    }
}

/// The rows of keys by CRN and by id.
struct Rows {
    by_crn: HashMap<Symbol, usize>,
    /// None where two keys have the id.
    by_id: HashMap<Symbol, Option<usize>>,
}

impl Rows {
    fn new(keys: &[Key]) -> Self {
        let mut rows = Self { by_crn: HashMap::new(), by_id: HashMap::new() };
        for (row, key) in keys.iter().enumerate() {
            rows.by_crn.insert(key.crn, row);
            rows.by_id.entry(key.id).and_modify(|one| *one = None).or_insert(Some(row));
        }
        rows
    }

    /// The key that a manifest names for an input.
    fn of_context(&self, builder: &Builder, place: crate::ingest::Place) -> Option<usize> {
        let context = builder.context(place);
        let id = context.key_id?;
        let of_instance = context.kms_instance.and_then(|kms| {
            let crn = parse(builder.interner.text(kms)).ok().filter(|crn| crn.kind() == Kind::KmsInstance)?;
            let crn = Crn { resource_type: "key", resource: builder.interner.text(id), ..crn }.to_string();
            self.by_crn.get(&builder.interner.find(&crn)?).copied()
        });
        of_instance.or_else(|| self.by_id.get(&id).copied().flatten())
    }
}

/// Gives a policy to its key. Where the record of the key says something else, the later of the two counts; if neither is, neither.
fn give(interner: &Interner, key: &mut Key, policy: &PolicyOfKey) {
    let newer = later(interner, policy.updated_at, key.updated_at);
    let older = later(interner, key.updated_at, policy.updated_at);
    if let Some(rotation) = policy.rotation {
        key.rotation = match key.rotation {
            Rotation::Unknown => rotation,
            known if known == rotation || older => known,
            _ if newer => rotation,
            _ => Rotation::Unknown,
        };
    }
    if let Some(enabled) = policy.dual_authorization {
        key.dual_authorization = match key.dual_authorization {
            None => Some(enabled),
            Some(known) if known == enabled || older => Some(known),
            Some(_) if newer => Some(enabled),
            Some(_) => None,
        };
    }
}
