"""Prints what it costs to dump a heap of about 1,000,000 small objects: `python tests/python/measure_dump.py`."""

import gc
import os
import sys
import tempfile
import time

try:
    import resource
except ImportError:
    sys.exit("measures peaks of memory, which this system does not tell")

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "assets"))

import objgraph_dump  # noqa: E402


class Node:
    def __init__(self, name, parent):
        self.name = name
        self.parent = parent
        self.tags = (name, "tag")


def peak_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    # Before 3.11, each node has a dictionary besides.
    n_nodes = 325_000 if sys.version_info >= (3, 11) else 245_000
    root = Node("root", None)
    nodes = [Node("node %d" % number, root) for number in range(n_nodes)]
    gc.collect()
    before = peak_mib()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "heap.jsonl.gz")
        start = time.process_time()
        counts = objgraph_dump.dump(path)
        seconds = time.process_time() - start
        file_mib = os.path.getsize(path) / (1 << 20)
    print("Python %d.%d: %d objects," % (*sys.version_info[:2], counts["objects"]), len(nodes), "nodes among them")
    print("%.1f s of processor time, %.1f µs an object" % (seconds, seconds / counts["objects"] * 1e6))
    print("%.0f MiB at the peak, %.0f MiB before; a file of %.1f MiB" % (peak_mib(), before, file_mib))


if __name__ == "__main__":
    main()
