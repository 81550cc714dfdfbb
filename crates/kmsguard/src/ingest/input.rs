//! What a door hands over: a name and bytes.

/// One file, stream or document, by the name under which answers speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name: the path as given with `/` as separator, `-` for standard input, or `objects[0]` for an object.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether it was given by name. Of a file that was only found in a folder it is no fault to be no export.
    pub named: bool,
}
