//! Which field an edge comes from: `.children[3]`, `.by_name["main"]`, `::Branch.left`.
//!
//! A path is split in two. Its shape, `.children[·]`, is one of a few and interned; what fills the
//! holes, `3`, differs from edge to edge and is kept beside it. So a label costs eight bytes.

use crate::Repr;
use crate::address::FastMap;
use crate::texts::Texts;
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
    /// Which of the kinds with a hole it is, if it has one.
    #[inline]
    fn hole(self) -> Option<usize> {
        match self {
            Self::Field(_) | Self::Variant(_) => None,
            Self::Index => Some(0),
            Self::Key => Some(1),
            Self::Member => Some(2),
            Self::MapKey => Some(3),
        }
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
    /// The shapes that go one segment with a hole further, by kind of hole.
    holes: [PathId; 4],
}

/// Interned shapes of paths, and the text of keys.
#[derive(Debug)]
pub struct Paths {
    shapes: Vec<Shape>,
    by_text: FastMap<(PathId, Segment), PathId>,
    /// The last child found for each pair of parent and name, since the same few come again and again.
    recent: Box<[Recent; N_RECENT]>,
    fillings: Vec<u32>,
    keys: Texts,
}

#[derive(Clone, Copy, Debug)]
struct Recent {
    parent: PathId,
    /// Compared by place: two that lie in one place and have one length are equal.
    name: &'static str,
    is_variant: bool,
    child: PathId,
}

const N_RECENT: usize = 256;

/// A parent that no path has.
const NO_PATH: PathId = PathId(u32::MAX);

/// Keys are cut to this many characters.
const KEY_CHARS: usize = 40;

/// Stands for a key without text, or beyond the four gigabytes of text that are kept.
const NO_KEY: u32 = u32::MAX;

impl Default for Paths {
    fn default() -> Self {
        Self {
            shapes: vec![Shape {
                parent: PathId::EMPTY,
                segment: None,
                n_holes: 0,
                holes: [NO_PATH; 4],
            }],
            by_text: FastMap::default(),
            recent: Box::new(
                [Recent {
                    parent: NO_PATH,
                    name: "",
                    is_variant: false,
                    child: PathId::EMPTY,
                }; N_RECENT],
            ),
            fillings: Vec::new(),
            keys: Texts::default(),
        }
    }
}

impl Paths {
    /// The path that goes one segment further.
    #[inline]
    pub(crate) fn child(&mut self, parent: PathId, segment: Segment) -> PathId {
        match segment {
            Segment::Field(name) | Segment::Variant(name) => self.named(parent, name, segment),
            _ => match self.shapes[parent.0 as usize].holes[segment.hole().unwrap_or_default()] {
                NO_PATH => self.intern(parent, segment),
                known => known,
            },
        }
    }

    #[inline]
    fn named(&mut self, parent: PathId, name: &'static str, segment: Segment) -> PathId {
        let place = name.as_ptr().addr() ^ (parent.0 as usize) << 4;
        let recent = &self.recent[(place ^ place >> 6) % N_RECENT];
        let is_variant = matches!(segment, Segment::Variant(_));
        if std::ptr::eq(recent.name, name)
            && (recent.parent, recent.is_variant) == (parent, is_variant)
        {
            return recent.child;
        }
        let child = self.intern(parent, segment);
        self.recent[(place ^ place >> 6) % N_RECENT] = Recent {
            parent,
            name,
            is_variant,
            child,
        };
        child
    }

    #[inline(never)]
    fn intern(&mut self, parent: PathId, segment: Segment) -> PathId {
        let shapes = &mut self.shapes;
        let child = *self.by_text.entry((parent, segment)).or_insert_with(|| {
            let n_holes = shapes[parent.0 as usize].n_holes + u32::from(segment.hole().is_some());
            let child = PathId(shapes.len() as u32);
            shapes.push(Shape {
                parent,
                segment: Some(segment),
                n_holes,
                holes: [NO_PATH; 4],
            });
            child
        });
        if let Some(hole) = segment.hole() {
            self.shapes[parent.0 as usize].holes[hole] = child;
        }
        child
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
    #[inline]
    pub(crate) fn key(&mut self, write: impl FnOnce(&mut Repr<'_>)) -> u32 {
        self.keys
            .add(|text| write(&mut Repr::new(text, KEY_CHARS)))
            .unwrap_or(NO_KEY)
    }

    /// Forgets the key that was stored last: no label uses it.
    pub(crate) fn forget_key(&mut self, key: u32) {
        if key != NO_KEY {
            self.keys.forget(key);
        }
    }

    pub(crate) fn shrink(&mut self) {
        self.fillings.shrink_to_fit();
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
            let filling = label.map(|label| {
                if several {
                    self.fillings[label.filling as usize + n_filled]
                } else {
                    label.filling
                }
            });
            n_filled += 1;
            filling
        };
        let number =
            |filling: Option<u32>| filling.map_or(String::new(), |filling| filling.to_string());
        let mut text = String::new();
        for segment in self.segments(path) {
            let written = match segment {
                Segment::Field(name) => write!(text, ".{name}"),
                Segment::Variant(name) => write!(text, "::{name}"),
                Segment::Index => write!(text, "[{}]", number(fill())),
                Segment::Member => write!(text, "{{{}}}", number(fill())),
                Segment::MapKey => write!(text, ".key({})", number(fill())),
                Segment::Key => write!(text, "[{}]", fill().map_or("", |key| self.keys.get(key))),
            };
            written.expect("a String takes any text");
        }
        text
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
        assert_eq!(
            (paths.shape_text(field), paths.shape_text(variant)),
            (".Left".into(), "::Left".into())
        );
    }
}
