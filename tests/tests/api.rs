//! The API as its users call it: every choice has an effect, and every answer reads well.

#![expect(
    clippy::unwrap_used,
    clippy::vec_box,
    clippy::redundant_allocation,
    clippy::unnecessary_box_returns,
    clippy::type_complexity,
    reason = "boxes in boxes are what is looked at, and helpers of tests may fail like tests"
)]

use objgraph::{
    ArrowKind, EdgeKind, Graph, GraphBuilder, GroupBy, NewNode, NodeId, Role, Shape, Tone, Trace,
    Tracer, View, ViewNode, ViewOptions, WhyAlive,
};
use objgraph_graph::{view_chain, view_cycle};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};
use std::sync::Mutex;

#[derive(Trace)]
struct App {
    cache: HashMap<&'static str, Entry>,
    current: Option<Rc<Widget>>,
}

#[derive(Trace)]
struct Entry {
    owner: Rc<Widget>,
}

#[derive(Trace)]
struct Widget {
    name: String,
    parent: RefCell<Weak<Widget>>,
    children: RefCell<Vec<Rc<Widget>>>,
}

fn widget(name: &str) -> Rc<Widget> {
    Rc::new(Widget {
        name: name.to_owned(),
        parent: RefCell::default(),
        children: RefCell::default(),
    })
}

/// `app.cache["main"].owner` is a window, with a button in it that is `app.current`.
fn app() -> App {
    let (window, button) = (widget("window"), widget("button"));
    *button.parent.borrow_mut() = Rc::downgrade(&window);
    window.children.borrow_mut().push(button.clone());
    App {
        cache: HashMap::from([("main", Entry { owner: window })]),
        current: Some(button),
    }
}

/// A chain of boxes, one deeper than the default goes.
fn deep() -> Box<Box<Box<Box<Box<u8>>>>> {
    Box::new(Box::new(Box::new(Box::new(Box::new(7)))))
}

fn many() -> Vec<Box<u32>> {
    (0..100).map(Box::new).collect()
}

fn lines(view: &View) -> Vec<String> {
    let text = |node: &ViewNode| {
        node.lines
            .iter()
            .map(|line| line.text.as_str())
            .collect::<Vec<_>>()
            .join("; ")
    };
    view.nodes.iter().map(text).collect()
}

fn drawn<T: Trace + ?Sized>(value: &T) -> Vec<String> {
    lines(&objgraph::refs(value).to_view().unwrap())
}

#[test]
fn the_default_depth_is_three_and_can_be_changed() {
    assert_eq!(drawn(&deep()).len(), 4);
    for depth in 0..5 {
        let view = objgraph::refs(&deep()).max_depth(depth).to_view().unwrap();
        assert_eq!(view.nodes.len(), depth + 1);
        assert_eq!(view.notes.len(), usize::from(depth < 4), "{:?}", view.notes);
    }
    assert_eq!(
        objgraph::refs(&deep())
            .max_depth(usize::MAX)
            .to_view()
            .unwrap()
            .nodes
            .len(),
        5
    );
}

#[test]
fn too_many_references_are_folded_and_counted() {
    let view = |too_many| {
        objgraph::refs(&many())
            .too_many(too_many)
            .to_view()
            .unwrap()
    };
    assert_eq!(drawn(&many()).last().unwrap(), "90 more references");
    assert_eq!(lines(&view(99)).last().unwrap(), "1 more reference");
    assert_eq!(
        lines(&view(0)),
        ["Vec<Box<u32>>; 100 items", "100 more references"]
    );
    assert_eq!(view(100).nodes.len(), 101);
    assert!(view(100).notes.is_empty() && view(10).notes[0].contains("90 references are folded"));
    assert!(
        objgraph::refs(&many())
            .to_dot()
            .unwrap()
            .contains("90 more references")
    );
    assert!(
        objgraph::refs(&many())
            .to_svg()
            .unwrap()
            .contains("90 more references")
    );
    assert!(
        objgraph::refs(&many())
            .to_mermaid()
            .unwrap()
            .contains("90 more references")
    );
}

#[test]
fn references_to_what_is_shown_already_are_never_folded() {
    let shared = Rc::new(1);
    let view = objgraph::refs(&vec![shared; 100]).to_view().unwrap();
    assert_eq!((view.nodes.len(), view.edges.len()), (2, 100));
}

#[test]
fn filtered_objects_make_room_for_others() {
    let even = |node: objgraph::Node<'_>| {
        node.type_name() != "u32" || node.value().parse::<u32>().unwrap().is_multiple_of(10)
    };
    let expected = ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90"]
        .map(|value| format!("u32; {value}"));
    assert_eq!(
        lines(&objgraph::refs(&many()).filter(even).to_view().unwrap())[1..],
        expected
    );
    assert_eq!(
        lines(
            &objgraph::refs(&many())
                .ignore(|node| !even(node))
                .to_view()
                .unwrap()
        )[1..],
        expected
    );
}

#[test]
fn ignored_objects_are_not_followed() {
    let view = objgraph::refs(&deep())
        .ignore(|node| node.type_name() == "Box<Box<u8>>")
        .to_view()
        .unwrap();
    assert_eq!(view.nodes.len(), 2);
    assert_eq!(
        view.notes,
        ["1 object is hidden by ignore, and so is what nothing else leads to."]
    );
}

#[test]
fn what_is_left_out_is_told_with_its_reason() {
    #[derive(Trace)]
    struct Session {
        user: Rc<String>,
        #[trace(skip)]
        _socket: (),
    }
    let session = |user: &str| Session {
        user: Rc::new(user.to_owned()),
        _socket: (),
    };
    let sessions = vec![session("ada"), session("grace")];
    let notes = |refs: objgraph::Refs<'_>| refs.to_view().unwrap().notes;
    assert_eq!(
        notes(objgraph::refs(&sessions)),
        ["2 objects have skipped fields (#[trace(skip)]), and may hold more."]
    );
    let numbers = many();
    assert_eq!(
        notes(objgraph::refs(&numbers).filter(|node| node.type_name() != "u32")),
        ["100 objects are hidden by the filter, and so is what nothing else leads to."]
    );
    assert_eq!(
        notes(objgraph::refs(&numbers).too_many(1_000).max_nodes(5)),
        ["Only 5 objects are shown (max_nodes); narrow the picture by max_depth or filter."]
    );
    let graph = objgraph::graph(&numbers);
    let view = graph.draw().from(graph.node_ids()).max_nodes(5).to_view();
    assert_eq!((view.nodes.len(), view.notes.len()), (6, 1));
    assert_eq!(view.nodes[5].lines[0].text, "96 more references");
}

#[test]
fn hidden_objects_at_the_depth_limit_are_no_references_to_follow() {
    let graph = objgraph::graph(&deep());
    let view = graph
        .draw()
        .max_depth(1)
        .ignore(|node| node.type_name() == "Box<Box<u8>>")
        .to_view();
    assert_eq!(view.nodes.len(), 2);
    assert_eq!(
        view.notes,
        ["1 object is hidden by ignore, and so is what nothing else leads to."]
    );
}

#[test]
fn highlighted_objects_look_different() {
    let plain = objgraph::refs(&deep()).to_dot().unwrap();
    let marked = objgraph::refs(&deep())
        .highlight(|node| node.type_name() == "Box<u8>")
        .to_dot()
        .unwrap();
    assert_eq!(
        (
            plain.matches("peripheries=2").count(),
            marked.matches("peripheries=2").count()
        ),
        (0, 1)
    );
    assert_ne!(
        objgraph::refs(&deep()).to_svg().unwrap(),
        objgraph::refs(&deep())
            .highlight(|_| true)
            .to_svg()
            .unwrap()
    );
}

#[test]
fn extra_lines_and_attributes_are_written() {
    let deep = deep();
    let refs = objgraph::refs(&deep)
        .extra_info(|node| (node.id().0 == 1).then(|| "first\nsecond".to_owned()))
        .extra_node_attrs(|node| {
            vec![("URL".into(), format!("https://example.org/{}", node.id().0))]
        });
    assert_eq!(
        lines(&refs.to_view().unwrap())[1],
        "Box<Box<Box<u8>>>; first; second"
    );
    assert!(
        refs.to_dot()
            .unwrap()
            .contains("\"URL\"=\"https://example.org/3\"")
    );
    assert!(refs.to_svg().unwrap().contains("https://example.org/3"));
}

#[test]
fn counts_sizes_and_long_names_are_shown_when_asked_for() {
    let shared = Rc::new(String::from("abc"));
    let value = (shared.clone(), Rc::downgrade(&shared));
    assert_eq!(drawn(&value)[1], "String; \"abc\"");
    let view = objgraph::refs(&value)
        .refcounts(true)
        .sizes(true)
        .shortnames(false)
        .to_view()
        .unwrap();
    assert_eq!(
        lines(&view)[1],
        "alloc::string::String; \"abc\"; strong 2, 1 found · weak 1; 24 B + 3 B owned"
    );
    assert!(lines(&view)[0].starts_with("(alloc::rc::Rc<alloc::string::String>, "));
    assert!(
        !lines(&view)[0].contains("strong"),
        "the tuple is not counted"
    );
}

#[test]
fn strong_handles_that_were_not_found_are_told() {
    let shared = Rc::new(7);
    let (value, on_the_stack) = ((shared.clone(), shared.clone()), shared.clone());
    let view = |refs: objgraph::Refs<'_>| refs.refcounts(true).to_view().unwrap();
    let nodes = view(objgraph::refs(&value)).nodes;
    assert_eq!(nodes[1].lines[2].text, "strong 4, 2 found");
    assert!(nodes[1].tooltip.contains("strong 4, 2 found\nhandles not"));
    let all_found = view(
        objgraph::refs(&value)
            .root("", &shared)
            .root("", &on_the_stack),
    );
    assert_eq!(all_found.nodes[1].lines[2].text, "strong 4");

    let deep = (Box::new(Box::new(Box::new(Box::new(1)))), shared);
    let cut_short = view(objgraph::refs(&deep).max_depth(1));
    assert_eq!(cut_short.nodes[2].lines[2].text, "strong 4");
}

#[test]
fn an_edge_is_found_in_the_row_of_its_source_only() {
    let graph = objgraph::graph(&app());
    for edge in graph.node_ids().flat_map(|id| graph.edges_from(id)) {
        let found = graph.edge_from(edge.source, edge.id).unwrap();
        assert_eq!((found.target, found.label()), (edge.target, edge.label()));
        assert_eq!(graph.edge(edge.id).unwrap().source, edge.source);
        let others = graph.node_ids().filter(|id| *id != edge.source);
        assert!({ others }.all(|other| graph.edge_from(other, edge.id).is_none()));
    }
}

#[test]
fn titles_and_legends_are_drawn_when_asked_for() {
    let plain = objgraph::refs(&deep()).to_svg().unwrap();
    let titled = objgraph::refs(&deep())
        .title("What is in it")
        .to_svg()
        .unwrap();
    assert!(!plain.contains("What is in it") && titled.contains("What is in it"));
    assert!(
        objgraph::refs(&deep())
            .title("What is in it")
            .to_dot()
            .unwrap()
            .contains("What is in it")
    );
    let deep = deep();
    let explained = objgraph::refs(&deep).legend(true);
    let legend = explained.to_svg().unwrap();
    assert!(legend.matches("owned").count() > plain.matches("owned").count());
    for text in [explained.to_dot(), explained.to_mermaid()] {
        assert!(text.unwrap().contains("owned: the only owner"));
    }
}

#[test]
fn objects_of_one_type_are_framed_when_asked_for() {
    let words = ["a", "b"].map(|word| Rc::new(word.to_owned()));
    let graph = objgraph::graph(&words);
    let titles = |frames: Vec<objgraph::ViewFrame>| -> Vec<_> {
        frames.into_iter().map(|frame| frame.title).collect()
    };
    let grouped = objgraph::refs(&words).group_by(GroupBy::Type);
    assert_eq!(titles(grouped.to_view().unwrap().frames), ["String"]);
    let drawing = graph.draw().group_by(GroupBy::Type);
    assert_eq!(titles(drawing.to_view().frames), ["String"]);
    assert_eq!(graph.draw().to_view().frames, []);
}

#[test]
fn scale_multiplies_pixels_and_nothing_else() {
    let pixels = |scale| {
        let png = objgraph::refs(&deep()).scale(scale).to_png().unwrap();
        u32::from_be_bytes(png[16..20].try_into().unwrap())
    };
    assert!(pixels(2.0).abs_diff(2 * pixels(1.0)) <= 2);
}

#[test]
fn pictures_too_large_to_be_of_use_say_what_to_narrow() {
    let sentence = "narrow it by max_depth, too_many or filter";
    let list = (0..4_000).fold(Link { next: None }, |list, _| Link {
        next: Some(Box::new(list)),
    });
    assert!(objgraph::graph(&list).to_svg().unwrap().contains(sentence));
    assert!(!objgraph::refs(&list).to_svg().unwrap().contains(sentence));
}

#[test]
fn a_png_that_had_to_shrink_has_a_caption() {
    let size = |scale| {
        let png = objgraph::refs(&7).scale(scale).to_png().unwrap();
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (side(16), side(20))
    };
    let (plain, shrunk) = (size(1.0), size(10_000.0));
    assert!(shrunk.0 <= 16_384 && shrunk.1 <= 16_384);
    // A caption is wider than the one box.
    assert!(
        shrunk.0 / shrunk.1 > plain.0 / plain.1,
        "{plain:?} {shrunk:?}"
    );
}

#[derive(Trace)]
struct Link {
    next: Option<Box<Link>>,
}

#[test]
fn graphs_from_elsewhere_are_drawn_and_their_views_can_be_taken_apart() {
    let mut builder = GraphBuilder::default();
    let list = builder.add_node(NewNode::new("list").value("1 item"));
    let item = builder.add_node(NewNode::new("dict"));
    builder.add_edge(list, item, EdgeKind::Weak, "[0]");
    builder.add_root("here", list);
    let view = Graph::from(builder.finish()).draw().to_view();
    let first = &view.nodes[0];
    assert!(first.shape == Shape::Object && first.roles.contains(Role::Root));
    let tones: Vec<_> = first.lines.iter().map(|line| line.tone).collect();
    assert_eq!(tones, [Tone::Detail, Tone::Name, Tone::Value]);
    assert_eq!(view.edges[0].kind, ArrowKind::Reference(EdgeKind::Weak));
}

#[test]
fn roots_are_shown_by_their_names() {
    let (one, other) = (Rc::new(1), Rc::new(2));
    let view = objgraph::refs(&one)
        .name("one")
        .root("other", &other)
        .root("again", &one)
        .to_view()
        .unwrap();
    assert_eq!(lines(&view), ["one, again; i32; 1", "other; i32; 2"]);
    let graph = objgraph::refs(&one)
        .name("one")
        .root("other", &other)
        .graph();
    assert_eq!(
        graph
            .roots()
            .iter()
            .map(|root| root.name.as_str())
            .collect::<Vec<_>>(),
        ["one", "other"]
    );
}

#[test]
fn what_keeps_a_value_alive_is_told_as_a_path_of_fields() {
    let app = app();
    let graph = objgraph::refs(&app).name("app").graph();
    let why = |value: &Rc<Widget>| graph.why_alive(value).to_string();
    let window = &app.cache["main"].owner;
    let told = why(window);
    assert!(
        told.starts_with("app.cache[\"main\"].owner → Widget#"),
        "{told}"
    );
    assert!(why(app.current.as_ref().unwrap()).starts_with("app.current → Widget#"));
    assert!(
        graph
            .why_alive(&window.children.borrow()[0])
            .to_string()
            .starts_with("app.current → ")
    );
    assert_eq!(why(&widget("stranger")), "not reachable from the roots");
    assert!(matches!(graph.why_alive(&app), WhyAlive::KeptBy(chain) if chain.edges.is_empty()));

    let nameless = objgraph::graph(&app);
    assert!(
        nameless
            .why_alive(window)
            .to_string()
            .starts_with("App.cache[\"main\"].owner → Widget#")
    );
}

#[test]
fn what_is_only_weakly_held_is_kept_by_nobody() {
    let strong = widget("held elsewhere");
    let value = (Rc::downgrade(&strong),);
    let graph = objgraph::graph(&value);
    assert_eq!(
        graph.why_alive(&strong).to_string(),
        "no root keeps Widget#1 alive: what was found only borrows it or holds it weakly"
    );
}

#[test]
fn a_field_is_found_as_the_object_that_it_lies_in() {
    let window = widget("window");
    let graph = objgraph::graph(&window);
    assert_eq!(graph.find(&window.name), Some(NodeId(0)));
    assert_eq!(graph.find(&window), graph.find(&*window));
}

#[test]
fn chains_are_found_by_type_and_by_value() {
    let app = app();
    let graph = objgraph::graph(&app);
    let chain = graph
        .find_chain(&app, |node| node.value().contains("button"))
        .unwrap();
    assert!(
        chain.to_string().starts_with("App.current → Widget#"),
        "{chain}"
    );
    assert!(
        graph
            .find_chain(&app, |node| node.type_name() == "String")
            .is_none()
    );
    assert!(graph.find_chain(&widget("stranger"), |_| true).is_none());
}

#[test]
fn types_are_counted_by_frequency_then_name() {
    let value = (
        Box::new(1_u8),
        Box::new(2_u8),
        Box::new(3_u64),
        Box::new(String::from("abc")),
    );
    let stats = objgraph::graph(&value).type_stats();
    let rows: Vec<_> = stats
        .iter()
        .map(|row| {
            (
                row.type_name.as_str(),
                row.count,
                row.shallow.0,
                row.owned.0,
            )
        })
        .collect();
    assert_eq!(rows[0], ("u8", 2, 2, 0));
    assert!(
        rows.contains(&("String", 1, 24, 3)) && rows.contains(&("u64", 1, 8, 0)) && rows.len() == 4,
        "{rows:?}"
    );
    assert!(stats[1..].is_sorted_by_key(|row| &row.type_name));
}

#[test]
fn back_references_show_who_points_at_the_target() {
    let app = app();
    let window = &app.cache["main"].owner;
    let view = objgraph::backrefs(window, &app).to_view().unwrap();
    let mut labels: Vec<_> = view.edges.iter().map(|edge| edge.label.as_str()).collect();
    labels.sort_unstable();
    assert_eq!(
        labels,
        [
            ".cache[\"main\"]",
            ".children[0]",
            ".current",
            ".owner",
            ".parent"
        ]
    );
    assert_eq!(view.nodes.len(), 4);
    assert_eq!(
        objgraph::backrefs(window, &app)
            .max_depth(1)
            .to_view()
            .unwrap()
            .nodes
            .len(),
        3
    );
}

/// The words of the legend that fit each box.
fn roles(view: &View) -> Vec<Vec<&'static str>> {
    let labels = |node: &ViewNode| node.roles.iter().map(Role::label).collect();
    view.nodes.iter().map(labels).collect()
}

#[test]
fn back_references_lead_from_the_target_to_the_root() {
    let shared = Rc::new(1);
    let holders = vec![Box::new(shared.clone())];
    let view = objgraph::backrefs(&shared, &holders)
        .name("holders")
        .to_view()
        .unwrap();
    assert_eq!(lines(&view)[0], "i32; 1");
    assert!(lines(&view)[2].starts_with("holders; "), "{view:?}");
    assert_eq!(roles(&view), [vec!["target"], vec![], vec!["root"]]);
}

#[test]
fn only_what_was_passed_is_the_root_of_a_cycle() {
    let (app, window) = (app(), widget("window"));
    window.children.borrow_mut().push(window.clone());
    let graph = objgraph::refs(&app).root("window", &window).graph();
    let chain = graph
        .find_chain(&app, |node| node.value().contains("button"))
        .unwrap();
    let view = view_chain(&chain, &ViewOptions::default());
    assert_eq!(roles(&view), [["root"], ["target"]]);
    let view = view_cycle(&graph.cycles()[0], &ViewOptions::default());
    assert_eq!(roles(&view), [["root", "in a cycle"]]);
    window.children.borrow_mut().clear();
}

#[test]
fn back_references_to_what_is_not_reachable_are_an_error() {
    let error = objgraph::backrefs(&widget("stranger"), &app())
        .to_view()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the target, a `Rc<Widget>`, is not reachable from the root, so nothing below the root refers to it"
    );
}

#[test]
fn too_many_back_references_are_folded_and_counted() {
    let target = Rc::new(1);
    let holders: Vec<Box<Rc<i32>>> = (0..100).map(|_| Box::new(target.clone())).collect();
    let view = objgraph::backrefs(&target, &holders).to_view().unwrap();
    assert!(
        lines(&view).contains(&"90 more backreferences".to_owned()),
        "{:?}",
        lines(&view)
    );
}

#[test]
fn a_graph_outlives_its_value_and_can_be_drawn_again_with_the_same_bytes() {
    fn is_static<T: 'static + Send>(value: T) -> T {
        value
    }
    let graph: Graph = is_static(objgraph::graph(&app()));
    let draw = || {
        (
            graph.to_dot(),
            graph.to_svg().unwrap(),
            graph.to_png().unwrap(),
            graph.to_mermaid(),
        )
    };
    assert!(draw() == draw());
    assert!(graph.to_dot().contains("button"));
}

#[test]
fn two_traces_of_equal_values_give_the_same_bytes() {
    #[derive(Trace)]
    struct Registry {
        by_name: HashMap<String, Rc<Vec<Rc<u32>>>>,
        by_id: HashMap<(u32, char), Box<HashMap<u32, Rc<u32>>>>,
        locks: Mutex<HashMap<Option<u32>, Rc<u32>>>,
    }
    let registry = || Registry {
        by_name: (0..30)
            .map(|id| (format!("name {id}"), Rc::new(vec![Rc::new(id)])))
            .collect(),
        by_id: (0..30)
            .map(|id| {
                (
                    (id, 'x'),
                    Box::new((0..9).map(|id| (id, Rc::new(id))).collect()),
                )
            })
            .collect(),
        locks: Mutex::new(
            (0..30)
                .map(|id| ((id > 0).then_some(id), Rc::new(id)))
                .collect(),
        ),
    };
    let (one, other) = (registry(), registry());
    assert_eq!(
        objgraph::refs(&one).to_dot().unwrap(),
        objgraph::refs(&other).to_dot().unwrap()
    );
    assert_eq!(
        objgraph::graph(&one).to_dot(),
        objgraph::graph(&other).to_dot()
    );
    assert_eq!(
        objgraph::refs(&one).to_svg().unwrap(),
        objgraph::refs(&other).to_svg().unwrap()
    );
}

#[test]
fn addresses_never_reach_a_picture() {
    let app = app();
    let graph = objgraph::graph(&app);
    let addresses: Vec<String> = graph
        .nodes()
        .map(|node| format!("{:x}", node.address().0))
        .collect();
    let pictures = [graph.to_dot(), graph.to_svg().unwrap(), graph.to_mermaid()];
    assert!(
        addresses
            .iter()
            .all(|address| pictures.iter().all(|picture| !picture.contains(address)))
    );
}

/// A tree that counts how often any of its parts is asked.
struct Counted<'c> {
    n_visits: &'c Cell<usize>,
    children: Vec<Box<Counted<'c>>>,
}

impl Trace for Counted<'_> {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        self.n_visits.set(self.n_visits.get() + 1);
        tracer.field("children", &self.children);
    }
}

fn counted(n_visits: &Cell<usize>, depth: usize) -> Counted<'_> {
    let n_children = if depth == 0 { 0 } else { 10 };
    Counted {
        n_visits,
        children: (0..n_children)
            .map(|_| Box::new(counted(n_visits, depth - 1)))
            .collect(),
    }
}

#[test]
fn a_picture_visits_only_what_it_shows_however_large_the_tree() {
    let n_visited = |depth| {
        let n_visits = Cell::new(0);
        let tree = counted(&n_visits, depth);
        let path = objgraph_tests::Folder::new();
        objgraph::show_refs(&tree, path.file("tree.dot")).unwrap();
        let n_shown = objgraph::refs(&tree).to_view().unwrap().nodes.len();
        // Twice, since it was drawn twice.
        (n_visits.get() / 2, n_shown)
    };
    assert_eq!(n_visited(3), (1_111, 1_111));
    assert_eq!(n_visited(6), (1_111, 1_111));
}

#[test]
fn only_roots_that_are_not_traced_deep_are_visited_to_find_a_value() {
    let n_visits = Cell::new(0);
    let tree = counted(&n_visits, 4);
    let graph = objgraph::graph(&tree);
    n_visits.set(0);
    assert!(graph.find(&tree).is_some());
    assert_eq!(n_visits.get(), 1);
}

#[test]
fn a_scale_that_is_no_positive_number_is_an_error() {
    for scale in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let drawn = objgraph::refs(&7).scale(scale).to_png();
        let error = drawn.expect_err("no picture has such a scale");
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        assert!(
            cause.is_some_and(|cause| cause.contains("positive number")),
            "{scale}"
        );
    }
}

#[test]
fn arrows_point_where_they_are_asked_to() {
    let value = (Rc::new(1_u8), Rc::new(2_u8));
    let wide = objgraph::refs(&value).direction(objgraph::RankDirection::LeftToRight);
    assert!(
        wide.to_dot()
            .is_ok_and(|dot| dot.contains(r#""rankdir"="LR""#))
    );
    assert!(
        !objgraph::refs(&value)
            .to_dot()
            .is_ok_and(|dot| dot.contains("rankdir"))
    );
    let size = |svg: &str| {
        svg.split_once(" viewBox=\"")
            .map(|(_, rest)| rest.split('"').next().map(str::to_owned))
    };
    let down = objgraph::refs(&value).direction(objgraph::RankDirection::TopToBottom);
    let (wide, down) = (wide.to_svg().expect("drawn"), down.to_svg().expect("drawn"));
    assert_ne!(size(&wide), size(&down));
}
