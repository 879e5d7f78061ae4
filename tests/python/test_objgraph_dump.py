"""Facts about `objgraph_dump`: what it writes of every kind of object, and what it leaves as it was."""

import ast
import collections
import functools
import gc
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import types
import unittest
import weakref

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCRIPT = os.path.join(ROOT, "assets", "objgraph_dump.py")
sys.path.insert(0, os.path.dirname(SCRIPT))

import objgraph_dump  # noqa: E402

VERSION = sys.version_info[:2]


def parsed(lines):
    """What lines of JSON say; a line that is none, or two, is an error."""
    values = json.loads("[%s]" % ",".join(lines))
    assert len(values) == len(lines)
    return values


class Heap:
    """A file read back, strictly: each line is JSON, ids are unique, the footer is right, every target is defined.

    It is kept as the one string that it is: as objects, it would be ten times as many in the next file.
    """

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        self.text = data.decode("utf-8")
        self.header, *lines, self.footer = parsed(self.text.rstrip("\n").split("\n"))
        assert self.header["format"] == "objgraph-heap" and self.header["version"] == 1
        numbers = {line["id"] for line in lines}
        assert len(numbers) == len(lines), "an id occurs twice"
        targets = [reference[0] for line in lines for reference in line.get("refs", ())]
        assert self.footer == {"end": True, "objects": len(lines), "refs": len(targets)}
        assert numbers.issuperset(targets), "a target is not in the file"

    def lines(self):
        return parsed(self.text.rstrip("\n").split("\n")[1:-1])

    def at(self, number):
        start = self.text.find('\n{"id":%d,' % number) + 1
        return json.loads(self.text[start : self.text.index("\n", start)]) if start else None

    def __getitem__(self, item):
        return self.at(id(item))

    def __contains__(self, item):
        return self[item] is not None

    def labels(self, item):
        """Labels in the order of the file; None for a reference without one."""
        return [reference[1] if len(reference) > 1 else None for reference in self[item].get("refs", ())]

    def label(self, item, target):
        """The labels under which an object refers to a target."""
        return [r[1] if len(r) > 1 else None for r in self[item].get("refs", ()) if r[0] == id(target)]

    def named(self, label, number):
        """What a label of an object leads to."""
        return [self.at(r[0]) for r in self.at(number)["refs"] if r[1:2] == [label]]

    def types(self):
        return collections.Counter(re.findall(r'^{"id":[0-9]+,"type":"([^"]*)"', self.text, re.MULTILINE))

    def with_root(self, name):
        lines = [line for line in self.text.split("\n") if '"root":' in line and name in line]
        return [line for line in parsed(lines) if name in line.get("root", "")]


def heap(**options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "heap.jsonl")
        objgraph_dump.dump(path, **options)
        return Heap(path)


def heap_with(item, **options):
    return heap(roots={"item": item}, **options)


class Plain:
    """Attributes are set by its own methods."""

    def __init__(self, first=None, second=None):
        self.first = first
        self.second = second


class Pause:
    """Something to wait for."""

    def __await__(self):
        yield


class Slots:
    __slots__ = ("left", "right")


class Labels(unittest.TestCase):
    def test_attributes_are_named(self):
        item = Plain(object(), object())
        found = heap_with(item)
        if VERSION < (3, 11):
            self.assertIn("__dict__", found.labels(item))
            self.assertEqual(found.labels(vars(item)), ["first", "second"])
        else:
            self.assertEqual(found.label(item, item.first), [".first"])
            self.assertEqual(found.label(item, item.second), [".second"])
        if VERSION >= (3, 9):
            self.assertEqual(found.label(item, Plain), ["__class__"])

    def test_attributes_from_outside_their_class_are_named_after_names_in_any_code(self):
        item = Plain()
        item.set_elsewhere = object()
        item.third = {}
        found = heap_with(item)
        if VERSION >= (3, 11):
            self.assertEqual(found.label(item, item.set_elsewhere), [".set_elsewhere"])
            self.assertEqual(found.label(item, item.third), [".third"])

    def test_equal_objects_in_several_attributes_have_a_label_each(self):
        shared = object()
        item = Plain(shared, shared)
        holder = item if VERSION >= (3, 11) else vars(item)
        labels = heap_with(item).label(holder, shared)
        self.assertEqual([label.lstrip(".") for label in labels], ["first", "second"])

    def test_a_default_of_a_class_does_not_take_the_label_of_an_attribute(self):
        class Defaults:
            absent = None

            def __init__(self):
                self.present = None

        item = Defaults()
        if VERSION >= (3, 11):
            self.assertEqual(heap_with(item).label(item, None), [".present"])

    def test_a_dictionary_that_was_asked_for_is_told_from_one_in_an_attribute(self):
        asked, holding, empty = Plain(1.5, {}), Plain({"x": 1.5}, {}), Plain()
        dictionary = asked.__dict__
        del empty.first, empty.second
        nothing = empty.__dict__
        found = heap(roots={"1": asked, "2": holding, "3": empty})
        if VERSION < (3, 13):
            self.assertEqual(found.label(asked, dictionary), ["__dict__"])
            self.assertEqual(found.label(empty, nothing), ["__dict__"])
            self.assertEqual(found.label(dictionary, dictionary["second"]), ["second"])
        else:
            # The collector is told of neither: the values are still in the object.
            self.assertEqual(found.label(asked, asked.second), [".second"])
        if VERSION >= (3, 11):
            self.assertEqual(found.label(holding, holding.first), [".first"])
            self.assertEqual(found.label(holding, holding.second), [".second"])

    def test_slots_are_named(self):
        item = Slots()
        item.right = object()
        self.assertEqual(heap_with(item).label(item, item.right), [".right"])

    def test_lists_and_tuples_have_indices(self):
        for item in ([object(), object()], (object(), object())):
            self.assertEqual(heap_with(item).labels(item), ["[0]", "[1]"])
        long = [None] * 300
        self.assertEqual(heap_with(long).labels(long)[-1], "[299]")

    def test_keys_are_written_as_one_would_write_them(self):
        item = {"name": 1.5, "two words": 1.5, 42: 1.5, ("a", 1): 1.5, b"x": 1.5, int: 1.5, None: 1.5}
        values = [label for label in heap_with(item).labels(item) if label != "<key>"]
        self.assertEqual(values, ["name", "'two words'", "42", "('a', 1)", "b'x'", "int", "None"])

    def test_keys_that_the_collector_sees_are_edges(self):
        key = object()
        item = {key: 1.5}
        self.assertEqual(heap_with(item).label(item, key), ["<key>"])
        self.assertEqual(heap_with(item).labels(item)[0], "<object>")

    def test_elements_of_sets(self):
        for item in ({1.5, 2.5}, frozenset([1.5, 2.5])):
            self.assertEqual(heap_with(item).labels(item), ["<element>"] * 2)

    def test_subclasses_of_containers_have_labels_of_both(self):
        class Items(list):
            pass

        class Table(dict):
            pass

        class Group(set):
            pass

        for cls, content, label in ((Items, [1.5], "[0]"), (Table, {"k": 1.5}, "k"), (Group, [1.5], "<element>")):
            item = cls(content)
            item.extra = object()
            found = heap_with(item)
            self.assertIn(label, found.labels(item))
            inside = [".extra"] if VERSION >= (3, 11) else []
            self.assertEqual(found.label(item, item.extra), inside if found.label(item, item.extra) else [])
            self.assertNotIn(None, found.labels(item))

    def test_fields_of_named_tuples(self):
        item = collections.namedtuple("Point", "x y")(1.5, 2.5)
        self.assertEqual(set(heap_with(item).labels(item)) - {"__class__"}, {".x", ".y"})

    def test_containers_of_collections(self):
        item = collections.deque([object(), object()])
        self.assertEqual(heap_with(item).label(item, item[1]), ["[1]"])
        item = collections.OrderedDict(key=object())
        self.assertEqual(heap_with(item).label(item, item["key"]), ["key"])
        item = collections.defaultdict(Plain, key=object())
        self.assertEqual(heap_with(item).label(item, Plain), [".default_factory"])
        self.assertEqual(heap_with(item).label(item, item["key"]), ["key"])

    def test_functions(self):
        captured = object()

        @functools.wraps(Plain)
        def function(argument: int = 77.5, *, option=78.5):
            return captured

        found = heap_with(function)
        for name in ("__code__", "__globals__", "__defaults__", "__kwdefaults__", "__closure__", "__name__"):
            self.assertIn(name, found.label(function, getattr(function, name)), name)
        self.assertEqual(found.label(function, function.__dict__), ["__dict__"])
        self.assertEqual(found.label(function.__dict__, Plain), ["__wrapped__"])
        self.assertNotIn(None, found.labels(function))
        (cell,) = function.__closure__
        self.assertEqual(found.label(function.__closure__, cell), ["captured"])
        self.assertEqual(found.label(cell, captured), [".cell_contents"])
        self.assertEqual(found.label(function.__code__, function.__code__.co_consts), [".co_consts"])

    def test_annotations_and_attributes_of_functions_are_told_apart(self):
        def annotated(x: int) -> int:
            return x

        annotations = annotated.__annotations__
        found = heap_with(annotated)
        self.assertIn(found.label(annotated, annotations), (["__annotations__"], []))
        self.assertNotIn("__dict__", found.labels(annotated))

    def test_methods_properties_and_their_like(self):
        item = Plain().__init__
        found = heap_with(item)
        self.assertEqual(found.label(item, item.__func__), ["__func__"])
        self.assertEqual(found.label(item, item.__self__), ["__self__"])
        item = property(lambda self: 1, lambda self, value: None)
        found = heap_with(item)
        self.assertEqual(found.label(item, item.fget), [".fget"])
        self.assertEqual(found.label(item, item.fset), [".fset"])
        item = functools.partial(Plain, object(), second=object())
        found = heap_with(item)
        self.assertEqual([found.label(item, item.func), found.label(item, item.args)], [[".func"], [".args"]])
        self.assertEqual(found.label(item, item.keywords), [".keywords"])
        item = classmethod(len)
        self.assertIn("__func__", heap_with(item).label(item, len))
        item = [].append
        self.assertEqual(heap_with(item).label(item, item.__self__), ["__self__"])

    def test_classes_and_modules(self):
        found = heap()
        self.assertEqual(found.label(Plain, Plain.__mro__), ["__mro__"])
        self.assertEqual(found.label(Plain, Plain.__bases__), ["__bases__"])
        self.assertIn("__base__", found.label(Plain, object))
        (namespace,) = gc.get_referents(vars(Plain))
        self.assertEqual(found.label(Plain, namespace), ["__dict__"])
        self.assertEqual(found.label(types, vars(types)), ["__dict__"])
        (namespace,) = gc.get_referents(vars(int))
        self.assertEqual(found.label(int, namespace), ["__dict__"])

    def test_weak_references_are_weak(self):
        item = Plain()
        weak, proxy = weakref.ref(item, id), weakref.proxy(item, repr)
        found = heap(roots={"item": item, "weak": weak, "proxies": [proxy]})
        for holder, callback in ((weak, id), (proxy, repr)):
            self.assertEqual(found.label(holder, callback), ["__callback__"])
            self.assertIn([id(item), "<referent>", "weak"], found[holder]["refs"])
        self.assertEqual(found[item]["weak"], 2)
        weak, item = weakref.WeakMethod(item.__init__), None
        found = heap_with([weak, proxy])
        self.assertEqual(found[weak]["value"], "dead")
        self.assertEqual(found.labels(proxy), [], "neither a referent nor a callback is left")

    def test_memory_views(self):
        item = memoryview(bytearray(b"abc"))
        found = heap_with(item)
        (buffer,) = found.named("<buffer>", id(item))
        self.assertEqual(found.named("obj", buffer["id"]), [found[item.obj]])
        item.release()

    def test_arguments_of_generators_and_coroutines(self):
        async def coroutine(first, second):
            await Pause()

        def generator(first, second):
            yield first

        def forgetful(first, second):
            del first
            yield second

        first, second = object(), object()
        suspended = generator(first, second), forgetful(first, second), coroutine(first, second)
        for item in suspended:
            item.send(None)
        found = heap_with(suspended)
        for item in suspended[0], suspended[2]:
            holder = item if VERSION >= (3, 11) else getattr(item, "gi_frame", None) or item.cr_frame
            self.assertEqual(found.label(holder, first), ["first"])
            self.assertIn("second", found.label(holder, second))
        holder = suspended[1] if VERSION >= (3, 11) else suspended[1].gi_frame
        self.assertEqual(found.label(holder, second), [None], "perhaps it is not the second variable any more")
        suspended[2].close()

    def test_exceptions(self):
        try:
            raise ValueError("why") from KeyError("x")
        except ValueError as error:
            found = heap_with(error)
            self.assertEqual(found.label(error, error.args), [".args"])
            self.assertEqual(found.label(error, error.__cause__)[0], "__cause__")
            self.assertEqual(found.label(error, error.__traceback__), ["__traceback__"])
            self.assertEqual(found[error]["value"], "'why'")

    def test_variables_of_running_frames_are_named(self):
        local = object()
        found = heap()
        (frame,) = found.with_root("test_variables_of_running_frames_are_named")
        self.assertIn([id(local), "local"], frame["refs"])
        self.assertIn("thread MainThread: test_objgraph_dump.py:", frame["root"])

    def test_frames_of_other_threads_are_roots(self):
        entered, leave = threading.Event(), threading.Event()

        def wait_in_thread(argument):
            entered.set()
            leave.wait()

        item = object()
        thread = threading.Thread(target=wait_in_thread, args=(item,), name="waiter")
        thread.start()
        entered.wait()
        try:
            found = heap()
        finally:
            leave.set()
            thread.join()
        (frame,) = [line for line in found.with_root("thread waiter: ") if "wait_in_thread" in line["root"]]
        self.assertIn([id(item), "argument"], frame["refs"])


class Values(unittest.TestCase):
    def test_plain_values_are_shown(self):
        text, number, many = "it's", 123456.5, 1 << 9999
        found = heap_with([text, number, many, b"\0", True, None, range(3)])
        self.assertEqual(found[text]["value"], '"it\'s"')
        self.assertEqual(found[number]["value"], "123456.5")
        self.assertEqual(found[many]["value"], "10000-bit integer")
        self.assertEqual(found[None]["value"], "None")

    def test_containers_tell_how_many(self):
        one, two, sub = [None], {1: 2, 3: 4}, collections.OrderedDict()
        found = heap_with([one, two, sub])
        self.assertEqual([found[item]["value"] for item in (one, two, sub)], ["1 item", "2 items", "0 items"])

    def test_code_tells_where_it_is(self):
        code = heap.__code__
        found = heap()
        self.assertEqual(found[code]["value"], "test_objgraph_dump.py:%d heap" % code.co_firstlineno)
        self.assertEqual(found[heap]["value"], "heap")
        self.assertEqual(found[Plain]["value"], "Plain")
        self.assertEqual(found[types]["value"], "types")

    def test_values_can_be_short_or_left_out(self):
        text = "x" * 100
        self.assertEqual(heap_with([text], max_value=10)[text]["value"], "'xxxxxxxx…")
        self.assertFalse([line for line in heap(values=False).lines() if "value" in line])

    def test_lone_surrogates_become_replacement_characters(self):
        text, both = "a\ud800b", "\ud83d\ude00"
        item = {text: 1.5, both: 1.5, type("Plain", (), {}): 1.5}
        # As `repr` has them, and in names of roots as they are.
        self.assertEqual(heap_with(item).labels(item)[::2][:2], ["'a\\ud800b'", "'\\ud83d\\ude00'"])
        found = heap(roots={text: item, both: text})
        self.assertEqual(found[item]["root"], "a\ufffdb")
        self.assertEqual(found[text]["root"], "\U0001f600")

    def test_locks_cells_and_generators_have_states(self):
        lock, free = threading.Lock(), threading.RLock()
        lock.acquire()
        cell = types.CellType()
        found = heap_with([lock, free, cell])
        self.assertEqual(found[lock]["state"], "locked")
        self.assertEqual(found[cell]["state"], "uninit")
        self.assertNotIn("state", found[free])


class Counts(unittest.TestCase):
    def test_strong_counts_are_exact(self):
        item = Plain(object())
        more = [item, item, item]
        found = heap()
        self.assertEqual(found[item]["strong"], 4)
        self.assertEqual(found[more]["strong"], 1)
        self.assertEqual(found[item.first]["strong"], 1)

    def test_strong_counts_of_objects_that_the_collector_does_not_track_are_exact(self):
        text = "".join(["a text", " of our own"])
        holder = {"key": text, "again": [text]}
        found = heap()
        self.assertEqual(found[text]["strong"], 3)
        self.assertEqual(found[holder]["strong"], 1)

    def test_keys_and_names_that_become_labels_are_counted_right(self):
        key = "".join(["a key", " of our own"])
        holder = {key: 1.5, 7: 1.5}
        found = heap_with(holder)
        self.assertEqual(found[key]["strong"], 2)

    @unittest.skipIf(VERSION < (3, 12), "nothing is immortal")
    def test_immortal_objects_have_no_count(self):
        self.assertNotIn("strong", heap()[None])

    def test_roots_do_not_count(self):
        item = Plain()
        roots = {"item": item}
        self.assertEqual(heap(roots=roots)[item]["strong"], 2)
        self.assertEqual(heap(roots=roots)[item]["root"], "item")

    def test_sizes_are_those_of_getsizeof(self):
        items = [[], {}, "text", 1 << 99, Plain(), Slots(), heap, Plain, (1,)]
        found = heap_with(items)
        for item in items:
            self.assertEqual(found[item]["size"], sys.getsizeof(item), item)

    def test_the_size_of_an_object_that_lies_is_that_of_its_base(self):
        class Honest(list):
            pass

        class Liar(list):
            def __sizeof__(self):
                raise SystemExit("asked for its size")

        honest, liar = Honest([1]), Liar([1])
        self.assertEqual(heap_with([honest, liar])[liar]["size"], sys.getsizeof(honest))


class Hostile(unittest.TestCase):
    """Objects that raise or lie, whatever they are asked."""

    def test_no_code_of_a_program_runs(self):
        ran = []

        def spy(name):
            def method(*arguments, **options):
                ran.append(name)
                raise RuntimeError(name)

            return method

        names = (
            "__repr__ __str__ __eq__ __len__ __iter__ __sizeof__ __getattr__ __getattribute__ __contains__ __bool__ "
            "__getitem__ __dir__ __reduce_ex__ __format__ __index__ __call__ __get__ keys items values"
        ).split()
        armed = {name: spy(name) for name in names}
        hostile_meta = type(
            "Meta", (type,), dict(armed, __hash__=spy("meta hash"), __instancecheck__=spy("isinstance"))
        )
        for base in (object, list, dict, set, tuple, str, int, float, bytes, BaseException, property):
            with self.subTest(base=base.__name__):
                namespace = dict(armed, __class__=property(spy("__class__")), attribute=property(spy("attribute")))
                item = type.__call__(type.__new__(type, "Hostile", (base,), namespace))
                # Without its own `__call__`, since that is how an object of it is made.
                meta = type("Meta", (hostile_meta,), {"__call__": type.__call__})
                cls = type.__new__(meta, "Odd", (base,), dict(armed))
                odd = base.__new__(cls)
                holder = [item, odd, {1: item, "x": odd}, weakref.ref(cls), cls]
                found = heap_with(holder)
                self.assertIn(item, found)
                self.assertIn(odd, found)
                self.assertEqual(ran, [])

    def test_a_key_that_must_not_be_compared(self):
        class Key:
            def __hash__(self):
                return hash("name")

            def __eq__(self, other):
                raise RuntimeError("compared")

        item = {Key(): object()}
        self.assertIn("<Key>", heap_with(item).labels(item))

    def test_a_class_that_claims_another_class(self):
        class Claims:
            __class__ = dict

        item = Claims()
        self.assertEqual(heap_with(item)[item]["type"], "Claims")

    def test_a_proxy_does_not_ask_its_referent(self):
        class Silent:
            def __getattribute__(self, name):
                raise RuntimeError("asked")

        item = Silent()
        proxy = weakref.proxy(item)
        self.assertIn([id(item), "<referent>", "weak"], heap_with([proxy])[proxy]["refs"])

    def test_a_dictionary_changes_while_others_are_read(self):
        busy, stop = {}, threading.Event()

        def change():
            while not stop.is_set():
                for number in range(100):
                    busy[number] = number
                busy.clear()

        thread = threading.Thread(target=change)
        thread.start()
        try:
            for _ in range(3):
                heap()
        finally:
            stop.set()
            thread.join()

    def test_a_long_chain_needs_no_stack(self):
        chain = None
        for _ in range(200_000):
            chain = (chain,)
        self.assertGreater(heap_with(chain).types()["tuple"], 200_000)
        while chain:
            (chain,) = chain


class Untouched(unittest.TestCase):
    def test_the_dump_is_not_in_the_file(self):
        found = heap()
        ours = [line for line in found.lines() if line.get("module") == "objgraph_dump"]
        self.assertEqual(ours, [])
        self.assertNotIn(objgraph_dump, found)
        self.assertNotIn(vars(objgraph_dump), found)
        self.assertNotIn(objgraph_dump.dump, found)
        places = [line["value"] for line in found.lines() if line["type"] in ("frame", "code", "traceback")]
        self.assertFalse([place for place in places if place.startswith("objgraph_dump.py")])

    def test_two_dumps_agree(self):
        folder = self.enterFolder()
        first, second = os.path.join(folder, "1"), os.path.join(folder, "2")
        gc.collect()
        objgraph_dump.dump(first)
        objgraph_dump.dump(second)
        first, second = Heap(first), Heap(second)
        known = {line["id"] for line in first.lines()}
        new = [line for line in second.lines() if line["id"] not in known]
        # Those of the lines above: what the first dump gave back, which nobody keeps, leaves at most its numbers.
        self.assertLessEqual(collections.Counter(line["type"] for line in new).keys(), {"str", "int", "float"}, new)
        self.assertLess(len(new), 10)

    def enterFolder(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return folder.name

    @unittest.skipIf(VERSION < (3, 11), "attributes are in dictionaries")
    def test_no_dictionary_is_made(self):
        item = Plain()
        before = len(gc.get_referents(item))
        heap_with(item)
        self.assertEqual(len(gc.get_referents(item)), before)

    def test_functions_get_neither_dictionary_nor_annotations(self):
        def function():
            pass

        before = list(map(id, gc.get_referents(function)))
        heap_with(function)
        self.assertEqual(list(map(id, gc.get_referents(function))), before)

    def test_the_collector_is_as_it_was(self):
        heap()
        self.assertTrue(gc.isenabled())
        gc.disable()
        heap()
        self.assertFalse(gc.isenabled())
        gc.enable()

    def test_locals_that_somebody_holds_are_not_emptied(self):
        variable = object()
        held = locals()
        heap()
        self.assertIs(held["variable"], variable)

    def test_garbage_is_in_the_file_unless_collected(self):
        gc.disable()
        cycle = Plain()
        cycle.first = cycle
        number = id(cycle)
        del cycle
        self.assertEqual(heap().at(number)["type"], "Plain")
        found = heap(collect=True)
        gc.enable()
        self.assertNotEqual((found.at(number) or {"type": None})["type"], "Plain")


class Complete(unittest.TestCase):
    def test_every_reference_that_the_collector_reports_is_an_edge(self):
        """The independent check: on every object of this process that was there before and after."""
        gc.collect()
        folder = tempfile.mkdtemp()
        before = {id(item): gc.get_referents(item) for item in gc.get_objects()}
        before = {number: collections.Counter(map(id, referents)) for number, referents in before.items()}
        objgraph_dump.dump(os.path.join(folder, "heap"))
        lines = {line["id"]: line.get("refs", ()) for line in Heap(os.path.join(folder, "heap")).lines()}
        checked = 0
        for item in gc.get_objects():
            number = id(item)
            if number not in before or number not in lines or item is before or type(item) is types.FrameType:
                continue
            expected = collections.Counter(map(id, gc.get_referents(item)))
            if expected != before[number]:
                continue
            strong = [reference[0] for reference in lines[number] if reference[2:] != ["weak"]]
            missing = expected - collections.Counter(strong)
            missing = {target for target in missing if target in lines}
            self.assertFalse(missing, (type(item), lines[number]))
            extra = collections.Counter(strong) - expected
            self.assertFalse(extra and not self.has_more(item), (type(item), lines[number]))
            checked += 1
        self.assertGreater(checked, 5_000)

    @staticmethod
    def has_more(item):
        """Types that tell more than they show the collector."""
        return type(item) is types.CodeType or (isinstance(item, type) and not item.__flags__ & 1 << 9)

    def test_nearly_all_references_have_labels(self):
        found = heap()
        labelled = [len(reference) > 1 for line in found.lines() for reference in line.get("refs", ())]
        self.assertLess(labelled.count(False), len(labelled) / 100)

    def test_modules_are_roots(self):
        found = heap()
        self.assertIn("sys.modules['types']", found[types]["root"])
        self.assertIn("sys.modules", found[sys.modules]["root"])


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def test_the_counts_are_those_of_the_file(self):
        counts = objgraph_dump.dump(self.path("heap.jsonl"))
        footer = Heap(self.path("heap.jsonl")).footer
        self.assertEqual(counts, {"objects": footer["objects"], "refs": footer["refs"]})

    def test_the_extension_chooses_the_compression(self):
        objgraph_dump.dump(self.path("heap.jsonl.gz"))
        with open(self.path("heap.jsonl.gz"), "rb") as file:
            self.assertEqual(file.read(2), b"\x1f\x8b")
        Heap(self.path("heap.jsonl.gz"))

    def test_zstd_is_written_or_refused_clearly(self):
        try:
            objgraph_dump.dump(self.path("heap.jsonl.zst"))
        except ImportError as error:
            self.assertIn("Python 3.14 or the package zstandard", str(error))
            self.assertEqual(os.listdir(self.folder), [])
        else:
            with open(self.path("heap.jsonl.zst"), "rb") as file:
                self.assertEqual(file.read(4), b"\x28\xb5\x2f\xfd")

    def fail_to_dump(self):
        def fail(walk):
            yield ["half a file"]
            raise OSError("disk full")

        batches, objgraph_dump._Walk.batches = objgraph_dump._Walk.batches, fail
        self.addCleanup(setattr, objgraph_dump._Walk, "batches", batches)
        with self.assertRaises(OSError):
            objgraph_dump.dump(self.path("heap.jsonl"))

    def test_a_file_is_whole_or_absent(self):
        self.fail_to_dump()
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_file_that_was_there_stays_if_its_successor_fails(self):
        with open(self.path("heap.jsonl"), "w") as file:
            file.write("old")
        self.fail_to_dump()
        with open(self.path("heap.jsonl")) as file:
            self.assertEqual(file.read(), "old")
        self.assertEqual(os.listdir(self.folder), ["heap.jsonl"])


class Programs(unittest.TestCase):
    """Runs a program by itself and through the script: both must look the same from outside."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(textwrap.dedent(text))

    def python(self, *arguments):
        run = subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300
        )
        return run.returncode, run.stdout.decode(), run.stderr.decode()

    def dumped(self, *arguments):
        return self.python(SCRIPT, "-o", "heap.jsonl", *arguments)

    def assert_same(self, *program):
        """Dumped at exit, a program has the same exit code and output; returns its heap."""
        self.assertEqual(self.dumped("-q", *program), self.python(*program))
        return Heap(os.path.join(self.folder, "heap.jsonl"))

    def files(self):
        return sorted(name for name in os.listdir(self.folder) if "heap" in name)

    SHOW = """\
        import sys
        print(__name__, sys.argv, sys.path[0], __file__, __spec__ and __spec__.name, sorted(globals()))
        print(sys.modules["__main__"].__dict__ is globals())
        class Session: pass
        sessions = [Session(), Session()]
    """

    def test_a_script_runs_as_if_started_directly(self):
        self.write("folder/show.py", self.SHOW)
        found = self.assert_same("folder/show.py", "-x", "argument")
        self.assertEqual(found.types()["Session"], 2)
        self.assertEqual(len(found.with_root("sys.modules['__main__']")), 1)

    def test_a_module_runs_as_if_started_directly(self):
        self.write("package/__init__.py", "")
        self.write("package/__main__.py", self.SHOW)
        self.write("package/show.py", self.SHOW)
        self.assertEqual(self.assert_same("-m", "package", "argument").types()["Session"], 2)
        self.assertEqual(self.assert_same("-m", "package.show").types()["Session"], 2)

    def test_a_folder_runs_as_if_started_directly(self):
        self.write("folder/__main__.py", self.SHOW)
        self.assertEqual(self.assert_same("folder").types()["Session"], 2)

    def test_a_missing_module_is_reported_as_python_does(self):
        self.assertEqual(self.dumped("-q", "-m", "no_such_module"), self.python("-m", "no_such_module"))

    def test_exit_codes_are_kept(self):
        for end in ("pass", "sys.exit()", "sys.exit(7)", "sys.exit('message')", "raise SystemExit(None)"):
            with self.subTest(end):
                self.write("end.py", "import sys\n" + end)
                self.assert_same("end.py")

    def test_tracebacks_are_the_program_s_own(self):
        texts = (
            "def f(): raise ValueError('x')\nf()",
            "def f():\n    try: 1 / 0\n    except Exception as error: raise KeyError('y') from error\nf()",
            "import sys\nsys.excepthook = lambda *a: print('own hook', a[0], a[2].tb_lineno, a[2].tb_next)\n1 / 0",
            "this is no Python",
            "raise KeyboardInterrupt",
        )
        for text in texts:
            with self.subTest(text):
                self.write("fail.py", text)
                self.assert_same("fail.py")
        self.assert_same("-m", "fail")

    def test_the_heap_at_exit_has_the_last_error(self):
        self.write("fail.py", "def f():\n    local = 12345.5\n    raise ValueError('x')\nf()")
        found = self.assert_same("fail.py")
        self.assertIn("12345.5", [line.get("value") for line in found.lines()])

    def test_the_dump_comes_after_the_program_s_own_exit_functions(self):
        self.write("end.py", "import atexit\nclass Left: pass\nleft = [Left()]\natexit.register(left.clear)")
        self.assertEqual(self.assert_same("end.py").types()["Left"], 0)

    def test_the_runner_is_not_in_the_file(self):
        self.write("empty.py", "pass")
        code, _, told = self.dumped("--on-memory-error", "--at-exit", "--signal", "USR1", "empty.py")
        self.assertEqual(code, 0)
        self.assertRegex(told, r"objgraph_dump: .*heap\.1\.jsonl: \d+ objects, \d+ references")
        found = Heap(os.path.join(self.folder, "heap.1.jsonl"))
        values = [line.get("value", "") for line in found.lines()]
        self.assertFalse([value for value in values if value.startswith("objgraph_dump.py")])
        self.assertFalse([line for line in found.lines() if line["type"] in ("_Session", "_Describer")])
        self.assertNotIn("sys.modules['objgraph_dump']", [line.get("root") for line in found.lines()])

    def test_a_program_may_dump_by_itself(self):
        self.write("own.py", "import objgraph_dump\nprint(objgraph_dump.dump('own.heap.jsonl')['objects'] > 1000)")
        self.assertEqual(self.dumped("-q", "own.py")[:2], (0, "True\n"))
        self.assertEqual(self.files(), ["heap.jsonl", "own.heap.jsonl"])

    @unittest.skipUnless(hasattr(signal, "SIGUSR1"), "no such signal")
    def test_each_signal_is_answered_with_a_numbered_file(self):
        self.write(
            "wait.py",
            """\
            import os, signal
            def work(secret):
                os.kill(os.getpid(), signal.SIGUSR1)
                secret.append(2)
                os.kill(os.getpid(), signal.SIGUSR1)
            work([1])
            """,
        )
        self.assertEqual(self.dumped("-q", "--signal", "SIGUSR1", "wait.py"), (0, "", ""))
        self.assertEqual(self.files(), ["heap.1.jsonl", "heap.2.jsonl"])
        for number, value in ((1, "1 item"), (2, "2 items")):
            found = Heap(os.path.join(self.folder, "heap.%d.jsonl" % number))
            (frame,) = [line for line in found.with_root("wait.py") if line.get("value", "").endswith(" work")]
            self.assertEqual([item["value"] for item in found.named("secret", frame["id"])], [value])

    def test_a_memory_error_is_dumped_with_the_frames_it_passed(self):
        self.write("grow.py", "def grow(cache):\n    return bytearray(1 << 62)\ngrow({'a': 1, 'b': 2, 'c': 3})")
        alone = self.python("grow.py")
        self.assertEqual(self.dumped("-q", "--on-memory-error", "grow.py"), alone)
        found = Heap(os.path.join(self.folder, "heap.jsonl"))
        self.assertEqual([line["type"] for line in found.with_root("MemoryError") if line["root"] == "MemoryError"],
                         ["MemoryError"])  # fmt: skip
        (frame,) = found.with_root("MemoryError: grow.py:2 grow")
        self.assertEqual([item["value"] for item in found.named("cache", frame["id"])], ["3 items"])

    def test_a_memory_error_of_a_thread_is_dumped(self):
        self.write("thread.py", "import threading\nthreading.Thread(target=lambda: bytearray(1 << 62)).start()")
        code, _, told = self.dumped("-q", "--on-memory-error", "thread.py")
        self.assertEqual(code, 0)
        self.assertIn("MemoryError", told)
        self.assertTrue(Heap(os.path.join(self.folder, "heap.jsonl")).with_root("MemoryError"))

    @unittest.skipUnless(sys.platform == "linux", "limits are not kept everywhere")
    def test_a_memory_error_is_dumped_when_memory_is_short_indeed(self):
        self.write(
            "short.py",
            """\
            import resource
            resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
            def fill(kept):
                while True:
                    kept.append(bytes(1 << 16))
            fill([])
            """,
        )
        code, _, told = self.dumped("-q", "--on-memory-error", "short.py")
        self.assertEqual(code, 1, told)
        (frame,) = [line for line in self.heap().with_root("MemoryError") if line.get("value", "").endswith(" fill")]
        self.assertEqual(len(self.heap().named("kept", frame["id"])), 1)

    def heap(self):
        return Heap(os.path.join(self.folder, "heap.jsonl"))

    def test_without_a_memory_error_there_is_no_file(self):
        self.write("fine.py", "pass")
        self.assertEqual(self.dumped("--on-memory-error", "fine.py"), (0, "", ""))
        self.assertEqual(self.files(), [])

    def test_a_file_that_cannot_be_written_is_told_and_changes_no_exit_code(self):
        self.write("end.py", "raise SystemExit(3)")
        code, _, told = self.python(SCRIPT, "-o", "no/such/folder/heap.jsonl", "end.py")
        self.assertEqual(code, 3)
        self.assertIn("no heap was written: FileNotFoundError", told)

    def test_wrong_calls_are_refused(self):
        for arguments, reason in (
            ([], "no program to run"),
            (["--no-such"], "unknown option --no-such"),
            (["-o"], "-o needs a value"),
            (["--signal", "SIGNONE", "x.py"], "no signal is called SIGNONE"),
            (["no_such.py"], "can't open file"),
        ):
            code, _, told = self.python(SCRIPT, *arguments)
            self.assertEqual(code, 2, told)
            self.assertIn(reason, told)
        self.assertEqual(self.files(), [])

    def test_help_is_given(self):
        code, told, _ = self.python(SCRIPT, "--help")
        self.assertEqual(code, 0)
        self.assertIn("usage: objgraph_dump.py", told)

    def test_the_session_app_holds_what_its_docstring_says(self):
        app = os.path.join(os.path.dirname(os.path.abspath(__file__)), "session_app.py")
        self.assert_same(app)
        found = self.heap()
        self.assertEqual(found.types()["Session"], 50)
        self.assertEqual(found.types()["Page"], 120)


class Source(unittest.TestCase):
    def test_the_syntax_is_that_of_the_oldest_python(self):
        with open(SCRIPT, encoding="utf-8") as file:
            ast.parse(file.read(), feature_version=(3, 8))

    def test_only_light_modules_of_the_standard_library_are_imported(self):
        with open(SCRIPT, encoding="utf-8") as file:
            tree = ast.parse(file.read())
        at_once = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
        self.assertEqual(at_once, {"atexit", "builtins", "gc", "os", "sys", "time", "types", "zlib"})

    def test_the_program_runs_before_anything_else_is_loaded(self):
        script = "import sys; before = set(sys.modules); import objgraph_dump; print(sorted(set(sys.modules) - before))"
        run = subprocess.run(
            [sys.executable, "-S", "-c", script], stdout=subprocess.PIPE, env={"PYTHONPATH": os.path.dirname(SCRIPT)}
        )
        loaded = set(ast.literal_eval(run.stdout.decode()))
        of_os = "os os.path stat _stat posixpath genericpath ntpath nt abc _abc _collections_abc"
        self.assertLessEqual(loaded, {"objgraph_dump", "atexit", "gc", "types", "_types", "zlib", *of_os.split()})


if __name__ == "__main__":
    unittest.main()
