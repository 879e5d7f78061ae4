//! `#[leak_check]`: a function that fails if its body leaks.
//!
//! The body goes into a closure or a future which takes the arguments along, so that they are gone when the check is made. A
//! panic passes through, also that of a test which `should_panic`; nothing is checked then.

mod function;

use proc_macro2::{Group, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{ExprPath, ReturnType, Token, Type};

use self::function::{Function, Signature};
use crate::attr;
use crate::mistakes::Mistakes;

/// The function with its body checked; or what is wrong, beside the item as it was.
pub(crate) fn leak_check(arguments: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let krate = krate(arguments).map_err(|mistake| mistakes.push(mistake));
    let function = Function::read(item).map_err(|mistake| mistakes.push(mistake));
    if let Ok(function) = &function {
        check(&function.signature, &mut mistakes);
    }
    match (krate, function, mistakes.into_compile_errors()) {
        (Ok(krate), Ok(function), None) => expand(&function, &krate),
        (_, _, errors) => quote! { #errors #item },
    }
}

/// Where `LeakCheck` is.
fn krate(arguments: &TokenStream) -> syn::Result<TokenStream> {
    if arguments.is_empty() {
        return Ok(quote!(::objgraph));
    }
    let path = given_krate.parse2(arguments.clone()).map_err(|_| {
        let message = "`leak_check` takes nothing but `crate = path::of::objgraph`, if it was renamed or re-exported";
        syn::Error::new_spanned(arguments, message)
    })?;
    Ok(path.into_token_stream())
}

fn given_krate(arguments: ParseStream<'_>) -> syn::Result<ExprPath> {
    arguments.parse::<Token![crate]>()?;
    arguments.parse::<Token![=]>()?;
    let path = attr::path(arguments)?;
    arguments.parse::<Option<Token![,]>>()?;
    Ok(path)
}

/// Reports functions that a check cannot stand in.
fn check(signature: &Signature, mistakes: &mut Mistakes) {
    if let Some(constness) = &signature.constness {
        mistakes.at(
            constness,
            "a `const fn` cannot look at the heap, so `leak_check` has no place in it; remove one of the two",
        );
    }
    if let ReturnType::Type(_, ty) = &signature.output
        && let Type::Never(never) = &**ty
    {
        mistakes.at(
            never,
            "the check is made when the function returns, and this one never does; remove `leak_check`",
        );
    }
}

fn expand(function: &Function, krate: &TokenStream) -> TokenStream {
    let (head, attributes) = (&function.head, &function.inner_attributes);
    let name = function.signature.name.unraw().to_string();
    let result = if function.signature.is_async {
        future(function)
    } else {
        closure(function)
    };
    // The body sees none of these names, and hides none.
    let statements = quote_spanned! { Span::mixed_site()=>
        #(#attributes)*
        let __check = #krate::LeakCheck::begin(::core::concat!(::core::module_path!(), "::", #name));
        let __result = #result;
        #krate::LeakCheck::end(__check);
        __result
    };
    let body = function.block(statements);
    quote! { #head #body }
}

/// Runs the body where `return` and `?` end it alone.
fn closure(function: &Function) -> TokenStream {
    let block = inner(function, None);
    let output = function.signature.stated_output();
    let output = output.map(|output| quote!(-> #output));
    quote!((move || #output #block)())
}

/// As `closure`; but a future cannot say what it returns, and is shown it by a return that never happens.
fn future(function: &Function) -> TokenStream {
    let example = function.signature.stated_output().map(|output| {
        quote! {
            if let ::core::option::Option::Some(__never) = ::core::option::Option::None::<#output> {
                return __never;
            }
        }
    });
    let block = inner(function, example.as_ref());
    quote!(async move #block.await)
}

/// The body, which takes the arguments along, also those that it uses a part of.
fn inner(function: &Function, example: Option<&TokenStream>) -> Group {
    let (arguments, statements) = (&function.signature.arguments, &function.statements);
    function.block(quote! {
        #(_ = &#arguments;)*
        #example
        #statements
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn expanded(item: &TokenStream) -> String {
        leak_check(&TokenStream::new(), item).to_string()
    }

    /// What is reported, and whether the item stands beside it as it was.
    fn mistakes(arguments: &TokenStream, item: &TokenStream) -> String {
        let text = leak_check(arguments, item).to_string();
        let text = text.strip_suffix(&item.to_string()).unwrap();
        let messages = text.split("compile_error ! {").skip(1);
        let messages: Vec<_> = messages
            .map(|it| it.split('}').next().unwrap().trim())
            .collect();
        messages.join("\n")
    }

    #[test]
    fn a_body_is_checked_in_a_closure() {
        let item = quote! {
            #[test]
            pub(crate) fn r#try(mut a: u8, (b, c): (u8, u8)) -> Result<u8> {
                #![allow(unused)]
                f(a)?;
                Ok(b)
            }
        };
        assert_snapshot!(expanded(&item), @r#"# [test] pub (crate) fn r#try (mut a : u8 , (b , c) : (u8 , u8)) -> Result < u8 > { # ! [allow (unused)] let __check = :: objgraph :: LeakCheck :: begin (:: core :: concat ! (:: core :: module_path ! () , "::" , "try")) ; let __result = (move || -> Result < u8 > { _ = & a ; f (a) ? ; Ok (b) }) () ; :: objgraph :: LeakCheck :: end (__check) ; __result }"#);
    }

    #[test]
    fn a_body_that_waits_is_checked_when_it_is_done() {
        let item = quote! {
            async fn f(self) -> Result<u8> {
                f().await
            }
        };
        assert_snapshot!(expanded(&item), @r#"async fn f (self) -> Result < u8 > { let __check = :: objgraph :: LeakCheck :: begin (:: core :: concat ! (:: core :: module_path ! () , "::" , "f")) ; let __result = async move { _ = & self ; if let :: core :: option :: Option :: Some (__never) = :: core :: option :: Option :: None :: < Result < u8 > > { return __never ; } f () . await } . await ; :: objgraph :: LeakCheck :: end (__check) ; __result }"#);
    }

    #[test]
    fn an_impl_trait_is_left_to_be_inferred() {
        let now = quote! { fn f() -> Option<impl Copy> { Some(1) } };
        assert!(expanded(&now).contains("(move || { Some (1) }) ()"));
        let later = quote! { async fn f() -> Option<impl Copy> { Some(1) } };
        assert!(expanded(&later).contains("async move { Some (1) } . await"));
    }

    #[test]
    fn the_crate_may_have_another_name() {
        for arguments in [quote!(crate = a::b), quote!(crate = "a::b",)] {
            let item = quote! { fn f() {} };
            let expanded = leak_check(&arguments, &item).to_string();
            assert!(expanded.contains("= a :: b :: LeakCheck :: begin"));
        }
    }

    #[test]
    fn every_mistake_is_told_and_the_item_left_alone() {
        let never = quote! { const fn f() -> ! { loop {} } };
        assert_snapshot!(mistakes(&quote!(crate), &never), @r#"
        "`leak_check` takes nothing but `crate = path::of::objgraph`, if it was renamed or re-exported"
        "a `const fn` cannot look at the heap, so `leak_check` has no place in it; remove one of the two"
        "the check is made when the function returns, and this one never does; remove `leak_check`"
        "#);
        let two = quote!(crate = a, name = "b");
        assert_snapshot!(mistakes(&two, &quote! { fn f() {} }), @r#""`leak_check` takes nothing but `crate = path::of::objgraph`, if it was renamed or re-exported""#);
    }

    #[test]
    fn only_a_function_with_a_body_is_checked() {
        for item in [
            quote! { fn f(&self); },
            quote! { impl A { fn f() {} } },
            quote! { struct A { a: fn() } },
        ] {
            let message = mistakes(&TokenStream::new(), &item);
            assert_eq!(
                message,
                "\"`leak_check` belongs on a function with a body, such as a test\""
            );
        }
    }
}
