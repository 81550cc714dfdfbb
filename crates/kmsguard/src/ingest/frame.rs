//! From the bytes of a file to text: gzip, byte order marks, UTF-16.
//!
//! All positions that answers name are of the text that comes out of here: of a compressed input, of what was in it; of UTF-16,
//! of the same text in UTF-8.

use std::io::Read;
use std::sync::Arc;

use flate2::bufread::GzDecoder;

use super::fault::FaultKind;
use super::input::Input;

/// An input may have fewer bytes than this: 4 GiB, so that a place in it takes four bytes.
const MOST_BYTES: usize = u32::MAX as usize;

/// What comes out of a compressed input may have so many bytes: 1 GiB. A full list of a large account has a tenth of it.
pub(super) const MOST_INFLATED: usize = 1 << 30;

/// What comes out of a compressed input may be so many times as large as what went in. Lists of registrations, in which all but ids
/// repeats, come to 40; a bomb comes to 1,000.
pub(super) const MOST_TIMES: usize = 250;

/// Up to so many bytes the ratio does not matter: 1 MiB.
const SMALL: usize = 1 << 20;

/// An input as text.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    /// The input's name.
    pub(crate) name: String,
    /// Whether it was given by name.
    pub(crate) named: bool,
    /// Its text; empty where there is none to read. It may begin with a byte order mark.
    pub(crate) text: Arc<String>,
    /// Why there is no text, or less than there should be.
    pub(crate) fault: Option<FaultKind>,
    /// Whether it is no text at all, which in a folder is no fault.
    pub(crate) is_binary: bool,
}

/// Opens an input.
pub(crate) fn open(input: Input) -> Opened {
    let mut opened = Opened {
        name: input.name,
        named: input.named,
        text: Arc::default(),
        fault: input.unread.map(FaultKind::Unread),
        is_binary: false,
    };
    if opened.fault.is_some() {
        return opened;
    }
    let bytes = match inflated(input.bytes) {
        Ok(bytes) => bytes,
        Err(fault) => return Opened { fault: Some(fault), ..opened },
    };
    if bytes.len() >= MOST_BYTES {
        return Opened { fault: Some(FaultKind::TooLarge), ..opened };
    }
    match text(bytes) {
        Ok(text) => opened.text = Arc::new(text),
        Err((fault, is_json)) => {
            // A picture in a folder is no export; JSON that stops being text is a damaged one.
            opened.is_binary = true;
            opened.fault = (opened.named || is_json).then_some(fault);
        }
    }
    opened
}

/// What a gzip file holds, of all its members; anything else as it is.
fn inflated(bytes: Vec<u8>) -> Result<Vec<u8>, FaultKind> {
    // RFC 1952: two bytes of identification, and deflate as the only method there is.
    if !bytes.starts_with(&[0x1f, 0x8b, 8]) {
        return Ok(bytes);
    }
    let most = bytes.len().saturating_mul(MOST_TIMES).clamp(SMALL, MOST_INFLATED);
    let mut inflated = Vec::new();
    let mut rest = bytes.as_slice();
    loop {
        let room = most + 1 - inflated.len();
        let mut member = GzDecoder::new(rest);
        let read = member.by_ref().take(room as u64).read_to_end(&mut inflated);
        if inflated.len() > most {
            return Err(FaultKind::InflatesTooFar);
        }
        if read.is_err() {
            return Err(FaultKind::DamagedGzip);
        }
        rest = member.into_inner();
        // Files are padded with zeros by some tools; anything else behind the last member is damage.
        match rest.iter().position(|byte| *byte != 0) {
            None => return Ok(inflated),
            Some(0) if rest.starts_with(&[0x1f, 0x8b, 8]) => {}
            Some(_) => return Err(FaultKind::DamagedGzip),
        }
    }
}

/// The text, or what is wrong with it and whether it looks like JSON.
fn text(bytes: Vec<u8>) -> Result<String, (FaultKind, bool)> {
    match bytes.get(..2) {
        Some([0xff, 0xfe]) => utf16(&bytes, u16::from_le_bytes),
        Some([0xfe, 0xff]) => utf16(&bytes, u16::from_be_bytes),
        _ => String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            (FaultKind::NotUtf8 { offset }, looks_like_json(error.as_bytes()))
        }),
    }
}

/// The text of UTF-16 with a byte order mark, which `>` of Windows PowerShell writes.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, (FaultKind, bool)> {
    let (pairs, odd) = bytes.get(2..).unwrap_or_default().as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    let mut offset = 2;
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(character) = character else { return Err((FaultKind::NotUtf16 { offset }, true)) };
        text.push(character);
        offset += 2 * character.len_utf16();
    }
    if odd.is_empty() { Ok(text) } else { Err((FaultKind::NotUtf16 { offset }, true)) }
}

/// Whether bytes begin as JSON does that could be an export.
pub(crate) fn looks_like_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'{' | b'['))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    }

    fn opened(bytes: Vec<u8>) -> Result<String, FaultKind> {
        let opened = open(Input::named("a", bytes));
        opened.fault.map_or(Ok((*opened.text).clone()), Err)
    }

    #[test]
    fn gzip_is_inflated_with_all_its_members_and_padding() {
        let mut bytes = gzip(b"[1,");
        bytes.extend(gzip(b"2]"));
        assert_eq!(opened(bytes.clone()), Ok("[1,2]".to_owned()));
        bytes.extend([0; 512]);
        assert_eq!(opened(bytes.clone()), Ok("[1,2]".to_owned()));
        bytes.push(1);
        assert_eq!(opened(bytes), Err(FaultKind::DamagedGzip));
    }

    #[test]
    fn half_a_gzip_file_and_a_changed_one_are_damaged() {
        let whole = gzip(b"[1,2,3,4,5,6]");
        for length in 3..whole.len() {
            assert_eq!(opened(whole[..length].to_vec()), Err(FaultKind::DamagedGzip), "{length}");
        }
        let mut changed = whole;
        let last = changed.len() - 6;
        changed[last] ^= 1;
        assert_eq!(opened(changed), Err(FaultKind::DamagedGzip));
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        assert_eq!(opened(gzip(&vec![b' '; 8 << 20])), Err(FaultKind::InflatesTooFar));
        assert_eq!(opened(gzip(&vec![b' '; SMALL])).map(|text| text.len()), Ok(SMALL));
        // A bomb in many members is one too.
        let many: Vec<u8> = gzip(&vec![b' '; SMALL]).repeat(8);
        assert_eq!(opened(many), Err(FaultKind::InflatesTooFar));
    }

    #[test]
    fn utf16_of_either_order_is_read_and_half_a_character_is_not() {
        let units: Vec<u16> = "{\"é\":\"😀\"}".encode_utf16().collect();
        let little: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(units.iter().flat_map(|unit| unit.to_le_bytes())).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(units.iter().flat_map(|unit| unit.to_be_bytes())).collect();
        assert_eq!(opened(little.clone()), Ok("{\"é\":\"😀\"}".to_owned()));
        assert_eq!(opened(big), Ok("{\"é\":\"😀\"}".to_owned()));
        assert_eq!(opened(little[..little.len() - 1].to_vec()), Err(FaultKind::NotUtf16 { offset: little.len() - 2 }));
        // The second half of the face is gone.
        assert_eq!(opened(little[..16].to_vec()), Err(FaultKind::NotUtf16 { offset: 14 }));
    }

    #[test]
    fn what_is_no_text_is_a_fault_by_name_or_where_it_looks_like_json() {
        let found = |bytes: &[u8]| open(Input::found("a", bytes)).fault;
        assert_eq!(found(b"\x89PNG\xff"), None);
        assert_eq!(found(b"[\"\xff\"]"), Some(FaultKind::NotUtf8 { offset: 2 }));
        assert_eq!(opened(b"\x89PNG\xff".to_vec()), Err(FaultKind::NotUtf8 { offset: 0 }));
    }
}
