//! The shapes in which policies are met, right and wrong.

use super::*;

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";

fn codes(policy: &Authorization) -> Vec<&'static str> {
    policy.problems.iter().map(|fault| fault.kind.code()).collect()
}

fn read_v1(subjects: &str, resources: &str) -> Authorization {
    read_text(&format!(
        r#"{{"type": "authorization", "roles": [{{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}}],
            "subjects": {subjects}, "resources": {resources}}}"#
    ))
    .expect("a policy")
}

const SUBJECT: &str =
    r#"[{"attributes": [{"name": "accountId", "value": "1"}, {"name": "serviceName", "value": "messagehub"}]}]"#;
const RESOURCE: &str =
    r#"[{"attributes": [{"name": "accountId", "value": "1"}, {"name": "serviceName", "value": "kms"}]}]"#;

#[test]
fn a_response_of_version_one() {
    let policy = read_text(&format!(
        r#"{{"id": "9b6d3a2e-0000-4000-8000-000000000001", "type": "authorization", "description": "streams",
            "subjects": [{{"attributes": [{{"name": "accountId", "value": "{ACCOUNT}"}}, {{"name": "serviceName", "value": "messagehub"}}]}}],
            "roles": [{{"role_id": "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator", "display_name": "Authorization Delegator", "description": "x"}}],
            "resources": [{{"attributes": [{{"name": "accountId", "value": "{ACCOUNT}"}}, {{"name": "serviceName", "value": "kms", "operator": "stringEquals"}}]}}],
            "href": "https://iam.cloud.ibm.com/v1/policies/9b6d3a2e", "created_at": "2026-01-02T03:04:05.678Z",
            "created_by_id": "IBMid-310000JVN5", "state": "active", "template": {{"id": "t", "version": "1"}}, "rule": null}}"#
    ))
    .expect("a policy");
    assert_eq!(policy.version, Version::V1);
    assert_eq!(policy.kind, PolicyType::Authorization);
    assert_eq!(policy.state, State::Active);
    assert_eq!(policy.id.as_deref(), Some("9b6d3a2e-0000-4000-8000-000000000001"));
    assert_eq!(policy.source_service(), Some("messagehub"));
    assert_eq!((policy.target_service(), policy.target_account()), (Some("kms"), Some(ACCOUNT)));
    assert_eq!(policy.roles[0].kind, RoleKind::AuthorizationDelegator);
    assert_eq!(policy.origin(), Origin::User);
    assert!(policy.managed && !policy.template && !policy.conditional && policy.concerns_keys());
    assert_eq!(codes(&policy), [""; 0]);
}

#[test]
fn a_response_of_version_two() {
    let policy = read_text(
        r#"{"type": "authorization", "state": "active", "last_permit_at": "2026-11-01T00:00:00Z",
            "subject": {"attributes": [{"key": "accountId", "operator": "stringEquals", "value": "1"},
                {"key": "resourceGroupId", "operator": "stringExists", "value": true}]},
            "resource": {"attributes": [{"key": "accountId", "operator": "stringEquals", "value": "1"},
                {"key": "serviceName", "operator": "stringEqualsAnyOf", "value": ["kms", "hs-crypto"]}],
                "tags": [{"key": "env", "operator": "stringEquals", "value": "dev"}]},
            "control": {"grant": {"roles": [{"role_id": "crn:v1:bluemix:public:kms::::serviceRole:Writer"}]}},
            "pattern": "time-based-conditions:once", "rule": {"operator": "and", "conditions": []}}"#,
    )
    .expect("a policy");
    assert_eq!(policy.version, Version::V2);
    assert!(policy.conditional);
    assert_eq!(policy.last_permit_at.as_deref(), Some("2026-11-01T00:00:00Z"));
    assert!(policy.resources[0].tags);
    assert_eq!(policy.subjects[0].attributes[1].value, Value::Bool(true));
    assert_eq!(policy.roles[0].owner, RoleOwner::Service("kms".to_owned()));
    assert_eq!(policy.target_service(), None);
    assert!(policy.concerns_keys());
    assert_eq!(codes(&policy), [""; 0]);
}

#[test]
fn the_older_lists_have_plain_facts_and_no_type() {
    let policy = read_text(
        r#"{"id": "c723", "createdById": "IBMid-1", "roles": [{"crn": "crn:v1:bluemix:public:iam::::serviceRole:Reader",
            "id": "crn:v1:bluemix:public:iam::::serviceRole:Reader", "displayName": "Reader"}],
            "resources": [{"serviceName": "kms", "accountId": "1"}], "subjects": [{"serviceName": "cloud-object-storage", "accountId": "1"}]}"#,
    )
    .expect("a policy");
    assert_eq!(policy.kind, PolicyType::Absent);
    assert_eq!(policy.source_service(), Some("cloud-object-storage"));
    assert_eq!(policy.roles[0].kind, RoleKind::Reader);
    assert_eq!(policy.origin(), Origin::User);
    assert_eq!(codes(&policy), [""; 0]);
}

#[test]
fn a_template_of_policies_is_no_policy_in_force() {
    let policy = read_text(
        r#"{"name": "n", "account_id": "1", "committed": true, "id": "t1", "state": "active", "policy": {"type": "authorization",
            "control": {"grant": {"roles": [{"role_id": "crn:v1:bluemix:public:iam::::role:Editor"}]}},
            "subject": {"attributes": [{"key": "serviceName", "value": "is"}]},
            "resource": {"attributes": [{"key": "serviceName", "operator": "stringEquals", "value": "is"}]}}}"#,
    )
    .expect("a template");
    assert!(policy.template);
    assert_eq!(policy.id.as_deref(), Some("t1"));
    assert!(policy.problems.iter().all(|fault| fault.pointer.starts_with("/policy")));
    assert_eq!(forms(&policy), Forms { v1: None, v2: None, cli: None, terraform: None });
}

#[test]
fn what_is_malformed_is_never_read_as_all() {
    let cases = [
        // The object around the attributes is missing, all of them or one.
        (r#"[{"name": "accountId", "value": "1"}, {"name": "serviceName", "value": "is"}]"#, "POL006"),
        (r#"[{}]"#, "POL006"),
        (r#"[{"attributes": []}]"#, "POL007"),
        (r#"[{"attributes": {}}]"#, "POL004"),
        (r#"[{"attributes": [{"value": "1"}]}]"#, "POL008"),
        (r#"[{"attributes": [{"name": "", "value": "1"}]}]"#, "POL008"),
        (r#"[{"attributes": [{"name": "accountId", "value": 1}]}]"#, "POL009"),
        (r#"[{"attributes": [{"name": "accountId", "value": null}]}]"#, "POL009"),
        (r#"[{"attributes": [{"name": "accountId"}]}]"#, "POL009"),
        (r#"[{"attributes": [{"name": "accountId", "value": ["1"]}]}]"#, "POL010"),
        (r#"[{"attributes": [{"name": "accountId", "value": true}]}]"#, "POL010"),
        (r#"[{"attributes": [{"name": "accountId", "value": "1", "operator": 5}]}]"#, "POL004"),
        (r#"[{"attributes": ["accountId"]}]"#, "POL004"),
        (r#"[{"attributes": [{"name": "accountId", "value": "1"}], "attributes": []}]"#, "POL003"),
        (r#"[{"attributes": [{"name": "accountId", "name": "x", "value": "1"}]}]"#, "POL003"),
        (r#"[{"attributes": [{"key": "accountId", "value": "1"}]}]"#, "POL014"),
        (r#"[{"attributes": [{"name": "accountId", "value": "1"}], "unless": []}]"#, "POL013"),
        (r#""all""#, "POL004"),
        ("[]", "POL005"),
        ("null", "POL005"),
    ];
    for (subjects, code) in cases {
        let policy = read_v1(subjects, RESOURCE);
        assert_eq!(codes(&policy).first(), Some(&code), "{subjects}");
        assert!(!policy.is_readable() || policy.subjects.iter().all(|side| side.unreadable), "{subjects}");
        assert_eq!(forms(&policy).v1, None, "{subjects}");
        let policy = read_v1(SUBJECT, subjects);
        assert_eq!(codes(&policy).first(), Some(&code), "{subjects}");
        assert!(policy.concerns_keys(), "{subjects}");
    }
}

#[test]
fn misplaced_and_mixed_members_block_the_policy() {
    let cases = [
        // One brace too late: the sides stand inside `control`.
        r#"{"type": "authorization", "control": {"grant": {"roles": []}, "subject": {"attributes": []}, "resource": {"attributes": []}}}"#,
        r#"{"type": "authorization", "roles": [], "subjects": [], "resource": [{"attributes": []}]}"#,
        r#"{"type": "authorization", "control": {"grant": {"roles": []}}, "subjects": [{"attributes": []}], "resource": [{"attributes": []}]}"#,
        r#"{"type": "authorization", "type": "access", "roles": [], "subjects": [], "resources": []}"#,
        r#"{"type": 7, "roles": [], "subjects": [], "resources": []}"#,
    ];
    for text in cases {
        let policy = read_text(text).expect("a policy, though a bad one");
        assert!(!policy.is_readable(), "{text}");
    }
}

#[test]
fn what_is_no_policy_is_refused() {
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let inside = format!(r#"{{"type": "authorization", "roles": [], "subjects": {deep}}}"#);
    for text in ["{}", "[]", "7", "null", "", "{", r#"{"errors": []}"#, r#"{"type": "x", "roles": []}"#, &deep, &inside]
    {
        let fault = read_text(text).expect_err("no policy");
        assert!(matches!(fault.kind.code(), "POL001" | "POL002"), "{text}");
    }
}

#[test]
fn a_policy_of_version_one_has_two_operators() {
    for operator in ["stringExists", "stringEqualsAnyOf", "", "StringEquals"] {
        let resources = format!(
            r#"[{{"attributes": [{{"name": "accountId", "value": "1"}}, {{"name": "serviceName", "value": "kms", "operator": "{operator}"}}]}}]"#
        );
        let policy = read_v1(SUBJECT, &resources);
        let expected: &[&str] = if operator.is_empty() { &[] } else { &["POL011"] };
        assert_eq!(codes(&policy), expected, "{operator}");
    }
}

#[test]
fn what_is_wrong_with_a_policy_that_can_be_read() {
    let with = |attribute: &str| {
        format!(
            r#"[{{"attributes": [{{"name": "accountId", "value": "1"}}, {{"name": "serviceName", "value": "kms"}}, {attribute}]}}]"#
        )
    };
    let cases = [
        (SUBJECT.to_owned(), with(r#"{"name": "keyring", "value": "r"}"#), "POL012"),
        (SUBJECT.to_owned(), with(r#"{"name": "resource", "value": "k"}"#), "POL023"),
        (
            SUBJECT.to_owned(),
            with(r#"{"name": "serviceInstance", "value": "crn:v1:bluemix:public:kms:us-south:a/1:2::"}"#),
            "POL021",
        ),
        (r#"[{"attributes": [{"name": "accountId", "value": "1"}]}]"#.to_owned(), RESOURCE.to_owned(), "POL019"),
        (r#"[{"attributes": [{"name": "serviceName", "value": "is"}]}]"#.to_owned(), RESOURCE.to_owned(), "POL018"),
        (
            r#"[{"attributes": [{"name": "accountId", "value": "a/1"}, {"name": "serviceName", "value": "is"}]}]"#
                .to_owned(),
            RESOURCE.to_owned(),
            "POL024",
        ),
        (SUBJECT.to_owned(), r#"[{"attributes": [{"name": "accountId", "value": "1"}]}]"#.to_owned(), "POL020"),
    ];
    for (subjects, resources, code) in cases {
        let policy = read_v1(&subjects, &resources);
        assert_eq!(codes(&policy), [code], "{subjects} {resources}");
        assert!(policy.is_readable());
    }
    let untyped = read_text(&format!(
        r#"{{"roles": [{{"role_id": "crn:v1:bluemix:public:iam::::role:Reader"}}], "subjects": {SUBJECT}, "resources": {RESOURCE}}}"#
    ))
    .expect("a policy");
    assert_eq!(codes(&untyped), ["POL017", "POL016"]);
}

#[test]
fn policies_for_other_services_are_not_reviewed_as_keys() {
    let resources = r#"[{"attributes": [{"name": "accountId", "value": "1"}, {"name": "serviceName", "value": "internet-svcs"}, {"name": "domainId", "value": "d"}]}]"#;
    let policy = read_v1(SUBJECT, resources);
    assert!(!policy.concerns_keys());
    assert_eq!(codes(&policy), [""; 0]);
}

#[test]
fn origin_is_never_decided_by_one_spelling() {
    let by = |author: &str, source: &str, service: &str| {
        let mut policy = read_v1(
            &format!(
                r#"[{{"attributes": [{{"name": "accountId", "value": "{source}"}}, {{"name": "serviceName", "value": "{service}"}}]}}]"#
            ),
            RESOURCE,
        );
        policy.created_by_id = Some(author.to_owned());
        policy.origin()
    };
    assert_eq!(by("crn-crn:v1:bluemix:public:messagehub:us-south:a/1:2::", "1", "server-protect"), Origin::Service);
    assert_eq!(by("crn:v1:bluemix:public:messagehub:us-south:a/1:2::", "1", "server-protect"), Origin::Service);
    assert_eq!(by("iam-ServiceId-1", "9", "server-protect"), Origin::Service);
    assert_eq!(by("iam-ServiceId-1", "9", "cloud-object-storage"), Origin::Service);
    assert_eq!(by("iam-ServiceId-1", "1", "server-protect"), Origin::User);
    assert_eq!(by("iam-ServiceId-1", "9", "messagehub"), Origin::User);
    assert_eq!(by(" IBMid-1", "1", "messagehub"), Origin::User);
    assert_eq!(by("somebody", "1", "messagehub"), Origin::Unknown);
    assert_eq!(by("", "1", "messagehub"), Origin::Unknown);
}

#[test]
fn records_are_recognised_by_their_members() {
    for members in [
        &["type", "subjects", "roles", "resources"][..],
        &["type", "subject", "control", "resource"],
        &["id", "type", "control"],
        &["name", "account_id", "policy"],
    ] {
        assert!(looks_like_policy(members.iter().copied()), "{members:?}");
    }
    for members in [&["id", "type", "resource"][..], &["keyId", "resourceCrn"], &["policy", "name"], &["type", "roles"]]
    {
        assert!(!looks_like_policy(members.iter().copied()), "{members:?}");
    }
}
