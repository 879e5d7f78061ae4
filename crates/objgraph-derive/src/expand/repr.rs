//! `Trace::trace_repr`: the one-line value.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;

use super::{Access, pattern, self_at};
use crate::attr::Word;
use crate::model::{Body, Field, Model, Show, Variant};

/// The method, or nothing where the trait's own, which writes nothing, will do.
pub(super) fn trace_repr(model: &Model<'_>, krate: &TokenStream) -> TokenStream {
    let body = of_type(model, krate).unwrap_or_else(|| match &model.body {
        Body::Struct(fields) => of_struct(fields, krate),
        Body::Enum(variants) => of_enum(variants, krate),
        Body::Union(_) => TokenStream::new(),
    });
    if body.is_empty() {
        return body;
    }
    quote! {
        fn trace_repr(&self, __out: &mut #krate::Repr<'_>) {
            #body
        }
    }
}

/// What the type's own attributes say.
fn of_type(model: &Model<'_>, krate: &TokenStream) -> Option<TokenStream> {
    let attrs = &model.attrs;
    if let Some(path) = attrs.path(Word::Label) {
        let this = self_at(path.span());
        return Some(quote!(#path(#this, __out);));
    }
    if let Some(span) = attrs.span(Word::Debug) {
        let this = self_at(span);
        return Some(quote!(#krate::Repr::debug(__out, #this);));
    }
    let this = self_at(attrs.span(Word::Display)?);
    Some(quote!(#krate::Repr::display(__out, #this);))
}

fn of_struct(fields: &[Field<'_>], krate: &TokenStream) -> TokenStream {
    if let Some(label) = fields.iter().find(|field| field.attrs.has(Word::Label)) {
        let label = alone(label, Access::OfSelf, krate);
        return quote!(#label;);
    }
    let entries = entries(fields, Access::OfSelf, krate);
    if entries.is_empty() {
        return entries;
    }
    quote!(#krate::Repr::record(__out, |__out| { #entries });)
}

fn of_enum(variants: &[Variant<'_>], krate: &TokenStream) -> TokenStream {
    if variants.is_empty() {
        return TokenStream::new();
    }
    let arms = variants.iter().map(|variant| {
        let name = variant.name();
        let label = variant
            .fields
            .iter()
            .find(|field| field.attrs.has(Word::Label));
        let (entries, pattern) = match label {
            Some(label) => (
                alone(label, Access::Bound, krate),
                pattern(variant, |field| field.attrs.has(Word::Label)),
            ),
            None => (
                entries(&variant.fields, Access::Bound, krate),
                pattern(variant, |field| field.show() != Show::Nothing),
            ),
        };
        let out = if entries.is_empty() {
            quote!(_)
        } else {
            quote!(__out)
        };
        quote!(#pattern => #krate::Repr::variant(__out, #name, |#out| { #entries }),)
    });
    quote! {
        match self {
            #(#arms)*
        }
    }
}

fn entries(fields: &[Field<'_>], access: Access, krate: &TokenStream) -> TokenStream {
    fields
        .iter()
        .map(|field| entry(field, access, krate))
        .collect()
}

/// The statement that writes one field among others.
fn entry(field: &Field<'_>, access: Access, krate: &TokenStream) -> TokenStream {
    if field.show() == Show::Nothing {
        return TokenStream::new();
    }
    let has_name = !field.nameless && (!field.is_tuple_field() || field.attrs.has(Word::Rename));
    // An entry with an empty name is one without.
    let name = if has_name {
        field.name()
    } else {
        String::new()
    };
    let value = alone(field, access, krate);
    quote!(#krate::Repr::named(__out, #name, |__out| #value);)
}

/// The expression that writes one field with nothing around it.
fn alone(field: &Field<'_>, access: Access, krate: &TokenStream) -> TokenStream {
    let reference = |word| {
        let span = field.attrs.span(word).unwrap_or_else(Span::call_site);
        access.reference(field, span)
    };
    match field.show() {
        Show::Debug => {
            let value = reference(Word::Debug);
            quote!(#krate::Repr::debug(__out, #value))
        }
        Show::Display => {
            let value = reference(Word::Display);
            quote!(#krate::Repr::display(__out, #value))
        }
        Show::Trace | Show::Nothing => {
            let (ty, value) = (field.ty, reference(Word::Label));
            quote!(<#ty as #krate::Trace>::trace_repr(#value, __out))
        }
    }
}
