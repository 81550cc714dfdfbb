//! The page of a rule: the comment at the head of its file. That alone becomes part of the program, and not the code beneath it,
//! which would be a third of what browsers load.

/// How many bytes the lines have that begin with the mark, up to the first that does not.
pub(super) const fn length(file: &str) -> usize {
    let mut rest = file.as_bytes();
    let mut length = 0;
    while let [first, second, third, ..] = rest {
        if *first != b'/' || *second != b'/' || *third != b'!' {
            break;
        }
        while let [byte, after @ ..] = rest {
            rest = after;
            length += 1;
            if *byte == b'\n' {
                break;
            }
        }
    }
    length
}

/// The first bytes of a file.
pub(super) const fn head<const LENGTH: usize>(file: &str) -> [u8; LENGTH] {
    match file.as_bytes().first_chunk() {
        Some(head) => *head,
        None => [0; LENGTH],
    }
}

/// The comment at the head of a file beside the one that asks, as the text of a constant.
macro_rules! page {
    ($file:literal) => {{
        const FILE: &str = include_str!($file);
        const HEAD: [u8; $crate::rules::page::length(FILE)] = $crate::rules::page::head(FILE);
        match std::str::from_utf8(&HEAD) {
            Ok(page) => page,
            Err(_) => "",
        }
    }};
}
pub(super) use page;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_where_the_comment_ends() {
        const FILE: &str = "//! # One\n//!\n//! two\n\nuse three;\n//! four\n";
        assert_eq!(length(FILE), "//! # One\n//!\n//! two\n".len());
        assert_eq!(&head::<10>(FILE), b"//! # One\n");
        assert_eq!(length("use three;\n"), 0);
        assert_eq!(length("//!"), 3, "a file may end without a line break");
    }
}
