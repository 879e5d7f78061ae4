//! A function, as far as one has to know it to put its body elsewhere.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::visit::{self, Visit};
use syn::{
    Attribute, Generics, Ident, ReturnType, Token, Type, TypeImplTrait, Visibility, parenthesized,
};

pub(super) struct Function {
    /// All that stands before the body.
    pub(super) head: TokenStream,
    pub(super) signature: Signature,
    /// Those at the start of the body, which are the function's own.
    pub(super) inner_attributes: Vec<Attribute>,
    /// The rest of the body.
    pub(super) statements: TokenStream,
    body: Group,
}

pub(super) struct Signature {
    pub(super) constness: Option<Token![const]>,
    pub(super) is_async: bool,
    pub(super) name: Ident,
    /// The arguments that are plain names, `self` among them.
    pub(super) arguments: Vec<Ident>,
    pub(super) output: ReturnType,
}

impl Function {
    pub(super) fn read(item: &TokenStream) -> syn::Result<Self> {
        let mut head: Vec<_> = item.clone().into_iter().collect();
        let Some(TokenTree::Group(body)) = head.pop_if(|token| is_block(token)) else {
            return Err(no_function(item));
        };
        let head: TokenStream = head.into_iter().collect();
        let signature = Signature::parse.parse2(head.clone())?;
        let statements = |input: ParseStream<'_>| {
            let attributes = input.call(Attribute::parse_inner)?;
            Ok((attributes, input.parse()?))
        };
        let (inner_attributes, statements) = statements.parse2(body.stream())?;
        Ok(Self {
            head,
            signature,
            inner_attributes,
            statements,
            body,
        })
    }

    /// A block in the place of the body.
    pub(super) fn block(&self, statements: TokenStream) -> Group {
        let mut block = Group::new(Delimiter::Brace, statements);
        block.set_span(self.body.span());
        block
    }
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn no_function(item: &TokenStream) -> syn::Error {
    let message = "`leak_check` belongs on a function with a body, such as a test";
    syn::Error::new_spanned(item, message)
}

impl Parse for Signature {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let item = input.fork().parse()?;
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        let (constness, is_async) = qualifiers(input).map_err(|_| no_function(&item))?;
        let name = input.parse()?;
        input.parse::<Generics>()?;
        let arguments;
        parenthesized!(arguments in input);
        let arguments = arguments.call(plain_arguments)?;
        let output = input.parse()?;
        // The `where` clause.
        input.parse::<TokenStream>()?;
        Ok(Self {
            constness,
            is_async,
            name,
            arguments,
            output,
        })
    }
}

/// All up to `fn`; an error where there is none.
fn qualifiers(input: ParseStream<'_>) -> syn::Result<(Option<Token![const]>, bool)> {
    let (mut constness, mut is_async) = (None, false);
    while !input.peek(Token![fn]) {
        is_async |= input.peek(Token![async]);
        if input.peek(Token![const]) {
            constness = Some(input.parse()?);
        } else {
            input.parse::<TokenTree>()?;
        }
    }
    input.parse::<Token![fn]>()?;
    Ok((constness, is_async))
}

fn plain_arguments(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let mut names = Vec::new();
    while !input.is_empty() {
        input.call(Attribute::parse_outer)?;
        names.extend(plain_pattern(&input.fork()));
        while !input.is_empty() && !input.peek(Token![,]) && !is_colon(input) {
            input.parse::<TokenTree>()?;
        }
        if input.parse::<Option<Token![:]>>()?.is_some() {
            input.parse::<Type>()?;
        }
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(names)
}

/// The name that a pattern is, unless it takes a value apart, borrows it or says that it is not used.
fn plain_pattern(input: ParseStream<'_>) -> Option<Ident> {
    input.parse::<Option<Token![mut]>>().ok()?;
    let name = input.call(Ident::parse_any).ok()?;
    let is_plain = input.is_empty() || input.peek(Token![,]) || is_colon(input);
    // A use of a name that says it is not used is a warning of clippy's.
    let is_used = !name.to_string().starts_with('_');
    (is_plain && is_used).then_some(name)
}

fn is_colon(input: ParseStream<'_>) -> bool {
    input.peek(Token![:]) && !input.peek(Token![::])
}

impl Signature {
    /// The type that is returned, unless it is one that only a function can state.
    pub(super) fn stated_output(&self) -> Option<TokenStream> {
        let ReturnType::Type(_, ty) = &self.output else {
            return Some(quote!(()));
        };
        let mut search = ImplTraits { found: false };
        search.visit_type(ty);
        (!search.found).then(|| quote!(#ty))
    }
}

/// Looks for an `impl Trait`.
struct ImplTraits {
    found: bool,
}

impl<'ast> Visit<'ast> for ImplTraits {
    fn visit_type_impl_trait(&mut self, ty: &'ast TypeImplTrait) {
        self.found = true;
        visit::visit_type_impl_trait(self, ty);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The arguments that are plain names, and what is returned.
    fn signature(item: &TokenStream) -> String {
        let signature = Function::read(item).unwrap().signature;
        let names: Vec<_> = signature.arguments.iter().map(Ident::to_string).collect();
        let output = signature.stated_output().map(|output| output.to_string());
        format!("{} -> {}", names.join(" "), output.unwrap_or_default())
    }

    #[test]
    fn only_plain_arguments_are_taken_along_by_name() {
        let item = quote! {
            fn f<T: Into<Vec<u8>>>(
                mut self,
                #[case] a: HashMap<u8, fn(T, u8) -> u8>,
                (b, c): (u8, u8),
                mut d: [u8; { 1 + 1 }],
                Point { x: e, .. }: Point,
                _: impl Fn(u8, u8) -> u8,
                ref f: u8,
                self::Unit: Unit,
                _g: u8,
                h: &'static mut (dyn Any + Send)
            ) where T: Clone {}
        };
        assert_eq!(signature(&item), "self a d h -> ()");
        assert_eq!(
            signature(&quote!(
                fn f(&self) {}
            )),
            " -> ()"
        );
    }

    #[test]
    fn an_impl_trait_is_not_stated() {
        let stated = quote!(
            async unsafe extern "C" fn f() -> Result<[u8; { 2 }], Box<dyn Error>> {}
        );
        assert_eq!(
            signature(&stated),
            " -> Result < [u8 ; { 2 }] , Box < dyn Error > >"
        );
        let unstated = quote!(
            pub(crate) fn f() -> Result<Vec<impl Debug>, ()> {}
        );
        assert_eq!(signature(&unstated), " -> ");
    }
}
