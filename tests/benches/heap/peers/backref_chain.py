"""How long Python's objgraph looks for a chain of referrers, in this process, which holds the objects of a heap file.

Each object is a list of those that it refers to. Arguments: the file, the id of the object, and the seconds to search.
"""

import json
import os
import signal
import sys
from time import perf_counter

try:
    from objgraph import find_backref_chain
except ImportError:
    print("missing objgraph")
    sys.exit()


def load(path):
    objects, references, roots = {}, [], set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            if "id" not in item:
                continue
            objects[item["id"]] = node = []
            references.append((node, [reference[0] for reference in item["refs"]]))
            if "root" in item:
                roots.add(id(node))
    for node, targets in references:
        node.extend(objects[target] for target in targets)
    return objects, roots


def give_up(*_):
    print("late_s", seconds)
    leave()


def leave():
    """Ends without taking every object apart."""
    sys.stdout.flush()
    os._exit(0)


path, target, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
objects, roots = load(path)
target = objects[target]
print("n_objects", len(objects))
objects = list(objects.values())
signal.signal(signal.SIGALRM, give_up)
signal.alarm(seconds)
start = perf_counter()
chain = find_backref_chain(
    target, lambda candidate: id(candidate) in roots, max_depth=1000, extra_ignore=[id(objects)]
)
print("chain_s", perf_counter() - start)
print("chain_objects", len(chain))
leave()
