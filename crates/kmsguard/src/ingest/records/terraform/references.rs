//! What an expression of a configuration refers to: the only thing that links a resource to a key which is not made yet.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::KEY_TYPES;
use super::value::walk;
use crate::ingest::document::{Text, members};

/// So many references are followed from one expression through variables and outputs, at most: they may lead in circles.
const MOST_STEPS: usize = 256;

/// The configuration of a plan.
#[derive(Default, Deserialize)]
pub(super) struct Configuration<'a> {
    #[serde(borrow, default)]
    root_module: Module<'a>,
}

#[derive(Default, Deserialize)]
struct Module<'a> {
    #[serde(borrow, default)]
    resources: Vec<Resource<'a>>,
    #[serde(borrow, default)]
    module_calls: BTreeMap<String, Call<'a>>,
    #[serde(borrow, default)]
    outputs: BTreeMap<String, Output<'a>>,
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow)]
    address: Text<'a>,
    #[serde(borrow)]
    expressions: Option<&'a RawValue>,
    #[serde(borrow)]
    for_each_expression: Option<&'a RawValue>,
    #[serde(borrow)]
    count_expression: Option<&'a RawValue>,
    #[serde(borrow, default)]
    depends_on: Vec<Text<'a>>,
}

#[derive(Deserialize)]
struct Call<'a> {
    #[serde(borrow)]
    expressions: Option<&'a RawValue>,
    #[serde(borrow)]
    for_each_expression: Option<&'a RawValue>,
    #[serde(borrow)]
    count_expression: Option<&'a RawValue>,
    #[serde(borrow, default)]
    depends_on: Vec<Text<'a>>,
    #[serde(borrow, default)]
    module: Module<'a>,
}

#[derive(Deserialize)]
struct Output<'a> {
    #[serde(borrow)]
    expression: Option<&'a RawValue>,
    #[serde(borrow, default)]
    depends_on: Vec<Text<'a>>,
}

/// What is made before a resource.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The addresses, without the numbers and names of single ones.
    pub(super) before: BTreeSet<String>,
    /// Whether there may be others: the configuration does not show locals, or it is not there.
    pub(super) is_cut: bool,
}

impl<'a> Configuration<'a> {
    /// Reads a configuration; one that cannot be read refers to nothing.
    pub(super) fn of(configuration: Option<&'a RawValue>) -> Self {
        configuration.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
    }

    /// The addresses of the keys to which an attribute of a resource refers, and whether it refers to anything else.
    pub(super) fn keys(&self, address: &str, attribute: &str) -> (Vec<String>, bool) {
        let plain = without_indexes(address);
        let mut parts = plain.split('.').peekable();
        let mut path: Vec<&str> = Vec::new();
        while parts.peek() == Some(&"module") {
            parts.next();
            path.extend(parts.next());
        }
        let local = parts.collect::<Vec<_>>().join(".");
        let Some(module) = self.module(&path) else { return (Vec::new(), false) };
        let resource = module.resources.iter().find(|resource| resource.address.as_str() == local);
        let expression =
            resource.and_then(|resource| members(resource.expressions?)).and_then(|all| all.get(attribute));
        let (mut keys, mut others) = (Vec::new(), false);
        let mut steps = MOST_STEPS;
        for reference in expression.map(references).unwrap_or_default() {
            self.follow(&path, &reference, &mut steps, &mut keys, &mut others);
        }
        keys.sort();
        keys.dedup();
        (keys, others)
    }

    /// All that is made before a resource: what it refers to, what it depends on, and what those do.
    pub(super) fn order(&self, address: &str) -> Order {
        let mut order = Order::default();
        let mut open = vec![without_indexes(address)];
        let mut seen: BTreeSet<String> = BTreeSet::new();
        while let Some(one) = open.pop() {
            if !seen.insert(one.clone()) {
                continue;
            }
            if seen.len() > MOST_RESOURCES {
                order.is_cut = true;
                break;
            }
            let (path, local) = split(&one);
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let resource = self
                .module(&path)
                .and_then(|module| module.resources.iter().find(|resource| resource.address.as_str() == local));
            let Some(resource) = resource else {
                order.is_cut = true;
                continue;
            };
            let mut steps = MOST_STEPS;
            let mut walk = Walk { configuration: self, steps: &mut steps, open: &mut open, is_cut: &mut order.is_cut };
            let raws = [resource.expressions, resource.for_each_expression, resource.count_expression];
            walk.expressions(&path, &raws);
            walk.dependencies(&path, &resource.depends_on);
            // What a module depends on comes before everything in it.
            for (depth, _) in path.iter().enumerate() {
                let (Some(parent), Some(name)) = (path.get(..depth), path.get(depth)) else { continue };
                let call = self.module(parent).and_then(|module| module.module_calls.get(*name));
                if let Some(call) = call {
                    walk.expressions(parent, &[call.for_each_expression, call.count_expression]);
                    walk.dependencies(parent, &call.depends_on);
                }
            }
        }
        seen.remove(&without_indexes(address));
        order.before = seen;
        order
    }

    fn module(&self, path: &[&str]) -> Option<&Module<'a>> {
        path.iter().try_fold(&self.root_module, |module, name| module.module_calls.get(*name).map(|call| &call.module))
    }

    fn follow(&self, path: &[&str], reference: &str, steps: &mut usize, keys: &mut Vec<String>, others: &mut bool) {
        let Some(left) = steps.checked_sub(1) else { return *others = true };
        *steps = left;
        let plain = without_indexes(reference);
        let parts: Vec<&str> = plain.split('.').collect();
        let found: Vec<(Vec<&str>, String)> = match parts.as_slice() {
            ["var", name, ..] => {
                let Some((own, parent)) = path.split_last() else { return *others = true };
                let call = self.module(parent).and_then(|module| module.module_calls.get(*own));
                let expression = call.and_then(|call| members(call.expressions?)).and_then(|all| all.get(name));
                let all = expression.map(references).unwrap_or_default();
                all.into_iter().map(|reference| (parent.to_vec(), reference)).collect()
            }
            ["module", name, output, ..] => {
                let inner: Vec<&str> = path.iter().copied().chain([*name]).collect();
                let output = self.module(&inner).and_then(|module| module.outputs.get(*output)?.expression);
                let all = output.map(references).unwrap_or_default();
                all.into_iter().map(|reference| (inner.clone(), reference)).collect()
            }
            // Expressions name `module.x` beside `module.x.output`, and a resource beside its attribute.
            ["module", _] => return,
            [kind, name, ..] if KEY_TYPES.contains(kind) => {
                let modules: String = path.iter().map(|module| format!("module.{module}.")).collect();
                return keys.push(format!("{modules}{kind}.{name}"));
            }
            _ => return *others = true,
        };
        if found.is_empty() {
            *others = true;
        }
        for (path, reference) in found {
            self.follow(&path, &reference, steps, keys, others);
        }
    }
}

/// So many resources are looked at to tell what comes before one, at most.
const MOST_RESOURCES: usize = 20_000;

/// A walk from a resource to those before it.
struct Walk<'w, 'a> {
    configuration: &'w Configuration<'a>,
    steps: &'w mut usize,
    open: &'w mut Vec<String>,
    is_cut: &'w mut bool,
}

impl Walk<'_, '_> {
    fn expressions(&mut self, path: &[&str], expressions: &[Option<&RawValue>]) {
        for reference in expressions.iter().flatten().flat_map(|expression| references(expression)) {
            self.follow(path, &reference, false);
        }
    }

    fn dependencies(&mut self, path: &[&str], names: &[Text<'_>]) {
        for name in names {
            self.follow(path, name.as_str(), true);
        }
    }

    /// `whole`: whether a module that is named stands for all that is in it.
    fn follow(&mut self, path: &[&str], reference: &str, whole: bool) {
        let Some(left) = self.steps.checked_sub(1) else { return *self.is_cut = true };
        *self.steps = left;
        let plain = without_indexes(reference);
        let parts: Vec<&str> = plain.split('.').collect();
        match parts.as_slice() {
            ["var", name, ..] => {
                let Some((own, parent)) = path.split_last() else { return };
                let call = self.configuration.module(parent).and_then(|module| module.module_calls.get(*own));
                let expression = call.and_then(|call| members(call.expressions?)).and_then(|all| all.get(name));
                for reference in expression.map(references).unwrap_or_default() {
                    self.follow(parent, &reference, false);
                }
            }
            ["module", name, output, ..] => {
                let inner: Vec<&str> = path.iter().copied().chain([*name]).collect();
                let module = self.configuration.module(&inner);
                match module.and_then(|module| module.outputs.get(*output)) {
                    Some(output) => {
                        self.expressions(&inner, &[output.expression]);
                        self.dependencies(&inner, &output.depends_on);
                    }
                    None => *self.is_cut = true,
                }
            }
            ["module", name] if whole => {
                let inner: Vec<&str> = path.iter().copied().chain([*name]).collect();
                self.all_of(&inner);
            }
            // Expressions name `module.x` beside `module.x.output`.
            ["module", _] => {}
            ["each" | "count" | "path" | "terraform" | "self", ..] => {}
            ["local", ..] => *self.is_cut = true,
            ["data", kind, name, ..] => self.open.push(join(path, &format!("data.{kind}.{name}"))),
            [kind, name, ..] => self.open.push(join(path, &format!("{kind}.{name}"))),
            _ => *self.is_cut = true,
        }
    }

    fn all_of(&mut self, path: &[&str]) {
        let Some(module) = self.configuration.module(path) else { return *self.is_cut = true };
        self.open.extend(module.resources.iter().map(|resource| join(path, resource.address.as_str())));
        for name in module.module_calls.keys() {
            let inner: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
            self.all_of(&inner);
        }
    }
}

/// The modules of an address, and the rest of it.
fn split(address: &str) -> (Vec<String>, String) {
    let mut path = Vec::new();
    let mut rest = address;
    while let Some((name, after)) = rest.strip_prefix("module.").and_then(|inner| inner.split_once('.')) {
        path.push(name.to_owned());
        rest = after;
    }
    (path, rest.to_owned())
}

fn join(path: &[&str], local: &str) -> String {
    let modules: String = path.iter().map(|module| format!("module.{module}.")).collect();
    modules + local
}

/// All references in an expression, in blocks inside it too.
fn references(expression: &RawValue) -> Vec<String> {
    let mut found = Vec::new();
    walk(expression, String::new(), &mut |pointer, text| {
        if pointer.rsplit('/').nth(1) == Some("references")
            && let Ok(reference) = serde_json::from_str(text.get())
        {
            found.push(reference);
        }
    });
    found
}

/// An address without `[0]` and `["a"]`: the configuration has one resource for all of its instances.
pub(crate) fn without_indexes(address: &str) -> String {
    let (mut plain, mut depth) = (String::new(), 0_usize);
    for letter in address.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_that_lead_in_circles_come_to_an_end() {
        let circle = r#"{"root_module":{"resources":[{"address":"ibm_database.d","expressions":{"key_protect_key":{"references":["module.m.o"]}}}],
            "module_calls":{"m":{"module":{"outputs":{"o":{"expression":{"references":["module.m.o","var.v","var.v"]}}},
            "module_calls":{"m":{"expressions":{"v":{"references":["var.v","var.v"]}},"module":{"outputs":{"o":{"expression":{"references":["var.v","var.v","ibm_kms_key.k.crn"]}}}}}}}}}}}"#;
        let raw = RawValue::from_string(circle.to_owned()).expect("JSON");
        let configuration = Configuration::of(Some(&raw));
        let (keys, others) = configuration.keys("ibm_database.d", "key_protect_key");
        assert!(others);
        assert!(keys.iter().all(|key| key == "module.m.module.m.ibm_kms_key.k"), "{keys:?}");
    }
}
