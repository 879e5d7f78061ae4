//! Whatever the bytes are, they give a heap or an error.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use objgraph_snapshot::{Compression, ReadOptions, read, write};
use proptest::prelude::*;

const FILE: &str = r#"{"format":"objgraph-heap","version":1,"runtime":"CPython 3.11.7","pointer_bytes":8}
{"id":5,"type":"dict","module":"builtins","size":232,"strong":2,"value":"4 \"items\" \u00e4","root":"sys.modules","refs":[[6,"name"],[7,"[0]"],[9]]}
{"id":6,"type":"Rc<Node>","size":48,"owned":96,"strong":2,"weak":1,"site":"main.py:3","serial":9,"refs":[[5,".parent","weak"]]}
{"id":7,"type":"int","state":"busy","later":[{"x":[null,true,-1.5e3]}],"refs":[[7,null,"raw"]]}
{"end":true,"objects":3,"refs":5}
"#;

/// A file that is whole, as it is or compressed.
fn whole(compression: Compression) -> Vec<u8> {
    if compression == Compression::None {
        return FILE.into();
    }
    let heap = read(FILE.as_bytes(), &ReadOptions::default()).unwrap();
    let mut file = Vec::new();
    write(&heap.graph, &heap.header, compression, &mut file).unwrap();
    file
}

/// Changes to a file: a byte becomes another, a part is left out, a part comes twice.
#[derive(Clone, Debug)]
enum Change {
    Byte(usize, u8),
    Cut(usize, usize),
    Again(usize, usize),
    Text(usize, &'static str),
}

/// What readers stumble over.
const TEXTS: [&str; 9] = [
    "\u{0}",
    "\n",
    "\"",
    "[[",
    "]]",
    "18446744073709551616",
    "\\ud800",
    "1e999",
    "{\"id\":",
];

fn change() -> impl Strategy<Value = Change> {
    let place = || 0..4096_usize;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(place, byte)| Change::Byte(place, byte)),
        (place(), 0..40_usize).prop_map(|(place, len)| Change::Cut(place, len)),
        (place(), 0..200_usize).prop_map(|(place, len)| Change::Again(place, len)),
        (place(), prop::sample::select(&TEXTS[..]))
            .prop_map(|(place, text)| Change::Text(place, text)),
    ]
}

impl Change {
    fn apply(&self, file: &mut Vec<u8>) {
        let place = |place: usize| place % (file.len() + 1);
        match *self {
            Self::Byte(at, byte) => {
                let at = place(at);
                if let Some(old) = file.get_mut(at) {
                    *old = byte;
                }
            }
            Self::Cut(at, len) => {
                let at = place(at);
                file.drain(at..file.len().min(at + len));
            }
            Self::Again(at, len) => {
                let at = place(at);
                let part = file[at..file.len().min(at + len)].to_vec();
                file.splice(at..at, part);
            }
            Self::Text(at, text) => {
                let at = place(at);
                file.splice(at..at, text.bytes());
            }
        }
    }
}

proptest! {
    #[test]
    fn damaged_files_are_refused_or_read(
        compression in prop::sample::select(vec![Compression::None, Compression::Gzip, Compression::Zstd]),
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let mut file = whole(compression);
        changes.iter().for_each(|change| change.apply(&mut file));
        let strict = read(&file[..], &ReadOptions::default());
        let lenient = read(&file[..], &ReadOptions::default().lenient(true));
        // What is read strictly is read leniently too, and what is saved is a graph like any other.
        if let Ok(strict) = strict {
            let lenient = lenient.as_ref().map(|heap| (heap.graph.n_nodes(), heap.warnings.len()));
            prop_assert_eq!(lenient.ok(), Some((strict.graph.n_nodes(), strict.warnings.len())));
        }
        if let Ok(heap) = lenient {
            for node in heap.graph.nodes() {
                let n_nodes = heap.graph.n_nodes();
                prop_assert!(heap.graph.referents(node.id()).all(|target| (target.0 as usize) < n_nodes));
                prop_assert_eq!(heap.graph.with_shown_id(node.shown_id()), Some(node.id()));
            }
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes[..], &ReadOptions::default().lenient(true)).is_err());
    }

    #[test]
    fn any_bytes_behind_the_first_line_are_no_heap_but_can_be_passed_over(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let header = FILE.lines().next().unwrap_or_default();
        let file = [header.as_bytes(), b"\n", &bytes].concat();
        prop_assert!(read(&file[..], &ReadOptions::default()).is_err());
        let snapshot = read(&file[..], &ReadOptions::default().lenient(true)).unwrap();
        prop_assert_eq!((snapshot.graph.n_nodes(), snapshot.warnings.len()), (0, 1));
    }
}
