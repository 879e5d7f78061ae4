//! The impl's generics: the type's own, and a bound for each parameter that is traced.
//!
//! Bounds stand on parameters and on what is projected from them (`T::Item`), as in std's derives, and
//! never on the types of fields: `Vec<Tree<T>>: Trace` as a condition of `Tree<T>: Trace` has no end.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{
    GenericParam, Generics, Ident, Macro, Type, TypeFnPtr, TypePath, TypePtr, TypeTraitObject,
    parse_quote,
};

use crate::attr::Word;
use crate::model::{Model, Show};

pub(super) fn with_bounds(model: &Model<'_>, krate: &TokenStream) -> Generics {
    let mut generics = without_attributes(model);
    let predicates = &mut generics.make_where_clause().predicates;
    if let Some(bounds) = model.attrs.bounds() {
        predicates.extend(bounds.iter().cloned());
        return generics;
    }
    let params: Vec<_> = model
        .input
        .generics
        .type_params()
        .map(|param| param.ident.clone())
        .collect();
    for ty in used(&params, traced(model)) {
        predicates.push(parse_quote!(#ty: #krate::Trace));
    }
    for (show, word, bound) in [
        (Show::Debug, Word::Debug, quote!(::core::fmt::Debug)),
        (Show::Display, Word::Display, quote!(::core::fmt::Display)),
    ] {
        let fields = model
            .fields()
            .filter(|field| field.show() == show)
            .map(|field| field.ty);
        let mut shown = used(&params, fields);
        if model.attrs.has(word) {
            // What the type's own impl asks for is not known; this is what std's derive asks for.
            shown = params.iter().map(|param| parse_quote!(#param)).collect();
        }
        for ty in shown {
            predicates.push(parse_quote!(#ty: #bound));
        }
    }
    generics
}

/// The type's own generics; attributes of parameters belong to other derives.
pub(super) fn without_attributes(model: &Model<'_>) -> Generics {
    let mut generics = model.input.generics.clone();
    for param in &mut generics.params {
        match param {
            GenericParam::Lifetime(param) => param.attrs.clear(),
            GenericParam::Type(param) => param.attrs.clear(),
            GenericParam::Const(param) => param.attrs.clear(),
        }
    }
    generics
}

fn traced<'a>(model: &'a Model<'a>) -> impl Iterator<Item = &'a Type> {
    model
        .fields()
        .filter(|field| field.needs_trace())
        .map(|field| field.ty)
}

/// Whether `ty` mentions one of the parameters in a way that decides what it holds.
pub(crate) fn mentions_any(ty: &Type, params: &[Ident]) -> bool {
    !used(params, std::iter::once(ty)).is_empty()
}

/// The parameters, and projections from them, that occur in `types`, each once, in order.
fn used<'a>(params: &[Ident], types: impl Iterator<Item = &'a Type>) -> Vec<Type> {
    let mut uses = Uses {
        params,
        seen: HashSet::new(),
        found: Vec::new(),
    };
    for ty in types {
        uses.visit_type(ty);
    }
    uses.found
}

/// `PhantomData` holds no value of its parameter.
pub(crate) fn is_phantom(path: &TypePath) -> bool {
    path.path
        .segments
        .last()
        .is_some_and(|segment| segment.ident == "PhantomData")
}

struct Uses<'p> {
    params: &'p [Ident],
    seen: HashSet<String>,
    found: Vec<Type>,
}

impl Uses<'_> {
    fn is_param(&self, ident: &Ident) -> bool {
        self.params.contains(ident)
    }

    fn add(&mut self, ty: Type) {
        if self.seen.insert(ty.to_token_stream().to_string()) {
            self.found.push(ty);
        }
    }

    /// A parameter, or a path that starts from one: `T`, `T::Item`, `<T as Trait>::Item`.
    fn is_use(&self, path: &TypePath) -> bool {
        if let Some(qself) = &path.qself {
            return mentions_any(&qself.ty, self.params);
        }
        let first = path.path.segments.first();
        path.path.leading_colon.is_none() && first.is_some_and(|it| self.is_param(&it.ident))
    }
}

impl<'ast> Visit<'ast> for Uses<'_> {
    fn visit_type_path(&mut self, path: &'ast TypePath) {
        if self.is_use(path) {
            self.add(Type::Path(path.clone()));
        } else if !is_phantom(path) {
            visit::visit_type_path(self, path);
        }
    }

    /// A type written by a macro: any parameter among its tokens may be in it.
    fn visit_macro(&mut self, makro: &'ast Macro) {
        for token in makro.tokens.clone() {
            if let proc_macro2::TokenTree::Ident(ident) = token
                && self.is_param(&ident)
            {
                self.add(parse_quote!(#ident));
            }
        }
    }

    // A function holds none of its arguments, and a trait object says by itself what it holds.
    fn visit_type_fn_ptr(&mut self, _: &'ast TypeFnPtr) {}
    fn visit_type_trait_object(&mut self, _: &'ast TypeTraitObject) {}
    // An address is not followed.
    fn visit_type_ptr(&mut self, _: &'ast TypePtr) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mistakes::Mistakes;
    use insta::assert_snapshot;
    use syn::DeriveInput;

    fn bounds(input: &DeriveInput) -> String {
        let model = Model::new(input, &mut Mistakes::default());
        let generics = with_bounds(&model, &quote!(g));
        generics.where_clause.to_token_stream().to_string()
    }

    #[test]
    fn only_parameters_that_are_traced_are_bound() {
        let input = parse_quote!(
            struct A<T, U, V, W, X, const N: usize> {
                a: Vec<Rc<T>>,
                b: PhantomData<U>,
                c: fn(U) -> V,
                #[trace(skip)]
                d: V,
                #[trace(node)]
                e: [W; N],
                f: Box<dyn Fn(X)>,
                g: *const X,
            }
        );
        assert_snapshot!(bounds(&input), @"where T : g :: Trace , W : g :: Trace");
    }

    #[test]
    fn a_recursive_type_is_not_its_own_condition() {
        let input = parse_quote!(
            struct Tree<T> {
                value: T,
                children: Vec<Tree<T>>,
            }
        );
        assert_snapshot!(bounds(&input), @"where T : g :: Trace");
    }

    #[test]
    fn a_projection_is_bound_instead_of_its_parameter() {
        let input = parse_quote!(
            struct A<I: Iterator> {
                a: Vec<I::Item>,
                b: <I as Iterator>::Item,
            }
        );
        assert_snapshot!(bounds(&input), @"where I :: Item : g :: Trace , < I as Iterator > :: Item : g :: Trace");
    }

    #[test]
    fn what_is_shown_by_debug_needs_debug() {
        let input = parse_quote!(
            struct A<T, U> {
                #[trace(leaf, debug)]
                a: T,
                #[trace(display)]
                b: U,
            }
        );
        assert_snapshot!(bounds(&input), @"where U : g :: Trace , T : :: core :: fmt :: Debug , U : :: core :: fmt :: Display");
    }

    #[test]
    fn given_bounds_replace_the_inferred_ones() {
        let input = parse_quote!(
            #[trace(bound = "T: Mine")]
            struct A<T>
            where
                T: Clone,
            {
                a: T,
            }
        );
        assert_snapshot!(bounds(&input), @"where T : Clone , T : Mine");
        let none = parse_quote!(
            #[trace(bound = "")]
            struct A<T> {
                a: T,
            }
        );
        assert_snapshot!(bounds(&none), @"");
    }
}
