//! The user's mistakes, all of them, each at its place.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects errors, so that they reach the user all at once.
#[derive(Default)]
pub(crate) struct Mistakes {
    errors: Vec<syn::Error>,
}

impl Mistakes {
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Reports at all of `tokens`.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    pub(crate) fn at_span(&mut self, span: Span, message: impl std::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Calls of `compile_error!`, or `None` where there is no mistake.
    pub(crate) fn into_compile_errors(self) -> Option<TokenStream> {
        if self.errors.is_empty() {
            return None;
        }
        Some(
            self.errors
                .iter()
                .map(syn::Error::to_compile_error)
                .collect(),
        )
    }

    /// The messages alone, for tests.
    #[cfg(test)]
    pub(crate) fn messages(&self) -> String {
        let messages: Vec<_> = self.errors.iter().map(ToString::to_string).collect();
        messages.join("\n")
    }
}
