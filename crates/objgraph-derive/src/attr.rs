//! How `#[trace(…)]` is spelled: every word, where it may stand and what it takes.

mod word;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, ExprPath, Ident, LitStr, Meta, Token, WherePredicate};

use self::word::{Takes, misplaced};
use crate::mistakes::Mistakes;

pub(crate) use self::word::{Place, Word};

/// What was written after a word; `Nothing` also where it did not parse.
enum Value {
    Nothing,
    Name(LitStr),
    Path(ExprPath),
    Bounds(Vec<WherePredicate>),
}

struct Entry {
    word: Word,
    span: Span,
    value: Value,
}

/// The words of all `#[trace(…)]` of one type, variant or field: each word once.
pub(crate) struct Attrs {
    entries: Vec<Entry>,
}

impl Attrs {
    /// Reads every `#[trace(…)]` among `attributes`; what cannot be read is left out and reported.
    pub(crate) fn read(attributes: &[Attribute], place: Place, mistakes: &mut Mistakes) -> Self {
        let mut attrs = Self {
            entries: Vec::new(),
        };
        for attribute in attributes.iter().filter(|it| is_ours(it)) {
            attrs.read_one(attribute, place, mistakes);
        }
        attrs
    }

    pub(crate) fn has(&self, word: Word) -> bool {
        self.entries.iter().any(|entry| entry.word == word)
    }

    pub(crate) fn span(&self, word: Word) -> Option<Span> {
        self.entry(word).map(|entry| entry.span)
    }

    /// The words in the order in which they were written.
    pub(crate) fn words(&self) -> impl Iterator<Item = (Word, Span)> {
        self.entries.iter().map(|entry| (entry.word, entry.span))
    }

    pub(crate) fn rename(&self) -> Option<String> {
        match &self.entry(Word::Rename)?.value {
            Value::Name(name) => Some(name.value()),
            _ => None,
        }
    }

    /// The path that `label =`, `with =`, `break_with =` or `crate =` was given.
    pub(crate) fn path(&self, word: Word) -> Option<&ExprPath> {
        match &self.entry(word)?.value {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }

    pub(crate) fn bounds(&self) -> Option<&[WherePredicate]> {
        match &self.entry(Word::Bound)?.value {
            Value::Bounds(bounds) => Some(bounds),
            _ => None,
        }
    }

    fn entry(&self, word: Word) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.word == word)
    }

    fn read_one(&mut self, attribute: &Attribute, place: Place, mistakes: &mut Mistakes) {
        let list = match &attribute.meta {
            Meta::List(list) if !list.tokens.is_empty() => list,
            meta => {
                let message = format!(
                    "`#[trace]` alone says nothing; write `#[trace(…)]` with {}",
                    place.choices()
                );
                mistakes.at(meta, message);
                return;
            }
        };
        let parser = |input: ParseStream<'_>| {
            while !input.is_empty() {
                if let Err(mistake) = self.read_entry(input, place, mistakes) {
                    mistakes.push(mistake);
                }
                skip_past_comma(input, mistakes);
            }
            Ok(())
        };
        if let Err(mistake) = parser.parse2(list.tokens.clone()) {
            mistakes.push(mistake);
        }
    }

    fn read_entry(
        &mut self,
        input: ParseStream<'_>,
        place: Place,
        mistakes: &mut Mistakes,
    ) -> syn::Result<()> {
        let ident = input.call(Ident::parse_any).map_err(|mistake| {
            let message = format!(
                "expected a word: {} takes {}",
                place.noun(),
                place.choices()
            );
            syn::Error::new(mistake.span(), message)
        })?;
        let word = Word::read(&ident, place)?;
        let takes = place.takes(word).ok_or_else(|| misplaced(&ident, place))?;
        if self.has(word) {
            let message = format!("`{word}` is written twice; keep one of them");
            return Err(syn::Error::new(ident.span(), message));
        }
        let value = takes.read(&ident, input).unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            Value::Nothing
        });
        self.entries.push(Entry {
            word,
            span: ident.span(),
            value,
        });
        Ok(())
    }
}

/// Whether the attribute is `#[trace…]`.
pub(crate) fn is_ours(attribute: &Attribute) -> bool {
    attribute.path().is_ident("trace")
}

impl Takes {
    fn read(self, word: &Ident, input: ParseStream<'_>) -> syn::Result<Value> {
        let form = self.form(word);
        if let Self::Nothing = self {
            return if at_end(input) {
                Ok(Value::Nothing)
            } else {
                let message = format!("`{word}` takes no value; write `{form}`");
                Err(input.error(message))
            };
        }
        if !input.peek(Token![=]) {
            let message = format!("`{word}` needs a value; write `{form}`");
            return Err(syn::Error::new(word.span(), message));
        }
        input.parse::<Token![=]>()?;
        let found = input.fork();
        let value = match self {
            Self::Name => input.parse().map(Value::Name),
            Self::Bounds => input.parse().and_then(|text| bounds(&text, &form)),
            Self::Function | Self::Crate | Self::Nothing => path(input).map(Value::Path),
        };
        match value {
            Ok(Value::Name(name)) if name.value().trim().is_empty() => {
                Err(syn::Error::new(name.span(), "a name cannot be empty"))
            }
            // The bound's own message says more.
            Err(mistake) if found.peek(LitStr) && matches!(self, Self::Bounds) => Err(mistake),
            Ok(value) if at_end(input) => Ok(value),
            _ => Err(unfit(word, &form, &found)),
        }
    }

    /// An example of the word with its value.
    fn form(self, word: &Ident) -> String {
        match self {
            Self::Nothing => format!("#[trace({word})]"),
            Self::Name => format!("#[trace({word} = \"a name\")]"),
            Self::Function => format!("#[trace({word} = path::of::function)]"),
            Self::Crate => format!("#[trace({word} = path::of::objgraph)]"),
            Self::Bounds => format!("#[trace({word} = \"T: MyTrait, U: Trace\")]"),
        }
    }
}

/// A path, also in quotes, which the words of other derives need.
pub(crate) fn path(input: ParseStream<'_>) -> syn::Result<ExprPath> {
    if input.peek(LitStr) {
        input.parse::<LitStr>()?.parse()
    } else {
        input.parse()
    }
}

/// The error for a value of the wrong sort, at all of the value.
fn unfit(word: &Ident, form: &str, found: ParseStream<'_>) -> syn::Error {
    let message = format!("`{word}` does not take this; write `{form}`");
    let value = up_to_comma(found);
    if value.is_empty() {
        syn::Error::new(word.span(), message)
    } else {
        syn::Error::new_spanned(value, message)
    }
}

fn bounds(text: &LitStr, form: &str) -> syn::Result<Value> {
    text.parse_with(Punctuated::<WherePredicate, Token![,]>::parse_terminated)
        .map(|bounds| Value::Bounds(bounds.into_iter().collect()))
        .map_err(|mistake| {
            let message = format!(
                "`bound` does not parse as the inside of a `where` clause ({mistake}); \
                 write `{form}`, or `\"\"` for no bounds"
            );
            syn::Error::new(text.span(), message)
        })
}

fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Goes on after the next comma, so that one mistake does not hide the ones behind it.
fn skip_past_comma(input: ParseStream<'_>, mistakes: &mut Mistakes) {
    up_to_comma(input);
    if input.peek(Token![,])
        && let Err(mistake) = input.parse::<Token![,]>()
    {
        mistakes.push(mistake);
    }
}

fn up_to_comma(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    // The commas between a closure's parameters end nothing.
    let mut in_bars = false;
    while !input.is_empty() && (in_bars || !input.peek(Token![,])) {
        // Any token tree parses, so this ends only with the input.
        let Ok(token) = TokenTree::parse(input) else {
            break;
        };
        in_bars ^= matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '|');
        tokens.extend([token]);
    }
    tokens
}

/// The span of `packed` in a `#[repr(…)]`, if there is one.
pub(crate) fn packed(attributes: &[Attribute]) -> Option<Span> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("repr"))
        .filter_map(|attribute| attribute.meta.require_list().ok())
        .flat_map(|list| list.tokens.clone())
        .find_map(|token| match token {
            TokenTree::Ident(ident) if ident == "packed" => Some(ident.span()),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use quote::ToTokens;
    use syn::parse_quote;

    /// The words that were read, and what was reported.
    fn read(place: Place, attributes: &[Attribute]) -> String {
        let mut mistakes = Mistakes::default();
        let attrs = Attrs::read(attributes, place, &mut mistakes);
        let words: Vec<_> = attrs.words().map(|(word, _)| word.to_string()).collect();
        [words.join(" "), mistakes.messages()]
            .join("\n")
            .trim()
            .to_owned()
    }

    #[test]
    fn words_of_several_attributes_are_read_together() {
        let attributes: [Attribute; 3] = [
            parse_quote!(#[doc = "not ours"]),
            parse_quote!(#[trace(rename = "x", skip)]),
            parse_quote!(#[trace(with = <T as Tracing<A, B>>::trace,)]),
        ];
        assert_snapshot!(read(Place::Field, &attributes), @"rename skip with");
    }

    #[test]
    fn a_mistake_does_not_hide_the_words_behind_it() {
        let attributes = [parse_quote!(#[trace(rename = 3 + f(1, 2), with = |a, b| c, skip)])];
        assert_snapshot!(read(Place::Field, &attributes), @r##"
        rename with skip
        `rename` does not take this; write `#[trace(rename = "a name")]`
        `with` does not take this; write `#[trace(with = path::of::function)]`
        "##);
    }

    #[test]
    fn a_path_may_stand_in_quotes() {
        let attributes: [Attribute; 1] = [parse_quote!(#[trace(with = "<T as A>::b")])];
        let attrs = Attrs::read(&attributes, Place::Field, &mut Mistakes::default());
        let path = attrs.path(Word::With).to_token_stream().to_string();
        assert_eq!(path, "< T as A > :: b");
        assert_snapshot!(read(Place::Field, &[parse_quote!(#[trace(with = "a b")])]), @r"
        with
        `with` does not take this; write `#[trace(with = path::of::function)]`
        ");
        assert_snapshot!(read(Place::Field, &[parse_quote!(#[trace(with = "a" b)])]), @r"
        with
        `with` does not take this; write `#[trace(with = path::of::function)]`
        ");
    }

    #[test]
    fn packed_is_found_among_other_words() {
        assert!(packed(&[parse_quote!(#[repr(C, packed(2))])]).is_some());
        assert!(packed(&[parse_quote!(#[repr(C, align(8))])]).is_none());
    }
}
