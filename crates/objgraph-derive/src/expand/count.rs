//! `Count`: the counter that all values of the type share.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use super::{bounds, implement};
use crate::attr::Word;
use crate::model::Model;

/// The impl, or nothing where the type does not ask for it.
///
/// It has the type's own bounds alone: a field `Counted<Self>` needs it of every type that there can be.
pub(super) fn count(model: &Model<'_>, krate: &TokenStream) -> TokenStream {
    if !model.attrs.has(Word::Count) {
        return TokenStream::new();
    }
    let type_path = type_path(model);
    implement(
        model,
        &quote!(#krate::Count),
        &bounds::without_attributes(model),
        &quote! {
            fn counter() -> &'static #krate::Counter {
                static __COUNTER: #krate::Counter = #krate::Counter::new(#type_path);
                &__COUNTER
            }
        },
    )
}

/// The type's name as a trace shows it, but without arguments: a static is one for all of them.
fn type_path(model: &Model<'_>) -> TokenStream {
    if let Some(name) = model.attrs.rename() {
        return quote!(#name);
    }
    let name = model.input.ident.unraw().to_string();
    quote!(::core::concat!(::core::module_path!(), "::", #name))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use syn::{DeriveInput, parse_quote};

    /// What is written behind the impl of `Trace`.
    fn count(input: &DeriveInput) -> String {
        let impls = crate::derive(input).to_string();
        let (_, count) = impls.rsplit_once("# [automatically_derived]").unwrap();
        count.trim().to_owned()
    }

    #[test]
    fn all_instances_of_a_generic_type_share_a_counter() {
        let input = parse_quote!(
            #[trace(count)]
            struct r#A<#[other] T: Clone = u8>(T, Counted<Self>)
            where
                T: Send;
        );
        assert_snapshot!(count(&input), @r#"impl < T : Clone > :: objgraph :: Count for r#A < T > where T : Send { fn counter () -> & 'static :: objgraph :: Counter { static __COUNTER : :: objgraph :: Counter = :: objgraph :: Counter :: new (:: core :: concat ! (:: core :: module_path ! () , "::" , "A")) ; & __COUNTER } }"#);
    }

    #[test]
    fn a_renamed_type_is_counted_under_its_new_name() {
        let input = parse_quote!(
            #[trace(count, rename = "Widget", crate = graph)]
            struct A(Counted<Self>);
        );
        assert_snapshot!(count(&input), @r#"impl graph :: Count for A { fn counter () -> & 'static graph :: Counter { static __COUNTER : graph :: Counter = graph :: Counter :: new ("Widget") ; & __COUNTER } }"#);
    }

    #[test]
    fn a_type_with_mistakes_is_counted_all_the_same() {
        let input = parse_quote!(
            #[trace(count)]
            struct A(#[trace(skipp)] Counted<Self>);
        );
        assert!(count(&input).starts_with("impl :: objgraph :: Count for A"));
    }
}
