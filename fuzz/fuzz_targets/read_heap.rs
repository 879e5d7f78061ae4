//! Any bytes are read or refused; what is read is written and read again as it is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use objgraph_snapshot::{Compression, ReadOptions, read, write};

fuzz_target!(|bytes: &[u8]| {
    let Ok(heap) = read(bytes, &ReadOptions::default().lenient(true)) else { return };
    let written = |heap: &objgraph_snapshot::Heap| {
        let mut file = Vec::new();
        write(&heap.graph, &heap.header, Compression::None, &mut file).expect("memory takes everything");
        file
    };
    let first = written(&heap);
    let again = read(&first[..], &ReadOptions::default()).expect("what is written is a heap file");
    assert_eq!(written(&again), first);
});
