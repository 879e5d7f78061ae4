//! What a type may not say: contradictions, words without effect, shapes that cannot be traced.

mod contradictions;
mod count;

use crate::attr::{self, Word};
use crate::mistakes::Mistakes;
use crate::model::{Body, Field, Model, Show, Variant, Walk, param_attributes};

/// Reports everything in `model` that makes no sense.
pub(crate) fn check(model: &Model<'_>, mistakes: &mut Mistakes) {
    contradictions::on_type(&model.attrs, mistakes);
    count::check(model, mistakes);
    unions(model, mistakes);
    packed(model, mistakes);
    params(model, mistakes);
    for field in model.fields() {
        contradictions::on_field(&field.attrs, mistakes);
        silent_label(field, mistakes);
        inert_type(model, field, mistakes);
    }
    match &model.body {
        Body::Struct(fields) => labels(model, fields, "type", mistakes),
        Body::Enum(variants) => {
            for variant in variants {
                labels(model, &variant.fields, "variant", mistakes);
                skipped_variant(variant, mistakes);
            }
        }
        Body::Union(_) => {}
    }
}

fn unions(model: &Model<'_>, mistakes: &mut Mistakes) {
    let Body::Union(keyword) = model.body else {
        return;
    };
    if !model.is_leaf() && !model.is_opaque() {
        mistakes.at_span(
            keyword,
            "`Trace` cannot be derived for a union: nothing says which of its fields is live; \
             write `#[trace(opaque)]` on the union (or `#[trace(leaf)]`, if no field holds a reference), \
             implement `Trace` by hand, \
             or leave it without and put `#[trace(skip)]` or `#[trace(opaque)]` on the fields of its type",
        );
    }
    if let syn::Data::Union(data) = &model.input.data {
        for attribute in data
            .fields
            .named
            .iter()
            .flat_map(|field| &field.attrs)
            .filter(|it| attr::is_ours(it))
        {
            mistakes.at(attribute, "the fields of a union are never traced, so `#[trace]` does nothing here; remove it");
        }
    }
}

fn packed(model: &Model<'_>, mistakes: &mut Mistakes) {
    let Some(span) = model.packed else {
        return;
    };
    if model.fields().any(Field::is_referenced) {
        mistakes.at_span(
            span,
            "`Trace` cannot look into a packed struct: its fields may be unaligned, and tracing takes references to them; \
             write `#[trace(leaf)]` or `#[trace(opaque)]` on the type, `#[trace(skip)]` or `#[trace(leaf)]` on every field, \
             or implement `Trace` by hand on copies of the fields",
        );
    }
}

fn params(model: &Model<'_>, mistakes: &mut Mistakes) {
    let attributes = model
        .input
        .generics
        .params
        .iter()
        .flat_map(param_attributes);
    for attribute in attributes.filter(|it| attr::is_ours(it)) {
        mistakes.at(
            attribute,
            "`#[trace]` means nothing on a generic parameter; write `#[trace(bound = \"T: Trace\")]` on the type",
        );
    }
}

/// A label that nothing would write.
fn silent_label(field: &Field<'_>, mistakes: &mut Mistakes) {
    if let Some(span) = field.attrs.span(Word::Label)
        && !matches!(field.walk, Walk::Trace | Walk::Node)
        && field.show() == Show::Nothing
    {
        mistakes.at_span(
            span,
            "nothing would write this label, since the field's own `Trace` is not used; \
             add `debug` or `display`, as in `#[trace(label, debug)]`",
        );
    }
}

/// Words about tracing on the fields of a type that is not traced.
fn inert_type(model: &Model<'_>, field: &Field<'_>, mistakes: &mut Mistakes) {
    let whole = match (model.is_leaf(), model.is_opaque()) {
        (true, _) => Word::Leaf,
        (_, true) => Word::Opaque,
        _ => return,
    };
    for (word, span) in field.attrs.words() {
        let about_tracing = [
            Word::Skip,
            Word::Opaque,
            Word::With,
            Word::Node,
            Word::Transparent,
            Word::Leaf,
            Word::Breakable,
            Word::BreakWith,
        ];
        if about_tracing.contains(&word) {
            mistakes.at_span(
                span,
                format!("`{word}` does nothing: the whole type is `{whole}`, so no field is traced; remove one of the two"),
            );
        }
    }
}

/// More than one writer of one label.
fn labels(model: &Model<'_>, fields: &[Field<'_>], scope: &str, mistakes: &mut Mistakes) {
    let writers = [Word::Label, Word::Debug, Word::Display];
    if let Some(whole) = writers.into_iter().find(|word| model.attrs.has(*word)) {
        let words = fields.iter().flat_map(|field| field.attrs.words());
        for (word, span) in words.filter(|(word, _)| writers.contains(word)) {
            mistakes.at_span(
                span,
                format!("`{word}` does nothing here: `{whole}` on the type writes the whole label; remove one of the two"),
            );
        }
        return;
    }
    let spans = fields
        .iter()
        .filter_map(|field| field.attrs.span(Word::Label));
    for span in spans.skip(1) {
        mistakes.at_span(
            span,
            format!(
                "only one field of a {scope} can be its label; keep one, \
                 or write a function and name it on the type: `#[trace(label = path::of::function)]`"
            ),
        );
    }
}

fn skipped_variant(variant: &Variant<'_>, mistakes: &mut Mistakes) {
    let Some(span) = variant.attrs.span(Word::Skip) else {
        return;
    };
    if variant.fields.is_empty() {
        mistakes.at_span(
            span,
            "this variant has no fields, so there is nothing to skip; remove `skip`",
        );
    }
    for (word, span) in variant.fields.iter().flat_map(|field| field.attrs.words()) {
        mistakes.at_span(
            span,
            format!("`{word}` does nothing: the whole variant is skipped; remove one of the two"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use syn::{DeriveInput, parse_quote};

    pub(super) fn mistakes(input: &DeriveInput) -> String {
        let mut mistakes = Mistakes::default();
        let model = Model::new(input, &mut mistakes);
        check(&model, &mut mistakes);
        mistakes.messages()
    }

    #[test]
    fn a_packed_struct_that_lends_no_field_is_allowed() {
        let leaf = parse_quote!(
            #[repr(packed)]
            #[trace(leaf)]
            struct A(u64);
        );
        assert_snapshot!(mistakes(&leaf), @"");
        let shown = parse_quote!(
            #[repr(packed)]
            struct A(#[trace(leaf, debug)] u64);
        );
        assert!(mistakes(&shown).starts_with("`Trace` cannot look into a packed struct"));
    }

    #[test]
    fn a_union_says_what_it_is() {
        let bare = parse_quote!(union A { a: u8 });
        assert!(mistakes(&bare).starts_with("`Trace` cannot be derived for a union"));
        let opaque = parse_quote!(
            #[trace(opaque)]
            union A {
                a: u8,
            }
        );
        assert_snapshot!(mistakes(&opaque), @"");
    }

    #[test]
    fn one_label_for_each_variant_is_enough() {
        let input = parse_quote!(
            enum A {
                B(#[trace(label)] u8),
                C(#[trace(label)] u8, #[trace(label)] u8),
            }
        );
        assert_eq!(mistakes(&input).lines().count(), 1);
    }
}
