//! Words that cannot stand together.

use proc_macro2::Span;

use crate::attr::{Attrs, Word};
use crate::mistakes::Mistakes;

/// Pairs of words that cannot stand on one type, and what to do instead.
const TYPE_CONFLICTS: &[(Word, Word, &str)] = &[
    (
        Word::Leaf,
        Word::Opaque,
        "a leaf surely holds nothing, an opaque value may hold anything; keep the one that is true",
    ),
    (
        Word::Leaf,
        Word::Transparent,
        "a leaf is never a node of its own, so `transparent` changes nothing; remove it",
    ),
    (
        Word::Opaque,
        Word::Transparent,
        "an opaque value is a node that says so, a transparent one is no node; keep one",
    ),
    (Word::Leaf, Word::BreakWith, ON_NO_CYCLE),
    (Word::Opaque, Word::BreakWith, ON_NO_CYCLE),
    (
        Word::Label,
        Word::Debug,
        "both write the whole label; keep one",
    ),
    (
        Word::Label,
        Word::Display,
        "both write the whole label; keep one",
    ),
    (
        Word::Debug,
        Word::Display,
        "both write the whole label; keep one",
    ),
];

const ON_NO_CYCLE: &str =
    "nothing that it holds is seen, so it is on no cycle that could be broken; keep one";

/// Pairs of words that cannot stand on one field, and what to do instead.
const FIELD_CONFLICTS: &[(Word, Word, &str)] = &[
    (
        Word::Skip,
        Word::Opaque,
        "a field is left out, or shown as opaque; keep one",
    ),
    (
        Word::Skip,
        Word::With,
        "a field is left out, or traced by the function; keep one",
    ),
    (
        Word::Skip,
        Word::Node,
        "a field is left out, or a node of its own; keep one",
    ),
    (
        Word::Skip,
        Word::Transparent,
        "a field is left out, or traced without a name; keep one",
    ),
    (
        Word::Skip,
        Word::Leaf,
        "`leaf` holds nothing, `skip` says that something is left out; keep the one that is true",
    ),
    (
        Word::Opaque,
        Word::With,
        "`opaque` looks into nothing, the function does; keep one",
    ),
    (
        Word::Opaque,
        Word::Node,
        "an opaque field is a node already; remove `node`",
    ),
    (
        Word::Opaque,
        Word::Transparent,
        "an opaque field is a node, which needs the field's name; remove `transparent`",
    ),
    (
        Word::Opaque,
        Word::Leaf,
        "a leaf surely holds nothing, an opaque value may hold anything; keep the one that is true",
    ),
    (
        Word::With,
        Word::Node,
        "the function decides what the field holds; call `Tracer::node` in it and remove `node`",
    ),
    (
        Word::With,
        Word::Leaf,
        "a leaf is not traced, so the function is never called; keep one",
    ),
    (
        Word::Node,
        Word::Transparent,
        "the edge to a node needs the field's name; keep one",
    ),
    (
        Word::Node,
        Word::Leaf,
        "a leaf is not traced, so it cannot be a node; keep one",
    ),
    (
        Word::Transparent,
        Word::Leaf,
        "a leaf is not traced, so `transparent` changes nothing; remove it",
    ),
    (
        Word::Transparent,
        Word::Rename,
        "a transparent field is traced without its name; keep one",
    ),
    (
        Word::Debug,
        Word::Display,
        "both write the field's value; keep one",
    ),
    (Word::Skip, Word::Breakable, ON_NO_CYCLE),
    (Word::Skip, Word::BreakWith, ON_NO_CYCLE),
    (Word::Opaque, Word::Breakable, ON_NO_CYCLE),
    (Word::Opaque, Word::BreakWith, ON_NO_CYCLE),
    (Word::Leaf, Word::Breakable, ON_NO_CYCLE),
    (Word::Leaf, Word::BreakWith, ON_NO_CYCLE),
    (
        Word::With,
        Word::Breakable,
        "a cell that is `breakable` is traced by its own `Trace`; \
         keep the function, and say how to let go by `break_with = path`",
    ),
    (
        Word::Node,
        Word::Breakable,
        "a cell is emptied as a part of what it is a field of; \
         remove `node`, or say how to let go by `break_with = path`",
    ),
    (
        Word::Transparent,
        Word::Breakable,
        "which cell is to be emptied is told by the field's name; keep one",
    ),
    (
        Word::Transparent,
        Word::BreakWith,
        "what is to let go is told by the field's name; keep one, or write `break_with` on the type",
    ),
    (
        Word::Breakable,
        Word::BreakWith,
        "both say how the field lets go of what it holds; keep one",
    ),
];

pub(super) fn on_type(attrs: &Attrs, mistakes: &mut Mistakes) {
    report(attrs, TYPE_CONFLICTS, mistakes);
}

pub(super) fn on_field(attrs: &Attrs, mistakes: &mut Mistakes) {
    report(attrs, FIELD_CONFLICTS, mistakes);
}

fn report(attrs: &Attrs, table: &[(Word, Word, &str)], mistakes: &mut Mistakes) {
    for (one, other, advice) in table {
        if let (true, Some(_)) = (attrs.has(*one), attrs.span(*other)) {
            let (first, second, span) = in_written_order(attrs, *one, *other);
            mistakes.at_span(span, format!("`{second}` contradicts `{first}`: {advice}"));
        }
    }
}

/// The two words as they were written, and the span of the second.
fn in_written_order(attrs: &Attrs, one: Word, other: Word) -> (Word, Word, Span) {
    let mut pair = attrs
        .words()
        .filter(|(word, _)| *word == one || *word == other);
    match (pair.next(), pair.next()) {
        (Some((first, _)), Some((second, span))) => (first, second, span),
        _ => (one, other, Span::call_site()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mistakes;
    use insta::assert_snapshot;
    use syn::parse_quote;

    #[test]
    fn a_contradiction_names_the_words_in_written_order() {
        let input = parse_quote!(
            struct A {
                #[trace(skip)]
                #[trace(node)]
                a: u8,
                #[trace(node, skip)]
                b: u8,
            }
        );
        assert_snapshot!(mistakes(&input), @r"
        `node` contradicts `skip`: a field is left out, or a node of its own; keep one
        `skip` contradicts `node`: a field is left out, or a node of its own; keep one
        ");
    }

    #[test]
    fn words_that_make_sense_together_are_allowed() {
        let input = parse_quote!(
            struct A {
                #[trace(rename = "x", node)]
                a: u8,
                #[trace(leaf, debug, label)]
                b: u8,
                #[trace(skip, display)]
                c: u8,
                #[trace(with = f, transparent)]
                d: u8,
                #[trace(opaque, rename = "y")]
                e: u8,
                #[trace(breakable, rename = "z", debug)]
                f: u8,
                #[trace(with = f, break_with = g)]
                g: u8,
                #[trace(node, break_with = f, label)]
                h: u8,
            }
        );
        assert_snapshot!(mistakes(&input), @"only one field of a type can be its label; keep one, or write a function and name it on the type: `#[trace(label = path::of::function)]`");
    }
}
