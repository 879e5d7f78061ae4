//! Bytes into blocks of whole lines.

use std::io::{self, Read};

/// How much is read at once.
const BLOCK_BYTES: usize = 1 << 20;

/// The longest line. A list of forty million references fits.
const MAX_LINE_BYTES: usize = 1 << 30;

/// Some whole lines.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The number of the first line in the file, from 1.
    pub(super) first_line: u64,
    /// The lines; only the last of a file may have no line break behind it.
    pub(super) bytes: Vec<u8>,
}

/// Why there are no more blocks.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file ends.
    End,
    /// It cannot be read on behind a line.
    Failure {
        /// The last whole line.
        line: u64,
        /// Why.
        source: io::Error,
    },
    /// A line is longer than can be held.
    LongLine(u64),
}

/// Cuts a reader into blocks.
pub(super) struct Blocks<R> {
    input: R,
    next_line: u64,
    /// What is read, and not yet part of a block.
    rest: Vec<u8>,
    /// How the input ended, once it did.
    end: Option<Result<(), io::Error>>,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            next_line: 1,
            rest: Vec::new(),
            end: None,
        }
    }

    /// The first line without its line break, if it ends within a block; else all that there is of it.
    pub(super) fn first_line(&mut self) -> Result<Vec<u8>, Stop> {
        self.fill();
        if self.rest.is_empty() {
            return Err(self.stop());
        }
        let end = memchr::memchr(b'\n', &self.rest).unwrap_or(self.rest.len());
        let behind = self.rest.split_off((end + 1).min(self.rest.len()));
        let mut line = std::mem::replace(&mut self.rest, behind);
        line.truncate(end);
        self.next_line += 1;
        Ok(line)
    }

    /// The next lines.
    pub(super) fn next_block(&mut self) -> Result<Block, Stop> {
        let mut n_searched = 0;
        loop {
            if self.rest.len() >= BLOCK_BYTES || self.end.is_some() {
                if let Some(end) = memchr::memrchr(b'\n', &self.rest[n_searched..]) {
                    return Ok(self.block(n_searched + end + 1));
                }
                n_searched = self.rest.len();
            }
            match &self.end {
                Some(Ok(())) if n_searched > 0 => return Ok(self.block(n_searched)),
                Some(_) => return Err(self.stop()),
                None if n_searched >= MAX_LINE_BYTES => return Err(Stop::LongLine(self.next_line)),
                None => self.fill(),
            }
        }
    }

    fn block(&mut self, len: usize) -> Block {
        let behind = self.rest.split_off(len);
        let bytes = std::mem::replace(&mut self.rest, behind);
        let first_line = self.next_line;
        self.next_line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Block { first_line, bytes }
    }

    /// Reads on: until there is a block, or as much again as there is of a long line.
    fn fill(&mut self) {
        let n_wanted = (BLOCK_BYTES.saturating_sub(self.rest.len())).max(self.rest.len());
        self.rest.reserve(n_wanted);
        let read = self
            .input
            .by_ref()
            .take(n_wanted as u64)
            .read_to_end(&mut self.rest);
        match read {
            Ok(n_read) if n_read == n_wanted => {}
            read => self.end = Some(read.map(|_| ())),
        }
    }

    fn stop(&mut self) -> Stop {
        match self.end.replace(Ok(())) {
            Some(Err(source)) => Stop::Failure {
                line: self.next_line - 1,
                source,
            },
            _ => Stop::End,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK_BYTES, Block, Blocks, Stop};
    use std::io::{self, Read};

    fn blocks(mut blocks: Blocks<impl Read>) -> (Vec<Block>, Stop) {
        let mut found = Vec::new();
        loop {
            match blocks.next_block() {
                Ok(block) => found.push(block),
                Err(stop) => return (found, stop),
            }
        }
    }

    #[test]
    fn blocks_are_whole_lines_with_their_numbers() {
        let lines: Vec<String> = (1..200_000).map(|line| format!("line {line}")).collect();
        let file = format!("{}\nthe last", lines.join("\n"));
        let mut reader = Blocks::new(file.as_bytes());
        assert_eq!(reader.first_line().unwrap(), b"line 1");
        let (found, stop) = blocks(reader);
        assert!(found.len() > 2 && matches!(stop, Stop::End));
        for block in &found {
            let text = format!("line {}\n", block.first_line);
            assert!(block.bytes.starts_with(text.as_bytes()) || block.first_line == 200_000);
        }
        let joined: Vec<u8> = found.into_iter().flat_map(|block| block.bytes).collect();
        assert_eq!(joined, &file.as_bytes()[7..]);
    }

    #[test]
    fn a_line_may_be_longer_than_a_block() {
        let line = vec![b'x'; 5 * BLOCK_BYTES + 3];
        let file = [&line[..], b"\nshort\n"].concat();
        let (found, _) = blocks(Blocks::new(&file[..]));
        assert_eq!(
            found.iter().map(|block| block.bytes.len()).sum::<usize>(),
            file.len()
        );
        assert_eq!(found[0].first_line, 1);
    }

    #[test]
    fn what_is_read_before_a_failure_comes_before_it() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
        }
        let (found, stop) = blocks(Blocks::new((&b"one\ntwo\nthr"[..]).chain(Broken)));
        assert_eq!(found[0].bytes, b"one\ntwo\n");
        assert!(matches!(stop, Stop::Failure { line: 2, .. }));
    }
}
