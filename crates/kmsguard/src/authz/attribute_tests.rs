//! One attribute, one role: each row of the tables.

use super::*;
use crate::policy::{Attribute, Operator, Role, Value};

fn wants(name: &str, operator: Operator, value: Value) -> Attribute {
    Attribute { name: name.to_owned(), operator, value }
}

fn texts(texts: &[&str]) -> Value {
    Value::Texts(texts.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn each_operator_is_true_false_or_unknown() {
    use Fact::{None, Unknown, Value as Has};
    use Operator::{StringEquals, StringEqualsAnyOf, StringExists, StringMatch, StringMatchAnyOf};
    let cases = [
        (StringEquals, texts(&["a"]), Has("a"), Truth::True),
        (StringEquals, texts(&["a"]), Has("A"), Truth::False),
        (StringEquals, texts(&["a*"]), Has("ab"), Truth::False),
        (StringEquals, texts(&["a*"]), Has("a*"), Truth::True),
        (StringEquals, texts(&["a"]), None, Truth::False),
        (StringEquals, texts(&["a"]), Unknown, Truth::Unknown),
        (StringEquals, texts(&["a", "b"]), Has("a"), Truth::Unknown),
        (StringMatch, texts(&["a*"]), Has("ab"), Truth::True),
        (StringMatch, texts(&["a?"]), Has("abc"), Truth::False),
        (StringMatch, texts(&["a{{*}}"]), Has("a*"), Truth::True),
        (StringMatch, texts(&["*"]), None, Truth::False),
        (StringMatch, texts(&["*"]), Unknown, Truth::Unknown),
        (StringEqualsAnyOf, texts(&["a", "b"]), Has("b"), Truth::True),
        (StringEqualsAnyOf, texts(&["a", "b"]), Has("c"), Truth::False),
        (StringEqualsAnyOf, texts(&["a", "b"]), Unknown, Truth::Unknown),
        (StringEqualsAnyOf, texts(&[]), Has("c"), Truth::Unknown),
        (StringMatchAnyOf, texts(&["x", "b*"]), Has("bc"), Truth::True),
        (StringMatchAnyOf, texts(&["x", "b*"]), None, Truth::False),
        (StringExists, Value::Bool(true), Has("a"), Truth::True),
        (StringExists, Value::Bool(true), None, Truth::False),
        (StringExists, Value::Bool(false), Has("a"), Truth::False),
        (StringExists, Value::Bool(false), None, Truth::True),
        (StringExists, Value::Bool(false), Unknown, Truth::Unknown),
        (Operator::Unknown("stringHasPrefix".to_owned()), texts(&["a"]), Has("a"), Truth::Unknown),
        (StringEquals, Value::Bool(true), Has("true"), Truth::Unknown),
    ];
    for (operator, value, fact, expected) in cases {
        let wanted = wants("region", operator, value);
        assert_eq!(attribute(&wanted, fact), expected, "{wanted:?} {fact:?}");
    }
}

#[test]
fn a_whole_crn_is_never_a_guid() {
    let crn = "crn:v1:bluemix:public:kms:us-south:a/1:2::";
    for name in ["serviceInstance", "resource"] {
        for fact in [Fact::Value("2"), Fact::Value(crn), Fact::None, Fact::Unknown] {
            assert_eq!(attribute(&Attribute::equals(name, crn), fact), Truth::False, "{name} {fact:?}");
        }
    }
    let any = wants("serviceInstance", Operator::StringEqualsAnyOf, texts(&[crn, "2"]));
    assert_eq!(attribute(&any, Fact::Value("2")), Truth::True);
    assert_eq!(attribute(&any, Fact::Unknown), Truth::Unknown);
}

#[test]
fn each_role_gives_access_delegation_or_neither() {
    use Truth::{False, True, Unknown};
    let iam = |role: &str| format!("crn:v1:bluemix:public:iam::::{role}");
    let cases = [
        (iam("serviceRole:Reader"), True, False),
        (iam("serviceRole:ReaderPlus"), True, False),
        (iam("serviceRole:Writer"), True, False),
        (iam("serviceRole:Manager"), True, False),
        ("crn:v1:bluemix:public:kms::::serviceRole:Reader".to_owned(), True, False),
        ("crn:v1:bluemix:public:hs-crypto::::serviceRole:Reader".to_owned(), False, False),
        (iam("role:AuthorizationDelegator"), False, True),
        (iam("role:Reader"), False, False),
        (iam("serviceRole:AuthorizationDelegator"), False, False),
        ("crn:v1:bluemix:public:kms::::role:AuthorizationDelegator".to_owned(), False, False),
        ("crn:v1:bluemix:public:iam-access-management::a/1::customRole:X".to_owned(), Unknown, False),
        ("crn:v1:bluemix:public:kms::::serviceRole:KeyPurge".to_owned(), Unknown, False),
        ("crn:v1:bluemix:public:logs::::serviceRole:Sender".to_owned(), False, False),
        (iam("role:Viewer"), False, False),
        (iam("role:Administrator"), False, False),
        ("Authorization Delegator".to_owned(), False, True),
        ("Reader Plus".to_owned(), True, False),
        ("what is this".to_owned(), Unknown, Unknown),
    ];
    for (text, gives_access, gives_delegation) in cases {
        let role = Role::of_id(&text);
        assert_eq!(access(&role, Fact::Value("kms")), gives_access, "{text}");
        assert_eq!(delegation(&role), gives_delegation, "{text}");
    }
}
