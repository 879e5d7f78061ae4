//! Derives `Trace`: one edge for each field that holds something.
//!
//! In: a struct, an enum, or a union that says what it is. Out: an impl of `objgraph::Trace`. Use it
//! through the `objgraph` crate, which re-exports it beside the trait:
//!
//! ```ignore
//! use objgraph::Trace;
//! use std::rc::{Rc, Weak};
//!
//! #[derive(Trace)]
//! struct Widget {
//!     id: u32,
//!     children: Vec<Rc<Widget>>,
//!     parent: Weak<Widget>,
//!     #[trace(skip)]
//!     handle: std::fs::File,
//! }
//! ```
//!
//! Also `leak_check`, an attribute for tests that are to fail if they leak.
//!
//! # Boundaries
//!
//! Knows nothing of types, only of syntax: what a field's type holds is asked of its own `Trace`.

mod attr;
mod check;
mod expand;
mod leak_check;
mod mistakes;
mod model;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::mistakes::Mistakes;
use crate::model::Model;

/// Implements `objgraph::Trace`: reports what each field holds, and writes the fields into the label.
///
/// Works for structs, tuple structs, enums, and generic, recursive and unsized types. Each type parameter
/// that occurs in a traced field is bound by `Trace`; a field behind `PhantomData` or an attribute that
/// stops tracing needs nothing.
///
/// # Examples
///
/// ```ignore
/// use objgraph::{Repr, Trace, Tracer};
/// use std::rc::{Rc, Weak};
///
/// #[derive(Trace)]
/// #[trace(label = Widget::title)]
/// struct Widget {
///     id: u32,
///     children: Vec<Rc<Widget>>,
///     parent: Weak<Widget>,
///     #[trace(skip)]
///     socket: std::net::TcpStream,
///     #[trace(with = trace_arena)]
///     arena: foreign::Arena,
/// }
///
/// impl Widget {
///     fn title(&self, out: &mut Repr<'_>) {
///         out.text("widget ");
///         out.display(&self.id);
///     }
/// }
///
/// fn trace_arena<'a>(arena: &'a foreign::Arena, tracer: &mut Tracer<'a>) {
///     for (index, widget) in arena.widgets().iter().enumerate() {
///         tracer.element(index, widget);
///     }
/// }
/// ```
///
/// # On a type
///
/// | `#[trace(…)]` | what it does |
/// |---|---|
/// | `opaque` | values are drawn as something that nobody can look into; no field needs `Trace` |
/// | `leaf` | values hold no references; no field is traced or needs `Trace` |
/// | `transparent` | elements of this type in a `Vec` and the like are no nodes of their own |
/// | `rename = "Name"` | shows the type under this name |
/// | `label = path` | the function, a `fn(&Self, &mut Repr<'_>)`, writes the label |
/// | `debug`, `display` | the type's own `Debug` or `Display` writes the label |
/// | `bound = "T: MyTrait"` | replaces the bounds that the derive would add; `""` for none |
/// | `break_with = path` | the function, a `fn(&Self) -> R`, lets go of all references, should they keep a leaked cycle together |
/// | `count` | implements `Count`: one counter for all values, also of all instances of a generic type |
/// | `crate = path` | where `objgraph` is, if it was renamed or re-exported |
///
/// `count` needs a field of type `Counted<Self>`, under any name: only a field notices that a value is made and
/// dropped. It has no size and is not drawn. Of an enum, those variants are counted that have one.
///
/// # On a variant
///
/// | `#[trace(…)]` | what it does |
/// |---|---|
/// | `rename = "Name"` | shows the variant under this name |
/// | `skip` | leaves out all that it holds |
///
/// # On a field
///
/// | `#[trace(…)]` | what it does | needs `Trace` |
/// |---|---|---|
/// | `skip` | leaves the field out; the picture says that something was left out | no |
/// | `opaque` | draws it as something that nobody can look into | no |
/// | `leaf` | says that it holds no references | no |
/// | `with = path` | the function, a `fn(&'a Field, &mut Tracer<'a>)`, traces it | no |
/// | `node` | makes it a node of its own | yes |
/// | `transparent` | traces it as if what it holds were held by the type itself | yes |
/// | `rename = "name"` | shows it under this name | yes |
/// | `label` | it alone is the label of the value, or of the variant's fields | yes |
/// | `debug`, `display` | its `Debug` or `Display` writes it into the label, also if it is not traced | as before |
/// | `breakable` | it is emptied, should its references keep a leaked cycle together | yes |
/// | `break_with = path` | the same for any type: the function, a `fn(&Field) -> R`, lets go of what the field holds | as before |
///
/// What is `breakable` is a `RefCell`, `Cell`, `Mutex` or `RwLock` of something that has a `Default`, such as
/// `RefCell<Option<Rc<T>>>` and `RefCell<Vec<Rc<T>>>`, or implements `Breakable`. Functions of `break_with` return what they
/// take out: it is dropped when all cycles are broken. They are called for proven leaks alone, and only if that is asked for.
///
/// Unions need `opaque` or `leaf`; the fields of packed structs need `skip` or `leaf`, since nothing can
/// refer to them. A path may also stand in quotes.
#[proc_macro_derive(Trace, attributes(trace))]
pub fn derive_trace(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).into()
}

fn derive(input: &DeriveInput) -> proc_macro2::TokenStream {
    let mut mistakes = Mistakes::default();
    let model = Model::new(input, &mut mistakes);
    check::check(&model, &mut mistakes);
    match mistakes.into_compile_errors() {
        None => expand::expand(&model),
        Some(errors) => [errors, expand::empty(&model)].into_iter().collect(),
    }
}

/// Lets a test fail if its body leaks: if objects that it made hold each other, and nobody holds them any more.
///
/// Stands above or below `#[test]`, and on any function or method with a body, also an `async` one. Arguments go
/// into the body, so that they are gone when the check is made, unless their names begin with an underscore. The check
/// follows an early `return` or `?` too, but no panic.
///
/// `objgraph::LeakCheck` is what checks, and says which leaks it finds.
///
/// | `#[leak_check(…)]` | what it does |
/// |---|---|
/// | `crate = path` | where `objgraph` is, if it was renamed or re-exported |
///
/// # Examples
///
/// ```ignore
/// #[test]
/// #[objgraph::leak_check]
/// fn a_closed_window_is_gone() {
///     let window = objgraph::tracked(Window::open());
///     window.close();
/// }
/// ```
#[proc_macro_attribute]
pub fn leak_check(arguments: TokenStream, item: TokenStream) -> TokenStream {
    leak_check::leak_check(&arguments.into(), &item.into()).into()
}
