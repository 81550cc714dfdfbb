//! What holds for every body: it is read as it is, nothing ends the reader, and a key that was put into it is found there.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::read;
use crate::now::Now;
use crate::plan::{check, into};

const KEY: &str = "crn:v1:bluemix:public:kms:ca-mon:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

fn now() -> Now {
    "2026-11-26T12:00:00Z".parse().expect("a moment")
}

fn request() -> Value {
    json!({"service": "event-streams-gen2", "key": {"crn": KEY}})
}

/// Any JSON, but for numbers that are written in several ways.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..4)
                .prop_map(|members| members.into_iter().collect::<Value>()),
        ]
    })
}

fn object() -> impl Strategy<Value = Value> {
    prop::collection::btree_map("[a-z]{1,8}", value(), 0..5).prop_map(|members| members.into_iter().collect::<Value>())
}

proptest! {
    #[test]
    fn json_is_read_as_it_is(object in object(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) }.expect("JSON");
        let written = read(&text).expect("a body");
        prop_assert_eq!(&written.faults, &[]);
        prop_assert_eq!(serde_json::to_value(written.root.json()).expect("JSON"), object);
    }

    #[test]
    fn any_text_is_read_to_its_end(text in "[\\PC\n]{0,80}") {
        let _ = check(&request(), &text, now());
        let _ = into(&request(), &text, now());
    }

    #[test]
    fn brackets_commas_and_quotes_in_any_order_are_read_to_their_end(text in "[{}\\[\\],:\"'a1\\\\ \n=<#/-]{0,60}") {
        let _ = check(&request(), &text, now());
        let _ = into(&request(), &format!("parameters_json = jsonencode({text}"), now());
        let _ = into(&request(), &format!("curl -d '{{{text}"), now());
    }

    /// What is put into a body changes nothing else of it, and putting it there again changes nothing.
    #[test]
    fn a_key_is_put_into_any_body(object in object(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) }.expect("JSON");
        let put = into(&request(), &text, now());
        let Some(with_key) = put.text else {
            prop_assert!(!put.faults.is_empty());
            return Ok(());
        };
        let mut expected = object;
        let alone = ["name", "target", "resource_group", "resource_plan_id", "parameters"].iter().all(|name| expected.get(name).is_none());
        let mut place = &mut expected;
        let path = ["parameters", "dataservices", "encryption", "disk"];
        for name in path.iter().skip(usize::from(alone)) {
            place = place.as_object_mut().expect("an object").entry(*name).or_insert(json!({}));
        }
        *place = KEY.into();
        let read: Value = serde_json::from_str(&with_key).expect("JSON");
        prop_assert_eq!(read, expected);
        let again = into(&request(), &with_key, now());
        prop_assert_eq!(again.text.as_deref(), Some(with_key.as_str()));
        prop_assert_eq!(again.changed, []);
    }
}
