# Everything that CI runs, in its order.
ci: test fmt clippy doc features examples dot cli python-tests heap browser valgrind fuzz bench-quick

# The README's test command.
test:
    cargo test --workspace

# Is the code formatted?
fmt:
    cargo fmt --all --check

# Lints, on everything that can be compiled.
clippy:
    cargo clippy --workspace --all-targets --all-features -- -D warnings

# The documentation, without a broken link.
doc:
    RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps

# Each feature alone.
features:
    .ci/run features

# Every example, in a folder of its own.
examples:
    .ci/run examples

# Graphviz on every DOT file that the examples write.
dot:
    .ci/run dot

# The command on DOT files, in every format.
cli:
    .ci/run # Heaps of a Python and of a Rust program, dumped and asked.
heap:
    .ci/run heap

cli

# The dumper of CPython's heaps, on the Python that is here.
python-tests:
    python3 -m unittest discover -s tests/python

# A minute of random DOT, heap files and queries.
fuzz:
    .ci/run fuzz

# A browser on a picture that the examples write.
browser:
    .ci/run browser

# The tests of the modules with `unsafe` in them, under Valgrind.
valgrind:
    .ci/run valgrind

# The benches once, on small heaps: to see that they work.
bench-quick:
    cargo bench -p objgraph-benches -- --test

# The figures of the README: on a quiet machine, some minutes.
bench:
    cargo bench -p objgraph-benches

# Our drawings beside those of layout-rs and dot, which is installed where that may be: some minutes.
bench-layout:
    .ci/run bench_layout

# Heap files beside refcycle and Python's objgraph, which are installed where that may be: some minutes.
bench-heap:
    .ci/run bench_heap

# A heap of 20,000,000 objects: minutes, and some gigabytes of memory.
bench-huge:
    cargo bench -p objgraph-benches --bench heap -- --huge

# The picture of the README.
pictures:
    cd assets && cargo run --release --example ref_graph && rm ref_graph.dot ref_graph.svg

# The pictures of docs/pictures.md, objgraph's beside dot's.
docs-pictures:
    docs/draw
