"""How long refcycle takes for a heap file: reading it into a graph, and the strongly connected components.

Arguments: the file, and "on" or "off" for Python's garbage collector, which finds nothing here.
"""

import gc
import json
import os
import sys
from time import perf_counter

try:
    from refcycle.annotated_graph import AnnotatedEdge, AnnotatedGraph, AnnotatedVertex
except ImportError:
    print("missing refcycle")
    sys.exit()


def load(path):
    vertices, edges = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            if "id" not in item:
                continue
            vertices.append(AnnotatedVertex(item["id"], item["type"]))
            for reference in item["refs"]:
                label = reference[1] if len(reference) > 1 else ""
                edges.append(AnnotatedEdge(len(edges), label, head=reference[0], tail=item["id"]))
    return AnnotatedGraph(vertices, edges)


if sys.argv[2] == "off":
    gc.disable()
start = perf_counter()
graph = load(sys.argv[1])
loaded = perf_counter()
components = graph.strongly_connected_components()
end = perf_counter()
print("load_s", loaded - start)
print("components_s", end - loaded)
print("n_components", len(components))
# Without taking every object apart, which is not measured.
sys.stdout.flush()
os._exit(0)
