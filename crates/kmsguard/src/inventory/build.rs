//! Builds the inventory: reads the inputs in the order of their names, then joins what they say.

mod absorb;
mod instances;
mod keys;
mod reports;
mod resources;
mod terraform;

pub(super) use keys::{PolicyOfKey, VersionOfKey};
use reports::{LatestEvent, StateOfKey};

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use super::change::Change;
use super::evidence::Witness;
use super::interner::{Interner, Symbol};
use super::join;
use super::resource::Resource;
use super::tables::{Instance, InstancePolicy, Intent, Key, KeyRing, Pair, ReportedKms, Seen, Settings};
use super::workers::{Progress, Stage, Workers, spread};
use super::{Inventory, Source};
use crate::ingest::{
    Call, ExportKind, Fault, FaultKind, FileReport, Input, Opened, Place, Record, Sink, calls, expand, open, read,
};
use crate::order::Arrange as _;

/// A registration as read, before its key is known.
pub(super) struct Registered {
    pub(super) key_id: Symbol,
    pub(super) resource: Resource,
    pub(super) prevents_deletion: Option<bool>,
    pub(super) place: Place,
}

/// A key that something other than a registration names.
pub(super) struct Named {
    /// As written: a CRN, or what stands in its place.
    pub(super) key: Symbol,
    /// The CRN of what uses it.
    pub(super) resource: Symbol,
    pub(super) seen: Seen,
    pub(super) prevents_deletion: Option<bool>,
    pub(super) witness: Witness,
}

/// What a manifest says of the input that is being read.
#[derive(Default, Clone, Copy)]
pub(super) struct Context {
    pub(super) account: Option<Symbol>,
    /// The KMS instance: its CRN or its GUID.
    pub(super) kms_instance: Option<Symbol>,
    /// The id of the key that was asked for.
    pub(super) key_id: Option<Symbol>,
}

/// What the inputs say, record by record.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) interner: Interner,
    /// The input that `contexts` begins with.
    first_input: u32,
    /// By input.
    pub(super) contexts: Vec<Context>,
    pub(super) keys: Vec<Key>,
    key_rows: HashMap<Symbol, usize>,
    pub(super) key_policies: Vec<PolicyOfKey>,
    pub(super) key_versions: Vec<VersionOfKey>,
    pub(super) key_rings: Vec<KeyRing>,
    pub(super) instance_policies: Vec<InstancePolicy>,
    pub(super) registered: Vec<Registered>,
    pub(super) instances: Vec<Instance>,
    instance_rows: HashMap<Symbol, usize>,
    pub(super) named: Vec<Named>,
    pub(super) settings: Vec<Settings>,
    /// What reports say of keys, to be put beside what lists say.
    pub(super) reported_keys: Vec<Key>,
    /// What reports say of the kinds of KMS instances.
    pub(super) reported_kms: Vec<ReportedKms>,
    /// What reports say of moves of keys.
    pub(super) intents: Vec<Intent>,
    /// What events say of the states of keys.
    pub(super) states: Vec<StateOfKey>,
    /// The latest event for each key and resource.
    pub(super) events: HashMap<(Symbol, Symbol), LatestEvent>,
    pub(super) pairs: Vec<Pair>,
    /// Keys that sensitive values name.
    pub(super) sensitive: Vec<Named>,
    pub(super) changes: Vec<Change>,
    pub(super) policies: Vec<(crate::policy::Authorization, Place)>,
    /// Accounts whose own resources were listed.
    pub(super) listed_accounts: Vec<Symbol>,
    /// What is wrong with a record that was read.
    pub(super) faults: Vec<(Place, FaultKind)>,
}

impl Builder {
    fn optional(&mut self, text: Option<&str>) -> Option<Symbol> {
        text.filter(|text| !text.is_empty()).map(|text| self.interner.intern(text))
    }

    /// A builder for one input.
    fn of(number: u32, call: Option<&Call>) -> Self {
        let mut builder = Self { first_input: number, ..Self::default() };
        builder.begin(call);
        builder
    }

    fn begin(&mut self, call: Option<&Call>) {
        let context = Context {
            account: self.optional(call.and_then(|call| call.account.as_deref())),
            kms_instance: self.optional(call.and_then(|call| call.instance.as_deref())),
            key_id: self.optional(call.and_then(Call::key_id)),
        };
        self.contexts.push(context);
    }

    /// What a manifest says of the input in which something stands.
    pub(super) fn context(&self, place: Place) -> Context {
        let row = place.input.checked_sub(self.first_input);
        row.and_then(|row| self.contexts.get(row as usize)).copied().unwrap_or_default()
    }
}

/// The CRN of a record, or why there is none.
fn crn_of<'a>(kind: ExportKind, member: &'static str, crn: Option<&'a str>) -> Result<&'a str, FaultKind> {
    crn.ok_or_else(|| FaultKind::Record { kind, why: format!("missing field `{member}`") })
}

impl Sink for Builder {
    fn take(&mut self, place: Place, record: &Record<'_>) -> Result<(), FaultKind> {
        match record {
            Record::Key(record) => self.key(place, record),
            Record::KeyPolicy(record) => self.key_policy(place, record),
            Record::KeyVersion(record) => self.key_version(place, record),
            Record::KeyRing(record) => self.key_ring(place, record),
            Record::InstancePolicy(record) => self.instance_policy(place, record),
            Record::Registration(record) => self.registration(place, record),
            Record::Policy(record) => self.policy(place, record),
            Record::Instance(record) => self.instance(place, record),
            Record::Reclamation(record) => self.reclamation(place, record),
            Record::SchematicsSettings(record) => self.schematics(place, record),
            Record::SchematicsInstance(record) => Self::schematics_instance(record),
            Record::ReportedKey(record) => self.reported_key(place, record),
            Record::ReportedUse(record, member) => self.reported_use(place, record, member),
            Record::StateKey(record) => self.state_key(place, record),
            Record::StateUse(record) => self.state_use(place, record),
            Record::StateInstance(record) => self.state_instance(place, record),
            Record::Change(record) => self.change(place, record),
            Record::Pair(record) => self.pair(place, record),
            Record::Event(record, layout) => self.event(place, record, *layout),
            Record::Vpc(kind, record) => self.vpc(place, *kind, record),
        }
    }
}

impl Builder {
    fn policy(&mut self, place: Place, record: &serde_json::value::RawValue) -> Result<(), FaultKind> {
        let policy = crate::policy::read(record)
            .map_err(|why| FaultKind::Record { kind: ExportKind::IamPolicies, why: why.kind.message() })?;
        self.policies.push((policy, place));
        Ok(())
    }
}

/// Whether the first of two dates is later; what cannot be read is not.
pub(super) fn later(interner: &Interner, first: Option<Symbol>, second: Option<Symbol>) -> bool {
    let of = |date: Option<Symbol>| date.and_then(|date| moment(interner.text(date)));
    match (of(first), of(second)) {
        (Some(first), Some(second)) => first > second,
        (Some(_), None) => true,
        _ => false,
    }
}

/// The moment of a date as the services write it: RFC 3339, or with an offset that lacks its colon.
pub(crate) fn moment(date: &str) -> Option<jiff::Timestamp> {
    date.parse().ok().or_else(|| {
        let (before, offset) = date.split_at_checked(date.len().checked_sub(5)?)?;
        let (sign, digits) = offset.split_at_checked(1)?;
        let (hours, minutes) = digits.split_at_checked(2)?;
        matches!(sign, "+" | "-").then(|| format!("{before}{sign}{hours}:{minutes}"))?.parse().ok()
    })
}

/// Reads the inputs and joins them. Each is read by itself, so that many can be at once; what they say is put together in the order
/// of their names, whoever read them and when.
pub(super) fn build(mut inputs: Vec<Input>, workers: &dyn Workers, told: &dyn Fn(Progress)) -> Inventory {
    inputs.arrange_by(|first, second| first.name.cmp(&second.name));
    let of = inputs.len();
    let mut opened: Vec<Opened> =
        expand(spread(inputs, workers, &|done| told(Progress { stage: Stage::Opening, done, of }), |_, input| {
            open(input)
        }));
    opened.arrange_by(|first, second| first.name.cmp(&second.name));
    let calls = calls(&opened);
    let mut sources: Vec<Source> = Vec::with_capacity(opened.len());
    for input in opened {
        if let Some(source) = sources.last_mut().filter(|source| source.input.name == input.name) {
            source.late_faults.push(Fault { kind: FaultKind::NameTwice, place: None });
            continue;
        }
        // A file may have been compressed since.
        let plain = input.name.strip_suffix(".gz").unwrap_or_default();
        let call: Option<Call> = calls.get(&input.name).or_else(|| calls.get(plain)).cloned();
        sources.push(Source {
            input,
            report: FileReport::new(ExportKind::Other),
            call,
            account: None,
            instance: None,
            lines: OnceLock::new(),
            name: OnceLock::new(),
            late_faults: Vec::new(),
        });
    }
    let of = sources.len();
    let all: Vec<(Source, Builder)> =
        spread(sources, workers, &|done| told(Progress { stage: Stage::Reading, done, of }), |row, mut source| {
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            let mut builder = Builder::of(number, source.call.as_ref());
            builder.interner.begin(Arc::clone(&source.input.text));
            builder.interner.expect(source.input.text.len());
            source.report = read(number, &source.input, source.call.as_ref(), &mut builder);
            (source, builder)
        });
    told(Progress { stage: Stage::Joining, done: 0, of });
    let mut builder = Builder::default();
    let mut sources = Vec::with_capacity(all.len());
    for (source, of_one) in all {
        builder.absorb(of_one);
        sources.push(source);
    }
    note_missing(&calls, &mut sources);
    join::join(builder, sources)
}

/// Says of each call of a manifest whose file was not given that it is missing: it would be passed over in silence.
fn note_missing(calls: &BTreeMap<String, Call>, sources: &mut [Source]) {
    for (name, call) in calls {
        let of = |name: &str| sources.binary_search_by(|source| source.input.name.as_str().cmp(name)).ok();
        if of(name).is_some() || of(&format!("{name}.gz")).is_some() {
            continue;
        }
        let Some(row) = of(&call.manifest) else { continue };
        if let Some(source) = sources.get_mut(row).filter(|source| source.report.kind == ExportKind::Manifest) {
            call.note_missing(name, u32::try_from(row).unwrap_or(u32::MAX), &mut source.report);
        }
    }
}
