//! The last line: what was written, so that a cut file is noticed.

use crate::error::ReadError;

/// The counts in the last line of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Footer {
    pub(super) line: u64,
    pub(super) objects: Option<u64>,
    pub(super) refs: Option<u64>,
}

impl Footer {
    /// Compares the counts, as far as they are there, with those of the file.
    pub(super) fn check(&self, n_objects: u64, n_refs: u64) -> Result<(), ReadError> {
        let (objects, refs) = (
            self.objects.unwrap_or(n_objects),
            self.refs.unwrap_or(n_refs),
        );
        if (objects, refs) == (n_objects, n_refs) {
            return Ok(());
        }
        Err(ReadError::Miscounted {
            line: self.line,
            objects,
            refs,
            n_objects,
            n_refs,
        })
    }
}
