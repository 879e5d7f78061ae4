//! Which field an edge comes from: `.children[3]`, `.by_name["main"]`, `::Branch.left`.
//!
//! A path is split in two. Its shape, `.children[·]`, is one of a few and interned; what fills the
//! holes, `3`, differs from edge to edge and is kept beside it. So a label costs eight bytes.

use crate::Repr;
use crate::address::FastMap;
use std::fmt::Write as _;

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// `.name`
    Field(&'static str),
    /// `::Name`
    Variant(&'static str),
    /// `[3]`: a position in a sequence.
    Index,
    /// `["main"]`: the value at a key of a map.
    Key,
    /// `{3}`: a member of a set, in the order of iteration.
    Member,
    /// `.key(3)`: a key of a map, in the order of iteration.
    MapKey,
}

impl Segment {
    fn has_hole(self) -> bool {
        !matches!(self, Self::Field(_) | Self::Variant(_))
    }
}

/// The shape of a path: its segments without what fills their holes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathId(pub u32);

impl PathId {
    /// The path of a node to itself.
    pub const EMPTY: Self = Self(0);
}

/// A path of one edge: the shape, and where to find what fills its holes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The interned shape.
    pub path: PathId,
    /// The filling of a shape with one hole; where the fillings begin for a shape with several.
    pub filling: u32,
}

#[derive(Clone, Copy, Debug)]
struct Shape {
    parent: PathId,
    segment: Option<Segment>,
    n_holes: u32,
}

/// Interned shapes of paths, and the text of keys.
#[derive(Debug)]
pub struct Paths {
    shapes: Vec<Shape>,
    by_text: FastMap<(PathId, Segment), PathId>,
    /// The last child found for each pair of parent and name, since the same few come again and again.
    recent: Vec<Recent>,
    fillings: Vec<u32>,
    /// Keys one after the other, each ended by a NUL, which a [`Repr`] never writes.
    keys: String,
}

#[derive(Clone, Copy, Debug)]
struct Recent {
    parent: PathId,
    /// Where the name lies: two that lie in one place and have one length are equal.
    name: usize,
    /// The kind of segment and the length of its name; no segment has `usize::MAX`.
    kind: usize,
    child: PathId,
}

const N_RECENT: usize = 256;

/// Keys are cut to this many characters.
const KEY_CHARS: usize = 40;

/// Stands for a key beyond the four gigabytes of text that are kept.
const NO_KEY: u32 = u32::MAX;

impl Default for Paths {
    fn default() -> Self {
        Self {
            shapes: vec![Shape { parent: PathId::EMPTY, segment: None, n_holes: 0 }],
            by_text: FastMap::default(),
            recent: vec![Recent { parent: PathId::EMPTY, name: 0, kind: usize::MAX, child: PathId::EMPTY }; N_RECENT],
            fillings: Vec::new(),
            keys: String::new(),
        }
    }
}

impl Paths {
    /// The path that goes one segment further.
    #[inline]
    pub(crate) fn child(&mut self, parent: PathId, segment: Segment) -> PathId {
        let (name, kind) = match segment {
            Segment::Field(name) => (name.as_ptr().addr(), name.len() << 3),
            Segment::Variant(name) => (name.as_ptr().addr(), name.len() << 3 | 1),
            Segment::Index => (0, 2),
            Segment::Key => (0, 3),
            Segment::Member => (0, 4),
            Segment::MapKey => (0, 5),
        };
        let place = (name ^ name >> 8 ^ kind << 2 ^ (parent.0 as usize) << 5) % N_RECENT;
        let recent = &self.recent[place];
        if (recent.name, recent.kind, recent.parent) == (name, kind, parent) {
            return recent.child;
        }
        let child = self.intern(parent, segment);
        self.recent[place] = Recent { parent, name, kind, child };
        child
    }

    fn intern(&mut self, parent: PathId, segment: Segment) -> PathId {
        let shapes = &mut self.shapes;
        *self.by_text.entry((parent, segment)).or_insert_with(|| {
            let n_holes = shapes[parent.0 as usize].n_holes + u32::from(segment.has_hole());
            shapes.push(Shape { parent, segment: Some(segment), n_holes });
            PathId(shapes.len() as u32 - 1)
        })
    }

    /// The label of a path whose holes have these fillings, outermost first.
    #[inline]
    pub(crate) fn label(&mut self, path: PathId, fillings: &[u32]) -> Label {
        let filling = match fillings {
            [] => 0,
            [only] => *only,
            several => {
                self.fillings.extend_from_slice(several);
                (self.fillings.len() - several.len()) as u32
            }
        };
        Label { path, filling }
    }

    /// Stores the text of a key and returns the filling that stands for it.
    pub(crate) fn key(&mut self, write: impl FnOnce(&mut Repr<'_>)) -> u32 {
        let start = self.keys.len();
        write(&mut Repr::new(&mut self.keys, KEY_CHARS));
        self.keys.push('\0');
        u32::try_from(start).unwrap_or(NO_KEY)
    }

    /// Where the text of keys ends now, to go back to with [`forget_keys`](Self::forget_keys).
    pub(crate) fn mark_keys(&self) -> usize {
        self.keys.len()
    }

    /// Forgets the keys since a mark: no label uses them.
    pub(crate) fn forget_keys(&mut self, mark: usize) {
        self.keys.truncate(mark);
    }

    pub(crate) fn shrink(&mut self) {
        self.fillings.shrink_to_fit();
        self.keys.shrink_to_fit();
    }

    /// The segments of a shape, outermost first.
    #[must_use]
    pub fn segments(&self, path: PathId) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut shape = self.shapes[path.0 as usize];
        while let Some(segment) = shape.segment {
            segments.push(segment);
            shape = self.shapes[shape.parent.0 as usize];
        }
        segments.reverse();
        segments
    }

    /// The path as text: `.children[3]`.
    #[must_use]
    pub fn text(&self, label: Label) -> String {
        self.write(label.path, Some(label))
    }

    /// The shape as text, with holes left open: `.children[]`.
    #[must_use]
    pub fn shape_text(&self, path: PathId) -> String {
        self.write(path, None)
    }

    fn write(&self, path: PathId, label: Option<Label>) -> String {
        let several = self.shapes[path.0 as usize].n_holes > 1;
        let mut n_filled = 0;
        let mut fill = || {
            let filling = label.map(|label| match several {
                false => label.filling,
                true => self.fillings[label.filling as usize + n_filled],
            });
            n_filled += 1;
            filling
        };
        let number = |filling: Option<u32>| filling.map_or(String::new(), |filling| filling.to_string());
        let mut text = String::new();
        for segment in self.segments(path) {
            let written = match segment {
                Segment::Field(name) => write!(text, ".{name}"),
                Segment::Variant(name) => write!(text, "::{name}"),
                Segment::Index => write!(text, "[{}]", number(fill())),
                Segment::Member => write!(text, "{{{}}}", number(fill())),
                Segment::MapKey => write!(text, ".key({})", number(fill())),
                Segment::Key => write!(text, "[{}]", fill().map_or("", |key| self.key_text(key))),
            };
            written.expect("a String takes any text");
        }
        text
    }

    fn key_text(&self, filling: u32) -> &str {
        let rest = self.keys.get(filling as usize..).unwrap_or("…");
        rest.split('\0').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_paths_are_one() {
        let mut paths = Paths::default();
        let mut path = |name: &'static str| {
            let field = paths.child(PathId::EMPTY, Segment::Field(name));
            paths.child(field, Segment::Index)
        };
        let elsewhere: &'static str = String::from("left").leak();
        assert_eq!(path("left"), path(elsewhere));
        assert_ne!(path("left"), path("right"));
        assert_ne!(path("lef"), path("left"));
    }

    #[test]
    fn holes_are_filled_outermost_first() {
        let mut paths = Paths::default();
        let rows = paths.child(PathId::EMPTY, Segment::Field("rows"));
        let row = paths.child(rows, Segment::Index);
        let cell = paths.child(row, Segment::Key);
        let key = paths.key(|out| out.debug("a"));
        let label = paths.label(cell, &[3, key]);
        assert_eq!(paths.text(label), ".rows[3][\"a\"]");
        assert_eq!(paths.shape_text(cell), ".rows[][]");
    }

    #[test]
    fn a_field_and_a_variant_of_one_name_differ() {
        let mut paths = Paths::default();
        let field = paths.child(PathId::EMPTY, Segment::Field("Left"));
        let variant = paths.child(PathId::EMPTY, Segment::Variant("Left"));
        assert_eq!((paths.shape_text(field), paths.shape_text(variant)), (".Left".into(), "::Left".into()));
    }
}
