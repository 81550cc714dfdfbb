//! Misuse, as JavaScript expects it: a thrown `Error`.

use js_sys::{Error, Reflect};
use kmsguard::api::RequestError;
use wasm_bindgen::JsValue;

/// An `Error` with the fields `code` and `help` beside its message.
pub(crate) fn thrown(error: &RequestError) -> JsValue {
    let thrown = Error::new(&error.message);
    for (field, text) in [("code", error.code), ("help", &error.help)] {
        // A fresh object takes any field.
        let _ = Reflect::set(&thrown, &field.into(), &text.into());
    }
    thrown.into()
}

/// A request that cannot be read: an option that is none, or a value it does not take.
pub(crate) fn option(error: &dyn core::fmt::Display) -> JsValue {
    let message = error.to_string();
    // The reader of requests speaks of variants, which are values to everyone else.
    let message = message.strip_prefix("unknown variant").map(|rest| format!("unknown value{rest}")).unwrap_or(message);
    thrown(&RequestError {
        code: "REQ007",
        message,
        help: "the options and their values are described in the package's types".to_owned(),
    })
}
