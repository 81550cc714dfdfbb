//! What stands in IBM's own pages, and what is right, read whatever its faults.

use serde_json::json;

use super::syntax::Syntax;
use super::{Around, Position, read};

/// The body as JSON, and each fault as `line:column code`.
fn look(text: &str) -> (serde_json::Value, Vec<String>) {
    let written = read(text).expect("a body");
    let value = serde_json::to_value(written.root.json()).expect("JSON");
    let shown = written.faults.iter().map(|(span, fault)| {
        let Position { line, column } = Position::of(text, span.start);
        format!("{line}:{column} {}", fault.code())
    });
    (value, shown.collect())
}

#[test]
fn right_bodies_have_no_faults() {
    let body = json!({"a": [1, -2.5e3, "x\"\\/\n\u{1f511}"], "b": {"c": null, "d": true}, "": {}});
    for text in [body.to_string(), format!("\u{feff}  {body}\n")] {
        assert_eq!(look(&text), (body.clone(), Vec::new()));
    }
    assert_eq!(look(r#"{"a": "\ud83d\udd11"}"#), (json!({"a": "\u{1f511}"}), Vec::new()));
}

#[test]
fn the_request_of_the_key_protect_page_lacks_a_brace_and_a_quote() {
    let text = "  curl -X POST https://resource-controller.cloud.ibm.com/v2/resource_instances -H \"Authorization: Bearer <IAM token>\" \
                -H 'Content-Type: application/json' -d '{\n    \"name\": \"my-instance\",\n    \"parameters\": {\n      \
                \"dataservices\": {\n          \"encryption\": {\n            \"disk\": \"KMS_KEY_CRN\"\n          }\n      }\n    }\n";
    let (body, faults) = look(text);
    assert_eq!(
        body,
        json!({"name": "my-instance", "parameters": {"dataservices": {"encryption": {"disk": "KMS_KEY_CRN"}}}})
    );
    let brace = text.find("-d '{").expect("the body") + 4;
    assert_eq!(faults, [format!("1:{} PLAN036", brace), format!("1:{} PLAN031", brace + 1)]);
    assert_eq!(read(text).expect("a body").wrapped.around, Around::Curl);
}

#[test]
fn commas_comments_and_quotes_of_the_pages() {
    let (body, faults) = look(
        "{\n  \"dataservices\": {\n    \"kafka\": {\n      \"storage_gb\": 2000, <------ the size\n    },\n  }\n}",
    );
    assert_eq!(body, json!({"dataservices": {"kafka": {"storage_gb": 2000}}}));
    assert_eq!(faults, ["4:25 PLAN032", "4:27 PLAN033", "5:6 PLAN032"]);
    assert_eq!(look(r#"{storage_gb":"4000"}"#), (json!({"storage_gb": "4000"}), vec!["1:2 PLAN034".to_owned()]));
    assert_eq!(
        look(r#""dataservices": {"kafka": {}}"#),
        (json!({"dataservices": {"kafka": {}}}), vec!["1:1 PLAN031".to_owned()])
    );
    assert_eq!(look("{“a”: 'b'}"), (json!({"a": "b"}), vec!["1:2 PLAN034".to_owned(), "1:7 PLAN034".to_owned()]));
    assert_eq!(
        look(r#"{"a": 1 "b" 2,, "a": 3}}"#).1,
        ["1:8 PLAN032", "1:12 PLAN032", "1:15 PLAN032", "1:17 PLAN035", "1:24 PLAN031"]
    );
    assert_eq!(look(r#"{"a": [1, {"b": 2]}"#).1, ["1:1 PLAN031", "1:7 PLAN031", "1:18 PLAN031"]);
    assert_eq!(
        look("{\"a\": \"b,\n\"c\": <key>}"),
        (json!({"a": "b", "c": "<key>"}), vec!["1:7 PLAN031".to_owned(), "2:6 PLAN037".to_owned()])
    );
}

#[test]
fn bodies_inside_of_commands() {
    let single = r#"ibmcloud resource service-instance-create 'my -p' messagehub enterprise-gen2 ca-mon -p '{"dataservices":{"a":"it'\''s"}}' -g Default"#;
    assert_eq!(look(single), (json!({"dataservices": {"a": "it's"}}), Vec::new()));
    let double = r#"ibmcloud resource service-instance-create n messagehub p r -p "{\"kms_key_crn\": \"crn\", }""#;
    let (body, faults) = look(double);
    assert_eq!(body, json!({"kms_key_crn": "crn"}));
    assert_eq!(faults, [format!("1:{} PLAN032", double.find(", }").expect("the comma") + 1)]);
    let stray = "ibmcloud resource service-instance-create n s p r \\\n-p \\ '{\"disk_encryption_key_crn\": \"crn\"}'";
    assert_eq!(look(stray), (json!({"disk_encryption_key_crn": "crn"}), vec!["2:4 PLAN036".to_owned()]));
}

#[test]
fn bodies_inside_of_terraform() {
    let hcl = "resource \"ibm_resource_instance\" \"es\" {\n  plan = \"x\"\n  parameters_json = jsonencode({\n    dataservices = {\n      \
               kafka = { throughput_mb_s = 100, storage_gb = 2000 } # sizes\n      encryption = { disk = var.key }\n    }\n  })\n}\n";
    let (body, faults) = look(hcl);
    assert_eq!(faults, Vec::<String>::new());
    let expected = json!({"dataservices": {"kafka": {"throughput_mb_s": 100, "storage_gb": 2000}, "encryption": {"disk": "var.key"}}});
    assert_eq!(body, expected);
    let heredoc = "parameters_json = <<-EOT\n  {\"a\": 1,}\n  EOT\n}";
    assert_eq!(look(heredoc), (json!({"a": 1}), vec!["2:10 PLAN032".to_owned()]));
    let quoted = r#"parameters_json = "{\"a\": \"b\"}""#;
    assert_eq!(look(quoted), (json!({"a": "b"}), Vec::new()));
    let unclosed = "parameters_json = jsonencode({\n  a = { b = 1\n";
    assert_eq!(look(unclosed).1, ["1:30 PLAN031", "2:7 PLAN031"]);
}

#[test]
fn a_text_without_a_body() {
    for text in ["", "  \n", "crn:v1:bluemix:public:kms:us-south", "curl https://example.com -d @body.json"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn deep_nesting_ends() {
    let text = "[".repeat(100_000);
    let written = read(&text).expect("a body");
    assert_eq!(written.faults.iter().map(|(_, fault)| fault.clone()).collect::<Vec<_>>(), [Syntax::TooDeep]);
}
