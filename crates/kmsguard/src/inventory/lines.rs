//! On which line a byte of a text stands.

/// The text is counted in blocks of so many bytes.
const BLOCK: usize = 512;

/// How many lines end before each block of a text. What is left to count is one block, which was just looked at.
#[derive(Debug)]
pub(crate) struct Lines(Vec<u32>);

impl Lines {
    pub(super) fn of(text: &[u8]) -> Self {
        let mut before = 0_u32;
        let blocks = text.chunks(BLOCK).map(|block| {
            let here = before;
            before += u32::from(ends(block));
            here
        });
        Self(blocks.collect())
    }

    /// The line on which a byte stands, from 1.
    pub(super) fn line(&self, text: &[u8], offset: usize) -> u32 {
        let block = offset / BLOCK;
        let before = self.0.get(block).or(self.0.last()).copied().unwrap_or(0);
        let rest = text.get(block * BLOCK..offset).unwrap_or_default();
        before + u32::from(ends(rest)) + 1
    }
}

/// How many lines end in a block.
fn ends(block: &[u8]) -> u16 {
    block.iter().map(|byte| u16::from(*byte == b'\n')).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_more_than_the_line_ends_before_it() {
        let text = "a\n".repeat(BLOCK) + &"b".repeat(3 * BLOCK) + "\n\nc";
        let text = text.as_bytes();
        let lines = Lines::of(text);
        for offset in 0..text.len() {
            let expected = text.iter().take(offset).filter(|byte| **byte == b'\n').count() + 1;
            assert_eq!(lines.line(text, offset), u32::try_from(expected).expect("few lines"), "{offset}");
        }
        assert_eq!(Lines::of(b"").line(b"", 0), 1);
    }
}
