//! What a type and its fields say of how they let go of what they hold, should it keep a leaked cycle together.
//!
//! None of it makes an impl less honest: what is reported is the value or its field, and a function that is given no
//! tracer, so that it can report nothing. The walk is over when it is called.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ExprPath;
use syn::spanned::Spanned;

use super::{Access, self_at};
use crate::attr::Word;
use crate::model::{Field, Model};

/// The statement for a whole type, which stands behind the reports of all that it holds.
pub(super) fn of_type(model: &Model<'_>, krate: &TokenStream) -> TokenStream {
    let path = model.attrs.path(Word::BreakWith);
    path.map_or_else(TokenStream::new, |path| {
        let this = self_at(path.span()).into_token_stream();
        break_with(&quote!(Self), &this, path, krate)
    })
}

/// The statement for a field, which stands behind the report of what it holds, at the same place.
pub(super) fn of_field(field: &Field<'_>, access: Access, krate: &TokenStream) -> TokenStream {
    let path = field.attrs.path(Word::BreakWith);
    path.map_or_else(TokenStream::new, |path| {
        let value = access.reference(field, path.span());
        break_with(&field.ty.to_token_stream(), &value, path, krate)
    })
}

fn break_with(
    ty: &TokenStream,
    value: &TokenStream,
    path: &ExprPath,
    krate: &TokenStream,
) -> TokenStream {
    quote!(#krate::Tracer::break_with::<#ty, _>(__tracer, #value, #path);)
}

/// The statement that traces a cell which can be emptied; by its name even where it is alone in a variant.
pub(super) fn emptied(field: &Field<'_>, access: Access, krate: &TokenStream) -> TokenStream {
    let (name, ty) = (field.name(), field.ty);
    let value = access.reference(field, Span::call_site());
    // A type that cannot be emptied is then reported where it is written.
    let here = Span::call_site().located_at(ty.span());
    let report = quote!(#krate::Tracer::breakable::<#ty>(__tracer, #name, #value));
    let report = located_at(here, report);
    quote! {
        if !<#ty as #krate::Trace>::is_leaf() {
            #report;
        }
    }
}

fn located_at(span: Span, call: TokenStream) -> TokenStream {
    let tokens = call.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(span));
        token
    });
    tokens.collect()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use syn::{DeriveInput, parse_quote};

    /// The body of `trace`.
    fn trace(input: &DeriveInput) -> String {
        let impl_ = crate::derive(input).to_string();
        let (_, trace) = impl_.split_once("< '__objgraph >) {").unwrap();
        let (trace, _) = trace.split_once("} fn trace_repr").unwrap();
        trace.trim().to_owned()
    }

    #[test]
    fn a_cell_that_can_be_emptied_is_traced_as_such() {
        let input = parse_quote!(
            struct A {
                #[trace(breakable, rename = "b")]
                a: RefCell<Option<Rc<A>>>,
            }
        );
        assert_snapshot!(trace(&input), @r#"if ! < RefCell < Option < Rc < A > > > as :: objgraph :: Trace > :: is_leaf () { :: objgraph :: Tracer :: breakable :: < RefCell < Option < Rc < A > > > > (__tracer , "b" , & self . a) ; }"#);
    }

    #[test]
    fn a_cell_alone_in_a_variant_keeps_its_name() {
        let input = parse_quote!(
            enum A {
                B(#[trace(breakable)] Cell),
            }
        );
        assert_snapshot!(trace(&input), @r#"match self { Self :: B { 0 : __field_0 , .. } => :: objgraph :: Tracer :: at_variant (__tracer , "B" , | __tracer | { if ! < Cell as :: objgraph :: Trace > :: is_leaf () { :: objgraph :: Tracer :: breakable :: < Cell > (__tracer , "0" , __field_0) ; } }) , }"#);
    }

    #[test]
    fn a_function_lets_go_of_what_was_reported_at_its_place() {
        let input = parse_quote!(
            #[trace(break_with = Self::clear)]
            struct A {
                #[trace(break_with = "Links::take")]
                a: Links,
                #[trace(node, break_with = b)]
                b: Links,
            }
        );
        assert_snapshot!(trace(&input), @r#":: objgraph :: Tracer :: at_field (__tracer , "a" , | __tracer | { :: objgraph :: Tracer :: trusting (__tracer , < Links as :: objgraph :: Trace > :: trace_honesty (& self . a) , | __tracer | < Links as :: objgraph :: Trace > :: trace (& self . a , __tracer)) ; :: objgraph :: Tracer :: break_with :: < Links , _ > (__tracer , & self . a , Links :: take) ; }) ; :: objgraph :: Tracer :: at_field (__tracer , "b" , | __tracer | { :: objgraph :: Tracer :: node :: < Links > (__tracer , & self . b) ; :: objgraph :: Tracer :: break_with :: < Links , _ > (__tracer , & self . b , b) ; }) ; :: objgraph :: Tracer :: break_with :: < Self , _ > (__tracer , self , Self :: clear) ;"#);
        let lone = parse_quote!(
            enum A {
                B(#[trace(with = trace, break_with = release)] Foreign),
            }
        );
        assert_snapshot!(trace(&lone), @r#"match self { Self :: B { 0 : __field_0 , .. } => :: objgraph :: Tracer :: at_variant (__tracer , "B" , | __tracer | { :: objgraph :: Tracer :: trusting (__tracer , :: objgraph :: __private :: Honesty :: Unknown , | __tracer | trace (__field_0 , __tracer)) ; :: objgraph :: Tracer :: break_with :: < Foreign , _ > (__tracer , __field_0 , release) ; }) , }"#);
    }
}
