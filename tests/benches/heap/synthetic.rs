//! Heaps of any size that nobody has had: as a file that is written while it is read, and as a random graph.
//!
//! The file looks like the heap of a program in Python: four objects in ten are leaves, the others refer mostly to
//! their neighbours, which were allocated with them, some to what all share, and a few to anywhere.

use objgraph_benches::random::Random;
use objgraph_graph::{GraphBuilder, NewNode, NodeId, ObjectGraph};
use objgraph_trace::EdgeKind;
use std::io::{self, Read, Write as _};

/// Types, modules and the like, that everything refers to.
const N_HUBS: usize = 1_000;
const N_ROOTS: u64 = 100;
/// How far neighbours are apart.
const NEAR: usize = 64;
const FIRST_ADDRESS: u64 = 0x7f00_0000_0000;
/// How much is written at once.
const PIECE_BYTES: usize = 1 << 16;

const HOLDERS: [&str; 4] = ["dict", "tuple", "list", "Session"];
const FIELDS: [&str; 6] = [
    "__dict__",
    "__class__",
    "parent",
    "name",
    "__module__",
    "items",
];

/// A graph whose references lead from anywhere to anywhere, which is hardest for caches.
pub(crate) fn random_graph(n_nodes: u32, n_edges: usize) -> ObjectGraph {
    let mut random = Random(n_nodes.into());
    let mut builder = GraphBuilder::default();
    let label = builder.add_label("");
    (0..n_nodes).for_each(|_| _ = builder.add_node(NewNode::new("Object").sizes(16, 0)));
    let mut any = || NodeId(random.below(n_nodes as usize) as u32);
    for _ in 0..n_edges {
        builder.add_edge_labelled(any(), any(), EdgeKind::Strong, label);
    }
    builder.add_root("root", NodeId(0));
    builder.finish()
}

/// A heap file, of which only a piece is there at any time.
pub(crate) struct HeapFile {
    random: Random,
    n_objects: u64,
    next_object: u64,
    n_refs: u64,
    is_ended: bool,
    piece: Vec<u8>,
    /// How much of the piece was read.
    n_read: usize,
}

impl HeapFile {
    /// A file of so many objects, with about five times as many references.
    pub(crate) fn new(n_objects: u64) -> Self {
        let header =
            "{\"format\":\"objgraph-heap\",\"version\":1,\"runtime\":\"CPython 3.11.7\"}\n";
        Self {
            random: Random(n_objects),
            n_objects,
            next_object: 0,
            n_refs: 0,
            is_ended: false,
            piece: header.into(),
            n_read: 0,
        }
    }

    /// Writes on.
    fn write_piece(&mut self) -> io::Result<()> {
        self.piece.clear();
        self.n_read = 0;
        while self.piece.len() < PIECE_BYTES && self.next_object < self.n_objects {
            self.write_object(self.next_object)?;
            self.next_object += 1;
        }
        if self.next_object == self.n_objects && !self.is_ended {
            self.is_ended = true;
            let (objects, refs) = (self.n_objects, self.n_refs);
            writeln!(
                self.piece,
                "{{\"end\":true,\"objects\":{objects},\"refs\":{refs}}}"
            )?;
        }
        Ok(())
    }

    fn write_object(&mut self, object: u64) -> io::Result<()> {
        match self.random.below(10) {
            0..4 => self.write_leaf(object)?,
            4..9 => self.write_holder(object, 6)?,
            _ => self.write_holder(object, 20)?,
        }
        if object < N_ROOTS {
            self.piece.write_all(b",\"root\":\"sys.modules\"")?;
        }
        self.piece.write_all(b"}\n")
    }

    /// One text in four is like no other.
    fn write_leaf(&mut self, object: u64) -> io::Result<()> {
        let number = match self.random.below(4) {
            0 => object,
            _ => self.random.below(1_000) as u64,
        };
        write!(
            self.piece,
            "{{\"id\":{},\"type\":\"str\",\"module\":\"builtins\",\"size\":56,\"strong\":2,\"value\":\"'name {number}'\"",
            address(object)
        )
    }

    fn write_holder(&mut self, object: u64, n_refs: u64) -> io::Result<()> {
        let name = HOLDERS[self.random.below(HOLDERS.len())];
        write!(
            self.piece,
            "{{\"id\":{},\"type\":\"{name}\",\"module\":\"app.model\",\"size\":{},\"strong\":1,\"refs\":",
            address(object),
            56 + 8 * n_refs,
        )?;
        for place in 0..n_refs {
            let target = address(self.target(object));
            let start = if place == 0 { '[' } else { ',' };
            match FIELDS.get(place as usize) {
                Some(field) => write!(self.piece, "{start}[{target},\"{field}\"]")?,
                None => write!(self.piece, "{start}[{target},\"[{place}]\"]")?,
            }
        }
        self.n_refs += n_refs;
        self.piece.write_all(b"]")
    }

    fn target(&mut self, source: u64) -> u64 {
        match self.random.below(20) {
            0..14 => (source + 1 + self.near()) % self.n_objects,
            14 => source.saturating_sub(self.near()),
            15..19 => self.random.below(N_HUBS) as u64 % self.n_objects,
            _ => self.random.below(self.n_objects as usize) as u64,
        }
    }

    fn near(&mut self) -> u64 {
        self.random.below(NEAR) as u64
    }
}

fn address(object: u64) -> u64 {
    FIRST_ADDRESS + 16 * object
}

impl Read for HeapFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.n_read == self.piece.len() {
            self.write_piece()?;
        }
        let n_bytes = (&self.piece[self.n_read..]).read(buffer)?;
        self.n_read += n_bytes;
        Ok(n_bytes)
    }
}
