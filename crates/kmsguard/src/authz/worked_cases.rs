//! Whole uses, with the answers that the rule prescribes.

use super::*;
use crate::catalog::needs::{Need, PlanFacts, UseFacts, needs};
use crate::crn;
use crate::policy::{Authorization, read_text};

pub(super) const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
pub(super) const OTHER: &str = "fedcba9876543210fedcba9876543210";
pub(super) const INSTANCE: &str = "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4";
pub(super) const KEY: &str = "f6c9f6d0-92f6-437a-b97c-4b617cb3d320";
pub(super) const STREAMS: &str = "1b2c3d4e-0000-4000-8000-000000000001";
const READER: &str = "crn:v1:bluemix:public:iam::::serviceRole:Reader";
const DELEGATOR: &str = "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator";

/// A policy of version 1, from names and values.
pub(super) fn policy_of(subject: &[(&str, &str)], resource: &[(&str, &str)], roles: &[&str]) -> Authorization {
    let attributes = |pairs: &[(&str, &str)]| {
        let list: Vec<_> =
            pairs.iter().map(|(name, value)| serde_json::json!({"name": name, "value": value})).collect();
        serde_json::json!([{ "attributes": list }])
    };
    let roles: Vec<_> = roles.iter().map(|role| serde_json::json!({"role_id": role})).collect();
    let text = serde_json::json!({
        "type": "authorization", "subjects": attributes(subject), "roles": roles, "resources": attributes(resource),
    })
    .to_string();
    read_text(&text).expect("a policy")
}

fn streams_policy(roles: &[&str]) -> Authorization {
    policy_of(
        &[("accountId", ACCOUNT), ("serviceName", "messagehub")],
        &[("accountId", ACCOUNT), ("serviceName", "kms")],
        roles,
    )
}

fn on_plan(plan: &'static str, provisioned: bool) -> UseFacts<'static> {
    UseFacts {
        plan: PlanFacts { plan: Some(plan), ..PlanFacts::default() },
        provisioned: Some(provisioned),
        other_account: Some(false),
        ..UseFacts::default()
    }
}

fn streams_crn() -> String {
    format!("crn:v1:bluemix:public:messagehub:us-south:a/{ACCOUNT}:{STREAMS}::")
}

fn key_crn() -> String {
    format!("crn:v1:bluemix:public:kms:us-south:a/{ACCOUNT}:{INSTANCE}:key:{KEY}")
}

/// Asks with full knowledge of the source's resource group and the key's ring, unless they are left open.
struct Question<'a> {
    source: String,
    group: Option<&'a str>,
    ring: Fact<'a>,
    need: Need,
}

impl Question<'_> {
    fn streams(facts: &UseFacts<'_>) -> Self {
        let need = needs(Some("messagehub"), facts);
        Self { source: streams_crn(), group: None, ring: Fact::Unknown, need }
    }

    fn ask(&self, policies: &[Authorization], complete: bool) -> Decision {
        let (source, key) = (crn::parse(&self.source).expect("a CRN"), key_crn());
        let key = crn::parse(&key).expect("a CRN");
        let key_use = KeyUse {
            source: Source::of_crn(&source, self.group),
            target: Target { key_ring: self.ring, ..Target::of_crn(&key) },
            need: &self.need,
            any_source_account: false,
        };
        let decision = decide(&key_use, policies.iter().enumerate(), complete);
        assert_eq!(
            AuthorizationIndex::new(policies).decide(policies, &key_use, complete),
            decision,
            "the index agrees"
        );
        if decision.verdict != Verdict::Covered {
            let template = template(&key_use).expect("a template");
            let covered = decide(&key_use, [(0, &template)].into_iter(), true);
            assert_eq!(covered.verdict, Verdict::Covered, "the template covers the use");
            assert!(covered.single_policy);
        }
        decision
    }
}

#[test]
fn a_gen2_deployment_that_is_not_made_yet_is_covered_by_reader_and_delegator() {
    let decision =
        Question::streams(&on_plan("enterprise-gen2", false)).ask(&[streams_policy(&[READER, DELEGATOR])], true);
    assert_eq!(decision.verdict, Verdict::Covered);
    assert!(decision.single_policy);
    assert_eq!(decision.policies, [0]);
    assert!(decision.dependents.is_empty());
    assert_eq!(decision.worst(), Verdict::Covered);
}

#[test]
fn a_provisioned_gen2_deployment_lacks_its_dependent() {
    let decision =
        Question::streams(&on_plan("enterprise-gen2", true)).ask(&[streams_policy(&[READER, DELEGATOR])], true);
    assert_eq!(decision.verdict, Verdict::Covered);
    assert_eq!(decision.dependents.len(), 1);
    assert_eq!(decision.dependents[0].service, "server-protect");
    assert_eq!(decision.dependents[0].verdict, Verdict::NotCovered);
    assert_eq!(decision.worst(), Verdict::NotCovered);
    assert_eq!(decision.missing[0].kind, MissingKind::Dependent);
}

#[test]
fn a_dependent_is_covered_whatever_its_account() {
    let dependent = policy_of(
        &[("accountId", OTHER), ("serviceName", "server-protect")],
        &[("accountId", ACCOUNT), ("serviceName", "kms"), ("serviceInstance", INSTANCE)],
        &[READER],
    );
    let policies = [streams_policy(&[READER, DELEGATOR]), dependent];
    let decision = Question::streams(&on_plan("enterprise-gen2", true)).ask(&policies, true);
    assert_eq!(decision.dependents[0].verdict, Verdict::Covered);
    assert_eq!(decision.dependents[0].policies, [1]);
}

#[test]
fn reader_alone_is_enough_for_some_plans() {
    let policies = [streams_policy(&[READER])];
    let gen2 = Question::streams(&on_plan("enterprise-gen2", false)).ask(&policies, true);
    assert_eq!(gen2.verdict, Verdict::NotCovered);
    assert_eq!(gen2.missing.iter().map(|one| one.kind).collect::<Vec<_>>(), [MissingKind::Delegation]);
    let classic = Question::streams(&on_plan("enterprise-3nodes-2tb", true)).ask(&policies, true);
    assert_eq!(classic.verdict, Verdict::Covered);
    assert!(classic.dependents.is_empty());
    let facts = UseFacts { provisioned: Some(false), ..UseFacts::default() };
    let unknown = Question::streams(&facts).ask(&policies, true);
    assert_eq!(unknown.verdict, Verdict::Unknown);
    assert_eq!(unknown.unknown.iter().map(|one| &one.doubt).collect::<Vec<_>>(), [&Doubt::DelegationNeed]);
}

#[test]
fn an_account_alone_lets_nobody_in() {
    let policy = policy_of(&[("accountId", ACCOUNT)], &[("accountId", ACCOUNT), ("serviceName", "kms")], &[READER]);
    let decision = Question::streams(&on_plan("enterprise-3nodes-2tb", true)).ask(&[policy], true);
    assert_eq!(decision.verdict, Verdict::NotCovered);
    assert_eq!(decision.near_misses.len(), 1);
    let note = &decision.near_misses[0].note;
    assert_eq!((note.attribute.as_str(), &note.outcome), ("serviceName", &Outcome::Mismatch(Mismatch::NotNamed)));
}

#[test]
fn a_resource_group_is_enough_where_it_is_known() {
    let policy = || {
        policy_of(
            &[("accountId", ACCOUNT), ("resourceGroupId", "g")],
            &[("accountId", ACCOUNT), ("serviceName", "kms")],
            &[READER],
        )
    };
    for (group, expected) in [(Some("g"), Verdict::Covered), (Some("h"), Verdict::NotCovered), (None, Verdict::Unknown)]
    {
        let question = Question { group, ..Question::streams(&on_plan("enterprise-3nodes-2tb", true)) };
        assert_eq!(question.ask(&[policy()], true).verdict, expected, "{group:?}");
    }
}

#[test]
fn a_key_ring_is_enough_where_it_is_known_and_honoured() {
    let policy = |roles: &[&str]| {
        policy_of(
            &[("accountId", ACCOUNT), ("serviceName", "messagehub")],
            &[("accountId", ACCOUNT), ("serviceName", "kms"), ("keyRing", "r")],
            roles,
        )
    };
    let cases = [
        (Fact::Value("r"), Verdict::Covered),
        (Fact::Value("s"), Verdict::NotCovered),
        (Fact::Unknown, Verdict::Unknown),
    ];
    for (ring, expected) in cases {
        let question = Question { ring, ..Question::streams(&on_plan("enterprise-3nodes-2tb", true)) };
        assert_eq!(question.ask(&[policy(&[READER])], true).verdict, expected, "{ring:?}");
    }
    let gen2 = Question { ring: Fact::Value("r"), ..Question::streams(&on_plan("enterprise-gen2", false)) };
    let decision = gen2.ask(&[policy(&[READER, DELEGATOR])], true);
    assert_eq!(decision.verdict, Verdict::Unknown);
    let doubt = Doubt::ScopeUnsupported { attribute: "keyRing".to_owned() };
    assert_eq!(decision.unknown, [UnknownFact { doubt, policies: vec![0] }]);
    // Another ring does not become possible because rings are not honoured.
    let gen2 = Question { ring: Fact::Value("s"), ..Question::streams(&on_plan("enterprise-gen2", false)) };
    assert_eq!(gen2.ask(&[policy(&[READER, DELEGATOR])], true).verdict, Verdict::NotCovered);
}

#[test]
fn an_instance_by_crn_covers_nothing() {
    let instance = format!("crn:v1:bluemix:public:kms:us-south:a/{ACCOUNT}:{INSTANCE}::");
    let policy = policy_of(
        &[("accountId", ACCOUNT), ("serviceName", "messagehub")],
        &[("accountId", ACCOUNT), ("serviceName", "kms"), ("serviceInstance", &instance)],
        &[READER],
    );
    let decision = Question::streams(&on_plan("enterprise-3nodes-2tb", true)).ask(&[policy], true);
    assert_eq!(decision.verdict, Verdict::NotCovered);
    assert_eq!(decision.near_misses[0].note.outcome, Outcome::Mismatch(Mismatch::ValueIsCrn));
    let kinds: Vec<_> = decision.missing.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [MissingKind::Policy, MissingKind::Attribute]);
}

#[test]
fn roles_may_be_split_over_two_policies() {
    let policies = [streams_policy(&[READER]), streams_policy(&[DELEGATOR])];
    let decision = Question::streams(&on_plan("enterprise-gen2", false)).ask(&policies, true);
    assert_eq!(decision.verdict, Verdict::Covered);
    assert!(!decision.single_policy);
    assert_eq!(decision.policies, [0, 1]);
}

#[test]
fn access_tags_leave_it_open() {
    let mut policy = streams_policy(&[READER]);
    policy.resources[0].tags = true;
    let decision = Question::streams(&on_plan("enterprise-3nodes-2tb", true)).ask(&[policy], true);
    assert_eq!(decision.verdict, Verdict::Unknown);
    assert_eq!(decision.unknown[0].doubt, Doubt::Tags(crate::policy::SideName::Resource));
}

#[test]
fn without_the_accounts_authorizations_nothing_is_decided() {
    let decision = Question::streams(&on_plan("enterprise-gen2", true)).ask(&[], false);
    assert_eq!(decision.verdict, Verdict::Unknown);
    assert_eq!(decision.unknown[0].doubt, Doubt::AuthorizationsIncomplete);
    assert_eq!(decision.dependents[0].verdict, Verdict::Unknown);
}

#[test]
fn mistaken_role_ids_grant_nothing_and_are_told() {
    let cases = [
        ("crn:v1:bluemix:public:iam::::role:Reader", MissingKind::Role, "enterprise-3nodes-2tb"),
        ("crn:v1:bluemix:public:iam::::serviceRole:AuthorizationDelegator", MissingKind::Delegation, "enterprise-gen2"),
    ];
    for (role, kind, plan) in cases {
        let roles = if kind == MissingKind::Role { vec![role] } else { vec![READER, role] };
        let decision = Question::streams(&on_plan(plan, false)).ask(&[streams_policy(&roles)], true);
        assert_eq!(decision.verdict, Verdict::NotCovered, "{role}");
        assert_eq!(decision.missing[0].kind, kind);
        assert_eq!(decision.missing[0].policies, [0], "the mistake is named");
    }
}

#[test]
fn roles_that_are_not_known_leave_it_open() {
    for role in [
        "crn:v1:bluemix:public:iam-access-management::a/1::customRole:Mine",
        "crn:v1:bluemix:public:kms::::serviceRole:KeyWrapper",
        "not a role",
    ] {
        let decision = Question::streams(&on_plan("enterprise-3nodes-2tb", true)).ask(&[streams_policy(&[role])], true);
        assert_eq!(decision.verdict, Verdict::Unknown, "{role}");
        assert_eq!(decision.unknown[0].doubt, Doubt::RoleUnknown { role: role.to_owned() });
    }
    for role in ["crn:v1:bluemix:public:iam::::role:Viewer", "crn:v1:bluemix:public:iam::::role:Administrator"] {
        let decision = Question::streams(&on_plan("enterprise-3nodes-2tb", true)).ask(&[streams_policy(&[role])], true);
        assert_eq!(decision.verdict, Verdict::NotCovered, "{role}");
    }
}

#[test]
fn clusters_on_dedicated_honour_no_key_scope() {
    let policy = policy_of(
        &[("accountId", ACCOUNT), ("serviceName", "containers-kubernetes")],
        &[
            ("accountId", ACCOUNT),
            ("serviceName", "kms"),
            ("serviceInstance", INSTANCE),
            ("resourceType", "key"),
            ("resource", KEY),
        ],
        &[READER, DELEGATOR],
    );
    let need = needs(
        Some("containers-kubernetes"),
        &UseFacts { worker_disks: Some(false), provisioned: Some(true), ..UseFacts::default() },
    );
    let key = key_crn();
    let key = crn::parse(&key).expect("a CRN");
    for (dedicated, expected) in
        [(Some(true), Verdict::Unknown), (None, Verdict::Unknown), (Some(false), Verdict::Covered)]
    {
        let key_use = KeyUse {
            source: Source::planned("containers-kubernetes", ACCOUNT),
            target: Target { dedicated, ..Target::of_crn(&key) },
            need: &need,
            any_source_account: false,
        };
        let decision = decide(&key_use, [(0, &policy)].into_iter(), true);
        assert_eq!(decision.verdict, expected, "{dedicated:?}");
        let template = template(&key_use).expect("a template");
        assert_eq!(template.resources[0].has("resource"), dedicated == Some(false), "{dedicated:?}");
        assert!(template.resources[0].has("serviceInstance"));
        assert_eq!(decide(&key_use, [(0, &template)].into_iter(), true).verdict, Verdict::Covered);
    }
}

#[test]
fn storage_in_another_account_may_need_delegation() {
    let policy = |roles: &[&str]| {
        policy_of(
            &[("accountId", OTHER), ("serviceName", "server-protect")],
            &[("accountId", ACCOUNT), ("serviceName", "kms")],
            roles,
        )
    };
    let question = Question {
        source: format!("crn:v1:bluemix:public:is:us-south-1:a/{OTHER}::volume:r006-1"),
        group: None,
        ring: Fact::Unknown,
        need: needs(Some("server-protect"), &UseFacts { other_account: Some(true), ..UseFacts::default() }),
    };
    assert_eq!(question.ask(&[policy(&[READER])], true).verdict, Verdict::Unknown);
    assert_eq!(question.ask(&[policy(&[READER, DELEGATOR])], true).verdict, Verdict::Covered);
    assert_eq!(question.ask(&[policy(&[DELEGATOR])], true).verdict, Verdict::NotCovered);
}
