//! Where a reader stands in a document. Written out only for a fault, which nearly no policy has.

use std::fmt::Write as _;

/// A place: a member or an item of the place above it.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Root,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl<'a> Place<'a> {
    pub(super) const fn member(&'a self, name: &'a str) -> Self {
        Self::Member(self, name)
    }

    pub(super) const fn item(&'a self, index: usize) -> Self {
        Self::Item(self, index)
    }

    /// The JSON pointer of the place. No name that is written here needs an escape.
    pub(super) fn pointer(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Root => {}
            Self::Member(above, name) => {
                above.write(text);
                text.push('/');
                text.push_str(name);
            }
            Self::Item(above, index) => {
                above.write(text);
                // Writing to a `String` cannot fail.
                let _ = write!(text, "/{index}");
            }
        }
    }
}
