# SPDX-License-Identifier: MIT OR Apache-2.0
"""Writes the heap of this CPython process as a file of the format objgraph-heap, version 1.

    import objgraph_dump
    objgraph_dump.dump("heap.jsonl.gz")

    python objgraph_dump.py [-o FILE] [--at-exit] [--signal NAME] [--on-memory-error] (script.py | -m module) …

One file, standard library only, CPython 3.8 to 3.14. What it promises:

- No code of the program runs: no `__repr__`, `__eq__`, `__sizeof__`, `__getattr__` or property of it. Types come from
  `type(x)`, attributes from C descriptors, values from the methods of exact builtin types.
- What is observed stays as it was: no instance gets a `__dict__` that it did not have, no generator a frame object.
- `gc.get_referents` is the truth about references: each one that it reports is an edge, labelled where its name can be
  told. A name is believed only if it leads to the very object that was reported. Edges beyond that are those of objects
  which the collector cannot look into: code, static types, frames that are running, and weak references.
- What belongs to the dump is left out: this module, its frames, and whatever it makes on the way.
"""

import atexit
import builtins
import gc
import os
import sys
import time
import types
import zlib
from _thread import RLock, LockType, get_ident
from _weakref import CallableProxyType, ProxyType, ReferenceType, getweakrefcount, getweakrefs

__all__ = ["dump"]

_VERSION = sys.version_info[:2]
_HAS_INLINE_VALUES = _VERSION >= (3, 11)
_HAS_LOCALS_PROXY = _VERSION >= (3, 13)

# The count of an immortal object is a constant above this, and says nothing about references.
_IMMORTAL = 1 << 29
# Flags of code objects and of types, as CPython's headers have them.
_CODE_IS_OPTIMIZED, _CODE_HAS_VARARGS, _CODE_HAS_KEYWORDS = 0x1, 0x4, 0x8
_TYPE_HAS_MANAGED_DICT, _TYPE_IS_HEAP, _TYPE_HAS_GC = 1 << 4, 1 << 9, 1 << 14
_TYPE_HAS_PREHEADER = {(3, 11): 1 << 4}.get(_VERSION, 1 << 3 | 1 << 4 if _VERSION >= (3, 12) else 0)
_IS_FREE_THREADED = "t" in getattr(sys, "abiflags", "")
_POINTER_BYTES = (sys.maxsize.bit_length() + 1) // 8

_LINES_PER_WRITE = 2_000
# Labels that are remembered: more would be memory for text that is hardly met again.
_MAX_CACHED_LABELS = 20_000
# Instances of a class that are searched for attributes whose names are in none of its methods.
_MAX_SEARCHES = 3
# Address space that a program under `--on-memory-error` gives back before it is dumped; never touched, so not resident.
_RESERVE_BYTES = 64 << 20


# ----------------------------------------------------------------------------------------------------------------------
# Dumping


def dump(path, *, roots=None, collect=False, values=True, max_value=60):
    """Writes all objects of this process to `path`, whole or not at all; returns the counts of objects and references.

    The extension chooses the compression: `.gz`, `.zst` (Python 3.14, or the package zstandard), none otherwise.
    `roots` maps names to objects to be found under them. With `collect`, garbage is collected first. Without `values`
    no contents of strings and numbers leave the process; names of attributes and keys of dictionaries do.
    """
    path = os.path.abspath(os.fspath(path))
    new_compressor = _compression(path)
    if collect:
        gc.collect()
    was_enabled = gc.isenabled()
    gc.disable()  # A collection meanwhile would run finalizers of the program.
    try:
        # First of all, so that nothing of what follows is in it.
        heap = gc.get_objects()
        return _write(path, new_compressor, _Walk(heap, roots, values, max_value))
    finally:
        if was_enabled:
            gc.enable()


def _write(path, new_compressor, walk):
    with _Output(path, new_compressor) as output:
        output.write([_header()])
        for lines in walk.batches():
            output.write(lines)
        output.write(['{"end":true,"objects":%d,"refs":%d}' % (walk.n_objects, walk.n_references)])
    return {"objects": walk.n_objects, "refs": walk.n_references}


def _header():
    arguments = getattr(sys, "argv", None)
    program = arguments[0] if type(arguments) is list and arguments and type(arguments[0]) is str else ""
    texts = {
        "runtime": "CPython %d.%d.%d" % sys.version_info[:3],
        "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "program": program,
    }
    fields = "".join(',"%s":%s' % (key, _quoted(text)) for key, text in texts.items())
    start = '{"format":"objgraph-heap","version":1'
    return f'{start},"pointer_bytes":{_POINTER_BYTES},"pid":{os.getpid()}{fields}}}'


class _Output:
    """A file that gets its name once it is complete; until then it has another one beside."""

    def __init__(self, path, new_compressor):
        self._path = path
        self._partial_path = "%s.%d.partial" % (path, os.getpid())
        self._compressor = new_compressor and new_compressor()

    def __enter__(self):
        self._file = open(self._partial_path, "wb")
        return self

    def write(self, lines):
        data = ("\n".join(lines) + "\n").encode()
        self._file.write(self._compressor.compress(data) if self._compressor else data)

    def __exit__(self, error_type, error, traceback):
        try:
            if error_type is None:
                self._complete()
        finally:
            self._file.close()
            if os.path.lexists(self._partial_path):
                os.remove(self._partial_path)

    def _complete(self):
        if self._compressor:
            self._file.write(self._compressor.flush())
        self._file.close()
        os.replace(self._partial_path, self._path)


def _compression(path):
    """What makes a compressor for a file of that name, or None. Imports happen here, before anything is looked at."""
    if path.endswith(".gz"):
        return _gzip_compressor
    if path.endswith(".zst"):
        return _zstd_compression()
    return None


def _gzip_compressor():
    # The fastest level: of the time of a dump, the others take more than they save.
    return zlib.compressobj(1, zlib.DEFLATED, 16 + zlib.MAX_WBITS)


def _zstd_compression():
    try:
        from compression.zstd import ZstdCompressor
    except ImportError:
        pass
    else:
        return ZstdCompressor
    try:
        import zstandard
    except ImportError:
        raise ImportError("a .zst file needs Python 3.14 or the package zstandard; .gz needs neither") from None
    return lambda: zstandard.ZstdCompressor().compressobj()


# ----------------------------------------------------------------------------------------------------------------------
# Text

_ESCAPES = {code: "\\u%04x" % code for code in range(0x20)}
_ESCAPES.update({ord('"'): '\\"', ord("\\"): "\\\\"})


def _quoted(text):
    """The JSON of an exact `str`. A lone surrogate, which UTF-8 cannot have, becomes U+FFFD."""
    if text.isprintable():
        if '"' not in text and "\\" not in text:
            return '"' + text + '"'
    else:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return '"' + text.translate(_ESCAPES) + '"'


def _shortened(text, limit):
    return text if len(text) <= limit else text[: max(limit - 1, 0)] + "…"


def _exact(text):
    """A plain `str` of what may be of a subclass, which must not be asked."""
    return text if type(text) is str else str.__str__(text)


def _copied(text):
    """An equal string of our own: keeping that of the program would add to its count."""
    return text[:1] + text[1:]


def _ending(label, kind=None):
    """How the array of a reference goes on after the target's number: the same text for every target."""
    return "," + _quoted(label) + ("]" if kind is None else ',"%s"]' % kind)


def _attribute(name):
    return _ending("." + _shortened(name, 60))


def _member(name):
    """The label of an attribute that C defines: those of every object of a type are known by their bare names."""
    return _ending(name) if name.startswith("__") else _attribute(name)


_UNLABELLED = "]"
_KEY = _ending("<key>")
_ELEMENT = _ending("<element>")
_REFERENT = _ending("<referent>", "weak")
_CALLBACK = _ending("__callback__")
_CLASS = _ending("__class__")
_DICT = _ending("__dict__")
_DICT_AND_CLASS = (_DICT, _CLASS)
_ANNOTATIONS = _ending("__annotations__")
_LOCALS = _ending(".f_locals")
_INDICES = tuple([_ending("[%d]" % index) for index in range(256)])


def _indexed(items):
    """Each item of an exact list or tuple, with its index for a label."""
    if len(items) <= len(_INDICES):
        return zip(_INDICES, items)
    return ((',"[%d]"]' % index, item) for index, item in enumerate(items))


# ----------------------------------------------------------------------------------------------------------------------
# Asking objects in C only: neither a metaclass nor an attribute of the program has a say

_read = object.__getattribute__
_known_mro_of = type.__dict__["__mro__"].__get__
_namespace_of = type.__dict__["__dict__"].__get__
_type_name_of = type.__dict__["__name__"].__get__
_type_module_of = type.__dict__["__module__"].__get__
_flags_of = type.__dict__["__flags__"].__get__
_base_of = type.__dict__["__base__"].__get__
_bases_of = type.__dict__["__bases__"].__get__
_basicsize_of = type.__dict__["__basicsize__"].__get__
_dictoffset_of = type.__dict__["__dictoffset__"].__get__
_weakrefoffset_of = type.__dict__["__weakrefoffset__"].__get__
_namespace_of_module = types.ModuleType.__dict__["__dict__"].__get__


def _mro_of(cls):
    """A class and its bases, the nearest first. Some types of C are never made ready, and know of no bases."""
    return _known_mro_of(cls) or (cls,)


def _entries(cls):
    """The names in a class's own namespace with what they stand for."""
    namespace = _namespace_of(cls)
    if namespace is None:
        return []
    return [(name, value) for name, value in list(namespace.items()) if type(name) is str]


def _inherited(mro):
    """What each name stands for in a class with this order of bases."""
    names = {}
    for cls in reversed(mro):
        names.update(_entries(cls))
    return names


def _is_python_class(cls):
    """Is this a class of a kind whose instances hold nothing but what Python sees?"""
    return bool(_flags_of(cls) & _TYPE_IS_HEAP) and _basicsize_of(cls) <= _basicsize_of(_Describer)


def _is_class(item):
    return any([base is type for base in _mro_of(type(item))])


def _is_descriptor(value):
    """Would reading an attribute that a class has this for run code? That of functions is C, and binds them."""
    if type(value) is types.FunctionType:
        return False
    return any([name in ("__get__", "__set__") for cls in _mro_of(type(value)) for name, _ in _entries(cls)])


def _module_name(cls):
    try:
        module = _type_module_of(cls)
    except AttributeError:
        return ""
    return module if type(module) is str else ""


def _varnames(code, start, count):
    """Names of a code object's variables, by position. Since 3.11, `co_varnames` and its like are made, and kept."""
    return [code._varname_from_oparg(index) for index in range(start, start + count)]


def _free_names(code, count):
    """The names of the `count` variables that a function finds in its closure."""
    if not _HAS_INLINE_VALUES:
        return code.co_freevars
    names = []
    try:
        while True:
            names.append(code._varname_from_oparg(len(names)))
    except IndexError:
        return names[-count:]


def _delete(argument):
    del argument


def _keep(argument):
    pass


_DELETE_FAST = set(_delete.__code__.co_code[::2]) - set(_keep.__code__.co_code[::2])


def _argument_names(code):
    """Names of the variables that come first and are bound for certain: arguments, unless a variable is deleted."""
    instructions = code._co_code_adaptive if _HAS_INLINE_VALUES else code.co_code
    if not _DELETE_FAST.isdisjoint(instructions[::2]):
        return []
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & _CODE_HAS_VARARGS) + bool(code.co_flags & _CODE_HAS_KEYWORDS)
    if _HAS_INLINE_VALUES:
        return _varnames(code, 0, count)
    # Before 3.11, an argument that a closure needs is moved to a cell elsewhere.
    return [name for name in code.co_varnames[:count] if name not in code.co_cellvars]


# ----------------------------------------------------------------------------------------------------------------------
# References: functions from the walk and an object to pairs of a label's text and a target


def _matched(referents, named, rest=_UNLABELLED):
    """Every referent, with a name that leads to it. A name is used up by one of them, in order."""
    endings = {}
    for ending, target in named:
        endings.setdefault(id(target), []).append(ending)
    pairs = []
    for referent in referents:
        known = endings.get(id(referent))
        pairs.append((known.pop(0) if known else rest, referent))
    return pairs


def _unnamed(referents, named):
    """The referents that no name leads to."""
    return [referent for ending, referent in _matched(referents, named) if ending is _UNLABELLED]


def _sequence_references(walk, item):
    return _indexed(item)


def _tuple_references(walk, item):
    names = walk.closures.get(id(item))
    return zip(names, item) if names else _indexed(item)


def _set_references(walk, item):
    return [(_ELEMENT, element) for element in gc.get_referents(item)]


def _dict_references(walk, item):
    keys, values = list(item), list(item.values())
    referents = gc.get_referents(item)
    # The collector skips keys of a dictionary that has known none but strings: they cannot be part of a cycle.
    if len(referents) == len(keys) == len(values):
        return zip(map(walk.key, keys), values)
    return _matched(referents, _dict_names(walk, item))


def _dict_names(walk, item):
    keys = list(dict.__iter__(item))
    named = list(zip(map(walk.key, keys), list(dict.values(item))))
    named.extend([(_KEY, key) for key in keys])
    return named


def _list_names(walk, item):
    return _indexed(list.copy(item))


def _tuple_names(walk, item):
    items = tuple.__getitem__(item, slice(None))
    fields = _inherited(_mro_of(type(item))).get("_fields")
    if type(fields) is tuple and len(fields) == len(items) and all([type(field) is str for field in fields]):
        return zip(map(_attribute, fields), items)
    return _indexed(items)


def _set_names(walk, item):
    return [(_ELEMENT, element) for element in list(set.__iter__(item))]


def _frozenset_names(walk, item):
    return [(_ELEMENT, element) for element in list(frozenset.__iter__(item))]


def _iterated(cls):
    """For C types whose own iteration gives what they hold."""
    return lambda walk, item: _indexed(list(cls.__iter__(item)))


def _module_names(walk, item):
    return [(_DICT, _namespace_of_module(item))]


def _getters(cls, *names):
    """Names of C attributes whose reading makes nothing."""
    getters = [(_member(name), cls.__dict__[name].__get__) for name in names if name in cls.__dict__]

    def named(walk, item):
        pairs = []
        for ending, get in getters:
            try:
                pairs.append((ending, get(item)))
            except (AttributeError, ValueError):
                pass
        return pairs

    return named


_FUNCTION_ATTRIBUTES = _getters(
    types.FunctionType,
    "__code__", "__globals__", "__builtins__", "__name__", "__qualname__", "__module__", "__defaults__",
    "__kwdefaults__", "__doc__", "__closure__", "__type_params__", "__annotate__",
)  # fmt: skip


def _function_references(walk, item):
    """`__dict__` and `__annotations__` are made when asked for: they are told by what they contain."""
    referents = gc.get_referents(item)
    named = _FUNCTION_ATTRIBUTES(walk, item)
    unsafe = walk.kind(item).unsafe(walk, item)
    for rest in _unnamed(referents, named):
        if type(rest) is dict and rest and _holds_attributes(rest, item, unsafe):
            named.append((_DICT, rest))
        elif type(rest) in (dict, tuple):
            named.append((_ANNOTATIONS, rest))
    return _matched(referents, named)


# Members only: what else a code object tells is made when asked for.
_CODE_MEMBERS = [
    (_member(name), member.__get__)
    for name, member in sorted(types.CodeType.__dict__.items())
    if type(member) is types.MemberDescriptorType
]


def _code_references(walk, item):
    pairs = [(ending, get(item)) for ending, get in _CODE_MEMBERS]
    return [(ending, target) for ending, target in pairs if type(target) in (tuple, str, bytes)]


def _type_references(walk, item):
    namespace = _namespace_of(item)
    named = [
        (_DICT, None if namespace is None else gc.get_referents(namespace)[0]),
        (_ending("__mro__"), _known_mro_of(item)),
        (_ending("__bases__"), _bases_of(item)),
        (_ending("__base__"), _base_of(item)),
    ]
    if not _flags_of(item) & _TYPE_IS_HEAP:
        return [(ending, target) for ending, target in named if target is not None]
    named.append((_CLASS, type(item)))
    return _matched(gc.get_referents(item), named, _ending("<module>"))


def _weakref_names(walk, item):
    return [(_CALLBACK, _callback_of(item))]


_callback_of = ReferenceType.__dict__["__callback__"].__get__


def _weakref_references(walk, item):
    pairs = _object_references(walk, item)
    referent = ReferenceType.__call__(item)
    if referent is not None:
        pairs.append((_REFERENT, referent))
    return pairs


def _proxy_references(walk, item):
    return [(_CALLBACK, referent) for referent in gc.get_referents(item)]


def _proxy_addresses(item):
    """A proxy passes on all that it is asked, but its `repr` ends with the address of a referent that lives."""
    address = type(item).__repr__(item).rpartition(" at ")[2].rstrip(">")
    if address.endswith("dead") or int(address, 16) == id(None):
        return []
    return [(int(address, 16), _REFERENT)]


def _frame_references(walk, item):
    named = [
        (_member(name), getattr(item, name)) for name in ("f_back", "f_code", "f_globals", "f_builtins", "f_trace")
    ]
    if id(item) in walk.live_frames:
        named += walk.variables(item)
        if _HAS_INLINE_VALUES:
            # The collector sees nothing of a frame that is running.
            return [(ending, target) for ending, target in named if target is not None]
    elif _HAS_LOCALS_PROXY:
        named += walk.variables(item)
    else:
        named += _suspended_locals(item)
    return _matched(gc.get_referents(item), named)


def _is_optimized(frame):
    """Are variables in the frame itself? Those of a module or of the body of a class are in a dictionary anyway."""
    return bool(frame.f_code.co_flags & _CODE_IS_OPTIMIZED)


def _variables(variables):
    return [(_ending(name), value) for name, value in list(variables.items()) if type(name) is str]


def _suspended_locals(frame):
    """The arguments of a frame that waits, by their places among the referents."""
    referents = gc.get_referents(frame)
    places = [index for index, referent in enumerate(referents) if referent is frame.f_globals]
    if not places or not _is_optimized(frame):
        return []
    variables = referents[places[0] + 1 :]
    if not _HAS_INLINE_VALUES and variables and (type(variables[0]) is dict or frame.f_trace is not None):
        return []  # Perhaps `f_locals` or `f_trace`, which come before the first variable.
    return zip(map(_ending, _argument_names(frame.f_code)), variables)


def _generator_names(prefix):
    """Names for generators, coroutines and asynchronous generators: the same attributes under three prefixes."""
    cls = {"gi": types.GeneratorType, "cr": types.CoroutineType, "ag": types.AsyncGeneratorType}[prefix]
    waits_for = {"gi": "gi_yieldfrom", "cr": "cr_await", "ag": "ag_await"}[prefix]
    attributes = [prefix + "_code", waits_for, "__name__", "__qualname__", "cr_origin"]
    if not _HAS_INLINE_VALUES:
        attributes.append(prefix + "_frame")
    fixed = _getters(cls, *attributes)

    def named(walk, item):
        return _generator_arguments(getattr(item, prefix + "_code"), gc.get_referents(item)) + fixed(walk, item)

    return named


def _generator_arguments(code, referents):
    """Since 3.11, variables are behind the function and its code, in the generator itself."""
    for index in range(len(referents) - 1):
        function = referents[index]
        if type(function) is types.FunctionType and referents[index + 1] is code is function.__code__:
            return list(zip(map(_ending, _argument_names(code)), referents[index + 2 :]))
    return []


def _object_references(walk, item):
    """References of anything that has no describer for the whole of it."""
    kind = walk.kind(item)
    referents = gc.get_referents(item)
    if kind.is_plain:
        pairs = kind.plain_references(item, referents)
        if pairs is not None:
            return pairs
    named = _read_all(item, kind.members)
    if kind.names is not None:
        named.extend(kind.names(walk, item))
    if kind.has_attributes:
        named.extend(kind.attributes(walk, item, _unnamed(referents, named)))
    named.append((_CLASS, type(item)))
    return _matched(referents, named, kind.rest)


def _holds_attributes(dictionary, item, unsafe):
    """Is this the dictionary of an object's attributes? Tells by some of them; asking the object would make it."""
    for _, (key, value) in zip(range(4), dictionary.items()):
        if type(key) is not str:
            return False
        if key in unsafe:
            continue
        try:
            if _read(item, key) is not value:
                return False
        except AttributeError:
            return False
    return True


# ----------------------------------------------------------------------------------------------------------------------
# Values: functions from an object and a length to one line, or None


def _string_value(cls):
    cut, show = cls.__getitem__, cls.__repr__
    return lambda item, limit: _shortened(show(cut(item, slice(limit))), limit)


def _int_value(item, limit):
    bits = int.bit_length(item)
    # Digits of a huge number take long, or are refused.
    return _shortened(int.__repr__(item), limit) if bits <= 256 else "%d-bit integer" % bits


def _repr_value(cls):
    show = cls.__repr__
    return lambda item, limit: show(item)


def _length_value(cls):
    length = cls.__len__

    def value(item, limit):
        count = length(item)
        return "1 item" if count == 1 else "%d items" % count

    return value


def _name_value(cls):
    get = cls.__dict__["__name__"].__get__
    return lambda item, limit: _shortened(_exact(get(item)), limit)


def _qualname_value(item, limit):
    return _shortened(_exact(item.__qualname__), limit)


def _callable_value(attribute):
    """For what stands for a function: the function's name."""

    def value(item, limit):
        function = attribute.__get__(item)
        return _qualname_value(function, limit) if type(function) is types.FunctionType else None

    return value


def _class_value(item, limit):
    return _shortened(_exact(_type_name_of(item)), limit)


def _module_value(item, limit):
    name = _namespace_of_module(item).get("__name__")
    return _shortened(name, limit) if type(name) is str else None


def _place(code, line, limit):
    return _shortened("%s:%s %s" % (_exact(code.co_filename).rpartition(os.sep)[2], line, _exact(code.co_name)), limit)


def _code_value(item, limit):
    return _place(item, item.co_firstlineno, limit)


def _frame_value(item, limit):
    return _place(item.f_code, item.f_lineno, limit)


def _traceback_value(item, limit):
    return _place(item.tb_frame.f_code, item.tb_lineno, limit)


def _exception_value(item, limit):
    arguments = _arguments_of(item)
    return _brief(arguments[0] if len(arguments) == 1 else arguments, limit) if arguments else None


def _weakref_value(item, limit):
    return "dead" if ReferenceType.__call__(item) is None else None


def _memoryview_value(item, limit):
    try:
        return "%d bytes" % item.nbytes
    except ValueError:
        return "released"


_arguments_of = BaseException.__dict__["args"].__get__
_traceback_of = BaseException.__dict__["__traceback__"].__get__


def _brief(item, limit):
    """A word for an object inside a label: the value of plain ones, those in tuples included, else its type's name."""
    if type(item) is tuple:
        words = [_brief_word(part, limit) for part in item[:8]] + ["…"] * (len(item) > 8)
        return _shortened("(%s%s)" % (", ".join(words), "," * (len(item) == 1)), limit)
    return _brief_word(item, limit)


def _brief_word(item, limit):
    if _is_class(item):
        return _class_value(item, limit)
    value = _PLAIN_VALUES.get(id(type(item)))
    return value(item, limit) if value else "<%s>" % _exact(_type_name_of(type(item)))


# ----------------------------------------------------------------------------------------------------------------------
# States


def _lock_state(cls):
    show = cls.__repr__
    return lambda item: "locked" if show(item).startswith("<locked") else None


def _cell_state(item):
    return None if gc.get_referents(item) else "uninit"


def _running_state(attribute):
    return lambda item: "busy" if attribute.__get__(item) else None


# ----------------------------------------------------------------------------------------------------------------------
# The table of types


class _Describer:
    """What is known of a type of CPython's own, and so of those derived from it.

    `references` gives all of an object of exactly this type. `names` gives names for what the collector reports, also
    of subclasses, and `rest` one for what has no other; `addresses` what is known by its address only.
    """

    def __init__(self, references=None, names=None, value=None, state=None, addresses=None, rest=None):
        self.references = references
        self.names = names
        self.value = value
        self.state = state
        self.addresses = addresses
        self.rest = _UNLABELLED if rest is None else _ending(rest)


def _no_references(walk, item):
    return ()


def _plain(value):
    return _Describer(_no_references, value=value)


_PLAIN = {
    str: _string_value(str),
    bytes: _string_value(bytes),
    bytearray: _string_value(bytearray),
    int: _int_value,
    bool: _repr_value(bool),
    float: _repr_value(float),
    complex: _repr_value(complex),
    type(None): _repr_value(type(None)),
    type(...): _repr_value(type(...)),
    type(NotImplemented): _repr_value(type(NotImplemented)),
}
_PLAIN_VALUES = {id(cls): value for cls, value in _PLAIN.items()}

_DESCRIBERS = {cls: _plain(value) for cls, value in _PLAIN.items()}
_DESCRIBERS.update({
    list: _Describer(_sequence_references, _list_names, _length_value(list)),
    tuple: _Describer(_tuple_references, _tuple_names, _length_value(tuple)),
    dict: _Describer(_dict_references, _dict_names, _length_value(dict)),
    set: _Describer(_set_references, _set_names, _length_value(set)),
    frozenset: _Describer(_set_references, _frozenset_names, _length_value(frozenset)),
    range: _Describer(value=_repr_value(range)),
    memoryview: _Describer(rest="<buffer>", value=_memoryview_value),
    type(gc.get_referents(memoryview(b""))[0]): _Describer(rest="obj"),
    type: _Describer(_type_references, value=_class_value),
    types.ModuleType: _Describer(names=_module_names, value=_module_value, rest="<state>"),
    types.FunctionType: _Describer(_function_references, value=_qualname_value),
    types.CodeType: _Describer(_code_references, value=_code_value),
    types.CellType: _Describer(names=_getters(types.CellType, "cell_contents"), state=_cell_state),
    types.MethodType: _Describer(value=_callable_value(types.MethodType.__dict__["__func__"])),
    types.BuiltinFunctionType: _Describer(
        names=_getters(types.BuiltinFunctionType, "__self__"),
        value=_name_value(types.BuiltinFunctionType),
        rest="__self__",  # Of a static method, where asking gives None.
    ),
    types.WrapperDescriptorType: _Describer(value=_name_value(types.WrapperDescriptorType)),
    types.MethodDescriptorType: _Describer(value=_name_value(types.MethodDescriptorType)),
    types.ClassMethodDescriptorType: _Describer(value=_name_value(types.ClassMethodDescriptorType)),
    types.GetSetDescriptorType: _Describer(value=_name_value(types.GetSetDescriptorType)),
    types.MemberDescriptorType: _Describer(value=_name_value(types.MemberDescriptorType)),
    types.MethodWrapperType: _Describer(
        names=_getters(types.MethodWrapperType, "__self__"),
        value=_name_value(types.MethodWrapperType),
        rest="<slot>",
    ),
    types.MappingProxyType: _Describer(rest="<mapping>"),
    property: _Describer(value=_callable_value(property.__dict__["fget"]), rest="<name>"),
    staticmethod: _Describer(value=_callable_value(staticmethod.__dict__["__func__"])),
    classmethod: _Describer(value=_callable_value(classmethod.__dict__["__func__"])),
    types.FrameType: _Describer(_frame_references, value=_frame_value),
    types.TracebackType: _Describer(names=_getters(types.TracebackType, "tb_next"), value=_traceback_value),
    types.GeneratorType: _Describer(
        names=_generator_names("gi"),
        value=_qualname_value,
        state=_running_state(types.GeneratorType.__dict__["gi_running"]),
    ),
    types.CoroutineType: _Describer(
        names=_generator_names("cr"),
        value=_qualname_value,
        state=_running_state(types.CoroutineType.__dict__["cr_running"]),
    ),
    types.AsyncGeneratorType: _Describer(
        names=_generator_names("ag"),
        value=_qualname_value,
        state=_running_state(types.AsyncGeneratorType.__dict__["ag_running"]),
    ),
    BaseException: _Describer(
        names=_getters(BaseException, "args", "__traceback__", "__cause__", "__context__"), value=_exception_value
    ),
    ReferenceType: _Describer(names=_weakref_names, value=_weakref_value),
    ProxyType: _Describer(_proxy_references, addresses=_proxy_addresses),
    CallableProxyType: _Describer(_proxy_references, addresses=_proxy_addresses),
    type({}.keys()): _Describer(rest="<dict>"),
    type({}.values()): _Describer(rest="<dict>"),
    type({}.items()): _Describer(rest="<dict>"),
    type(iter([])): _Describer(rest="<sequence>"),
    type(iter(())): _Describer(rest="<sequence>"),
    LockType: _Describer(state=_lock_state(LockType)),
    RLock: _Describer(state=_lock_state(RLock)),
})  # fmt: skip

# Types of modules that may not be loaded, and then have no objects either.
_DESCRIBERS_IF_LOADED = {
    ("_collections", "deque"): lambda cls: _Describer(names=_iterated(cls), value=_length_value(cls)),
    ("_functools", "partial"): lambda cls: _Describer(value=_callable_value(cls.__dict__["func"])),
    ("_asyncio", "Future"): lambda cls: _Describer(names=_getters(cls, *_FUTURE_ATTRIBUTES)),
    ("_asyncio", "Task"): lambda cls: _Describer(names=_getters(cls, *_FUTURE_ATTRIBUTES)),
}
_FUTURE_ATTRIBUTES = ("_loop", "_coro", "_fut_waiter", "_result", "_exception", "_source_traceback", "_cancel_message")


def _describers():
    """The table by the addresses of types: a hash of a type may be up to its metaclass."""
    table = {id(cls): describer for cls, describer in _DESCRIBERS.items()}
    for (module_name, name), describer in _DESCRIBERS_IF_LOADED.items():
        module = sys.modules.get(module_name)
        cls = _namespace_of_module(module).get(name) if type(module) is types.ModuleType else None
        if type(cls) is type:
            table[id(cls)] = describer(cls)
    return table


# ----------------------------------------------------------------------------------------------------------------------
# What is learned of a type when the first of its objects is met


class _Kind:
    """All that objects of one type have in common. Holds on to nothing of the program, whose counts would rise."""

    def __init__(self, walk, cls):
        mro = _mro_of(cls)
        describer, is_exact = walk.describer(mro)
        name, module = _quoted(_exact(_type_name_of(cls))), _quoted(_module_name(cls))
        self.head = ',"type":%s,"module":%s,"size":' % (name, module)
        self.names, self.value, self.state = describer.names, describer.value, describer.state
        self.addresses, self.rest = describer.addresses, describer.rest
        self.references = _choose_references(cls, mro, describer, is_exact)
        self.size = _choose_size(cls, mro)
        self.has_weakrefs = _weakrefoffset_of(cls) != 0
        self.has_attributes = _dictoffset_of(cls) != 0
        self.members = [
            (walk.own(name), _member(name))
            for name, value in _inherited(mro).items()
            if type(value) is types.MemberDescriptorType
        ]
        # Is all that its objects can hold their attributes and their class?
        self.is_plain = self.has_attributes and not self.members and all(map(_is_python_class, mro[:-1]))
        self.learned = []
        self._has_inline_values = _HAS_INLINE_VALUES and bool(_flags_of(cls) & _TYPE_HAS_MANAGED_DICT)
        self._unsafe = self._candidates = None
        self._searches = 0

    def plain_references(self, item, referents):
        """The short way for an object that has attributes and no more: None if it has others than are known by now."""
        if not self._has_inline_values:
            has_dictionary = 0 < len(referents) <= 2 and type(referents[0]) is dict
            return zip(_DICT_AND_CLASS, referents) if has_dictionary else None
        pairs = _read_all(item, self.learned)
        pairs.append((_CLASS, type(item)))
        if len(pairs) != len(referents):
            return None
        return pairs if all([pair[1] is referent for pair, referent in zip(pairs, referents)]) else None

    def unsafe(self, walk, item):
        """Names that must not be read, though the object may have attributes of these names."""
        if self._unsafe is None:
            self._unsafe = walk.descriptor_names(_mro_of(type(item)))
        return self._unsafe

    def attributes(self, walk, item, unnamed):
        """Names for what an object's attributes hold: in their dictionary or, without one, inside the object."""
        unsafe = self.unsafe(walk, item)
        for rest in unnamed:
            if type(rest) is dict and rest and _holds_attributes(rest, item, unsafe):
                return [(_DICT, rest)]
        named = self._inline_attributes(walk, item, unnamed) if self._has_inline_values else []
        empty = [rest for rest in _unnamed(unnamed, named) if type(rest) is dict and not rest]
        return named + [(_DICT, rest) for rest in empty[:1]]

    def _inline_attributes(self, walk, item, unnamed):
        """Tries names, first those that methods of the class use: the keys that instances share cannot be asked for."""
        named = _read_all(item, self.learned)
        if self._is_complete(unnamed, named):
            return named
        if self._candidates is None:
            self._candidates = self._new_candidates(walk, _names_in_class(_mro_of(type(item))))
        self._learn(item, self._candidates, unnamed)
        named = _read_all(item, self.learned)
        if not self._is_complete(unnamed, named) and self._searches < _MAX_SEARCHES:
            self._searches += 1
            self._learn(item, self._new_candidates(walk, walk.names_in_code()), unnamed)
            named = _read_all(item, self.learned)
        return named

    @staticmethod
    def _is_complete(unnamed, named):
        return len(_unnamed(unnamed, named)) <= 1  # The class is named later.

    def _new_candidates(self, walk, names):
        known = {name for name, _ in self.learned}
        return [(walk.own(name), _attribute(name)) for name in names if name not in self._unsafe and name not in known]

    def _learn(self, item, candidates, unnamed):
        """Keeps the candidates that lead to referents, in the order of these, which is that of the shared keys."""
        defaults = _inherited(_mro_of(type(item)))
        known = [name for name, _ in self.learned]
        found = [(name, ending, _read_or(item, name, None)) for name, ending in self.learned]
        tried = [(name, ending, _read_or(item, name, _NOTHING)) for name, ending in candidates if name not in known]
        tried = [entry for entry in tried if entry[2] is not _NOTHING]
        # What a class has as a default may not be in the object: it comes last.
        certain = [entry for entry in tried if entry[2] is not defaults.get(entry[0], _NOTHING)]
        perhaps = [entry for entry in tried if entry[2] is defaults.get(entry[0], _NOTHING)]
        rest = _unnamed(unnamed, [(ending, value) for _, ending, value in found])
        for entry in certain + perhaps:
            place = next((place for place, referent in enumerate(rest) if referent is entry[2]), None)
            if place is not None:
                del rest[place]
                found.append(entry)
        places = {id(referent): place for place, referent in enumerate(unnamed)}
        ordered = sorted([(places.get(id(value), len(places)), name, ending) for name, ending, value in found])
        self.learned = [(name, ending) for _, name, ending in ordered]


_NOTHING = object()


def _read_all(item, names):
    """The attributes that an object has, of names that are safe to be read, by the text of their labels."""
    pairs = []
    for name, ending in names:
        try:
            pairs.append((ending, _read(item, name)))
        except Exception:  # Unset, or a member that cannot be read now.
            pass
    return pairs


def _read_or(item, name, default):
    try:
        return _read(item, name)
    except Exception:
        return default


def _names_in_class(mro):
    """Names that the methods and annotations of a class use: among them, most names of its attributes."""
    names = {}
    for cls in reversed(mro):
        for name, value in _entries(cls):
            if type(value) is types.FunctionType:
                names.update(dict.fromkeys(value.__code__.co_names))
            elif name in ("__annotations__", "__static_attributes__", "__dataclass_fields__", "__match_args__"):
                if type(value) in (dict, tuple):
                    names.update(dict.fromkeys([word for word in list(value) if type(word) is str]))
    return list(names)


def _choose_references(cls, mro, describer, is_exact):
    references = describer.references
    if references is _no_references:
        # Of a subclass, an instance has at least a class, and perhaps attributes.
        return None if is_exact else _object_references
    if references is not None and (is_exact or references is _type_references):
        return references
    if any([base is ReferenceType for base in mro]):
        return _weakref_references
    return _object_references if _flags_of(cls) & _TYPE_HAS_GC else None


def _choose_size(cls, mro):
    """`sys.getsizeof`, with the collector's header; where `__sizeof__` is the program's, that of the first C base."""
    definitions = [value for base in mro for name, value in _entries(base) if name == "__sizeof__"]
    definitions.append(object.__sizeof__)
    if type(definitions[0]) is types.MethodDescriptorType:
        return sys.getsizeof
    sizeof = next(value for value in definitions if type(value) is types.MethodDescriptorType)
    n_headers = bool(_flags_of(cls) & _TYPE_HAS_GC and not _IS_FREE_THREADED)
    n_headers += bool(_flags_of(cls) & _TYPE_HAS_PREHEADER)
    return lambda item: sizeof(item) + n_headers * 2 * _POINTER_BYTES


# ----------------------------------------------------------------------------------------------------------------------
# The walk


class _Walk:
    """Visits every object once and writes its line at once: kept are a set of numbers and a list of what is left."""

    def __init__(self, heap, roots, values, max_value):
        self.n_objects = self.n_references = 0
        self.closures, self.live_frames = {}, set()
        self._hidden = _own_ids()
        self._root_names = {}
        self._values, self._max_value = values, max_value
        self._kinds, self._describers, self._keys, self._own = {}, _describers(), {}, {}
        self._are_descriptors, self._names_in_code = {}, None
        self._look_through(heap)
        self._seen = set(map(id, heap))
        self._seen.difference_update(self._hidden)
        self._pending = heap
        self._add_roots(roots)

    def batches(self):
        """Lists of lines, one line for each object."""
        lines = []
        pending, hidden, kinds = self._pending, self._hidden, self._kinds
        own_references = _own_references()
        while pending:
            item = pending.pop()
            if id(item) in hidden:
                continue
            # Here, and not in a function, which would hold the object as well.
            strong = sys.getrefcount(item) - own_references
            kind = kinds.get(id(type(item))) or self.kind(item)
            lines.append(self._line(item, kind, strong))
            if len(lines) >= _LINES_PER_WRITE:
                yield lines
                lines = []
        if lines:
            yield lines

    def _line(self, item, kind, strong):
        number = id(item)
        self.n_objects += 1
        try:
            size = kind.size(item)
        except Exception:
            size = _basicsize_of(type(item))
        line = f'{{"id":{number}{kind.head}{size}'
        if strong < _IMMORTAL:
            line += f',"strong":{strong if strong > 0 else 0}'
        if kind.has_weakrefs:
            n_weak = getweakrefcount(item)
            if n_weak:
                line += f',"weak":{n_weak}'
        if kind.value is not None and self._values:
            try:
                value = kind.value(item, self._max_value)
            except Exception:  # Released, half made, or of too many digits: there is no value to show.
                value = None
            if value is not None:
                line += ',"value":' + _quoted(value)
        if kind.state is not None:
            state = kind.state(item)
            if state is not None:
                line += f',"state":"{state}"'
        if number in self._root_names:
            line += ',"root":' + _quoted(self._root_names[number])
        if kind.references is not None:
            references = self._references(item, kind)
            if references:
                self.n_references += len(references)
                line += f',"refs":[{",".join(references)}]'
        return line + "}"

    def _references(self, item, kind):
        try:
            references = self._texts(kind.references(self, item))
        except MemoryError:
            raise
        except Exception:  # Another thread changes the container, or a type of C is not as its kind should be.
            references = self._texts(_matched(gc.get_referents(item), ()))
        if kind.addresses is not None:
            for number, ending in kind.addresses(item):
                if number in self._seen:
                    references.append(f"[{number}{ending}")
        return references

    def _texts(self, pairs):
        """References as the file has them; targets that are met for the first time are put on the list."""
        seen = self._seen
        texts = []
        for ending, target in pairs:
            number = id(target)
            if number not in seen:
                if number in self._hidden:
                    continue
                seen.add(number)
                self._pending.append(target)
            texts.append(f"[{number}{ending}")
        return texts

    def kind(self, item):
        cls = type(item)
        kind = self._kinds.get(id(cls))
        if kind is None:
            kind = self._kinds[id(cls)] = _Kind(self, cls)
        return kind

    def describer(self, mro):
        """The describer of the first class that has one, and whether that is the type itself."""
        for place, cls in enumerate(mro):
            describer = self._describers.get(id(cls))
            if describer is not None:
                return describer, place == 0
        return _UNDESCRIBED, False

    def key(self, key):
        """The label of what is found under a key: the key as one would write it, plain if it is a name."""
        if type(key) is not str:
            return _ending(_brief(key, self._max_value))
        ending = self._keys.get(key)
        if ending is None:
            ending = _ending(_key_label(key, self._max_value))
            if len(self._keys) < _MAX_CACHED_LABELS:
                self._keys[_copied(key)] = ending
        return ending

    def own(self, name):
        """One string of our own for all equal names."""
        copy = self._own.get(name)
        if copy is None:
            copy = _copied(name)
            self._own[copy] = copy
        return copy

    def descriptor_names(self, mro):
        """Names that must not be read: there, a class has something that may run code, or hides attributes."""
        return {self.own(name) for name, value in _inherited(mro).items() if self._is_descriptor(value)}

    def _is_descriptor(self, value):
        number = id(type(value))
        known = self._are_descriptors.get(number)
        if known is None:
            known = self._are_descriptors[number] = _is_descriptor(value)
        return known

    def names_in_code(self):
        """Names that any function of the program uses."""
        if self._names_in_code is None:
            names = {}
            for item in gc.get_objects():
                if type(item) is types.FunctionType:
                    names.update([(self.own(name), None) for name in item.__code__.co_names])
            self._names_in_code = list(names)
        return self._names_in_code

    def _look_through(self, heap):
        """Finds what must be known before the walk: what else is ours, and the names of variables in closures."""
        endings = {}
        for item in heap:
            cls = type(item)
            if cls is types.FunctionType:
                closure = item.__closure__
                if item.__globals__ is _OURS:
                    self._hidden.update(map(id, (item, closure) + closure if closure else (item,)))
                elif closure:
                    code = item.__code__
                    if id(code) not in endings:
                        endings[id(code)] = tuple(map(_ending, _free_names(code, len(closure))))
                    self.closures[id(closure)] = endings[id(code)]
            elif cls is types.FrameType and item.f_globals is _OURS:
                self._hidden.add(id(item))
            elif cls is types.TracebackType and item.tb_frame.f_globals is _OURS:
                self._hidden.add(id(item))

    def _add_roots(self, roots):
        modules = sys.modules
        self._add_root("sys.modules", modules)
        if type(modules) is dict:
            for name, module in list(modules.items()):
                if type(name) is str:
                    self._add_root("sys.modules[%r]" % name, module)
        # No variable keeps a frame: this function's own is among them, and would never be freed.
        frames = sys._current_frames()
        for ident in list(frames):
            self._add_thread(_thread_name(ident), frames.pop(ident))
        for name, item in list((roots or {}).items()):
            self._add_root(_exact(name), item)
            if any([base is BaseException for base in _mro_of(type(item))]):
                self._add_traceback(_exact(name), _traceback_of(item))

    def _add_root(self, name, item):
        number = id(item)
        if number in self._hidden:
            return
        names = self._root_names
        names[number] = names[number] + ", " + name if number in names else name
        if number not in self._seen:
            self._seen.add(number)
            self._pending.append(item)

    def _add_thread(self, name, frame):
        while frame is not None:
            if frame.f_globals is _OURS:
                self._hidden.add(id(frame))
            else:
                self._add_frame(name, frame)
            frame = frame.f_back

    def _add_traceback(self, name, traceback):
        while traceback is not None:
            if traceback.tb_frame.f_globals is not _OURS:
                self._add_frame(name, traceback.tb_frame)
            traceback = traceback.tb_next

    def _add_frame(self, name, frame):
        self.live_frames.add(id(frame))
        self._add_root("%s: %s" % (name, _frame_value(frame, 200)), frame)
        if not _HAS_LOCALS_PROXY and _is_optimized(frame):
            self._hide_locals(frame)

    def _hide_locals(self, frame):
        """Up to 3.12, a frame that is asked for its variables makes and keeps a dictionary: ours, and emptied again.

        Unless somebody else may see it: one who holds it, or a trace function, from which it is written back to the
        variables.
        """
        variables = frame.f_locals
        # The frame, the variable above and the argument; and the list of what is left, if an earlier dump has made it.
        n_ours = 3 + (id(variables) in self._seen)
        if sys.getrefcount(variables) == n_ours and frame.f_trace is None and sys.gettrace() is None:
            self._hidden.add(id(variables))
            self._seen.discard(id(variables))
            variables.clear()

    def variables(self, frame):
        """Names for the variables of a frame that may be asked for them."""
        variables = frame.f_locals
        if not _is_optimized(frame):
            return [(_LOCALS, variables)]
        named = _variables(variables)
        if id(variables) in self._hidden:
            variables.clear()
        return named


_UNDESCRIBED = _Describer()


def _own_references():
    """What the walk itself adds to the count of an object that it has taken from its list."""
    pending = [object()]
    while pending:
        item = pending.pop()
        return sys.getrefcount(item)


def _key_label(key, limit):
    return key if key.isidentifier() and len(key) <= limit else _DESCRIBERS[str].value(key, limit)


def _thread_name(ident):
    threading = sys.modules.get("threading")
    if type(threading) is types.ModuleType:
        active = _namespace_of_module(threading).get("_active")
        thread = active.get(ident) if type(active) is dict else None
        try:
            name = _read(thread, "_name")
        except AttributeError:
            name = None
        if type(name) is str:
            return "thread " + name
    return "thread MainThread" if ident == _MAIN_THREAD else "thread"


_MAIN_THREAD = get_ident()


# ----------------------------------------------------------------------------------------------------------------------
# What is ours, and so in no file

_OURS = globals()
_CONTAINERS = (list, tuple, set, types.CodeType, types.CellType, types.MethodWrapperType)


def _own_ids():
    """The addresses of this module and of all that only it has made."""
    own = {id(module) for module in list(sys.modules.values()) if _is_our_module(module)}
    made_by_import = [_OURS.get("__spec__"), _OURS.get("__loader__")]
    pending = [_OURS] + [item for item in made_by_import if item is not None and not _is_class(item)]
    while pending:
        item = pending.pop()
        if id(item) not in own:
            own.add(id(item))
            pending.extend([part for part in _parts(item) if _is_ours(part)])
    return own


def _is_our_module(module):
    return type(module) is types.ModuleType and _namespace_of_module(module) is _OURS


def _parts(item):
    parts = gc.get_referents(item)
    if type(item) is types.CodeType:
        parts.extend([target for _, target in _code_references(None, item)])
        parts.extend(item.co_consts)
    elif type(item) is type:
        parts.extend(gc.get_referents(_namespace_of(item)) + getweakrefs(item))
    return parts


def _is_ours(part):
    cls = type(part)
    if cls is type:
        return _OURS.get(_type_name_of(part)) is part
    if cls is types.FunctionType:
        return part.__globals__ is _OURS
    if cls in (types.MemberDescriptorType, types.GetSetDescriptorType):
        return _is_ours(part.__objclass__)
    if cls is dict:
        return part is not builtins.__dict__
    return cls is ReferenceType or (cls in _CONTAINERS and part != ()) or _is_ours_class(cls)


def _is_ours_class(cls):
    return cls in (_Describer, _Session)


# ----------------------------------------------------------------------------------------------------------------------
# Running a program

_USAGE = """\
usage: objgraph_dump.py [options] (script.py | folder | archive.zip | -m module) [argument ...]

Runs a program as `python` does, and writes its heap to a file.

  -o, --output FILE     where to: plain, or compressed if it ends with .gz or .zst (default: heap.jsonl.gz)
  --at-exit             when the program has ended, before it is taken apart (the default)
  --signal NAME         on a signal, such as SIGUSR1: each time, in numbered files
  --on-memory-error     when a MemoryError ends the program, or a thread of it
  -q, --quiet           say nothing on standard error
  -h, --help            show this help
"""


class _Session:
    """When a program is to be dumped, and where to."""

    def __init__(self):
        self.path = "heap.jsonl.gz"
        self.at_exit = self.on_memory_error = self.quiet = False
        self.signal = None
        self.process = os.getpid()
        self.n_dumps = 0
        self.is_dumping = False
        self.reserve = None

    def arm(self):
        self.path = os.path.abspath(self.path)
        _compression(self.path)  # Says now what it would say when it is too late.
        if self.at_exit or not (self.signal or self.on_memory_error):
            # The first to be registered is the last to be called: after all of the program.
            atexit.register(_dump_at_exit)
        if self.signal:
            import signal

            signal.signal(_signal_number(self.signal), lambda number, frame: self.dump())
        if self.on_memory_error:
            self._watch_threads()
            self.reserve = bytes(_RESERVE_BYTES)

    def _watch_threads(self):
        import threading

        report = threading.excepthook

        def excepthook(arguments):
            if arguments.exc_type is not None and issubclass(arguments.exc_type, MemoryError):
                self.dump_memory_error(arguments.exc_value)
            report(arguments)

        threading.excepthook = excepthook

    def dump_memory_error(self, error):
        self.reserve = None
        if self.on_memory_error:
            self.dump({"MemoryError": error})

    def dump(self, roots=None):
        """Dumps, and says so. A signal meanwhile is ignored; an error is told, and does not become the program's."""
        if self.is_dumping:
            return
        self.is_dumping = True
        self.roots = roots
        try:
            self.n_dumps += 1
            path = self._numbered_path()
            counts = dump(path, roots=roots)
            self._say("%s: %d objects, %d references" % (path, counts["objects"], counts["refs"]))
        except Exception as error:
            self._say("no heap was written: %s: %s" % (type(error).__name__, error))
        finally:
            self.is_dumping = False
            self.roots = None

    def _numbered_path(self):
        if self.n_dumps == 1 and not self.signal:
            return self.path
        stem, extensions = self.path, ""
        for extension in (".gz", ".zst", ".jsonl", ".json"):
            if stem.endswith(extension):
                stem, extensions = stem[: -len(extension)], extension + extensions
        return "%s.%d%s" % (stem, self.n_dumps, extensions)

    def _say(self, text):
        if not self.quiet and sys.stderr is not None:
            print("objgraph_dump:", text, file=sys.stderr)


def _signal_number(name):
    import signal

    if name.isdigit():
        return int(name)
    name = name.upper()
    try:
        return signal.Signals[name if name.startswith("SIG") else "SIG" + name]
    except KeyError:
        _refuse("no signal is called " + name)


def _refuse(reason):
    sys.stderr.write("objgraph_dump: %s\n" % reason)
    raise SystemExit(2)


def _parsed(arguments):
    """The session that options ask for, whether a module is to be run, and the program with its arguments."""
    session = _Session()
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option in ("-h", "--help"):
            sys.stdout.write(_USAGE)
            raise SystemExit(0)
        if option in ("-o", "--output", "--signal", "-m") and not arguments:
            _refuse("%s needs a value" % option)
        if option == "-m":
            return session, True, arguments
        if option == "--":
            break
        _apply(session, option, arguments)
    if not arguments:
        _refuse("no program to run; --help tells how")
    return session, False, arguments


def _apply(session, option, arguments):
    if option in ("-o", "--output"):
        session.path = arguments.pop(0)
    elif option == "--signal":
        session.signal = arguments.pop(0)
    elif option == "--at-exit":
        session.at_exit = True
    elif option == "--on-memory-error":
        session.on_memory_error = True
    elif option in ("-q", "--quiet"):
        session.quiet = True
    else:
        _refuse("unknown option %s; --help tells those that there are" % option)


_session = None


def _dump_at_exit():
    # A child of `os.fork` has inherited this, and is not what was asked for.
    if os.getpid() == _session.process:
        _session.dump()


def _main(arguments):
    global _session
    _session, is_module, arguments = _parsed(arguments)
    _session.arm()
    # Under this name the program may import it, to dump by itself.
    sys.modules["objgraph_dump"] = sys.modules["__main__"]
    program = sys.modules["__main__"] = types.ModuleType("__main__")
    program.__builtins__ = builtins
    if _VERSION < (3, 14):
        program.__annotations__ = {}
    try:
        (_run_module if is_module else _run_path)(program.__dict__, arguments)
    except SystemExit:
        raise
    except BaseException as error:
        error.__traceback__ = _without_ours(error.__traceback__)
        if issubclass(type(error), MemoryError):
            _session.dump_memory_error(error)
        _report_without_ours()
        raise


def _run_module(namespace, arguments):
    import runpy

    _replace_first_path(os.getcwd())
    sys.argv[:] = ["-m"] + arguments[1:]
    runpy._run_module_as_main(arguments[0])


def _run_path(namespace, arguments):
    sys.argv[:] = arguments
    path = os.path.abspath(arguments[0]) if _VERSION >= (3, 9) else arguments[0]
    if _has_importer(path):
        import runpy

        _replace_first_path(path)
        runpy._run_module_as_main("__main__", False)
        return
    _replace_first_path(os.path.dirname(os.path.realpath(path)))
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        atexit.unregister(_dump_at_exit)
        _refuse("can't open file %r: [Errno %s] %s" % (path, error.errno, error.strerror))
    loader = sys.modules["_frozen_importlib_external"].SourceFileLoader("__main__", path)
    namespace.update(__file__=path, __loader__=loader, __cached__=None)
    exec(compile(source, path, "exec", dont_inherit=True), namespace)


def _has_importer(path):
    """Can modules be imported from there? So it is with folders and archives, which have a module `__main__`."""
    for hook in sys.path_hooks:
        try:
            return hook(path) is not None
        except ImportError:
            continue
    return False


def _replace_first_path(path):
    if getattr(sys.flags, "safe_path", False) or sys.flags.isolated:
        return
    sys.path[:1] = [path]


def _without_ours(traceback):
    while traceback is not None and traceback.tb_frame.f_globals is _OURS:
        traceback = traceback.tb_next
    return traceback


def _report_without_ours():
    """Has the error that is about to leave shown as if this module had not run the program."""
    report = sys.excepthook

    def excepthook(error_type, error, traceback):
        sys.excepthook = report
        error.__traceback__ = sys.last_traceback = _without_ours(traceback)
        report(error_type, error, sys.last_traceback)

    sys.excepthook = excepthook


# Tuples of strings and numbers leave the collector's lists when it first meets them: so do those of our code.
gc.collect(0)

if __name__ == "__main__":
    _main(sys.argv[1:])
