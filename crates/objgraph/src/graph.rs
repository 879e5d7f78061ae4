//! A graph that was traced: to be asked, drawn, and drawn again.

use crate::drawing::{Drawing, Look};
use crate::{DrawError, SaveError, WhyAlive};
use objgraph_graph::{
    Chain, ChainOptions, Chains, Components, Container, ContainerSizes, Cycle, CycleOptions, Diff,
    Dominators, Duplicates, Edge, Freed, Identity, ModuleStats, Node, NodeId, ObjectGraph,
    References, ShortCycles, StatsOptions, TypeStats, WeakenOptions, Weakening, chain_from_roots,
    chain_to, chains_from_roots, components, container_sizes, containers, cycles, diff, dominators,
    duplicates, edges_to_weaken, find_chains, freed_by_cutting, freed_without, key_cycles, leaking,
    module_stats, short_cycles, shortest_cycle, type_stats, type_stats_with, unreachable,
};
use objgraph_trace::{Address, State, Trace, TraceOptions, Walk};
use std::ops::Deref;
use std::path::Path;

/// Everything that was found from the roots, independent of the values themselves.
///
/// # Examples
///
/// ```
/// use objgraph::{NodeId, Trace};
/// use std::rc::Rc;
///
/// #[derive(Trace)]
/// struct App { cache: Vec<Rc<String>>, current: Option<Rc<String>> }
///
/// let page = Rc::new("page".to_string());
/// let app = App { cache: vec![page.clone()], current: Some(page) };
///
/// let graph = objgraph::refs(&app).name("app").graph();
/// assert_eq!((graph.n_nodes(), graph.n_edges()), (2, 2));
/// assert_eq!(graph.strong_count(NodeId(1)), 2);
/// assert_eq!(graph.why_alive(&app.cache[0]).to_string(), "app.cache[0] → String#1");
/// assert_eq!(graph.type_stats()[0].type_name, "App");
/// ```
#[derive(Debug)]
pub struct Graph {
    objects: ObjectGraph,
}

impl Deref for Graph {
    type Target = ObjectGraph;

    fn deref(&self) -> &ObjectGraph {
        &self.objects
    }
}

impl From<ObjectGraph> for Graph {
    fn from(objects: ObjectGraph) -> Self {
        Self { objects }
    }
}

/// Questions.
impl Graph {
    /// One short cycle of owning references for each group of objects that keep each other alive.
    #[must_use]
    pub fn cycles(&self) -> Vec<Cycle<'_>> {
        cycles(&self.objects)
    }

    /// The strongly connected components of the references that keep their referents alive.
    #[must_use]
    pub fn components(&self) -> Components {
        components(&self.objects)
    }

    /// One short cycle for each group of objects that keep each other alive and that nothing else keeps alive: what
    /// everything else hangs on.
    #[must_use]
    pub fn key_cycles(&self) -> Vec<Cycle<'_>> {
        key_cycles(&self.objects, &self.components())
    }

    /// The shortest cycle of owning references through an object; `None` if it is on none.
    #[must_use]
    pub fn cycle_through(&self, id: NodeId) -> Option<Cycle<'_>> {
        shortest_cycle(&self.objects, &self.components(), id)
    }

    /// Which object alone keeps which others alive, and how many bytes each retains.
    #[must_use]
    pub fn dominators(&self) -> Dominators {
        dominators(&self.objects)
    }

    /// What would be freed if references were cut: one, all to an object, or those of a field.
    #[must_use]
    pub fn freed_by_cutting(&self, references: &References<'_>) -> Freed {
        freed_by_cutting(&self.objects, references)
    }

    /// What would be freed if all references that match were cut together.
    #[must_use]
    pub fn freed_without(&self, is_cut: impl Fn(&Edge<'_>) -> bool) -> Freed {
        freed_without(&self.objects, is_cut)
    }

    /// The objects that no root keeps alive.
    #[must_use]
    pub fn unreachable(&self) -> Vec<NodeId> {
        unreachable(&self.objects)
    }

    /// The objects that no reference leads to and that are no roots.
    #[must_use]
    pub fn leaking(&self) -> Vec<NodeId> {
        leaking(&self.objects)
    }

    /// The shortest cycles of owning references, and how many there are of each shape.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph::{CycleOptions, Trace};
    /// use std::{cell::RefCell, rc::Rc};
    ///
    /// #[derive(Trace, Default)]
    /// struct Widget { parent: RefCell<Option<Rc<Widget>>>, children: RefCell<Vec<Rc<Widget>>> }
    ///
    /// let window = Rc::new(Widget::default());
    /// for _ in 0..3 {
    ///     let button = Rc::new(Widget::default());
    ///     *button.parent.borrow_mut() = Some(window.clone());
    ///     window.children.borrow_mut().push(button);
    /// }
    /// let graph = objgraph::graph(&window);
    /// # window.children.borrow_mut().clear();
    /// let found = graph.short_cycles(&CycleOptions::default());
    /// assert_eq!(found.shapes[0].to_string(), "Widget.children[] → Widget.parent → Widget");
    /// assert_eq!(found.shapes[0].count, 3);
    /// ```
    #[must_use]
    pub fn short_cycles(&self, options: &CycleOptions<'_>) -> ShortCycles<'_> {
        short_cycles(&self.objects, &self.components(), options)
    }

    /// Which field should hold weak references, so that cycles do not leak; the best suggestion first.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph::{Trace, WeakenOptions};
    /// use std::{cell::RefCell, rc::Rc};
    ///
    /// #[derive(Trace, Default)]
    /// struct Widget { parent: RefCell<Option<Rc<Widget>>>, children: RefCell<Vec<Rc<Widget>>> }
    ///
    /// let (window, button) = (Rc::new(Widget::default()), Rc::new(Widget::default()));
    /// *button.parent.borrow_mut() = Some(window.clone());
    /// window.children.borrow_mut().push(button);
    /// let graph = objgraph::graph(&window);
    /// # window.children.borrow_mut().clear();
    /// let found = graph.edges_to_weaken(&WeakenOptions::default());
    /// assert_eq!(found.suggestions[0].to_string(), "Widget.parent: Rc<Widget> → Weak<Widget>");
    /// assert!(found.suggestions[0].leaves_acyclic);
    /// ```
    #[must_use]
    pub fn edges_to_weaken(&self, options: &WeakenOptions) -> Weakening {
        edges_to_weaken(&self.objects, &self.components(), options)
    }

    /// How many objects of each type there are, the most frequent first.
    #[must_use]
    pub fn type_stats(&self) -> Vec<TypeStats> {
        type_stats(&self.objects)
    }

    /// Like [`type_stats`](Self::type_stats) for the objects that match, in an order of choice, with retained bytes if
    /// they are asked for.
    #[must_use]
    pub fn type_stats_with(
        &self,
        options: &StatsOptions<'_>,
        matches: impl Fn(Node<'_>) -> bool,
    ) -> Vec<TypeStats> {
        type_stats_with(&self.objects, options, matches)
    }

    /// How many of the objects that match each module's types have.
    #[must_use]
    pub fn module_stats(
        &self,
        options: &StatsOptions<'_>,
        matches: impl Fn(Node<'_>) -> bool,
    ) -> Vec<ModuleStats> {
        module_stats(&self.objects, options, matches)
    }

    /// Objects of equal type, size and value, those that waste the most bytes first. Needs values.
    #[must_use]
    pub fn duplicates(&self, limit: usize) -> Duplicates {
        duplicates(&self.objects, limit)
    }

    /// The objects that hold the most references.
    #[must_use]
    pub fn containers(&self, limit: usize) -> Vec<Container> {
        containers(&self.objects, limit)
    }

    /// How many containers there are of each size, the smallest first, and what their buffers waste.
    #[must_use]
    pub fn container_sizes(&self) -> Vec<ContainerSizes> {
        container_sizes(&self.objects)
    }

    /// What has changed from an earlier graph to this one.
    #[must_use]
    pub fn changes_since(&self, old: &ObjectGraph, identity: Identity) -> Diff {
        diff(old, &self.objects, identity)
    }

    /// The object that a value, or a pointer to one, is in this graph; else the object that it is a part of.
    ///
    /// # Complexity
    /// O(objects).
    #[must_use]
    pub fn find<T: Trace + ?Sized>(&self, value: &T) -> Option<NodeId> {
        let (address, type_path) = identity(value)?;
        self.objects
            .at(address, type_path)
            .or_else(|| self.objects.around(address))
    }

    /// A shortest chain of references from one value to the first object that matches.
    ///
    /// `None` if `from` is not in the graph or no object matches.
    #[must_use]
    pub fn find_chain<T: Trace + ?Sized>(
        &self,
        from: &T,
        matches: impl Fn(Node<'_>) -> bool,
    ) -> Option<Chain<'_>> {
        chain_to(&self.objects, self.find(from)?, matches)
    }

    /// Chains of references from objects that match to objects that match, each through other fields, the shortest first.
    #[must_use]
    pub fn find_chains(
        &self,
        from: impl Fn(Node<'_>) -> bool,
        to: impl Fn(Node<'_>) -> bool,
        options: &ChainOptions,
    ) -> Chains<'_> {
        find_chains(&self.objects, from, to, options)
    }

    /// Chains of owning references from roots to an object, each through other fields: all that keeps it alive.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph::{ChainOptions, Trace};
    /// use std::rc::Rc;
    ///
    /// #[derive(Trace)]
    /// struct App { cache: Vec<Rc<String>>, current: Option<Rc<String>> }
    ///
    /// let page = Rc::new("page".to_string());
    /// let app = App { cache: vec![page.clone(), page.clone()], current: Some(page) };
    /// let graph = objgraph::refs(&app).name("app").graph();
    /// let target = graph.find(&app.cache[0]).unwrap();
    /// let found = graph.chains_from_roots(target, &ChainOptions::default());
    /// let texts: Vec<_> = found.chains.iter().map(ToString::to_string).collect();
    /// assert_eq!(texts, ["app.cache[0] → String#1", "app.current → String#1"]);
    /// ```
    #[must_use]
    pub fn chains_from_roots(&self, target: NodeId, options: &ChainOptions) -> Chains<'_> {
        chains_from_roots(&self.objects, target, options)
    }

    /// Why an object is alive: a shortest chain of owning references from a root to it.
    #[must_use]
    pub fn why_alive<T: Trace + ?Sized>(&self, target: &T) -> WhyAlive<'_> {
        match self.find(target) {
            Some(id) => self.why_alive_id(id),
            None => WhyAlive::NotFound {
                n_unread: self.n_unread(),
            },
        }
    }

    /// How many objects could not be read, or not been looked into.
    fn n_unread(&self) -> usize {
        let unread = [State::Locked, State::MutablyBorrowed, State::Opaque];
        let states = self.objects.nodes().map(Node::state);
        states.filter(|state| unread.contains(state)).count()
    }

    /// Like [`why_alive`](Self::why_alive), for an object of this graph.
    #[must_use]
    pub fn why_alive_id(&self, target: NodeId) -> WhyAlive<'_> {
        match chain_from_roots(&self.objects, target) {
            Some(chain) => WhyAlive::KeptBy(chain),
            None => WhyAlive::NotKept(self.objects.node(target)),
        }
    }
}

/// Where a value lies and what type it has; of a pointer, those of what it points at.
fn identity<T: Trace + ?Sized>(value: &T) -> Option<(Address, &'static str)> {
    let mut walk = Walk::new(TraceOptions::default().max_depth(0));
    walk.add_root("", value);
    let records = walk.finish();
    let node = records.nodes.get(records.roots.first()?.node as usize)?;
    Some((node.address, records.types[node.type_index as usize].name()))
}

/// Pictures of the whole graph, as far as that is of use; [`draw`](Graph::draw) has the choices.
impl Graph {
    /// A picture of this graph: of all of it by default, from the roots.
    pub fn draw(&self) -> Drawing<'_> {
        let starts = self.objects.roots().iter().map(|root| root.node).collect();
        Drawing::new(self, starts, Look::default())
            .max_depth(usize::MAX)
            .too_many(50)
    }

    /// The whole graph in Graphviz's language.
    #[must_use]
    pub fn to_dot(&self) -> String {
        self.draw().to_dot()
    }

    /// The whole graph as Mermaid text.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        self.draw().to_mermaid()
    }

    /// The whole graph as a drawing for browsers.
    ///
    /// # Errors
    /// As [`Drawing::to_svg`].
    pub fn to_svg(&self) -> Result<String, DrawError> {
        self.draw().to_svg()
    }

    /// The whole graph in pixels, as the bytes of a PNG file.
    ///
    /// # Errors
    /// As [`Drawing::to_png`].
    pub fn to_png(&self) -> Result<Vec<u8>, DrawError> {
        self.draw().to_png()
    }

    /// Writes a picture of the whole graph, in the format of the path's extension.
    ///
    /// # Errors
    /// As [`Drawing::save`].
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        self.draw().save(path)
    }

    /// Shows the whole graph in the browser. Needs the feature `open`.
    ///
    /// # Errors
    /// As [`Drawing::open`].
    #[cfg(feature = "open")]
    pub fn open(&self) -> Result<(), SaveError> {
        self.draw().open()
    }
}
