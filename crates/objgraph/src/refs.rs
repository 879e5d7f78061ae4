//! From values to a graph or a picture, with every choice in one place.

use crate::drawing::Look;
use crate::{DrawError, Graph, NodeId, SaveError};
use objgraph_graph::{Direction, ObjectGraph, View, shorten, view_from};
use objgraph_render::to_mermaid;
use objgraph_trace::{Trace, TraceOptions, Walk};
use std::path::Path;

/// What a value refers to: choose how far and how it looks, then save, show or ask.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
///
/// let shared = Rc::new(7);
/// let dot = objgraph::refs(&vec![shared.clone(), shared])
///     .max_depth(5)
///     .highlight(|node| node.type_name() == "i32")
///     .to_dot()?;
/// assert!(dot.contains("[1]"));
/// # Ok::<(), objgraph::DrawError>(())
/// ```
///
/// Wherever a closure says which objects are meant, a [`Query`](crate::Query) says it in words:
///
/// ```
/// use objgraph::Query;
///
/// let view = objgraph::refs(&(Box::new(7), Box::new('a')))
///     .ignore(Query::parse("char or size>1kB")?.into_predicate()?)
///     .to_view()?;
/// assert_eq!(view.nodes.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn refs<T: Trace + ?Sized>(root: &T) -> Refs<'_> {
    Refs {
        roots: Vec::new(),
        target: None,
        look: Look::default(),
        values: true,
    }
    .root("", root)
}

/// What refers to a value, among everything that is reachable from a root.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
///
/// let page = Rc::new("page".to_string());
/// let cache = vec![page.clone(), page.clone()];
/// let view = objgraph::backrefs(&page, &cache).to_view()?;
/// assert_eq!((view.nodes.len(), view.edges.len()), (2, 2));
/// # Ok::<(), objgraph::DrawError>(())
/// ```
pub fn backrefs<'a, S: Trace + ?Sized, T: Trace + ?Sized>(target: &'a S, root: &'a T) -> Refs<'a> {
    let mut refs = refs(root);
    refs.look.view = refs.look.view.direction(Direction::Referrers);
    refs.target = Some(Target {
        find: Box::new(move |graph| graph.find(target)),
        type_name: shorten(target.trace_type().name()),
    });
    refs
}

/// The whole graph that is reachable from a value.
///
/// # Examples
///
/// ```
/// let graph = objgraph::graph(&vec![Box::new(1), Box::new(2)]);
/// assert_eq!((graph.n_nodes(), graph.n_edges()), (3, 2));
/// ```
pub fn graph<T: Trace + ?Sized>(root: &T) -> Graph {
    refs(root).graph()
}

/// Roots, and what is to be shown of what they refer to. Made by [`refs`] and [`backrefs`].
#[must_use = "nothing is traced until the picture is saved or the graph is asked for"]
pub struct Refs<'a> {
    roots: Vec<(String, AddRoot<'a>)>,
    target: Option<Target<'a>>,
    pub(crate) look: Look<'a>,
    values: bool,
}

type AddRoot<'a> = Box<dyn Fn(&mut Walk<'a>, &str) + 'a>;

type Find<'a> = Box<dyn Fn(&Graph) -> Option<NodeId> + 'a>;

struct Target<'a> {
    find: Find<'a>,
    type_name: String,
}

impl<'a> Refs<'a> {
    look_setters!('a);

    /// Writes down the one-line values of objects, for labels and questions. Default: yes.
    ///
    /// A whole graph without them takes a third of the time, and less memory.
    pub fn values(mut self, values: bool) -> Self {
        self.values = values;
        self
    }

    /// Names the root that was added last, for labels and chains.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        if let Some(root) = self.roots.last_mut() {
            root.0 = name.into();
        }
        self
    }

    /// Adds a root with a name.
    pub fn root<T: Trace + ?Sized>(mut self, name: impl Into<String>, root: &'a T) -> Self {
        self.roots.push((
            name.into(),
            Box::new(move |walk, name| walk.add_root(name, root)),
        ));
        self
    }

    /// Traces everything that is reachable from the roots, whatever the limits of the picture.
    #[must_use]
    pub fn graph(&self) -> Graph {
        self.trace(TraceOptions::default())
    }

    fn trace(&self, options: TraceOptions) -> Graph {
        let mut walk = Walk::new(options.values(self.values));
        for (name, add) in &self.roots {
            add(&mut walk, name);
        }
        ObjectGraph::from(walk.finish()).into()
    }

    /// Traces as little as the picture needs.
    fn trace_shown(&self) -> Graph {
        if self.target.is_some() {
            return self.graph();
        }
        let mut options = TraceOptions::default();
        if let Ok(max_depth) = u32::try_from(self.look.max_depth) {
            options = options.max_depth(max_depth);
        }
        if !self.look.is_filtered {
            // A filter may refuse the first few, so that others are shown: then all have to be known.
            // A trace that follows nothing at all would leave out its roots.
            options = options.max_breadth(self.look.too_many.max(1));
        }
        self.trace(options)
    }

    /// What is shown: boxes and arrows with their labels, without coordinates.
    ///
    /// # Errors
    /// [`DrawError::NotReachable`] if the target of [`backrefs`] was not found.
    pub fn to_view(&self) -> Result<View, DrawError> {
        let graph = self.trace_shown();
        let starts = match &self.target {
            None => graph.roots().iter().map(|root| root.node).collect(),
            Some(target) => match (target.find)(&graph) {
                Some(id) => vec![id],
                None => {
                    return Err(DrawError::NotReachable {
                        type_name: target.type_name.clone(),
                    });
                }
            },
        };
        Ok(view_from(&graph, &starts, &self.look.view))
    }

    /// The picture in Graphviz's language.
    ///
    /// # Errors
    /// As [`to_view`](Self::to_view).
    pub fn to_dot(&self) -> Result<String, DrawError> {
        Ok(self.look.to_dot(&self.to_view()?))
    }

    /// The picture as Mermaid text.
    ///
    /// # Errors
    /// As [`to_view`](Self::to_view).
    pub fn to_mermaid(&self) -> Result<String, DrawError> {
        Ok(to_mermaid(&self.to_view()?))
    }

    /// The picture as a drawing for browsers.
    ///
    /// # Errors
    /// As [`to_view`](Self::to_view), and [`DrawError::Layout`] if the engine cannot place so many boxes.
    pub fn to_svg(&self) -> Result<String, DrawError> {
        self.look.to_svg(&self.to_view()?)
    }

    /// The picture in pixels, as the bytes of a PNG file.
    ///
    /// # Errors
    /// As [`to_svg`](Self::to_svg), and [`DrawError::Png`] if the pixels do not fit into memory.
    pub fn to_png(&self) -> Result<Vec<u8>, DrawError> {
        self.look.to_png(&self.to_view()?)
    }

    /// Writes the picture into a file, in the format of its extension; the file is replaced whole or not at all.
    ///
    /// # Errors
    /// [`SaveError`] names the path and what to do.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        self.look.save(path.as_ref(), || self.to_view())
    }

    /// Shows the picture in the browser, from a file in the folder for temporary files. Needs the feature `open`.
    ///
    /// # Errors
    /// As [`save`](Self::save), and [`SaveError::Open`] if no program shows SVG.
    #[cfg(feature = "open")]
    pub fn open(&self) -> Result<(), SaveError> {
        self.look.open(|| self.to_view())
    }
}
