//! Which module and crate the name of a type speaks of.

use crate::node::Node;

/// The crates whose types say nothing of the program that uses them.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// The module of an object's type; of a Rust type, that of what it wraps.
pub(super) fn module(node: Node<'_>) -> Option<String> {
    let is_of_rust = node.type_path().contains("::");
    let as_told = (!is_of_rust && !node.module().is_empty()).then(|| node.module().to_owned());
    as_told.or_else(|| module_in(node.type_path()))
}

/// The crate of an object's type, or the package where there are no crates.
pub(super) fn crate_name(node: Node<'_>) -> Option<String> {
    module(node).map(|module| first(&module).to_owned())
}

/// The path of the module that defines a type, or what it wraps: `app::ui` of `core::cell::RefCell<app::ui::Button>`.
///
/// That of the first path in the name that is not of the standard library; none if there is no such path.
fn module_in(type_path: &str) -> Option<String> {
    let path = paths(type_path).find(|path| !STANDARD.contains(&first(path)))?;
    let mut segments: Vec<_> = path.split("::").collect();
    // A closure stands behind its function, anything else is the last itself.
    let is_braced = |segment: &&str| segment.starts_with('{');
    let end = segments.iter().position(is_braced);
    segments.truncate(end.unwrap_or(segments.len()).saturating_sub(1).max(1));
    // In a method there is a type on the way.
    let is_type = |segment: &&str| segment.starts_with(char::is_uppercase);
    let n_modules = segments.iter().skip(1).position(is_type);
    segments.truncate(n_modules.map_or(segments.len(), |n_modules| n_modules + 1));
    Some(segments.join("::"))
}

/// The paths in the name of a type that begin with a crate.
fn paths(type_path: &str) -> impl Iterator<Item = &str> {
    let is_in_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '#' | '{' | '}');
    let words = type_path.split(move |c| !is_in_path(c));
    words.filter(|word| {
        let is_named =
            |(name, _): (&str, &str)| name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        word.split_once("::").is_some_and(is_named)
    })
}

fn first(path: &str) -> &str {
    path.split([':', '.']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GraphBuilder, NewNode};

    #[test]
    fn wrappers_of_the_standard_library_are_looked_through() {
        let modules = [
            ("app::ui::Button", Some("app::ui")),
            ("core::cell::RefCell<app::ui::Button>", Some("app::ui")),
            ("alloc::vec::Vec<(i32, app::Item)>", Some("app")),
            ("app::Arena<lib::Node>", Some("app")),
            (
                "dyn app::draw::Draw + core::marker::Send",
                Some("app::draw"),
            ),
            ("<app::ui::Button as lib::Has>::Item", Some("app::ui")),
            ("&[app::ui::Button; 4]", Some("app::ui")),
            ("alloc::vec::Vec<alloc::string::String>", None),
            ("dyn for<'a> core::ops::Fn(&'a str)", None),
            ("(i32, [u8; 4], ':')", None),
            ("Renamed", None),
            ("::", None),
            ("", None),
        ];
        for (name, expected) in modules {
            assert_eq!(module_in(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn functions_and_types_on_the_way_are_no_modules() {
        let modules = [
            ("app::ui::main::{{closure}}", "app::ui"),
            ("app::ui::main::{{closure}}::Local", "app::ui"),
            ("app::ui::Button::new::{{closure}}", "app::ui"),
            ("app::ui::new<lib::D>::{{closure}}", "app::ui"),
            ("app::{{closure}}", "app"),
            ("App::ui::Button", "App::ui"),
            ("a::::b", "a::"),
        ];
        for (name, expected) in modules {
            assert_eq!(module_in(name).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn a_crate_is_where_the_path_begins() {
        let mut builder = GraphBuilder::default();
        let button = NewNode::new("alloc::rc::Rc<app::ui::Button>");
        let session = builder.add_type("web.auth", "Session", ".");
        let names = [button, NewNode::new("i32"), NewNode::of(session)];
        names.into_iter().for_each(|new| _ = builder.add_node(new));
        let graph = builder.finish();
        let crates: Vec<_> = graph.nodes().map(crate_name).collect();
        assert_eq!(crates, [Some("app".into()), None, Some("web".into())]);
        assert_eq!(
            graph.nodes().last().and_then(module).as_deref(),
            Some("web.auth")
        );
    }
}
