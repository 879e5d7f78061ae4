//! `count` on a type whose values nobody would count.

use syn::{GenericArgument, Ident, PathArguments, PathSegment, Type};

use crate::attr::Word;
use crate::mistakes::Mistakes;
use crate::model::{Body, Model};

pub(super) fn check(model: &Model<'_>, mistakes: &mut Mistakes) {
    let Some(span) = model.attrs.span(Word::Count) else {
        return;
    };
    if let Body::Union(_) = model.body {
        mistakes.at_span(
            span,
            "a union drops none of its fields, so nothing notices that a value is dropped; remove `count`",
        );
    } else if !model.fields().any(|it| counts(it.ty, &model.input.ident)) {
        mistakes.at_span(
            span,
            "`count` needs a field such as `count: objgraph::Counted<Self>`: \
             only a field notices that a value is made and dropped",
        );
    }
}

/// Whether a field's type is `Counted<Self>`, under whatever path, for the type with such a name.
fn counts(ty: &Type, name: &Ident) -> bool {
    last_segment(ty).is_some_and(|segment| {
        segment.ident == "Counted" && counted_type(segment).is_none_or(|it| is_own(it, name))
    })
}

/// What a `Counted` counts; `None` for an alias, which does not say it.
fn counted_type(counted: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &counted.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn is_own(ty: &Type, name: &Ident) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == "Self" || segment.ident == *name)
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mistakes;
    use insta::assert_snapshot;
    use syn::{DeriveInput, parse_quote};

    #[test]
    fn a_field_that_counts_the_type_is_enough() {
        let counted: [DeriveInput; 4] = [
            parse_quote!(
                #[trace(count)]
                struct A(u8, Counted<Self>);
            ),
            parse_quote!(
                #[trace(count)]
                struct A<T> {
                    #[trace(skip)]
                    a: graph::Counted<A<T>>,
                }
            ),
            parse_quote!(
                #[trace(count, opaque)]
                struct A(self::aliases::Counted);
            ),
            parse_quote!(
                #[trace(count)]
                enum A {
                    B(u8, Counted<Self>),
                    C,
                }
            ),
        ];
        for input in counted {
            assert_eq!(mistakes(&input), "");
        }
    }

    #[test]
    fn a_type_that_nobody_counts_is_refused() {
        let other = parse_quote!(
            #[trace(count)]
            struct A(u8, Counted<Other>, Vec<Counted<Self>>);
        );
        assert_snapshot!(mistakes(&other), @"`count` needs a field such as `count: objgraph::Counted<Self>`: only a field notices that a value is made and dropped");
        let union = parse_quote!(
            #[trace(count, leaf)]
            union A {
                a: ManuallyDrop<Counted<Self>>,
            }
        );
        assert_snapshot!(mistakes(&union), @"a union drops none of its fields, so nothing notices that a value is dropped; remove `count`");
    }
}
