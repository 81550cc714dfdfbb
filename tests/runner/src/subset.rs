//! Whether an expectation stands in an answer.

use serde_json::Value;

/// The first place at which the answer is not what was expected, or nothing.
pub fn difference(expected: &Value, answer: &Value) -> Option<String> {
    at(expected, answer, String::new())
}

fn at(expected: &Value, answer: &Value, pointer: String) -> Option<String> {
    match (expected, answer) {
        (Value::Object(expected), Value::Object(answer)) => expected.iter().find_map(|(name, value)| {
            let pointer = format!("{pointer}/{name}");
            match answer.get(name) {
                Some(answer) => at(value, answer, pointer),
                None => Some(format!("{pointer}: expected {value}, found nothing")),
            }
        }),
        (Value::Array(expected), Value::Array(answer)) if expected.len() == answer.len() => expected
            .iter()
            .zip(answer)
            .enumerate()
            .find_map(|(index, (expected, answer))| at(expected, answer, format!("{pointer}/{index}"))),
        _ if expected == answer => None,
        _ => Some(format!("{pointer}: expected {expected}, found {answer}")),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::json;

    #[test]
    fn members_may_be_left_out_and_elements_may_not() {
        assert_eq!(difference(&json!({"a": [1]}), &json!({"a": [1], "b": 2})), None);
        assert_eq!(
            difference(&json!({"a": [1]}), &json!({"a": [1, 2]})).as_deref(),
            Some("/a: expected [1], found [1,2]")
        );
        assert_eq!(difference(&json!({"a": null}), &json!({})).as_deref(), Some("/a: expected null, found nothing"));
    }
}
