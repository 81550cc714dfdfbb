//! What the CRN of a resource says, read once: whose it is, and of which deployment.

use super::deployment;
use super::interner::{Interner, Symbol};
use crate::crn::parse;

/// A resource that uses keys, by what its CRN says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resource {
    pub(super) crn: Symbol,
    /// Empty where the CRN cannot be read.
    pub(super) service: Symbol,
    pub(super) account: Option<Symbol>,
    /// The deployment that it is or belongs to; none where the CRN cannot be read.
    pub(super) deployment: Option<Symbol>,
    pub(super) part: Part,
}

/// How much of its deployment the CRN of a resource names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// The deployment itself: neither a type nor a resource.
    Whole,
    /// A resource of it, with its type.
    Typed,
    /// One of both, or nothing that can be read.
    Other,
}

impl Resource {
    /// Reads the CRN of a resource.
    pub(super) fn of(interner: &mut Interner, crn: Symbol, text: &str) -> Self {
        let Ok(parsed) = parse(text) else {
            return Self { crn, service: interner.intern(""), account: None, deployment: None, part: Part::Other };
        };
        let part = match (parsed.resource_type.is_empty(), parsed.resource.is_empty()) {
            (true, true) => Part::Whole,
            (false, false) => Part::Typed,
            _ => Part::Other,
        };
        let deployment = if parsed.service_instance.is_empty() {
            interner.intern(&deployment::deployment(&parsed))
        } else if part == Part::Whole {
            crn
        } else {
            // The CRN up to its instance, and two empty segments: what `deployment` writes segment by segment.
            let end = text.len() - parsed.resource_type.len() - parsed.resource.len() - 2;
            let mut instance = String::with_capacity(end + 2);
            instance.push_str(text.get(..end).unwrap_or_default());
            instance.push_str("::");
            interner.intern(&instance)
        };
        Self {
            crn,
            service: interner.intern(parsed.service_name),
            account: parsed.account().map(|account| interner.intern(account)),
            deployment: Some(deployment),
            part,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deployment_is_the_one_that_is_written_segment_by_segment() {
        let account = "0123456789abcdef0123456789abcdef";
        let cases = [
            (format!("crn:v1:bluemix:public:cloud-object-storage:global:a/{account}:2:bucket:b"), Part::Typed),
            (format!("crn:v1:bluemix:public:cloud-object-storage:global:a/{account}:2:bucket:b:c:"), Part::Typed),
            (format!("crn:v1:bluemix:public:messagehub:eu-de:a/{account}:2::"), Part::Whole),
            (format!("crn:v1:bluemix:public:messagehub:eu-de:a/{account}:2:topic:"), Part::Other),
            (format!("crn:v1:bluemix:public:messagehub:eu-de:a/{account}:2::t"), Part::Other),
            (format!("crn:v1:bluemix:public:is:us-south-2:a/{account}::volume:r006-1"), Part::Typed),
            ("crn:v1:bluemix:public:schematics:us::::".to_owned(), Part::Whole),
        ];
        let mut interner = Interner::default();
        for (text, part) in cases {
            let crn = interner.intern(&text);
            let found = Resource::of(&mut interner, crn, &text);
            let expected = parse(&text).map(|crn| deployment::deployment(&crn)).expect("a CRN");
            assert_eq!(found.deployment.map(|symbol| interner.text(symbol)), Some(expected.as_str()), "{text}");
            assert_eq!(found.part, part, "{text}");
        }
        let crn = interner.intern("nothing");
        assert!(Resource::of(&mut interner, crn, "nothing").deployment.is_none());
    }
}
