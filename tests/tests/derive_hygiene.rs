//! `#[derive(Trace)]` adds no warning to a strict crate, and no name in the user's module can break it.
//!
//! That this file compiles is most of the test; clippy checks it with the rest of the workspace.

#![deny(
    warnings,
    missing_docs,
    unused,
    unused_qualifications,
    unreachable_pub,
    single_use_lifetimes,
    trivial_casts,
    unsafe_code,
    unused_lifetimes,
    unused_results,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]

/// No name of the prelude exists here, and the ones that the expansion might use mean something else.
pub mod hostile {
    #![no_implicit_prelude]
    #![expect(non_camel_case_types, reason = "names of primitive types")]

    /// Not the trait.
    #[derive(::objgraph::Trace, ::core::fmt::Debug)]
    pub struct Trace;
    /// Not the tracer.
    #[derive(::objgraph::Trace)]
    pub struct Tracer(pub Trace);
    /// Not core's.
    #[derive(::objgraph::Trace)]
    pub struct String;
    /// Not core's.
    #[derive(::objgraph::Trace)]
    pub struct bool;
    /// Not core's.
    #[derive(::objgraph::Trace)]
    pub enum Option<Some> {
        /// Nothing.
        None,
        /// Something, or nothing.
        Some(Some),
        /// Both.
        Both {
            /// Not ours.
            __tracer: Some,
            /// Not ours either.
            tracer: ::std::rc::Rc<Trace>,
        },
    }
    /// Not the crates.
    pub mod objgraph {}
    /// Not the crate.
    pub mod core {}

    /// Refers to all of the above.
    #[derive(::objgraph::Trace)]
    #[trace(rename = "everything")]
    pub struct Everything<'objgraph, T> {
        /// A string.
        pub string: String,
        /// A truth.
        pub bool: bool,
        /// An option.
        pub option: Option<T>,
        /// A reference.
        pub reference: &'objgraph Tracer,
        /// Skipped.
        #[trace(skip, debug)]
        pub skipped: Trace,
        /// Lets go.
        #[trace(breakable)]
        pub cell: ::core::cell::RefCell<::core::option::Option<::std::rc::Rc<Trace>>>,
        /// Lets go as its type says.
        #[trace(break_with = ::core::cell::RefCell::take)]
        pub other: ::core::cell::RefCell<::std::vec::Vec<T>>,
    }

    impl<T> ::core::ops::Drop for Everything<'_, T> {
        fn drop(&mut self) {}
    }
}

/// What is deprecated, unused or private stays the business of its author.
pub mod quiet {
    use objgraph::{Nesting, Repr, Trace, Tracer, TypeFacts};

    /// Deprecated as a whole.
    #[derive(Trace)]
    #[deprecated = "only here to be quiet about"]
    pub struct Old {
        /// A number.
        pub number: u32,
    }

    /// With a deprecated field and variant.
    #[derive(Trace)]
    pub enum New {
        /// With a deprecated field.
        Struct {
            /// A number.
            #[deprecated = "only here to be quiet about"]
            number: u32,
        },
        /// Deprecated.
        #[deprecated = "only here to be quiet about"]
        Tuple(u32, ::std::rc::Rc<u32>),
        /// Underscored.
        Underscored {
            /// A number.
            _number: ::std::rc::Rc<u32>,
        },
    }

    /// With a deprecated field.
    #[derive(Trace)]
    #[non_exhaustive]
    pub struct Newer<'a, T: ?Sized> {
        /// A number.
        #[deprecated = "only here to be quiet about"]
        pub number: ::std::rc::Rc<u32>,
        _number: ::std::vec::Vec<u32>,
        #[trace(with = nothing)]
        private: Private,
        /// A tail.
        pub tail: &'a T,
    }

    #[derive(Trace)]
    struct Private;

    /// Cannot be made.
    #[derive(Trace)]
    pub enum Never {}

    /// Has one variant.
    #[derive(Trace)]
    pub enum One {
        /// The one.
        Only(::core::convert::Infallible),
    }

    const fn nothing(_: &Private, _: &mut Tracer<'_>) {}

    /// Uses what is imported, and makes what is private.
    #[must_use]
    pub fn facts(nesting: Nesting, _: &Repr<'_>) -> (TypeFacts, bool) {
        #[expect(deprecated, reason = "the field has to be given")]
        let newer = Newer {
            number: 1.into(),
            _number: ::std::vec![],
            private: Private,
            tail: "",
        };
        (newer.trace_type(), Never::has_edges(nesting))
    }
}

/// Lints that may not be allowed again.
#[forbid(unused, missing_docs, unused_imports, warnings, clippy::pedantic)]
pub mod forbidden {
    /// With a drop impl, so that the fallback of its probe is not used.
    #[derive(objgraph::Trace)]
    pub struct Dropped(pub u32);

    impl Drop for Dropped {
        fn drop(&mut self) {}
    }
}

#[test]
fn hostile_names_do_not_reach_the_expansion() {
    use objgraph::Trace as _;
    let tracer = hostile::Tracer(hostile::Trace);
    let everything = hostile::Everything {
        string: hostile::String,
        bool: hostile::bool,
        option: hostile::Option::<hostile::Trace>::Some(hostile::Trace),
        reference: &tracer,
        skipped: hostile::Trace,
        cell: std::cell::RefCell::default(),
        other: std::cell::RefCell::default(),
    };
    let mut text = String::new();
    everything.trace_repr(&mut objgraph::Repr::new(&mut text, 100));
    assert_eq!(text, "option: Some, skipped: Trace");
    assert_eq!(everything.trace_type().name(), "everything");
}

#[test]
fn a_drop_impl_is_found_where_lints_are_forbidden() {
    use objgraph::Trace as _;
    assert!(forbidden::Dropped(1).trace_type().has_drop_impl());
}
