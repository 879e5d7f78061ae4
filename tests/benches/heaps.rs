//! The values that are measured: one heap of each shape, on which every contender has its own derive.

use allocative::Allocative;
use deepsize::DeepSizeOf;
use get_size2::GetSize;
use mem_dbg::{False, FlatType, MemSize, SizeFlags};
use objgraph::Trace;
use std::collections::HashMap;
use std::rc::Rc;

/// A node of a binary tree.
#[derive(Trace, Allocative, DeepSizeOf, GetSize)]
pub(crate) struct Tree {
    pub(crate) number: u64,
    pub(crate) children: Vec<Rc<Tree>>,
}

/// A link of a list.
#[derive(Trace, Allocative, DeepSizeOf, GetSize)]
pub(crate) struct List {
    pub(crate) number: u64,
    pub(crate) next: Option<Rc<List>>,
}

/// A value of a map.
#[derive(Trace, Allocative, DeepSizeOf, GetSize, MemSize)]
#[mem_size(rec)]
pub(crate) struct Item {
    pub(crate) number: u64,
    pub(crate) name: String,
}

/// What `mem_dbg`'s derive would write, were its bounds not on the types of fields: those overflow on recursive types.
macro_rules! mem_size {
    ($type:ident: $field:ident: $field_type:ty) => {
        impl FlatType for $type {
            type Flat = False;
        }

        impl MemSize for $type {
            fn mem_size_rec(
                &self,
                flags: SizeFlags,
                refs: &mut mem_dbg::HashMap<usize, usize>,
            ) -> usize {
                size_of::<Self>() + self.$field.mem_size_rec(flags, refs) - size_of::<$field_type>()
            }
        }
    };
}

mem_size!(Tree: children: Vec<Rc<Tree>>);
mem_size!(List: next: Option<Rc<List>>);

pub(crate) type Map = HashMap<String, Rc<Item>>;

/// An object with two references, for the measurement of memory.
#[derive(Trace)]
pub(crate) struct Pair {
    previous: Option<Rc<Pair>>,
    half: Option<Rc<Pair>>,
}

/// A tree of `size` nodes, in allocation order.
pub(crate) fn tree(size: usize) -> Rc<Tree> {
    let mut number = 0;
    subtree(size, &mut number)
}

fn subtree(size: usize, number: &mut u64) -> Rc<Tree> {
    *number += 1;
    let own = *number;
    let below = size - 1;
    let mut children = Vec::with_capacity(below.min(2));
    for size in [below - below / 2, below / 2] {
        if size > 0 {
            children.push(subtree(size, number));
        }
    }
    Rc::new(Tree {
        number: own,
        children,
    })
}

/// A list of `size` links.
///
/// # Panics
/// If `size` is 0.
pub(crate) fn list(size: usize) -> Rc<List> {
    let links = 0..size as u64;
    let head = links.fold(None, |next, number| Some(Rc::new(List { number, next })));
    head.expect("a list that is measured has links")
}

/// A map of `size` entries.
pub(crate) fn map(size: usize) -> Map {
    let entry = |number| {
        let item = Item {
            number,
            name: format!("item {number}"),
        };
        (format!("key {number}"), Rc::new(item))
    };
    (0..size as u64).map(entry).collect()
}

/// Objects with two references each, all reachable from the last.
///
/// # Panics
/// If `size` is 0.
pub(crate) fn pairs(size: usize) -> Rc<Pair> {
    let mut pairs: Vec<Rc<Pair>> = Vec::with_capacity(size);
    for place in 0..size {
        let pair = Pair {
            previous: pairs.last().cloned(),
            half: pairs.get(place / 2).cloned(),
        };
        pairs.push(Rc::new(pair));
    }
    pairs.pop().expect("what is measured has objects")
}
