//! The forms of a policy, and that none says less than the policy.

use proptest::prelude::*;

use super::*;

fn key_scoped() -> Authorization {
    read_text(
        r#"{"type": "authorization",
            "subjects": [{"attributes": [{"name": "accountId", "value": "1"}, {"name": "serviceName", "value": "messagehub"}]}],
            "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}, {"role_id": "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}],
            "resources": [{"attributes": [{"name": "accountId", "value": "1"}, {"name": "serviceName", "value": "kms"},
                {"name": "serviceInstance", "value": "i"}, {"name": "resourceType", "value": "key"}, {"name": "resource", "value": "k"}]}]}"#,
    )
    .expect("a policy")
}

#[test]
fn the_four_forms_of_a_policy_on_a_key() {
    let forms = forms(&key_scoped());
    assert_eq!(
        serde_json::to_string(&forms.v1).expect("JSON"),
        concat!(
            r#"{"type":"authorization","subjects":[{"attributes":[{"name":"accountId","value":"1"},{"name":"serviceName","value":"messagehub"}]}],"#,
            r#""roles":[{"role_id":"crn:v1:bluemix:public:iam::::serviceRole:Reader"},{"role_id":"crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}],"#,
            r#""resources":[{"attributes":[{"name":"accountId","operator":"stringEquals","value":"1"},{"name":"serviceName","operator":"stringEquals","value":"kms"},"#,
            r#"{"name":"serviceInstance","operator":"stringEquals","value":"i"},{"name":"resourceType","operator":"stringEquals","value":"key"},{"name":"resource","operator":"stringEquals","value":"k"}]}]}"#
        )
    );
    assert_eq!(
        serde_json::to_string(&forms.v2).expect("JSON"),
        concat!(
            r#"{"type":"authorization","subject":{"attributes":[{"key":"accountId","operator":"stringEquals","value":"1"},{"key":"serviceName","operator":"stringEquals","value":"messagehub"}]},"#,
            r#""control":{"grant":{"roles":[{"role_id":"crn:v1:bluemix:public:iam::::serviceRole:Reader"},{"role_id":"crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}]}},"#,
            r#""resource":{"attributes":[{"key":"accountId","operator":"stringEquals","value":"1"},{"key":"serviceName","operator":"stringEquals","value":"kms"},"#,
            r#"{"key":"serviceInstance","operator":"stringEquals","value":"i"},{"key":"resourceType","operator":"stringEquals","value":"key"},{"key":"resource","operator":"stringEquals","value":"k"}]}}"#
        )
    );
    assert_eq!(
        forms.cli.as_deref(),
        Some(
            "ibmcloud iam authorization-policy-create messagehub kms Reader,AuthorizationDelegator \
             --target-service-instance-id i --target-resource-type key --target-resource k"
        )
    );
    let terraform = forms.terraform.expect("Terraform can say it");
    for line in [
        r#"  source_service_name    = "messagehub""#,
        r#"  source_service_account = "1""#,
        r#"  roles = ["Reader", "Authorization Delegator"]"#,
        r#"    name     = "resource""#,
        r#"    value    = "k""#,
        "    create_before_destroy = true",
        r#"  create_duration = "30s""#,
    ] {
        assert!(terraform.lines().any(|written| written == line), "{line} in\n{terraform}");
    }
}

#[test]
fn both_versions_can_be_read_back() {
    let policy = key_scoped();
    let forms = forms(&policy);
    let v1 = read_text(&serde_json::to_string(&forms.v1).expect("JSON")).expect("a policy");
    assert_eq!(v1, policy);
    let v2 = read_text(&serde_json::to_string(&forms.v2).expect("JSON")).expect("a policy");
    assert_eq!(v2, Authorization { version: Version::V2, ..policy });
}

#[test]
fn what_no_flag_can_say_goes_into_a_file() {
    let mut policy = key_scoped();
    policy.resources[0].attributes.push(Attribute::equals("keyRing", "o'ring"));
    let command = forms(&policy).cli.expect("a command");
    assert!(command.starts_with("printf '%s' '{\"type\""), "{command}");
    assert!(
        command.ends_with("> authorization.json && ibmcloud iam authorization-policy-create --file authorization.json")
    );
    assert!(command.contains(r"o'\''ring"), "{command}");
    // Another account has a flag, a resource group beside an instance has none.
    let mut policy = key_scoped();
    policy.subjects[0].attributes[0] = Attribute::equals("accountId", "2");
    assert!(forms(&policy).cli.expect("a command").contains(" --source-service-account 2 "));
    policy.resources[0].attributes.push(Attribute::equals("resourceGroupId", "g"));
    assert!(forms(&policy).cli.expect("a command").contains("--file"));
}

#[test]
fn a_form_that_would_say_less_is_left_out() {
    let changed = |change: &dyn Fn(&mut Authorization)| {
        let mut policy = key_scoped();
        change(&mut policy);
        let forms = forms(&policy);
        (forms.v1.is_some(), forms.v2.is_some(), forms.cli.is_some(), forms.terraform.is_some())
    };
    let none = (false, false, false, false);
    assert_eq!(changed(&|_| ()), (true, true, true, true));
    assert_eq!(changed(&|policy| policy.conditional = true), none);
    assert_eq!(changed(&|policy| policy.resources[0].tags = true), none);
    assert_eq!(changed(&|policy| policy.subjects[0].unreadable = true), none);
    assert_eq!(changed(&|policy| policy.roles.push(Role::of_id("crn:v1:bluemix:public:iam::::role:Reader"))), none);
    let list = |policy: &mut Authorization| {
        policy.resources[0].attributes.push(Attribute {
            name: "region".to_owned(),
            operator: Operator::StringEqualsAnyOf,
            value: Value::Texts(vec!["us-south".to_owned(), "eu-de".to_owned()]),
        });
    };
    assert_eq!(changed(&list), (false, true, false, false));
    let exists = |policy: &mut Authorization| {
        policy.subjects[0].attributes.push(Attribute {
            name: "resourceGroupId".to_owned(),
            operator: Operator::StringExists,
            value: Value::Bool(true),
        });
    };
    assert_eq!(changed(&exists), (false, true, false, true));
}

#[test]
fn terraform_interpolates_nothing() {
    let mut policy = key_scoped();
    policy.description = Some("a \"${b}\" %{c} $${d} \\ \n".to_owned());
    let text = forms(&policy).terraform.expect("Terraform can say it");
    let line = text.lines().find(|line| line.contains("description")).expect("the description");
    assert_eq!(line, r#"  description = "a \"$${b}\" %%{c} $\u0024{d} \\ \n""#);
}

proptest! {
    /// Outside of quotes a shell sees harmless characters only; inside of single quotes it takes all as they are.
    #[test]
    fn a_value_is_one_word_of_the_command(value in "[ -~\n]{1,12}") {
        let mut policy = key_scoped();
        policy.resources[0].attributes[2] = Attribute::equals("serviceInstance", &value);
        let command = forms(&policy).cli.expect("a command");
        let words = words(&command);
        if words[0] == "ibmcloud" {
            let place = words.iter().position(|word| word == "--target-service-instance-id").expect("the flag");
            prop_assert_eq!(&words[place + 1], &value);
            prop_assert_eq!(words.len(), 12);
        } else {
            prop_assert!(value.starts_with('-'));
            let body = read_text(&words[2]).expect("a policy");
            prop_assert_eq!(body.resources[0].exact("serviceInstance"), Some(value.as_str()));
        }
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_crash(text in "[\\[\\]{}\",:a-z0-9]{0,40}") {
        let _ = read_text(&text);
        let _ = read_text(&format!(r#"{{"type": "authorization", "roles": [], "subjects": [{text}], "resources": []}}"#));
    }
}

/// The words of a command, as a POSIX shell splits them.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = None::<String>;
    let mut characters = command.chars();
    while let Some(character) = characters.next() {
        match character {
            ' ' => words.extend(word.take()),
            '\'' => word.get_or_insert_default().extend(characters.by_ref().take_while(|inner| *inner != '\'')),
            '\\' => word.get_or_insert_default().extend(characters.next()),
            plain => {
                assert!(plain.is_ascii_alphanumeric() || "-_./:,@%+=>&".contains(plain), "{plain:?} in {command}");
                word.get_or_insert_default().push(plain);
            }
        }
    }
    words.extend(word);
    words
}
