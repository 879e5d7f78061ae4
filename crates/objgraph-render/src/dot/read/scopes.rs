//! Defaults that hold until a brace closes.

use std::collections::HashSet;
use std::sync::Arc;

use crate::dot::attributes::{DotValue, Values};

/// What a default is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Graph,
    Node,
    Edge,
}

/// The defaults of the innermost brace, and what to put back when it closes.
///
/// Not a map for each brace: a hundred thousand of them, one in another, would hold as many copies.
#[derive(Default)]
pub(super) struct Scopes {
    now: [Arc<Values>; 3],
    open: Vec<Scope>,
}

#[derive(Default)]
struct Scope {
    changed: HashSet<(Kind, Arc<str>)>,
    undo: Vec<(Kind, Arc<str>, Option<DotValue>)>,
}

impl Scopes {
    pub(super) fn open(&mut self) {
        self.open.push(Scope::default());
    }

    pub(super) fn close(&mut self) {
        let scope = self.open.pop().unwrap_or_default();
        for (kind, name, before) in scope.undo {
            let values = Arc::make_mut(&mut self.now[kind as usize]);
            match before {
                Some(value) => values.insert(name, value),
                None => values.remove(&name),
            };
        }
    }

    /// Sets a default until the innermost brace closes.
    pub(super) fn set(&mut self, kind: Kind, name: Arc<str>, value: DotValue) {
        let values = Arc::make_mut(&mut self.now[kind as usize]);
        let before = values.insert(Arc::clone(&name), value);
        if let Some(scope) = self.open.last_mut()
            && scope.changed.insert((kind, Arc::clone(&name)))
        {
            scope.undo.push((kind, name, before));
        }
    }

    /// The defaults that hold now.
    pub(super) fn now(&self, kind: Kind) -> Arc<Values> {
        Arc::clone(&self.now[kind as usize])
    }
}
