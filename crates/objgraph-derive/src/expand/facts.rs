//! What a type says of all its values: its name, and whether they can hold anything.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use crate::attr::Word;
use crate::model::{Field, Model, Walk};

pub(super) fn facts(model: &Model<'_>, krate: &TokenStream) -> TokenStream {
    let trace_type = trace_type(model, krate);
    let is_leaf = method("is_leaf", &is_leaf(model, krate));
    let is_node = method("is_node", &is_node(model));
    let has_edges = has_edges(model, krate);
    quote! {
        #trace_type
        #[inline]
        fn trace_honesty(&self) -> #krate::__private::Honesty {
            #krate::__private::Honesty::Known
        }
        #is_leaf
        #is_node
        #has_edges
    }
}

/// Static functions ask the field types; a tail that may be unsized cannot be asked.
fn has_unsized_tail(model: &Model<'_>) -> bool {
    model.fields().any(|field| field.maybe_unsized)
}

fn trace_type(model: &Model<'_>, krate: &TokenStream) -> TokenStream {
    let mut facts = quote!(#krate::TypeFacts::of::<Self>());
    if let Some(name) = model.attrs.rename() {
        facts = quote!(#krate::TypeFacts::renamed(#facts, #name));
    }
    if model.is_opaque() {
        facts = quote!(#krate::TypeFacts::opaque(#facts));
    }
    if !has_unsized_tail(model) {
        facts = quote!(#krate::TypeFacts::leaf(#facts, <Self as #krate::Trace>::is_leaf()));
        let has_edges = quote!(<Self as #krate::Trace>::has_edges(#krate::Nesting::OUTERMOST));
        facts = quote!(#krate::TypeFacts::edges(#facts, #has_edges));
    }
    quote! {
        fn trace_type(&self) -> #krate::TypeFacts {
            // Its method answers for types without a `Drop` impl. Asked for `()` too, it is always used:
            // no lint has to be allowed, which a crate that forbids it would refuse.
            use #krate::__private::NoDropImpl as _;
            #krate::TypeFacts::with_drop_impl(
                #facts,
                #krate::__private::DropProbe::<Self>::new().has_drop_impl()
                    || #krate::__private::DropProbe::<()>::new().has_drop_impl(),
            )
        }
    }
}

fn method(name: &str, answer: &TokenStream) -> TokenStream {
    let name = quote::format_ident!("{name}");
    if answer.is_empty() {
        return TokenStream::new();
    }
    quote!(fn #name() -> ::core::primitive::bool { #answer })
}

/// Empty for the trait's own answer, `false`.
fn is_leaf(model: &Model<'_>, krate: &TokenStream) -> TokenStream {
    if model.is_leaf() {
        return quote!(true);
    }
    let holds_nothing = |field: &Field<'_>| matches!(field.walk, Walk::Trace | Walk::Leaf);
    if model.is_opaque() || has_unsized_tail(model) || !model.fields().all(holds_nothing) {
        return TokenStream::new();
    }
    let types = traced_types(model);
    if types.is_empty() {
        return quote!(true);
    }
    quote!(#(<#types as #krate::Trace>::is_leaf())&&*)
}

fn is_node(model: &Model<'_>) -> TokenStream {
    let never = model.is_leaf() || model.attrs.has(Word::Transparent);
    if never {
        TokenStream::new()
    } else {
        quote!(true)
    }
}

/// Empty for the trait's own answer: whatever is no leaf.
fn has_edges(model: &Model<'_>, krate: &TokenStream) -> TokenStream {
    let holds = |field: &Field<'_>| matches!(field.walk, Walk::Node | Walk::Opaque | Walk::With(_));
    let answer = if model.is_leaf() || has_unsized_tail(model) {
        return TokenStream::new();
    } else if model.is_opaque() || model.fields().any(holds) {
        quote!(true)
    } else {
        let types = traced_types(model);
        if types.is_empty() {
            quote!(false)
        } else {
            quote! {
                match #krate::Nesting::deeper(__nesting) {
                    ::core::option::Option::None => true,
                    ::core::option::Option::Some(__nesting) => {
                        #(<#types as #krate::Trace>::has_edges(__nesting))||*
                    }
                }
            }
        }
    };
    quote! {
        fn has_edges(__nesting: #krate::Nesting) -> ::core::primitive::bool { #answer }
    }
}

/// The types of the traced fields, each once.
fn traced_types<'a>(model: &'a Model<'a>) -> Vec<&'a Type> {
    let mut seen = HashSet::new();
    let traced = model
        .fields()
        .filter(|field| matches!(field.walk, Walk::Trace));
    let types = traced.map(|field| field.ty);
    types
        .filter(|ty| seen.insert(ty.to_token_stream().to_string()))
        .collect()
}
