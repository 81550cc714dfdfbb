//! Which key is in effect, by what a service answers of a deployment.
//!
//! An answer repeats what was asked for, and that proves nothing: services took a key without an error and encrypted with one of
//! their own (terraform-provider-ibm#1622, #2717, #4662). Only a place that is known to show the effect settles anything.

mod answer;

use serde_json::Value;

use crate::catalog::Source;
use crate::catalog::read_back;
use crate::catalog::services::{Call, Fact, Holds, OnPlan, Placement, Service, life, placement};
use crate::crn::{Crn, Severity, Span, is_guid, parse};
use crate::now::Now;

use super::quote::command;
use super::written::{Held, Node, Written};
use super::{Fault, plan};
use answer::Answered;

/// Which key is in effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InEffect {
    /// The key of the plan.
    Planned,
    /// Another key.
    OtherKey,
    /// A key of the provider's: the customer holds none.
    ProviderManaged,
    /// The answer does not tell.
    Unknown,
}

/// Why: a place of the answer and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// The place, as a JSON pointer or the name of a header; empty for the answer as a whole.
    pub pointer: String,
    /// Where it stands in the text.
    pub span: Span,
    /// What stands there, where it is a text.
    pub value: Option<String>,
    /// What it means.
    pub text: String,
    /// Where it was read that it does.
    pub source: Option<Source>,
}

/// What would settle a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settling {
    /// What it is.
    pub name: &'static str,
    /// Why it would.
    pub why: String,
    /// The command that shows it.
    pub command: Option<String>,
    /// The least role that may run it.
    pub role: Option<&'static str>,
}

/// What an answer says of the key in effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Which it is.
    pub verdict: InEffect,
    /// The key of the plan.
    pub planned: Option<String>,
    /// The key in effect, as the answer writes it.
    pub effective: Option<String>,
    /// Why.
    pub because: Vec<Ground>,
    /// What would settle it.
    pub settles: Vec<Settling>,
    /// What is wrong with the request.
    pub request_faults: Vec<Fault>,
}

/// Reads an answer, and says whether the key of the request is in effect.
#[must_use]
pub fn effective(document: &Value, text: &str, now: Now) -> Effect {
    let plan = plan(document, now);
    let of_key = |fault: &Fault| {
        fault.kind.severity() == Severity::Error
            && (fault.pointer.is_empty()
                || ["/service", "/key", "/primary"].iter().any(|field| fault.pointer.starts_with(field)))
    };
    let request_faults: Vec<Fault> = plan.faults.into_iter().filter(of_key).collect();
    let key = ["key", "primary"].into_iter().find_map(|name| document.get(name));
    let key = key.and_then(|key| key.as_str().or_else(|| key.get("crn")?.as_str())).map(str::to_owned);
    let none = |request_faults| Effect {
        verdict: InEffect::Unknown,
        planned: key.clone(),
        effective: None,
        because: Vec::new(),
        settles: Vec::new(),
        request_faults,
    };
    if !request_faults.is_empty() {
        return none(request_faults);
    }
    let Some(planned) = key.as_deref() else { return none(request_faults) };
    let (Some(service), Ok(crn)) = (plan.service, parse(planned)) else { return none(request_faults) };
    let Some(placement) = placement(service) else { return none(request_faults) };
    let judge = Judge { service, placement, planned, crn };
    let name = document.get("name").and_then(Value::as_str);
    let (verdict, effective, because) = match answer::read(text, name) {
        Answered::Nothing { why, span } => {
            let ground = Ground { pointer: String::new(), span, value: None, text: why, source: None };
            (InEffect::Unknown, None, vec![ground])
        }
        Answered::Headers(headers) => judge.headers(&headers),
        Answered::Object(written, pointer) => judge.object(&written, &pointer),
    };
    let settles = if verdict == InEffect::Unknown { judge.settles() } else { Vec::new() };
    Effect { verdict, effective, because, settles, ..none(request_faults) }
}

/// A verdict, the key in effect as written, and why.
type Judged = (InEffect, Option<String>, Vec<Ground>);

struct Judge<'a> {
    service: &'static Service,
    placement: &'static Placement,
    planned: &'a str,
    crn: Crn<'a>,
}

impl Judge<'_> {
    /// What a text that names a key says; none where it does not tell which key it names.
    fn compare(&self, found: &str) -> Option<InEffect> {
        let same = |same: bool| Some(if same { InEffect::Planned } else { InEffect::OtherKey });
        match parse(found) {
            Ok(crn) if crn.resource_type == "key" => same(found == self.planned),
            // The instance alone tells that it is another key, not that it is this one.
            Ok(crn) if crn.resource_type.is_empty() => {
                (crn.service_instance != self.crn.service_instance).then_some(InEffect::OtherKey)
            }
            Ok(_) => None,
            Err(_) if is_guid(found) => same(found == self.crn.resource),
            Err(_) => None,
        }
    }

    fn headers(&self, headers: &[(String, String, Span)]) -> Judged {
        let find = |name: &str| headers.iter().find(|(header, _, _)| header == name);
        let ground = |(name, value, span): &(String, String, Span), text: &str| Ground {
            pointer: name.clone(),
            span: *span,
            value: Some(value.clone()),
            text: text.to_owned(),
            source: Some(read_back::BUCKET.source),
        };
        let whole = |text: &str| Ground {
            pointer: String::new(),
            span: Span { start: 0, end: 0 },
            value: None,
            text: text.to_owned(),
            source: Some(read_back::BUCKET.source),
        };
        if self.placement.call != Call::Bucket {
            let text = format!("these are headers; {} does not answer with its key in headers", self.service.title);
            return (InEffect::Unknown, None, vec![Ground { source: None, ..whole(&text) }]);
        }
        if let Some(key) = find(read_back::BUCKET_KEY) {
            return match self.compare(&key.1) {
                Some(verdict) => (verdict, Some(key.1.clone()), vec![ground(key, said(verdict))]),
                None => {
                    (InEffect::Unknown, Some(key.1.clone()), vec![ground(key, "this does not tell which key it names")])
                }
            };
        }
        match find(read_back::BUCKET_ENABLED) {
            Some(enabled) if enabled.1.eq_ignore_ascii_case("false") => {
                (InEffect::ProviderManaged, None, vec![ground(enabled, said(InEffect::ProviderManaged))])
            }
            Some(enabled) => {
                (InEffect::Unknown, None, vec![ground(enabled, "a customer's key is in effect, and which is not said")])
            }
            // The headers of a proxy, or of another call, lack them as well.
            None => (
                InEffect::Unknown,
                None,
                vec![whole("no header says anything of a key; were all headers of `HEAD /BUCKET` saved?")],
            ),
        }
    }

    fn object(&self, written: &Written, pointer: &str) -> Judged {
        let Some(object) = written.root.at_pointer(pointer) else { return (InEffect::Unknown, None, Vec::new()) };
        let mut because = Vec::new();
        let place = |at: &str| written.span(written.root.place(&format!("{pointer}{at}")));
        let ground = |at: &str, text: &str, fact: Option<&Fact>| Ground {
            pointer: format!("{pointer}{at}"),
            span: place(at),
            value: object.at_pointer(at).and_then(Node::text).map(str::to_owned),
            text: text.to_owned(),
            source: fact.map(|fact| fact.source),
        };
        if let Some(found) = self.foreign(object) {
            because.push(ground("/crn", &found, None));
            return (InEffect::Unknown, None, because);
        }
        if let Some(why) = answer::unfinished(object) {
            because.push(ground("", &why, None));
            return (InEffect::Unknown, None, because);
        }
        let plan = object.at(&["resource_plan_id"]).and_then(Node::text).and_then(|plan| self.service.plan(plan));
        if plan.is_some_and(|plan| plan.key == OnPlan::Ignored) {
            let text = "this plan takes the parameter without an error and encrypts with a key of the provider's";
            because.push(ground("/resource_plan_id", text, self.service.plans_because.as_ref()));
            return (InEffect::ProviderManaged, None, because);
        }
        let echo = self.placement.member(Holds::KeyCrn).and_then(|member| member.json);
        let echo = echo.filter(|_| self.placement.call == Call::ResourceController);
        if let Some(at) = echo
            && let Some(value) = object.at_pointer(at).and_then(Node::text)
        {
            let repeated = match self.compare(value) {
                Some(InEffect::Planned) => "the key was asked for; this only repeats it",
                Some(InEffect::OtherKey) => "another key was asked for",
                _ => "this was asked for in place of a key",
            };
            because.push(ground(at, repeated, Some(&read_back::ECHO)));
        }
        let effective = self.effective_place(object);
        if let Some(at) = effective
            && let Some(value) = object.at_pointer(at)
        {
            let shown = match &value.held {
                Held::Text(text) if !text.trim().is_empty() => Some(text.clone()),
                _ => None,
            };
            let verdict = shown.as_deref().map_or(Some(InEffect::ProviderManaged), |text| self.compare(text));
            let text = verdict.map_or("this does not tell which key it names", said);
            because.push(ground(at, text, Some(&self.placement.because)));
            return (verdict.unwrap_or(InEffect::Unknown), shown, because);
        }
        self.without_effect(object, effective, because, &ground)
    }

    /// What can be said where the place of the key in effect is not there.
    fn without_effect(
        &self,
        object: &Node,
        effective: Option<&str>,
        mut because: Vec<Ground>,
        ground: &dyn Fn(&str, &str, Option<&Fact>) -> Ground,
    ) -> Judged {
        let (member, provider) = read_back::VPC_ENCRYPTION;
        if self.placement.call == Call::Vpc
            && let Some(value) = object.at_pointer(member).and_then(Node::text)
            && provider.contains(&value)
        {
            because.push(ground(member, said(InEffect::ProviderManaged), Some(&read_back::VPC)));
            return (InEffect::ProviderManaged, None, because);
        }
        // `extensions.dataservices` shows what is in effect; where it is there and names no key, none is.
        let shown = effective.and_then(|at| {
            let root = at.split('/').take(3).collect::<Vec<_>>().join("/");
            (root.starts_with("/extensions/") && object.at_pointer(&root).is_some()).then_some(root)
        });
        if let Some(root) = shown {
            let text = "this shows what is in effect, and names no key";
            because.push(ground(&root, text, Some(&self.placement.because)));
            return (InEffect::ProviderManaged, None, because);
        }
        if because.iter().any(|ground| ground.text == "another key was asked for") {
            let asked = because.last().and_then(|ground| ground.value.clone());
            return (InEffect::OtherKey, asked, because);
        }
        let text = match effective {
            Some(at) => format!(
                "the answer does not have `{}`, where the key in effect is shown",
                at.trim_start_matches('/').replace('/', ".")
            ),
            None => format!("no answer of {} is documented to show the key in effect", self.service.title),
        };
        because.push(ground("", &text, Some(&self.placement.because)));
        (InEffect::Unknown, None, because)
    }

    /// Where this answer shows the key in effect. A boot volume is read back as the volume that it is.
    fn effective_place(&self, object: &Node) -> Option<&'static str> {
        let other = || {
            let family = crate::catalog::services::SERVICES.iter().filter(|other| {
                other.crn_service == self.service.crn_service
                    && other.crn_types.iter().any(|kind| self.service.crn_types.contains(kind))
            });
            family
                .filter(|_| self.placement.call == Call::Vpc)
                .filter_map(|other| placement(other)?.effective)
                .find(|at| object.at_pointer(at).is_some())
        };
        let own = self.placement.effective;
        own.filter(|at| object.at_pointer(at).is_some()).or_else(other).or(own)
    }

    /// Whether the answer is of something else than the plan.
    fn foreign(&self, object: &Node) -> Option<String> {
        let crn = object.at(&["crn"]).or_else(|| object.at(&["id"])).and_then(Node::text)?;
        let parsed = parse(crn).ok()?;
        (parsed.service_name != self.service.crn_service)
            .then(|| format!("this is of `{}`, and not of {}", parsed.service_name, self.service.title))
    }

    fn settles(&self) -> Vec<Settling> {
        let registers = life(self.service).is_none_or(|life| life.registers.known() != Some(false));
        let mut settles = Vec::new();
        if let (Some(at), Call::ResourceController) = (self.placement.effective, self.placement.call) {
            let shown = command(["ibmcloud", "resource", "service-instance", "NAME", "--output", "JSON"]);
            settles.push(Settling {
                name: "resource-instances",
                why: format!("it shows the key in effect in `{}`", at.trim_start_matches('/').replace('/', ".")),
                command: Some(shown),
                role: Some("Viewer on the instance"),
            });
        }
        if registers {
            let words = [
                "ibmcloud",
                "kp",
                "registrations",
                "--instance-id",
                self.crn.service_instance,
                "--key-id",
                self.crn.resource,
                "--output",
                "json",
            ];
            settles.push(Settling {
                name: "kms-registrations",
                why: read_back::REGISTRATION.text.to_owned(),
                command: Some(command(words)),
                role: Some("Reader on the KMS instance"),
            });
        }
        settles
    }
}

const fn said(verdict: InEffect) -> &'static str {
    match verdict {
        InEffect::Planned => "this is the key of the plan",
        InEffect::OtherKey => "this is another key than the plan's",
        InEffect::ProviderManaged => "no key of the customer's is in effect",
        InEffect::Unknown => "this does not tell",
    }
}
