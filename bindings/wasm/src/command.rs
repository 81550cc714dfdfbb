//! The command, over a host written in JavaScript.

use kmsguard_cli::{Entry, EntryKind, Host, HostError, Stream};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    /// What the command needs of the machine. A method that fails throws an `Error` with a `code` as Node's.
    #[wasm_bindgen(typescript_type = "Host")]
    pub type JsHost;

    #[wasm_bindgen(method, catch)]
    fn read(this: &JsHost, path: &str) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn list(this: &JsHost, path: &str) -> Result<Vec<JsEntry>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn kind(this: &JsHost, path: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch, js_name = readStdin)]
    fn read_stdin(this: &JsHost) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = readStdinPart)]
    fn read_stdin_part(this: &JsHost) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn write(this: &JsHost, path: &str, bytes: &[u8]) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn stdout(this: &JsHost, bytes: &[u8]);
    #[wasm_bindgen(method)]
    fn stderr(this: &JsHost, bytes: &[u8]);
    #[wasm_bindgen(method, js_name = isTerminal)]
    fn is_terminal(this: &JsHost, stream: &str) -> bool;
    #[wasm_bindgen(method)]
    fn width(this: &JsHost) -> Option<u16>;
    #[wasm_bindgen(method)]
    fn variable(this: &JsHost, name: &str) -> Option<String>;
    #[wasm_bindgen(method, js_name = unixSeconds)]
    fn unix_seconds(this: &JsHost) -> f64;

    /// Something in a folder.
    pub type JsEntry;
    #[wasm_bindgen(method, getter)]
    fn name(this: &JsEntry) -> String;
    #[wasm_bindgen(method, getter, js_name = kind)]
    fn entry_kind(this: &JsEntry) -> String;

    /// An error of the host.
    type Coded;
    #[wasm_bindgen(method, getter)]
    fn code(this: &Coded) -> Option<String>;
}

/// Runs the command and gives its exit code. `arguments` are without the program's name.
#[wasm_bindgen]
#[must_use]
pub fn run(arguments: Vec<String>, host: JsHost) -> u8 {
    kmsguard_cli::run(&arguments, &Door(host))
}

struct Door(JsHost);

impl Host for Door {
    fn read(&self, path: &str) -> Result<Vec<u8>, HostError> {
        self.0.read(path).map_err(refused)
    }

    fn list(&self, path: &str) -> Result<Vec<Entry>, HostError> {
        let entries = self.0.list(path).map_err(refused)?;
        Ok(entries.iter().map(|entry| Entry { name: entry.name(), kind: kind(&entry.entry_kind()) }).collect())
    }

    fn kind(&self, path: &str) -> Result<EntryKind, HostError> {
        self.0.kind(path).map(|name| kind(&name)).map_err(refused)
    }

    fn read_stdin(&self) -> Result<Vec<u8>, HostError> {
        self.0.read_stdin().map_err(refused)
    }

    fn read_stdin_part(&self) -> Result<Vec<u8>, HostError> {
        self.0.read_stdin_part().map_err(refused)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), HostError> {
        self.0.write(path, bytes).map_err(refused)
    }

    fn stdout(&self, bytes: &[u8]) {
        self.0.stdout(bytes);
    }

    fn stderr(&self, bytes: &[u8]) {
        self.0.stderr(bytes);
    }

    fn is_terminal(&self, stream: Stream) -> bool {
        self.0.is_terminal(match stream {
            Stream::Stdin => "stdin",
            Stream::Stdout => "stdout",
            Stream::Stderr => "stderr",
        })
    }

    fn width(&self) -> Option<u16> {
        self.0.width()
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.0.variable(name)
    }

    fn unix_seconds(&self) -> i64 {
        self.0.unix_seconds() as i64
    }
}

fn kind(name: &str) -> EntryKind {
    match name {
        "file" => EntryKind::File,
        "folder" => EntryKind::Folder,
        "link" => EntryKind::Link,
        _ => EntryKind::Other,
    }
}

/// Why the host refused, by the codes of POSIX that Node's errors carry.
fn refused(error: JsValue) -> HostError {
    let code = error.is_object().then(|| error.unchecked_into::<Coded>().code()).flatten();
    match code.as_deref() {
        Some("ENOENT") => HostError::NotFound,
        Some("EACCES" | "EPERM") => HostError::NotPermitted,
        Some("ECHANGED") => HostError::Changed,
        Some("EISDIR" | "ENOTDIR") => HostError::NotAFile,
        _ => HostError::Other,
    }
}
