//! Writes the impl. Cannot fail: `check` has seen to that.
//!
//! Every path is absolute and every call names its function, so that nothing in the user's module can
//! stand in the way. Names of our own begin with two underscores, against constants of the same name.

mod bounds;
mod breaks;
mod count;
mod facts;
mod repr;
mod walk;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Generics, Ident, Index, Member, Token};

use crate::attr::Word;
use crate::model::{Field, Model, Variant};

pub(crate) use bounds::{is_phantom, mentions_any};

/// The impls that the user asked for.
pub(crate) fn expand(model: &Model<'_>) -> TokenStream {
    let krate = krate(model);
    let count = count::count(model, &krate);
    let trace = walk::trace(model, &krate);
    let trace_repr = repr::trace_repr(model, &krate);
    let facts = facts::facts(model, &krate);
    let trace = implement(
        model,
        &quote!(#krate::Trace),
        &bounds::with_bounds(model, &krate),
        &quote! { #trace #trace_repr #facts },
    );
    quote! { #trace #count }
}

/// Impls that do nothing: stand beside the error messages, so that no use of them adds another.
pub(crate) fn empty(model: &Model<'_>) -> TokenStream {
    let krate = krate(model);
    let trace = implement(
        model,
        &quote!(#krate::Trace),
        &bounds::without_attributes(model),
        &walk::method(&krate, &TokenStream::new()),
    );
    let count = count::count(model, &krate);
    quote! { #trace #count }
}

fn implement(
    model: &Model<'_>,
    implemented: &TokenStream,
    generics: &Generics,
    items: &TokenStream,
) -> TokenStream {
    let ident = ours(&model.input.ident, model.input.ident.span());
    let (params, arguments, predicates) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #params #implemented for #ident #arguments #predicates {
            #items
        }
    }
}

/// Where `Trace`, `Tracer` and the rest are.
fn krate(model: &Model<'_>) -> TokenStream {
    let given = model.attrs.path(Word::Crate);
    given.map_or_else(|| quote!(::objgraph), ToTokens::to_token_stream)
}

/// How a body gets at its fields.
#[derive(Clone, Copy)]
enum Access {
    /// `&self.name`
    OfSelf,
    /// What a match arm bound.
    Bound,
}

impl Access {
    /// A reference to the field, which the compiler reports at `span` where its type does not fit.
    fn reference(self, field: &Field<'_>, span: Span) -> TokenStream {
        match self {
            Self::OfSelf => {
                let and = Token![&](span);
                let this = self_at(span);
                let member = member(field, span);
                quote!(#and #this.#member)
            }
            Self::Bound => binding(field, span).into_token_stream(),
        }
    }
}

/// The name as if the derive had written it: a use of something deprecated then gives no warning.
fn ours(ident: &Ident, span: Span) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(Span::call_site().located_at(span));
    ident
}

fn member(field: &Field<'_>, span: Span) -> Member {
    match &field.member {
        Member::Named(ident) => Member::Named(ours(ident, span)),
        Member::Unnamed(index) => Member::Unnamed(Index {
            index: index.index,
            span,
        }),
    }
}

fn self_at(span: Span) -> Ident {
    Ident::new("self", Span::call_site().located_at(span))
}

/// The name by which a match arm knows a field.
fn binding(field: &Field<'_>, span: Span) -> Ident {
    let span = Span::mixed_site().located_at(span);
    match &field.member {
        Member::Named(ident) => format_ident!("__field_{}", ident.unraw(), span = span),
        Member::Unnamed(index) => format_ident!("__field_{}", index.index, span = span),
    }
}

/// The pattern that binds those fields of a variant for which `wanted` holds.
fn pattern(variant: &Variant<'_>, wanted: impl Fn(&Field<'_>) -> bool) -> TokenStream {
    let ident = ours(variant.ident, Span::call_site());
    let bindings = variant.fields.iter().filter(|it| wanted(it)).map(|field| {
        let here = Span::call_site();
        let (member, binding) = (member(field, here), binding(field, here));
        quote!(#member: #binding,)
    });
    quote!(Self::#ident { #(#bindings)* .. })
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use syn::parse_quote;

    #[test]
    fn a_type_with_mistakes_gets_an_impl_without_conditions() {
        let input = parse_quote!(
            struct A<#[other] T: Clone = u8> {
                #[trace(skipp)]
                a: T,
            }
        );
        let impl_ = crate::derive(&input).to_string();
        let impl_ = &impl_[impl_.find("# [automatically_derived]").unwrap()..];
        assert_snapshot!(impl_, @"# [automatically_derived] impl < T : Clone > :: objgraph :: Trace for A < T > { fn trace < '__objgraph > (& '__objgraph self , __tracer : & mut :: objgraph :: Tracer < '__objgraph >) { } }");
    }

    #[test]
    fn a_leaf_type_looks_at_no_field() {
        let input = parse_quote!(
            #[trace(leaf)]
            struct A(Foreign);
        );
        let impl_ = crate::derive(&input).to_string();
        assert!(
            !impl_.contains("Foreign")
                && impl_.contains("fn is_leaf () -> :: core :: primitive :: bool { true }")
        );
    }
}
