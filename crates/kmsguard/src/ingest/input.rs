//! What a door hands over: a name and bytes, or the reason why there are none.

/// One file, stream or document, by the name under which answers speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name: the path as given with `/` as separator, `-` for standard input, or `objects[0]` for an object.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether it was given by name. Of a file that was only found in a folder it is no fault to be no export.
    pub named: bool,
    /// Why there is no content, where there is none.
    pub unread: Option<Unread>,
}

/// Why a door could not read an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// There is no such file or folder.
    NotFound,
    /// It may not be read.
    NotPermitted,
    /// It is neither a regular file nor a folder.
    NotAFile,
    /// It is a folder without any file.
    EmptyFolder,
    /// It is a link: links are not followed.
    Link,
    /// A link, or something else that is no regular file, in a folder: it is passed over.
    PassedOver,
    /// It changed while it was read, so what was read may be half of the old and half of the new.
    Changed,
    /// Reading it failed.
    Failed,
}

impl Input {
    /// An input given by its name.
    #[must_use]
    pub fn named(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), named: true, unread: None }
    }

    /// An input found in a folder.
    #[must_use]
    pub fn found(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), named: false, unread: None }
    }

    /// An input that could not be read.
    #[must_use]
    pub fn unread(name: impl Into<String>, why: Unread) -> Self {
        Self { name: name.into(), bytes: Vec::new(), named: true, unread: Some(why) }
    }
}
