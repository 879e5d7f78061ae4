//! `Trace::trace`: one call for each field.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;

use super::{Access, breaks, pattern};
use crate::attr::Word;
use crate::model::{Body, Field, Model, Variant, Walk};

pub(super) fn trace(model: &Model<'_>, krate: &TokenStream) -> TokenStream {
    let steps = match &model.body {
        Body::Struct(fields) => fields
            .iter()
            .map(|field| step(field, Access::OfSelf, krate))
            .collect(),
        Body::Enum(variants) => of_enum(variants, krate),
        Body::Union(_) => TokenStream::new(),
    };
    let release = breaks::of_type(model, krate);
    method(krate, &quote! { #steps #release })
}

/// The method around a body, which may be empty.
pub(super) fn method(krate: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        fn trace<'__objgraph>(&'__objgraph self, __tracer: &mut #krate::Tracer<'__objgraph>) {
            #body
        }
    }
}

fn of_enum(variants: &[Variant<'_>], krate: &TokenStream) -> TokenStream {
    let arms: Vec<_> = variants
        .iter()
        .filter_map(|variant| arm(variant, krate))
        .collect();
    if arms.is_empty() {
        return TokenStream::new();
    }
    let rest = (arms.len() < variants.len()).then(|| quote!(_ => {}));
    quote! {
        match self {
            #(#arms)*
            #rest
        }
    }
}

/// The arm of a variant that holds something to trace.
fn arm(variant: &Variant<'_>, krate: &TokenStream) -> Option<TokenStream> {
    let name = variant.name();
    if variant.is_skipped() {
        let pattern = pattern(variant, |_| false);
        return Some(quote! {
            #pattern => #krate::Tracer::skip_field(__tracer, #name),
        });
    }
    let steps: TokenStream = variant
        .fields
        .iter()
        .map(|field| step(field, Access::Bound, krate))
        .collect();
    if steps.is_empty() {
        return None;
    }
    let pattern = pattern(variant, |field| {
        !matches!(field.walk, Walk::Skip | Walk::Leaf)
    });
    Some(quote! {
        #pattern => #krate::Tracer::at_variant(__tracer, #name, |__tracer| { #steps }),
    })
}

/// The statement that traces one field; nothing for a leaf.
fn step(field: &Field<'_>, access: Access, krate: &TokenStream) -> TokenStream {
    let (name, ty) = (field.name(), field.ty);
    let value = access.reference(field, Span::call_site());
    let release = breaks::of_field(field, access, krate);
    let inside = match &field.walk {
        Walk::Leaf => return TokenStream::new(),
        Walk::Skip => return quote!(#krate::Tracer::skip_field(__tracer, #name);),
        Walk::Trace if field.attrs.has(Word::Breakable) => {
            return breaks::emptied(field, access, krate);
        }
        // Every body that needs `Trace` of the field's type says `<Type as Trace>` first: the compiler then
        // reports a missing one once, at the type, rather than once for each call.
        Walk::Trace if field.nameless || field.maybe_unsized || !release.is_empty() => {
            let honesty = quote!(<#ty as #krate::Trace>::trace_honesty(#value));
            let trace = quote!(<#ty as #krate::Trace>::trace(#value, __tracer));
            quote!(#krate::Tracer::trusting(__tracer, #honesty, |__tracer| #trace))
        }
        Walk::Trace => {
            return quote! {
                if !<#ty as #krate::Trace>::is_leaf() {
                    #krate::Tracer::field::<#ty>(__tracer, #name, #value);
                }
            };
        }
        Walk::Node => quote!(#krate::Tracer::node::<#ty>(__tracer, #value)),
        Walk::Opaque => quote!(#krate::Tracer::opaque::<#ty>(__tracer, #value)),
        Walk::With(path) => {
            let value = access.reference(field, path.span());
            // The one place where code of the user's reports: else the impl is known to be honest.
            let honesty = quote!(#krate::__private::Honesty::Unknown);
            quote!(#krate::Tracer::trusting(__tracer, #honesty, |__tracer| #path(#value, __tracer)))
        }
    };
    let steps = quote! { #inside; #release };
    if field.nameless {
        steps
    } else {
        quote!(#krate::Tracer::at_field(__tracer, #name, |__tracer| { #steps });)
    }
}
