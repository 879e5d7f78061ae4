//! A block of lines into a batch.

use super::batch::Batch;
use super::blocks::Block;
use super::line::{parse, reason};
use crate::error::ReadError;

/// Reads all lines of a block, up to the first that is malformed.
pub(super) fn batch(block: &Block) -> Batch {
    let mut batch = Batch::default();
    let (text, stray) = match std::str::from_utf8(&block.bytes) {
        Ok(text) => (text, None),
        Err(error) => valid(&block.bytes, error.valid_up_to()),
    };
    let mut line = block.first_line;
    let mut rest = text;
    while !rest.is_empty() {
        let (text, behind) = first_line(rest);
        rest = behind;
        // What stands before a stray byte is no whole line.
        let is_cut = stray.is_some() && rest.is_empty() && !text.ends_with('\n');
        if is_cut || batch.error.is_some() {
            break;
        }
        batch.error = read(text, line, &mut batch).err();
        line += 1;
    }
    if let Some(column) = stray.filter(|_| batch.error.is_none()) {
        batch.error = Some(ReadError::Malformed {
            line,
            column,
            reason: "a byte that is not UTF-8".to_owned(),
        });
    }
    batch
}

/// The first line with its line break, and what is behind. Twice as fast as `split_inclusive`.
fn first_line(text: &str) -> (&str, &str) {
    let end = memchr::memchr(b'\n', text.as_bytes());
    text.split_at(end.map_or(text.len(), |end| end + 1))
}

/// The text before a byte that is not UTF-8, and the column of that byte.
fn valid(bytes: &[u8], len: usize) -> (&str, Option<u64>) {
    let text = std::str::from_utf8(&bytes[..len]).unwrap_or_default();
    let column = len - text.rfind('\n').map_or(0, |end| end + 1) + 1;
    (text, Some(column as u64))
}

fn read(text: &str, line: u64, batch: &mut Batch) -> Result<(), ReadError> {
    if text.trim_ascii().is_empty() {
        return Ok(());
    }
    if batch.footer.is_some() {
        return Err(behind_footer(line));
    }
    parse(text.trim_ascii_end(), line, batch).map_err(|error| {
        // A file that breaks off inside of a line was cut; it is not wrong.
        if error.is_eof() && !text.ends_with('\n') {
            ReadError::Truncated {
                line: line - 1,
                n_objects: 0,
                reason: "the last line breaks off".to_owned(),
            }
        } else {
            ReadError::Malformed {
                line,
                column: error.column().max(1) as u64,
                reason: reason(&error),
            }
        }
    })
}

/// Nothing comes behind the footer.
pub(super) fn behind_footer(line: u64) -> ReadError {
    ReadError::Malformed {
        line,
        column: 1,
        reason: "the footer, {\"end\":true,…}, stands before this line; it has to be the last"
            .to_owned(),
    }
}
