//! Type names short enough for a label.

/// Strips the module paths from a type name, inside its generic arguments too, and lifetimes that have no name.
///
/// A closure keeps the function that it is in, since it has no name of its own.
///
/// # Examples
///
/// ```
/// use objgraph_graph::shorten;
///
/// assert_eq!(shorten("alloc::rc::Rc<core::cell::RefCell<app::Widget>>"), "Rc<RefCell<Widget>>");
/// assert_eq!(shorten("dyn app::shapes::Shape + core::marker::Send"), "dyn Shape + Send");
/// assert_eq!(shorten("app::main::{{closure}}"), "main::{{closure}}");
/// ```
#[must_use]
pub fn shorten(path: &str) -> String {
    let mut short = String::with_capacity(path.len());
    // Where the identifier that is being copied begins: a `::` right behind it takes it back.
    let mut word = 0;
    let mut chars = path.char_indices();
    while let Some((place, char)) = chars.next() {
        if char == ':' && path[place..].starts_with("::") {
            // `main` stays before its closure, which has no name, and so does a type before its associated type.
            if path[place..].starts_with("::{{") || word == short.len() {
                short.push_str("::");
            } else {
                short.truncate(word);
            }
            chars.next();
        } else {
            short.push(char);
            if !(char.is_alphanumeric() || matches!(char, '_' | '{' | '}' | '#')) {
                word = short.len();
            }
        }
    }
    without_lifetimes(short)
}

/// A step along a reference, from the type of its referrer: `Widget.parent`, `list[0]`.
///
/// Labels from elsewhere may be bare names, `<__dict__>` or `parent`, which a dot sets apart.
pub(crate) fn step(type_name: &str, label: &str) -> String {
    let is_apart = label.is_empty() || label.starts_with(['.', '[', '(', '{', ':']);
    let dot = if is_apart { "" } else { "." };
    format!("{type_name}{dot}{label}")
}

/// The module of a type: what stands before its name, `core::cell` of `core::cell::RefCell<app::Widget>`.
pub(crate) fn module_of(path: &str) -> &str {
    let head = &path[..path
        .find(['<', '(', '[', '&', '*', ' '])
        .unwrap_or(path.len())];
    let end = head.find("::{{").unwrap_or(head.len());
    head[..end].rfind("::").map_or("", |end| &head[..end])
}

/// Newer compilers write `View<'_>` and `&'_ str` where older ones write `View` and `&str`.
fn without_lifetimes(short: String) -> String {
    if !short.contains("'_") {
        return short;
    }
    ["'_, ", "<'_>", " + '_", "'_ "]
        .iter()
        .fold(short, |short, lifetime| short.replace(lifetime, ""))
}

#[cfg(test)]
mod tests {
    use super::{module_of, shorten, step};

    #[test]
    fn a_dot_sets_bare_names_apart() {
        let steps = [
            (".parent", "Widget.parent"),
            ("parent", "Widget.parent"),
            ("<__dict__>", "Widget.<__dict__>"),
            ("[0]", "Widget[0]"),
            ("::Some", "Widget::Some"),
            ("", "Widget"),
        ];
        for (label, expected) in steps {
            assert_eq!(step("Widget", label), expected);
        }
    }

    #[test]
    fn a_module_is_what_stands_before_the_name() {
        let modules = [
            ("i32", ""),
            ("alloc::vec::Vec<(a::B, c::D)>", "alloc::vec"),
            ("app::main::{{closure}}", "app"),
            ("(a::B, c::D)", ""),
            ("&a::B", ""),
            ("dyn a::B", ""),
            ("", ""),
        ];
        for (path, module) in modules {
            assert_eq!(module_of(path), module, "{path}");
        }
    }

    #[test]
    fn paths_go_and_structure_stays() {
        let shortened = [
            ("i32", "i32"),
            (
                "alloc::vec::Vec<(alloc::string::String, a::b::C)>",
                "Vec<(String, C)>",
            ),
            ("[core::option::Option<a::B>; 4]", "[Option<B>; 4]"),
            ("fn(&a::B) -> &'static c::D", "fn(&B) -> &'static D"),
            ("app::main::{{closure}}", "main::{{closure}}"),
            ("app::main::{{closure}}::Local", "Local"),
            (
                "a::B::new<c::D>::{{closure}}::{{closure}}",
                "new<D>::{{closure}}::{{closure}}",
            ),
            ("<a::B as c::D>::E", "<B as D>::E"),
            ("a::B<':', '<', true, -5>", "B<':', '<', true, -5>"),
            (
                "unsafe extern \"C\" fn(*const a::B, ...) -> !",
                "unsafe extern \"C\" fn(*const B, ...) -> !",
            ),
            (
                "a::Map<b::IntoIter<u8>, (dyn c::Tr<Item = [d::E; 3]> + 'static)>",
                "Map<IntoIter<u8>, (dyn Tr<Item = [E; 3]> + 'static)>",
            ),
            (
                "dyn for<'a> core::ops::Fn(&'a str)",
                "dyn for<'a> Fn(&'a str)",
            ),
            ("a::View<'_>", "View"),
            ("a::Both<'_, '_, &'_ mut b::C<'_, u8>>", "Both<&mut C<u8>>"),
            ("alloc::boxed::Box<dyn a::B + '_>", "Box<dyn B>"),
            ("", ""),
        ];
        for (path, short) in shortened {
            assert_eq!(shorten(path), short);
        }
    }
}
