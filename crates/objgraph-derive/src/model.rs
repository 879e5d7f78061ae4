//! The type as the derive understands it: its fields, with what each attribute settles.
//!
//! Total: a model can be made of any input. Where attributes contradict each other it picks one, and
//! `check` reports it before anything is expanded.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, ExprPath, GenericParam, Ident, Index, Member, Type, TypeParamBound};

use crate::attr::{self, Attrs, Place, Word};
use crate::mistakes::Mistakes;

pub(crate) struct Model<'a> {
    pub(crate) input: &'a DeriveInput,
    pub(crate) attrs: Attrs,
    pub(crate) body: Body<'a>,
    /// Where `repr(packed)` is said.
    pub(crate) packed: Option<Span>,
}

pub(crate) enum Body<'a> {
    Struct(Vec<Field<'a>>),
    Enum(Vec<Variant<'a>>),
    /// Its fields are never looked at; the span is that of the keyword.
    Union(Span),
}

pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) attrs: Attrs,
    pub(crate) fields: Vec<Field<'a>>,
}

pub(crate) struct Field<'a> {
    pub(crate) attrs: Attrs,
    pub(crate) ty: &'a Type,
    pub(crate) member: Member,
    pub(crate) walk: Walk,
    /// Traced without a name: `transparent`, or alone in a tuple variant.
    pub(crate) nameless: bool,
    /// The type may have no size known at compile time, so that its static functions cannot be asked.
    pub(crate) maybe_unsized: bool,
}

/// How a field is traced.
pub(crate) enum Walk {
    Trace,
    Node,
    Opaque,
    With(ExprPath),
    Skip,
    Leaf,
}

/// What writes a field's value into the label.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    Trace,
    Debug,
    Display,
    Nothing,
}

impl<'a> Model<'a> {
    pub(crate) fn new(input: &'a DeriveInput, mistakes: &mut Mistakes) -> Self {
        let attrs = Attrs::read(&input.attrs, Place::Type, mistakes);
        let inert = attrs.has(Word::Leaf) || attrs.has(Word::Opaque);
        let mut reader = Reader {
            input,
            inert,
            mistakes,
        };
        let body = match &input.data {
            Data::Struct(data) => Body::Struct(reader.fields(&data.fields)),
            Data::Enum(data) => {
                Body::Enum(data.variants.iter().map(|it| reader.variant(it)).collect())
            }
            Data::Union(data) => Body::Union(data.union_token.span),
        };
        Self {
            input,
            packed: attr::packed(&input.attrs),
            attrs,
            body,
        }
    }

    /// Every field of the type, of all variants.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        let (fields, variants): (&[_], &[_]) = match &self.body {
            Body::Struct(fields) => (fields, &[]),
            Body::Enum(variants) => (&[], variants),
            Body::Union(_) => (&[], &[]),
        };
        fields
            .iter()
            .chain(variants.iter().flat_map(|variant| &variant.fields))
    }

    pub(crate) fn is_leaf(&self) -> bool {
        self.attrs.has(Word::Leaf)
    }

    pub(crate) fn is_opaque(&self) -> bool {
        self.attrs.has(Word::Opaque)
    }
}

impl Variant<'_> {
    pub(crate) fn name(&self) -> String {
        self.attrs
            .rename()
            .unwrap_or_else(|| self.ident.unraw().to_string())
    }

    pub(crate) fn is_skipped(&self) -> bool {
        self.attrs.has(Word::Skip)
    }
}

impl Field<'_> {
    /// The name that a user sees.
    pub(crate) fn name(&self) -> String {
        self.attrs.rename().unwrap_or_else(|| match &self.member {
            Member::Named(ident) => ident.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        })
    }

    pub(crate) fn is_tuple_field(&self) -> bool {
        matches!(self.member, Member::Unnamed(_))
    }

    pub(crate) fn show(&self) -> Show {
        if self.attrs.has(Word::Debug) {
            Show::Debug
        } else if self.attrs.has(Word::Display) {
            Show::Display
        } else if matches!(self.walk, Walk::Trace) {
            Show::Trace
        } else {
            Show::Nothing
        }
    }

    /// Whether the impl takes a reference to the field.
    pub(crate) fn is_referenced(&self) -> bool {
        !matches!(self.walk, Walk::Skip | Walk::Leaf) || self.show() != Show::Nothing
    }

    /// Whether the field's type has to implement `Trace`.
    pub(crate) fn needs_trace(&self) -> bool {
        matches!(self.walk, Walk::Trace | Walk::Node)
    }
}

struct Reader<'a, 'm> {
    input: &'a DeriveInput,
    /// The whole type is a leaf or opaque, so its fields are not traced.
    inert: bool,
    mistakes: &'m mut Mistakes,
}

impl<'a> Reader<'a, '_> {
    fn variant(&mut self, variant: &'a syn::Variant) -> Variant<'a> {
        let attrs = Attrs::read(&variant.attrs, Place::Variant, self.mistakes);
        let mut fields = self.fields(&variant.fields);
        if attrs.has(Word::Skip) {
            for field in &mut fields {
                field.walk = Walk::Skip;
            }
        }
        if let [field] = fields.as_mut_slice() {
            field.nameless |= field.is_tuple_field() && !field.attrs.has(Word::Rename);
        }
        Variant {
            ident: &variant.ident,
            attrs,
            fields,
        }
    }

    fn fields(&mut self, fields: &'a syn::Fields) -> Vec<Field<'a>> {
        let last = fields.len().saturating_sub(1);
        fields
            .iter()
            .enumerate()
            .map(|(index, field)| self.field(field, index, index == last))
            .collect()
    }

    fn field(&mut self, field: &'a syn::Field, index: usize, is_last: bool) -> Field<'a> {
        let attrs = Attrs::read(&field.attrs, Place::Field, self.mistakes);
        let member = match &field.ident {
            Some(ident) => Member::Named(ident.clone()),
            None => Member::Unnamed(Index {
                index: u32::try_from(index).unwrap_or(u32::MAX),
                span: field.ty.span(),
            }),
        };
        Field {
            walk: self.walk(&attrs),
            nameless: attrs.has(Word::Transparent),
            maybe_unsized: is_last && may_be_unsized(&field.ty, self.input),
            ty: &field.ty,
            attrs,
            member,
        }
    }

    fn walk(&self, attrs: &Attrs) -> Walk {
        if self.inert || attrs.has(Word::Leaf) {
            Walk::Leaf
        } else if attrs.has(Word::Skip) {
            Walk::Skip
        } else if attrs.has(Word::Opaque) {
            Walk::Opaque
        } else if attrs.has(Word::Node) {
            Walk::Node
        } else if let Some(path) = attrs.path(Word::With) {
            Walk::With(path.clone())
        } else {
            Walk::Trace
        }
    }
}

/// Whether a last field's type is unsized by its syntax, or mentions a parameter that may be.
fn may_be_unsized(ty: &Type, input: &DeriveInput) -> bool {
    match ty {
        Type::Slice(_) | Type::TraitObject(_) => true,
        Type::Group(group) => may_be_unsized(&group.elem, input),
        Type::Paren(paren) => may_be_unsized(&paren.elem, input),
        Type::Tuple(tuple) => tuple
            .elems
            .last()
            .is_some_and(|last| may_be_unsized(last, input)),
        Type::Path(path) if path.path.is_ident("str") => true,
        Type::Path(path) if crate::expand::is_phantom(path) => false,
        Type::Path(_) | Type::Macro(_) => {
            let unsized_params = unsized_params(input);
            !unsized_params.is_empty() && crate::expand::mentions_any(ty, &unsized_params)
        }
        _ => false,
    }
}

/// The type parameters that are declared `?Sized`, at the parameter or in the `where` clause.
fn unsized_params(input: &DeriveInput) -> Vec<Ident> {
    let maybe =
        |bound: &TypeParamBound| matches!(bound, TypeParamBound::Trait(it) if it.maybe.is_some());
    let at_params = input
        .generics
        .type_params()
        .filter(|param| param.bounds.iter().any(maybe));
    let mut params: Vec<_> = at_params.map(|param| param.ident.clone()).collect();
    let predicates = input
        .generics
        .where_clause
        .iter()
        .flat_map(|it| &it.predicates);
    for predicate in predicates {
        if let syn::WherePredicate::Type(predicate) = predicate
            && let Type::Path(path) = &predicate.bounded_ty
            && let Some(ident) = path.path.get_ident()
            && predicate.bounds.iter().any(maybe)
        {
            params.push(ident.clone());
        }
    }
    params
}

/// The attributes of the generic parameters, where `#[trace]` has no meaning.
pub(crate) fn param_attributes(param: &GenericParam) -> &[syn::Attribute] {
    match param {
        GenericParam::Lifetime(param) => &param.attrs,
        GenericParam::Type(param) => &param.attrs,
        GenericParam::Const(param) => &param.attrs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    /// Which fields are thought to be unsized, by name.
    fn unsized_fields(input: &DeriveInput) -> String {
        let mut mistakes = Mistakes::default();
        let model = Model::new(input, &mut mistakes);
        let fields = model.fields().filter(|field| field.maybe_unsized);
        fields.map(Field::name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_a_last_field_may_be_unsized() {
        let unsized_tail = |input: DeriveInput| unsized_fields(&input);
        assert_eq!(
            unsized_tail(parse_quote!(
                struct A {
                    a: [u8],
                    b: str,
                }
            )),
            "b"
        );
        assert_eq!(
            unsized_tail(parse_quote!(
                struct A<T: ?Sized>(Box<T>, T);
            )),
            "1"
        );
        assert_eq!(
            unsized_tail(parse_quote!(
                struct A<T>(u8, B<T>)
                where
                    T: ?Sized;
            )),
            "1"
        );
        assert_eq!(
            unsized_tail(parse_quote!(
                struct A {
                    a: dyn Trace + Send,
                }
            )),
            "a"
        );
    }

    #[test]
    fn sized_tails_are_known_by_their_syntax() {
        let unsized_tail = |input: DeriveInput| unsized_fields(&input);
        assert_eq!(
            unsized_tail(parse_quote!(
                struct A<T> {
                    a: T,
                }
            )),
            ""
        );
        assert_eq!(
            unsized_tail(parse_quote!(
                struct A<'a, T: ?Sized> {
                    a: &'a T,
                }
            )),
            ""
        );
        assert_eq!(
            unsized_tail(parse_quote!(
                struct A<T: ?Sized> {
                    a: PhantomData<T>,
                }
            )),
            ""
        );
        assert_eq!(
            unsized_tail(parse_quote!(
                struct A<T: ?Sized, U>(PhantomData<T>, U);
            )),
            ""
        );
    }

    #[test]
    fn raw_names_are_shown_plain() {
        let input = parse_quote!(
            struct A {
                r#type: u8,
            }
        );
        let mut mistakes = Mistakes::default();
        let names: Vec<_> = Model::new(&input, &mut mistakes)
            .fields()
            .map(Field::name)
            .collect();
        assert_eq!(names, ["type"]);
    }
}
