//! What a programmer changes so that a field holds weak references.

use crate::analysis::walk::Inside;
use crate::graph::{Edge, ObjectGraph};
use objgraph_trace::{EdgeKind, NodeFlags};
use std::fmt;

/// The change of a field, behind its name: `: Rc<Widget> → Weak<Widget>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// A pointer, and the type that it points at, if that is one.
    Pointer(&'static str, Option<Box<str>>),
    /// A counted pointer of a kind that is not known, or of two.
    Counted,
    /// The only owner.
    Owned,
    /// A reference of another language.
    Foreign,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pointer(pointer, target) => {
                let target = target.as_deref().unwrap_or("_");
                write!(f, ": {pointer}<{target}> → Weak<{target}>")
            }
            Self::Counted => f.write_str(": Rc or Arc → Weak"),
            Self::Owned => f.write_str(": owned → Weak"),
            Self::Foreign => f.write_str(" → weakref"),
        }
    }
}

impl Change {
    /// The change of a field, one of whose references is known, and what they lead to.
    pub(super) fn of(graph: &ObjectGraph, example: &Edge<'_>, targets: &Targets) -> Self {
        let is_traced = graph.store.packed().is_none();
        let is_rust = is_traced || graph.node(example.source).type_path().contains("::");
        match example.kind {
            _ if !is_rust => Self::Foreign,
            EdgeKind::Strong if is_traced => targets.change(graph),
            EdgeKind::Strong => Self::Counted,
            _ => Self::Owned,
        }
    }
}

/// What the references of a field lead to.
#[derive(Clone, Copy)]
pub(super) struct Targets {
    /// Their type, if it is one.
    type_index: Option<u32>,
    /// Whether they are counted atomically, if they agree.
    is_atomic: Option<bool>,
}

impl Targets {
    /// What one reference inside of components leads to.
    pub(super) fn of(graph: &ObjectGraph, inside: &Inside, edge: u64) -> Self {
        let target = inside.nodes[inside.target(edge) as usize];
        Self {
            type_index: Some(graph.store.type_index(target.0) as u32),
            is_atomic: Some(graph.has_flag(target, NodeFlags::ATOMIC)),
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        if self.type_index != other.type_index {
            self.type_index = None;
        }
        if self.is_atomic != other.is_atomic {
            self.is_atomic = None;
        }
    }

    fn change(self, graph: &ObjectGraph) -> Change {
        let target = self
            .type_index
            .map(|index| graph.types[index as usize].short.clone());
        match self.is_atomic {
            Some(true) => Change::Pointer("Arc", target),
            Some(false) => Change::Pointer("Rc", target),
            None => Change::Counted,
        }
    }
}
