//! Numbers in conditions, with units of bytes.

use super::condition::NumberKey;
use super::error::QueryError;
use super::lex::Lexer;

/// The units by their names, in capitals or not.
const UNITS: [(&str, u64); 9] = [
    ("b", 1),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("tb", 1_000_000_000_000),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
];

const UNIT: &str = "a unit: B, kB, KiB, MB, MiB, GB, GiB, TB or TiB";
const WHOLE: &str = "a whole number below 2^64";
const SIZE: &str = "a size such as 4096, 1.5MB or 64KiB";

/// Digits of a fraction behind these are of no account: the largest unit has 13.
const MAX_FRACTION_DIGITS: usize = 18;

impl<'q> Lexer<'q> {
    /// A number, and its unit if it is one of bytes. A part of a byte is dropped.
    pub(super) fn number(&mut self, key: NumberKey) -> Result<u64, QueryError> {
        let start = self.at;
        if !key.is_size() {
            return self
                .whole(WHOLE)
                .and_then(|number| self.ended(number, start, WHOLE));
        }
        let whole = self.whole(SIZE)?;
        let fraction = self.fraction();
        let unit = match self.unit()? {
            Some(unit) => unit,
            None if fraction.is_empty() => 1,
            None => return Err(self.unexpected(self.at, UNIT)),
        };
        let digits = fraction.bytes().take(MAX_FRACTION_DIGITS);
        let (parts, scale) = digits.fold((0, 1), |(parts, scale), digit| {
            (parts * 10 + u128::from(digit - b'0'), scale * 10)
        });
        let bytes = u128::from(whole) * u128::from(unit) + parts * u128::from(unit) / scale;
        u64::try_from(bytes).map_err(|_| self.unexpected(start, "a size below 2^64"))
    }

    /// The id behind a `#`, as people see it.
    pub(super) fn id(&mut self) -> Result<u64, QueryError> {
        const ID: &str = "the number of an object, such as #12 or #0x7f3a";
        let start = self.at;
        let id = if self.takes("0x") || self.takes("0X") {
            let digits = self.take_while(|c| c.is_ascii_hexdigit());
            u64::from_str_radix(digits, 16).map_err(|_| self.unexpected(start, ID))?
        } else {
            self.whole(ID)?
        };
        self.ended(id, start, ID)
    }

    /// Digits; `_` may set them apart.
    fn whole(&mut self, expected: &'static str) -> Result<u64, QueryError> {
        let start = self.at;
        let digits = self.take_while(|c| c.is_ascii_digit() || c == '_');
        let number = digits.replace('_', "").parse();
        number.map_err(|_| self.unexpected(start, expected))
    }

    /// The digits behind a point.
    fn fraction(&mut self) -> &'q str {
        let is_fraction = self
            .rest()
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if !is_fraction {
            return "";
        }
        self.at += 1;
        self.take_while(|c| c.is_ascii_digit())
    }

    /// A unit, which may stand apart as in `1.5 MiB`; then it may as well be another condition.
    fn unit(&mut self) -> Result<Option<u64>, QueryError> {
        let behind_number = self.at;
        self.skip_blanks();
        let start = self.at;
        let word = self.take_while(is_word);
        let known = UNITS
            .iter()
            .find(|(name, _)| word.eq_ignore_ascii_case(name));
        match known {
            Some((_, unit)) => Ok(Some(*unit)),
            None if word.is_empty() || start > behind_number => {
                self.at = behind_number;
                Ok(None)
            }
            None => Err(self.unexpected(start, UNIT)),
        }
    }

    /// Nothing of a word may follow a number.
    fn ended(&self, number: u64, start: usize, expected: &'static str) -> Result<u64, QueryError> {
        if self.rest().starts_with(is_word) {
            return Err(self.unexpected(start, expected));
        }
        Ok(number)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}
