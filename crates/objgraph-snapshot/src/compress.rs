//! What a heap file is compressed with.

use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::{self, Write};
use std::path::Path;

/// How a heap file is compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// As gzip does.
    Gzip,
    /// As zstd does.
    Zstd,
}

impl Compression {
    /// What the extension of a path stands for: `.gz`, `.zst`, or no compression.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_snapshot::Compression;
    ///
    /// assert_eq!(Compression::of("heap.jsonl.zst".as_ref()), Compression::Zstd);
    /// assert_eq!(Compression::of("heap.jsonl".as_ref()), Compression::None);
    /// ```
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        match extension.to_str() {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            _ => Self::None,
        }
    }
}

/// Calls `write` with a writer that compresses, and ends the compressed data.
pub(crate) fn compressed(
    mut out: impl Write,
    compression: Compression,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    match compression {
        Compression::None => write(&mut out),
        Compression::Gzip => {
            let mut encoder = GzEncoder::new(out, flate2::Compression::default());
            write(&mut encoder)?;
            encoder.finish()?.flush()
        }
        Compression::Zstd => {
            let mut frames = ZstdFrames {
                out,
                pending: Vec::new(),
            };
            write(&mut frames)?;
            frames.end_frame()?;
            frames.out.flush()
        }
    }
}

/// How much text goes into one frame: the encoder wants all of it at once.
const FRAME_BYTES: usize = 4 << 20;

/// Compresses frame by frame; a file of several frames is read like one of a single frame.
struct ZstdFrames<W> {
    out: W,
    pending: Vec<u8>,
}

impl<W: Write> ZstdFrames<W> {
    fn end_frame(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let frame = compress_to_vec(&self.pending[..], CompressionLevel::Fastest);
        self.pending.clear();
        self.out.write_all(&frame)
    }
}

impl<W: Write> Write for ZstdFrames<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= FRAME_BYTES {
            self.end_frame()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
