//! What the caller decides about a view.

use crate::node::Node;

/// Which way references are followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From referrers to what they refer to.
    #[default]
    Referents,
    /// From referents to what refers to them.
    Referrers,
}

/// Which objects of a view belong together, each group in a frame with a title.
///
/// A folded box stands in the frame of the object whose references it folds; but not in that of a component, of
/// which it may not be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupBy {
    /// None: no frames.
    #[default]
    Nothing,
    /// Those that keep each other alive: the strongly connected components of owning references.
    ///
    /// An object that is shown without any other of its component has no frame.
    Component,
    /// Those of one type. An object without another of its type has no frame: its label says it all.
    Type,
    /// Those whose types are defined in one module: `app::widgets`.
    ///
    /// What counts is the first path in the type's name that is not of the standard library, so that a
    /// `RefCell<Button>` stands beside a `Button`. What has none, such as `i32` and `String`, has no frame; what is
    /// alone in its module has one, since no label tells modules.
    Module,
    /// Those whose types are defined in one crate: `app`. Otherwise as [`Module`](Self::Module).
    Crate,
}

type Predicate<'f> = Box<dyn Fn(Node<'_>) -> bool + 'f>;
type Texts<'f> = Box<dyn Fn(Node<'_>) -> Option<String> + 'f>;
type Attributes<'f> = Box<dyn Fn(Node<'_>) -> Vec<(String, String)> + 'f>;

/// What a view shows, by the names and with the defaults of Python's objgraph.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct ViewOptions<'f> {
    pub(crate) direction: Direction,
    pub(crate) max_depth: usize,
    pub(crate) too_many: usize,
    pub(crate) max_nodes: usize,
    pub(crate) filter: Option<Predicate<'f>>,
    pub(crate) ignore: Option<Predicate<'f>>,
    pub(crate) highlight: Option<Predicate<'f>>,
    pub(crate) extra_info: Option<Texts<'f>>,
    pub(crate) extra_node_attrs: Option<Attributes<'f>>,
    pub(crate) refcounts: bool,
    pub(crate) sizes: bool,
    pub(crate) shortnames: bool,
    pub(crate) group_by: GroupBy,
    pub(crate) legend: bool,
    pub(crate) title: Option<String>,
}

impl Default for ViewOptions<'_> {
    fn default() -> Self {
        Self {
            direction: Direction::Referents,
            max_depth: 3,
            too_many: 10,
            max_nodes: 5_000,
            filter: None,
            ignore: None,
            highlight: None,
            extra_info: None,
            extra_node_attrs: None,
            refcounts: false,
            sizes: false,
            shortnames: true,
            group_by: GroupBy::Nothing,
            legend: false,
            title: None,
        }
    }
}

impl<'f> ViewOptions<'f> {
    /// Which way references are followed. Default: to the referents.
    #[must_use]
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// How many references away from the first objects the view goes. Default: 3.
    #[must_use]
    pub fn max_depth(mut self, max_depth: usize) -> Self {
        self.max_depth = max_depth;
        self
    }

    /// Beyond this many references of one object, those to objects not shown yet are folded. Default: 10.
    #[must_use]
    pub fn too_many(mut self, too_many: usize) -> Self {
        self.too_many = too_many;
        self
    }

    /// Shows at most this many objects, and says so if there are more. Default: 5,000.
    #[must_use]
    pub fn max_nodes(mut self, max_nodes: usize) -> Self {
        self.max_nodes = max_nodes;
        self
    }

    /// Shows only objects that match; others are not followed either. Default: all.
    #[must_use]
    pub fn filter(mut self, filter: impl Fn(Node<'_>) -> bool + 'f) -> Self {
        self.filter = Some(Box::new(filter));
        self
    }

    /// Leaves objects out that match. Default: none.
    #[must_use]
    pub fn ignore(mut self, ignore: impl Fn(Node<'_>) -> bool + 'f) -> Self {
        self.ignore = Some(Box::new(ignore));
        self
    }

    /// Makes objects stand out that match. Default: none.
    #[must_use]
    pub fn highlight(mut self, highlight: impl Fn(Node<'_>) -> bool + 'f) -> Self {
        self.highlight = Some(Box::new(highlight));
        self
    }

    /// Adds a line to the labels of objects. Default: none.
    #[must_use]
    pub fn extra_info(mut self, extra_info: impl Fn(Node<'_>) -> Option<String> + 'f) -> Self {
        self.extra_info = Some(Box::new(extra_info));
        self
    }

    /// Adds attributes to the boxes of objects: any in DOT; `URL`, `class` and `tooltip` in SVG. Default: none.
    #[must_use]
    pub fn extra_node_attrs(
        mut self,
        attributes: impl Fn(Node<'_>) -> Vec<(String, String)> + 'f,
    ) -> Self {
        self.extra_node_attrs = Some(Box::new(attributes));
        self
    }

    /// Shows strong and weak counts. Default: no.
    #[must_use]
    pub fn refcounts(mut self, refcounts: bool) -> Self {
        self.refcounts = refcounts;
        self
    }

    /// Shows sizes in bytes. Default: no.
    #[must_use]
    pub fn sizes(mut self, sizes: bool) -> Self {
        self.sizes = sizes;
        self
    }

    /// Strips module paths from type names. Default: yes.
    #[must_use]
    pub fn shortnames(mut self, shortnames: bool) -> Self {
        self.shortnames = shortnames;
        self
    }

    /// Draws frames around objects that belong together. Default: [`GroupBy::Nothing`].
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{GroupBy, ObjectGraph, ViewOptions, view_from};
    ///
    /// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1), Box::new(2)]));
    /// let options = ViewOptions::default().group_by(GroupBy::Type);
    /// let view = view_from(&graph, &[graph.roots()[0].node], &options);
    /// assert_eq!((view.frames[0].title.as_str(), &view.frames[0].nodes[..]), ("i32", &[1, 2][..]));
    /// ```
    #[must_use]
    pub fn group_by(mut self, group_by: GroupBy) -> Self {
        self.group_by = group_by;
        self
    }

    /// Explains colours, arrows and frames. Default: no.
    #[must_use]
    pub fn legend(mut self, legend: bool) -> Self {
        self.legend = legend;
        self
    }

    /// Sets a headline. Default: none.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Why an object is not to be shown, if it is not.
    pub(crate) fn refusal(&self, node: Node<'_>) -> Option<Refusal> {
        if self.filter.as_ref().is_some_and(|filter| !filter(node)) {
            Some(Refusal::Filtered)
        } else if self.ignore.as_ref().is_some_and(|ignore| ignore(node)) {
            Some(Refusal::Ignored)
        } else {
            None
        }
    }
}

/// Who refused to show an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Filtered,
    Ignored,
}
