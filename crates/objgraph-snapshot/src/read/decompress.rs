//! Plain bytes from whatever a file is compressed with, told by its first bytes.

use crate::error::ReadError;
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::error::Error;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// How much is read ahead of a decoder.
const BUFFER_BYTES: usize = 1 << 17;

/// The bytes of a file, decompressed.
pub(super) fn plain<'r>(
    mut input: impl Read + Send + 'r,
) -> Result<Box<dyn Read + Send + 'r>, ReadError> {
    let mut magic = Vec::new();
    let read = input
        .by_ref()
        .take(ZSTD.len() as u64)
        .read_to_end(&mut magic);
    read.map_err(|source| ReadError::Io { line: 0, source })?;
    let (is_gzip, is_zstd) = (magic.starts_with(GZIP), magic.starts_with(ZSTD));
    let whole: Chain<_, _> = Cursor::new(magic).chain(input);
    if is_gzip {
        Ok(Box::new(MultiGzDecoder::new(BufReader::with_capacity(
            BUFFER_BYTES,
            whole,
        ))))
    } else if is_zstd {
        Ok(Box::new(Frames::new(BufReader::with_capacity(
            BUFFER_BYTES,
            whole,
        ))))
    } else {
        Ok(Box::new(whole))
    }
}

/// An error of the decoder; that data break off is told by what caused it.
fn failure(error: impl Into<Box<dyn Error + Send + Sync>>) -> io::Error {
    let error = error.into();
    let mut cause: Option<&(dyn Error + 'static)> = Some(&*error);
    while let Some(found) = cause {
        if found.downcast_ref::<io::Error>().is_some_and(breaks_off) {
            return io::ErrorKind::UnexpectedEof.into();
        }
        cause = found.source();
    }
    io::Error::new(io::ErrorKind::InvalidData, error)
}

fn breaks_off(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}

/// All frames of a zstd file, one after the other.
struct Frames<R: BufRead> {
    frame: Option<Box<StreamingDecoder<R, FrameDecoder>>>,
    /// What is behind the last frame.
    rest: Option<R>,
}

impl<R: BufRead> Frames<R> {
    fn new(input: R) -> Self {
        Self {
            frame: None,
            rest: Some(input),
        }
    }

    /// Begins the next frame, if there is one.
    fn begin(&mut self) -> io::Result<bool> {
        let Some(mut rest) = self.rest.take() else {
            return Ok(self.frame.is_some());
        };
        if rest.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let frame = StreamingDecoder::new(rest).map_err(failure)?;
        self.frame = Some(Box::new(frame));
        Ok(true)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.begin()? {
            let Some(frame) = &mut self.frame else { break };
            let n_bytes = frame.read(buffer).map_err(failure)?;
            if n_bytes > 0 {
                return Ok(n_bytes);
            }
            self.rest = self.frame.take().map(|frame| frame.into_inner());
        }
        Ok(0)
    }
}
