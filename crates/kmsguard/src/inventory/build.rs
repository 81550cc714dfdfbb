//! Builds the inventory: reads the inputs in the order of their names, then joins uses to keys and deployments.

use hashbrown::{HashMap, HashSet};

use super::deployment::{self, Belongs};
use super::evidence::Witness;
use super::interner::{Interner, Symbol};
use super::tables::{Key, KeyIndex, Registrations, Use};
use super::{Inventory, Source};
use crate::crn::{Kind, parse};
use crate::ingest::{ExportKind, Fault, FaultKind, Input, KeyRecord, Place, RegistrationRecord, Sink, read};

/// A registration as read, before its key is known.
struct Registered {
    key_id: Symbol,
    resource: Symbol,
    place: Place,
}

#[derive(Default)]
struct Builder {
    interner: Interner,
    keys: Vec<Key>,
    by_crn: HashMap<Symbol, KeyIndex>,
    registered: Vec<Registered>,
}

impl Sink for Builder {
    fn key(&mut self, place: Place, record: &KeyRecord<'_>) -> Result<(), FaultKind> {
        let missing =
            |member| FaultKind::Record { kind: ExportKind::KmsKeys, why: format!("missing field `{member}`") };
        let text = record.crn.as_ref().ok_or_else(|| missing("crn"))?.as_str();
        let crn = parse(text).ok().filter(|crn| crn.kind() == Kind::KmsKey);
        let Some(crn) = crn else { return Err(FaultKind::RecordCrn { member: "crn", text: text.to_owned() }) };
        let symbol = self.interner.intern(text);
        if self.by_crn.contains_key(&symbol) {
            return Ok(());
        }
        let key = Key {
            crn: symbol,
            id: self.interner.intern(record.id.as_ref().map_or(crn.resource, |id| id.as_str())),
            name: record.name.as_ref().map(|name| self.interner.intern(name.as_str())),
            instance: self.interner.intern(&deployment::instance(&crn)),
            service: self.interner.intern(crn.service_name),
            account: deployment::account(&crn).map(|account| self.interner.intern(account)),
            location: self.interner.intern(crn.location),
            registrations: Registrations::Missing,
            witness: Witness { place, member: "crn" },
        };
        self.by_crn.insert(symbol, KeyIndex(u32::try_from(self.keys.len()).unwrap_or(u32::MAX)));
        self.keys.push(key);
        Ok(())
    }

    fn registration(&mut self, place: Place, record: &RegistrationRecord<'_>) -> Result<(), FaultKind> {
        let resource = record.resource_crn.as_str();
        let registered = Registered {
            key_id: self.interner.intern(record.key_id.as_str()),
            resource: self.interner.intern(resource),
            place,
        };
        self.registered.push(registered);
        if parse(resource).is_err() {
            return Err(FaultKind::RecordCrn { member: "resourceCrn", text: resource.to_owned() });
        }
        Ok(())
    }
}

/// Reads the inputs and joins them.
pub(super) fn build(mut inputs: Vec<Input>) -> Inventory {
    inputs.sort_by(|first, second| first.name.cmp(&second.name));
    let mut builder = Builder::default();
    let mut sources: Vec<Source> = Vec::with_capacity(inputs.len());
    for input in inputs {
        if let Some(source) = sources.last_mut().filter(|source| source.input.name == input.name) {
            source.late_faults.push(Fault { kind: FaultKind::NameTwice, place: None });
            continue;
        }
        let number = u32::try_from(sources.len()).unwrap_or(u32::MAX);
        let report = read(number, &input, &mut builder);
        sources.push(Source { input, report, account: None, instance: None, late_faults: Vec::new() });
    }
    let Builder { mut interner, mut keys, registered, .. } = builder;
    sort_keys(&interner, &mut keys);
    let uses = uses(&mut interner, &keys, &registered);
    mark_registrations(&mut keys, &uses, &sources);
    name_sources(&mut sources, &keys, &uses);
    Inventory { interner, sources, keys, uses }
}

/// Keys stand in the order of their CRNs, whatever the order of the inputs.
fn sort_keys(interner: &Interner, keys: &mut [Key]) {
    keys.sort_by(|first, second| interner.text(first.crn).cmp(interner.text(second.crn)));
}

/// Joins registrations to keys and to deployments. A bare key id is a key only if exactly one key has it.
fn uses(interner: &mut Interner, keys: &[Key], registered: &[Registered]) -> Vec<Use> {
    let mut by_id: HashMap<Symbol, Option<KeyIndex>> = HashMap::new();
    for (row, key) in (0_u32..).zip(keys) {
        by_id.entry(key.id).and_modify(|one| *one = None).or_insert(Some(KeyIndex(row)));
    }
    let known = known_accounts(interner, keys, registered);
    let mut joined: HashMap<(Symbol, Symbol), usize> = HashMap::new();
    let mut uses: Vec<Use> = Vec::new();
    for Registered { key_id, resource, place } in registered {
        let witness = Witness { place: *place, member: "resourceCrn" };
        if let Some(found) = joined.get(&(*key_id, *resource)).and_then(|row| uses.get_mut(*row)) {
            found.witnesses.push(witness);
            continue;
        }
        joined.insert((*key_id, *resource), uses.len());
        let text = interner.text(*resource).to_owned();
        let crn = parse(&text).ok();
        let account = crn.and_then(|crn| deployment::account(&crn));
        let belongs = match crn {
            None => Belongs::Unreadable,
            Some(crn) if crn.service_name == "is" && !account.is_some_and(|account| known.contains(account)) => {
                Belongs::Managed(None)
            }
            Some(crn) => Belongs::Deployment(interner.intern(&deployment::deployment(&crn))),
        };
        uses.push(Use {
            key: by_id.get(key_id).copied().flatten(),
            key_id: *key_id,
            resource: *resource,
            belongs,
            service: interner.intern(crn.map_or("", |crn| crn.service_name)),
            account: account.map(|account| interner.intern(account)),
            witnesses: vec![witness],
        });
    }
    attribute_managed(interner, &mut uses);
    uses.sort_by(|first, second| {
        let order = |found: &Use| (found.key, found.key_id);
        let text = |symbol| interner.text(symbol);
        first.key.cmp(&second.key).then_with(|| {
            (text(order(first).1), text(first.resource)).cmp(&(text(order(second).1), text(second.resource)))
        })
    });
    uses
}

/// The accounts of which something other than volumes was exported.
fn known_accounts(interner: &Interner, keys: &[Key], registered: &[Registered]) -> HashSet<String> {
    let of_keys = keys.iter().filter_map(|key| key.account).map(|account| interner.text(account).to_owned());
    let of_resources = registered.iter().filter_map(|registered| {
        let crn = parse(interner.text(registered.resource)).ok().filter(|crn| crn.service_name != "is")?;
        deployment::account(&crn).map(str::to_owned)
    });
    of_keys.chain(of_resources).collect()
}

/// A managed volume belongs to the deployment on the same key that manages volumes, if there is one and no other.
fn attribute_managed(interner: &Interner, uses: &mut [Use]) {
    let mut owners: HashMap<Symbol, Option<Symbol>> = HashMap::new();
    for found in uses.iter() {
        let Some(owner) = found.belongs.deployment() else { continue };
        if deployment::manages_volumes(interner.text(found.service)) {
            owners.entry(found.key_id).and_modify(|one| *one = one.filter(|one| *one == owner)).or_insert(Some(owner));
        }
    }
    for found in uses {
        if let Belongs::Managed(owner) = &mut found.belongs {
            *owner = owners.get(&found.key_id).copied().flatten();
        }
    }
}

/// A list of registrations is of a KMS instance if one of its rows is of a key of that instance.
fn mark_registrations(keys: &mut [Key], uses: &[Use], sources: &[Source]) {
    let mut read: HashMap<Symbol, Registrations> = HashMap::new();
    for found in uses {
        let Some(instance) = found.key.and_then(|key| keys.get(key.0 as usize)).map(|key| key.instance) else {
            continue;
        };
        for witness in &found.witnesses {
            let cut =
                sources.get(witness.place.input as usize).is_some_and(|source| source.report.complete == Some(false));
            let state = if cut { Registrations::Cut } else { Registrations::Read };
            // One whole list of an instance is enough, also beside a cut one.
            read.entry(instance)
                .and_modify(|known| {
                    if state == Registrations::Read {
                        *known = state
                    }
                })
                .or_insert(state);
        }
    }
    for key in keys {
        key.registrations = read.get(&key.instance).copied().unwrap_or(Registrations::Missing);
    }
}

/// Says of each input which account and KMS instance it is of, where all its records are of one.
fn name_sources(sources: &mut [Source], keys: &[Key], uses: &[Use]) {
    let of_keys = keys.iter().map(|key| (key.witness.place.input, key));
    let of_uses = uses.iter().filter_map(|found| Some((found, keys.get(found.key?.0 as usize)?)));
    let of_uses =
        of_uses.flat_map(|(found, key)| found.witnesses.iter().map(move |witness| (witness.place.input, key)));
    let mut named: HashMap<u32, (Option<Symbol>, Option<Symbol>)> = HashMap::new();
    for (input, key) in of_keys.chain(of_uses) {
        named
            .entry(input)
            .and_modify(|(account, instance)| {
                *account = account.filter(|account| Some(*account) == key.account);
                *instance = instance.filter(|instance| *instance == key.instance);
            })
            .or_insert((key.account, Some(key.instance)));
    }
    for (number, source) in (0_u32..).zip(sources) {
        if let Some((account, instance)) = named.get(&number) {
            (source.account, source.instance) = (*account, *instance);
        }
    }
}
