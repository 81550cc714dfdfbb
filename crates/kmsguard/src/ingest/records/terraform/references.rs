//! What an expression of a configuration refers to: the only thing that links a resource to a key which is not made yet.

use std::collections::BTreeMap;

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
}

#[derive(Deserialize)]
struct Call<'a> {
    #[serde(borrow)]
    expressions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    module: Module<'a>,
}

#[derive(Deserialize)]
struct Output<'a> {
    #[serde(borrow)]
    expression: Option<&'a RawValue>,
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
fn without_indexes(address: &str) -> String {
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
