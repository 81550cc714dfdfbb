//! Answers that are errors, saved as exports: what they say, of which account, and what would mend it.

use super::document::Members;

/// What an error answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Its message.
    pub(super) message: String,
    /// The account that it names.
    pub(super) account: Option<String>,
    /// What would mend it.
    pub(super) mend: Mend,
}

/// What would mend an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mend {
    /// A login: there was none, or it had expired.
    LogIn,
    /// The role Reader on the KMS instance.
    Reader,
    /// The role Viewer on what is listed.
    Viewer,
    /// Something else: the message tells.
    Other,
}

/// The members by which services tell of errors, each a text.
///
/// Sources, all as of 2026-11: Key Protect API (`errorMsg`), IAM Identity (`errorCode`, `errorMessage`), Resource Controller API
/// (`error_code`, `message`, `status_code`), Schematics API (`messageid`, `message`, `statuscode`), IAM Policy Management and VPC APIs
/// (`errors`).
pub(crate) const MESSAGES: &[&str] = &["errorMsg", "errorMessage", "message", "error_description", "error", "code"];

/// Whether an object is an error answer.
pub(super) fn is_error(object: &Members<'_>) -> bool {
    let says = ["errors", "errorMsg", "errorCode", "errorMessage"];
    let coded = ["error_code", "status_code", "statuscode", "statusCode", "messageid", "error"];
    says.iter().any(|name| object.has(name))
        || (coded.iter().any(|name| object.has(name))
            && ["message", "error_description"].iter().any(|name| object.has(name)))
}

/// What an error answer says.
pub(super) fn of_object(object: &Members<'_>) -> Said {
    let message = |object: &Members<'_>| {
        MESSAGES.iter().find_map(|name| object.read::<String>(name)).filter(|text| !text.is_empty())
    };
    let nested: Option<Members<'_>> =
        object.read::<Vec<Members<'_>>>("errors").and_then(|errors| errors.into_iter().next());
    let said = message(object).or_else(|| nested.as_ref().and_then(message));
    let status = ["status_code", "statuscode", "statusCode", "status"]
        .iter()
        .find_map(|name| object.read::<u16>(name).or_else(|| object.read::<String>(name)?.parse().ok()));
    let of_kms = object.has("errorMsg");
    let message = said.unwrap_or_else(|| "it does not say more".to_owned());
    let mend = mend(&message, status, if of_kms { Mend::Reader } else { Mend::Viewer });
    Said { account: account(&message), message, mend }
}

/// What a text says, if it is an error of the command line or a page for a browser.
pub(super) fn of_text(text: &str) -> Option<Said> {
    let start = text.trim_start();
    let is_page = [&b"<!doctype html"[..], b"<html", b"<?xml"]
        .iter()
        .any(|tag| start.as_bytes().get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag)));
    if is_page {
        let message = "a page for a browser".to_owned();
        return Some(Said { account: None, message, mend: Mend::LogIn });
    }
    start.starts_with("FAILED").then(|| Said {
        account: account(start),
        message: start.trim().to_owned(),
        mend: mend(start, None, Mend::Viewer),
    })
}

/// What would mend an error, by its status or the words that services use for it.
fn mend(message: &str, status: Option<u16>, role: Mend) -> Mend {
    let message = message.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    let login = ["not logged in", "log in", "login", "token", "expired session", "session has expired", "authenticat"];
    let refused = ["unauthorized", "not authorized", "forbidden", "access", "permission", "privilege", "authoriz"];
    match status {
        Some(401) => Mend::LogIn,
        Some(403) => role,
        Some(_) => Mend::Other,
        None if says(&login) => Mend::LogIn,
        None if says(&refused) => role,
        None => Mend::Other,
    }
}

/// A message of an error answer in other words: what would mend it and the account stay, all else that it names does not.
pub(crate) fn without_words(text: &str, renamed: impl Fn(&str) -> String) -> String {
    let is_page = text.trim_start().starts_with('<');
    let what = match mend(text, None, Mend::Viewer) {
        _ if is_page => return "<html>".to_owned(),
        Mend::LogIn => "not logged in",
        Mend::Reader | Mend::Viewer => "forbidden",
        Mend::Other => "its words are left out",
    };
    let of = account(text).map(|account| format!(" in account {}", renamed(&account))).unwrap_or_default();
    let heading = if text.trim_start().starts_with("FAILED") { "FAILED\n" } else { "" };
    format!("{heading}{what}{of}")
}

/// The account id in a message: 32 hexadecimal digits by themselves.
fn account(message: &str) -> Option<String> {
    let words = message.split(|letter: char| !letter.is_ascii_alphanumeric());
    let is_id =
        |word: &&str| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'));
    words.into_iter().find(is_id).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::super::document::members;
    use super::*;

    fn said(json: &str) -> Option<(String, Mend)> {
        let raw = RawValue::from_string(json.to_owned()).expect("JSON");
        let object = members(&raw).expect("an object");
        is_error(&object).then(|| of_object(&object)).map(|said| (said.message, said.mend))
    }

    #[test]
    fn each_service_tells_of_errors_in_a_shape_of_its_own() {
        let cases = [
            (
                r#"{"errorMsg":"Unauthorized: The user does not have access to the specified resource","reasons":[]}"#,
                Mend::Reader,
            ),
            (
                r#"{"errorMsg":"Bad Request: Key could not be restored. Please see `reasons` for more details."}"#,
                Mend::Other,
            ),
            (
                r#"{"trace":"1","errors":[{"code":"forbidden","message":"You are not authorized"}],"status_code":403}"#,
                Mend::Viewer,
            ),
            (r#"{"errorCode":"BXNIM0407E","errorMessage":"Provided token is expired"}"#, Mend::LogIn),
            (r#"{"error_code":"RC-ForbiddenGet","message":"Forbidden","status_code":403}"#, Mend::Viewer),
            (
                r#"{"requestid":"1","messageid":"M1097","message":"Unable to use the service","statuscode":"401"}"#,
                Mend::LogIn,
            ),
        ];
        for (json, mend) in cases {
            let (message, found) = said(json).expect(json);
            assert_eq!(found, mend, "{json}");
            assert!(json.contains(&message), "{message}");
        }
        assert_eq!(said(r#"{"message":"created","code":"x"}"#), None);
    }

    #[test]
    fn texts_of_the_command_line_and_pages_are_errors_too() {
        let text = |text: &str| of_text(text).map(|said| (said.account, said.mend));
        let account = "0123456789abcdef0123456789abcdef";
        assert_eq!(text("\r\nFAILED\nNot logged in. Use 'ibmcloud login' to log in."), Some((None, Mend::LogIn)));
        let refused = format!("FAILED\nYou do not have permission in account {account}.");
        assert_eq!(text(&refused), Some((Some(account.to_owned()), Mend::Viewer)));
        assert_eq!(text("<!DOCTYPE HTML><title>IBM Cloud"), Some((None, Mend::LogIn)));
        assert_eq!(text("remember the milk"), None);
    }
}
