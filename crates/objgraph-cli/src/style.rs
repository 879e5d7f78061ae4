//! Colours and width of the terminal.

use std::env;
use std::io::{self, IsTerminal as _};

use anstyle::{AnsiColor, Style as Ansi};
use clap::ValueEnum;

/// Whether to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set; elsewhere if `CLICOLOR_FORCE` is
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// How texts stand out, if they may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    is_coloured: bool,
}

/// What the world around says of colours.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug, Default)]
struct Surroundings {
    no_color: bool,
    clicolor_force: bool,
    is_dumb: bool,
    is_terminal: bool,
}

/// What fits on most screens, where nobody says how wide they are.
const PIPE_WIDTH: usize = 100;

/// How many columns standard output has; 100 if it is no terminal.
pub(crate) fn output_width() -> usize {
    let size = console::Term::stdout().size_checked();
    size.map_or(PIPE_WIDTH, |(_, columns)| columns.into())
}

impl Style {
    /// Nothing stands out.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self { is_coloured: false };

    /// That of standard output.
    pub(crate) fn of_output(choice: ColorChoice) -> Self {
        // By the convention of no-color.org, an empty variable is none.
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let is = |name, wanted: &str| env::var_os(name).is_some_and(|value| value == wanted);
        Self::within(
            choice,
            Surroundings {
                no_color: is_set("NO_COLOR"),
                clicolor_force: is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0"),
                is_dumb: is("TERM", "dumb"),
                is_terminal: io::stdout().is_terminal(),
            },
        )
    }

    fn within(choice: ColorChoice, around: Surroundings) -> Self {
        let is_coloured = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if around.no_color => false,
            ColorChoice::Auto if around.clicolor_force => true,
            ColorChoice::Auto => around.is_terminal && !around.is_dumb,
        };
        Self { is_coloured }
    }

    /// For headers, and for what a sentence is about.
    pub(crate) fn bold(self, text: &str) -> String {
        self.paint(text, Ansi::new().bold())
    }

    /// For what may be overlooked.
    pub(crate) fn dim(self, text: &str) -> String {
        self.paint(text, Ansi::new().dimmed())
    }

    /// For cycles and leaks, red as in pictures.
    pub(crate) fn alarm(self, text: &str) -> String {
        self.paint(text, AnsiColor::Red.on_default())
    }

    fn paint(self, text: &str, ansi: Ansi) -> String {
        if self.is_coloured && !text.is_empty() {
            format!("{ansi}{text}{ansi:#}")
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMINAL: Surroundings = Surroundings {
        no_color: false,
        clicolor_force: false,
        is_dumb: false,
        is_terminal: true,
    };

    const PIPE: Surroundings = Surroundings {
        is_terminal: false,
        ..TERMINAL
    };

    fn is_coloured(choice: ColorChoice, around: Surroundings) -> bool {
        Style::within(choice, around).is_coloured
    }

    #[test]
    fn terminals_are_coloured_and_pipes_are_not() {
        assert!(is_coloured(ColorChoice::Auto, TERMINAL));
        assert!(!is_coloured(ColorChoice::Auto, PIPE));
        let dumb = Surroundings {
            is_dumb: true,
            ..TERMINAL
        };
        assert!(!is_coloured(ColorChoice::Auto, dumb));
    }

    #[test]
    fn no_color_beats_force_and_an_option_beats_both() {
        let forced = Surroundings {
            clicolor_force: true,
            ..PIPE
        };
        let refused = Surroundings {
            no_color: true,
            ..forced
        };
        assert!(is_coloured(ColorChoice::Auto, forced));
        assert!(!is_coloured(ColorChoice::Auto, refused));
        assert!(is_coloured(ColorChoice::Always, refused));
        assert!(!is_coloured(ColorChoice::Never, forced));
    }

    #[test]
    fn what_stands_out_is_put_back() {
        let style = Style::within(ColorChoice::Always, PIPE);
        assert_eq!(style.bold("type"), "\u{1b}[1mtype\u{1b}[0m");
        assert_eq!(style.alarm("leak"), "\u{1b}[31mleak\u{1b}[0m");
        assert_eq!(style.dim(""), "");
        assert_eq!(Style::PLAIN.bold("type"), "type");
    }
}
