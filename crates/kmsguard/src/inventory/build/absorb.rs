//! Puts what one input says to what the inputs before it say.
//!
//! Every table and every column is named here, so that a new one cannot be forgotten: without its line this does not compile.

use super::{Builder, Context, Named, PolicyOfKey, Registered, StateOfKey, VersionOfKey};
use crate::inventory::change::Change;
use crate::inventory::interner::{Interner, Symbol};
use crate::inventory::resource::Resource;
use crate::inventory::tables::{Instance, InstancePolicy, Intent, Key, KeyRing, Pair, ReportedKms, Settings};

/// The symbols of another interner, as those of this one.
struct Symbols(Vec<Symbol>);

impl Symbols {
    fn of(interner: &mut Interner, other: &Interner) -> Self {
        Self(interner.absorb(other))
    }

    /// Every symbol of an interner has its text there; one that has none would be an empty text.
    fn one(&self, symbol: Symbol) -> Symbol {
        self.0.get(symbol.row()).copied().unwrap_or(symbol)
    }

    fn option(&self, symbol: Option<Symbol>) -> Option<Symbol> {
        symbol.map(|symbol| self.one(symbol))
    }
}

impl Builder {
    /// Takes over what the next input says.
    pub(super) fn absorb(&mut self, other: Self) {
        if self.contexts.is_empty() {
            *self = other;
            return;
        }
        let Self {
            interner,
            first_input: _,
            contexts,
            keys,
            key_rows: _,
            key_policies,
            key_versions,
            key_rings,
            instance_policies,
            registered,
            instances,
            instance_rows: _,
            named,
            settings,
            reported_keys,
            reported_kms,
            intents,
            states,
            events,
            pairs,
            sensitive,
            changes,
            policies,
            listed_accounts,
            faults,
        } = other;
        let symbols = Symbols::of(&mut self.interner, &interner);
        self.faults.extend(faults);
        self.contexts.extend(contexts.into_iter().map(|context| context_of(&symbols, context)));
        for key in keys {
            self.put_key(key_of(&symbols, key));
        }
        self.key_policies.extend(key_policies.into_iter().map(|policy| {
            let PolicyOfKey { key, rotation, dual_authorization, updated_at, place } = policy;
            let (key, updated_at) = (symbols.option(key), symbols.option(updated_at));
            PolicyOfKey { key, rotation, dual_authorization, updated_at, place }
        }));
        self.key_versions.extend(key_versions.into_iter().map(|version| {
            let VersionOfKey { id, created_at, place } = version;
            VersionOfKey { id: symbols.one(id), created_at: symbols.option(created_at), place }
        }));
        self.key_rings.extend(key_rings.into_iter().map(|ring| {
            let KeyRing { instance, id } = ring;
            KeyRing { instance: symbols.one(instance), id: symbols.one(id) }
        }));
        self.instance_policies.extend(instance_policies.into_iter().map(|policy| {
            let InstancePolicy { instance, kind, enabled, network, interval_months, witness } = policy;
            let (instance, kind, network) = (symbols.one(instance), symbols.one(kind), symbols.option(network));
            InstancePolicy { instance, kind, enabled, network, interval_months, witness }
        }));
        self.registered.extend(registered.into_iter().map(|registered| {
            let Registered { key_id, resource, prevents_deletion, place } = registered;
            let (key_id, resource) = (symbols.one(key_id), resource_of(&symbols, resource));
            Registered { key_id, resource, prevents_deletion, place }
        }));
        for instance in instances {
            self.put_row(instance_of(&symbols, instance));
        }
        let name = |named| {
            let Named { key, resource, seen, prevents_deletion, witness } = named;
            Named { key: symbols.one(key), resource: symbols.one(resource), seen, prevents_deletion, witness }
        };
        self.named.extend(named.into_iter().map(name));
        self.sensitive.extend(sensitive.into_iter().map(name));
        self.changes.extend(changes.into_iter().map(|change| change_of(&symbols, change)));
        self.settings.extend(settings.into_iter().map(|settings| settings_of(&symbols, settings)));
        self.reported_keys.extend(reported_keys.into_iter().map(|key| key_of(&symbols, key)));
        self.reported_kms.extend(reported_kms.into_iter().map(|kms| {
            let ReportedKms { instance, dedicated } = kms;
            ReportedKms { instance: symbols.one(instance), dedicated }
        }));
        self.intents.extend(intents.into_iter().map(|intent| {
            let Intent { key, is_set, target, witness } = intent;
            Intent { key: symbols.one(key), is_set, target: symbols.option(target), witness }
        }));
        self.states.extend(states.into_iter().map(|state| {
            let StateOfKey { key, state, at, witness } = state;
            StateOfKey { key: symbols.one(key), state, at, witness }
        }));
        // Each pair of key and resource stands once among them, so their order does not matter.
        events.into_iter().for_each(|((key, resource), latest)| {
            self.put_event(symbols.one(key), symbols.one(resource), latest);
        });
        self.pairs.extend(pairs.into_iter().map(|pair| {
            let Pair { source, target, source_associations, target_associations, status, witness } = pair;
            let (source, target, status) = (symbols.one(source), symbols.one(target), symbols.option(status));
            Pair { source, target, source_associations, target_associations, status, witness }
        }));
        self.policies.extend(policies);
        self.listed_accounts.extend(listed_accounts.into_iter().map(|account| symbols.one(account)));
    }
}

fn context_of(symbols: &Symbols, context: Context) -> Context {
    let Context { account, kms_instance, key_id } = context;
    Context {
        account: symbols.option(account),
        kms_instance: symbols.option(kms_instance),
        key_id: symbols.option(key_id),
    }
}

fn resource_of(symbols: &Symbols, resource: Resource) -> Resource {
    let Resource { crn, service, account, deployment, part } = resource;
    Resource {
        crn: symbols.one(crn),
        service: symbols.one(service),
        account: symbols.option(account),
        deployment: symbols.option(deployment),
        part,
    }
}

fn key_of(symbols: &Symbols, key: Key) -> Key {
    let Key {
        crn,
        id,
        name,
        instance,
        account,
        state,
        extractable,
        key_ring,
        dual_authorization,
        aliases,
        imported,
        rotation,
        lists_rotation,
        versions,
        created_at,
        rotated_at,
        updated_at,
        expires_at,
        deleted_at,
        registrations,
        witness,
        state_witness,
    } = key;
    Key {
        crn: symbols.one(crn),
        id: symbols.one(id),
        name: symbols.option(name),
        instance: symbols.one(instance),
        account: symbols.option(account),
        state,
        extractable,
        key_ring: symbols.option(key_ring),
        dual_authorization,
        aliases: aliases.iter().map(|alias| symbols.one(*alias)).collect(),
        imported,
        rotation,
        lists_rotation,
        versions,
        created_at: symbols.option(created_at),
        rotated_at: symbols.option(rotated_at),
        updated_at: symbols.option(updated_at),
        expires_at: symbols.option(expires_at),
        deleted_at: symbols.option(deleted_at),
        registrations,
        witness,
        state_witness,
    }
}

fn instance_of(symbols: &Symbols, instance: Instance) -> Instance {
    let Instance {
        crn,
        name,
        service,
        account,
        plan,
        resource_group,
        state,
        generation,
        has_data_services,
        has_classic_key,
        parameters_known,
        has_backup_key,
        updated_at,
        deleted_at,
        reclaimed_at,
        witness,
    } = instance;
    Instance {
        crn: symbols.one(crn),
        name: symbols.option(name),
        service: symbols.one(service),
        account: symbols.option(account),
        plan: symbols.option(plan),
        resource_group: symbols.option(resource_group),
        state: symbols.option(state),
        generation,
        has_data_services,
        has_classic_key,
        parameters_known,
        has_backup_key,
        updated_at: symbols.option(updated_at),
        deleted_at: symbols.option(deleted_at),
        reclaimed_at: symbols.option(reclaimed_at),
        witness,
    }
}

fn change_of(symbols: &Symbols, change: Change) -> Change {
    let Change {
        address,
        kind,
        actions,
        crn,
        keys,
        key_references,
        key_unknown,
        force_delete,
        force_delete_unknown,
        policy,
        replaced_by,
        held,
        holds_key,
        forced,
        key_ring,
        changes_ring,
        policy_id,
        loses_role,
        service,
        seconds,
        comes_after,
        order_unknown,
        witness,
    } = change;
    let all = |list: Vec<Symbol>| list.into_iter().map(|symbol| symbols.one(symbol)).collect();
    Change {
        address: symbols.one(address),
        kind: symbols.one(kind),
        actions: all(actions),
        crn: symbols.option(crn),
        keys: all(keys),
        key_references: all(key_references),
        key_unknown,
        force_delete,
        force_delete_unknown,
        policy,
        replaced_by: all(replaced_by),
        held: all(held),
        holds_key,
        forced,
        key_ring: symbols.option(key_ring),
        changes_ring,
        policy_id: symbols.option(policy_id),
        loses_role,
        service: symbols.option(service),
        seconds,
        comes_after: all(comes_after),
        order_unknown,
        witness,
    }
}

fn settings_of(symbols: &Symbols, settings: Settings) -> Settings {
    let Settings { resource, location, scheme, keys, witness } = settings;
    let keys = keys.into_iter().map(|(key, endpoint)| (symbols.one(key), symbols.option(endpoint))).collect();
    let (resource, location, scheme) = (symbols.one(resource), symbols.one(location), symbols.option(scheme));
    Settings { resource, location, scheme, keys, witness }
}
