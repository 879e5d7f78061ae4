//! Colours as DOT names them: `#rrggbb`, `#rrggbbaa`, hue, saturation and value, and the names of X11.

use std::sync::LazyLock;

use crate::paint::{Colour, Fill, Gradient, GradientCourse};

/// The first colour of a list such as `red;0.3:blue`; `None` if it is not known.
pub(crate) fn parse(text: &str) -> Option<Colour> {
    let first = text.split([':', ';']).next()?.trim();
    if let Some(digits) = first.strip_prefix('#') {
        return hex(digits);
    }
    if first.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return hsv(first);
    }
    let plain = ["/x11/", "/svg/", "//"];
    let name = plain.iter().find_map(|scheme| first.strip_prefix(scheme));
    named(&name.unwrap_or(first).to_ascii_lowercase())
}

/// The fill that a list of colours is: with two of them, a gradient, from the middle outwards if it `is_radial`.
pub(crate) fn fill(text: &str, angle: Option<f64>, is_radial: bool) -> Option<Fill> {
    let colours = text.split(':').map(parse);
    let mut colours = colours.map_while(|colour| colour);
    let from = colours.next()?;
    let Some(to) = colours.next() else {
        return Some(Fill::Colour(from));
    };
    let course = if is_radial {
        GradientCourse::Radial
    } else {
        GradientCourse::Linear(whole_degrees(angle.unwrap_or(0.0)))
    };
    Some(Fill::Gradient(Gradient { from, to, course }))
}

#[expect(clippy::cast_sign_loss, reason = "between 0 and 360")]
fn whole_degrees(angle: f64) -> u16 {
    angle.rem_euclid(360.0).round() as u16 % 360
}

fn hex(digits: &str) -> Option<Colour> {
    let value = |range| u8::from_str_radix(digits.get(range)?, 16).ok();
    let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits.len() {
        3 if all_hex => {
            let part = |at| Some(value(at..at + 1)? * 17);
            Some(Colour::new(part(0)?, part(1)?, part(2)?))
        }
        6 | 8 if all_hex => Some(Colour {
            alpha: value(6..8).unwrap_or(255),
            ..Colour::new(value(0..2)?, value(2..4)?, value(4..6)?)
        }),
        _ => None,
    }
}

/// Three numbers from 0 to 1, as in A. R. Smith, "Color gamut transform pairs" (1978).
fn hsv(text: &str) -> Option<Colour> {
    let mut numbers = text
        .split([',', ' ', '\t'])
        .filter(|word| !word.is_empty())
        .map(|word| word.parse().ok().filter(|number: &f64| number.is_finite()));
    let mut next = || Some(numbers.next()??.clamp(0.0, 1.0));
    let (hue, saturation, value) = (next()?, next()?, next()?);
    let part = |offset: f64| {
        let sector = (hue * 6.0 + offset) % 6.0;
        let share = sector.min(4.0 - sector).clamp(0.0, 1.0);
        byte(value * (1.0 - saturation * share))
    };
    Some(Colour::new(part(5.0), part(3.0), part(1.0)))
}

#[expect(clippy::cast_sign_loss, reason = "shares are positive")]
fn byte(share: f64) -> u8 {
    (share * 255.0).round() as u8
}

fn named(name: &str) -> Option<Colour> {
    let grey = name.strip_prefix("gray").or(name.strip_prefix("grey"));
    if let Some(percent) = grey.and_then(|percent| percent.parse::<u8>().ok()) {
        let part = byte(f64::from(percent) / 100.0);
        return (percent <= 100).then(|| Colour::new(part, part, part));
    }
    if ["transparent", "none", "invis"].contains(&name) {
        return Some(Colour {
            alpha: 0,
            ..Colour::new(255, 255, 255)
        });
    }
    let found = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(NAMES[found].1)
}

/// The names of X11 and, where it has none, of SVG, in the order of the alphabet.
static NAMES: LazyLock<Vec<(&str, Colour)>> = LazyLock::new(|| {
    let lines = include_str!("colour/names.txt").lines();
    let pairs = lines.filter_map(|line| line.split_once(' '));
    pairs
        .filter_map(|(name, digits)| Some((name, hex(digits)?)))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        parse(text).map_or("?".to_owned(), |colour| {
            let alpha = match colour.alpha {
                255 => String::new(),
                alpha => format!("/{alpha}"),
            };
            format!("{colour}{alpha}")
        })
    }

    #[test]
    fn every_way_to_write_a_colour_is_read() {
        for (text, colour) in [
            ("#FF8000", "#ff8000"),
            ("#ff800080", "#ff8000/128"),
            ("#f80", "#ff8800"),
            ("red", "#ff0000"),
            ("AntiqueWhite3", "#cdc0b0"),
            ("/x11/green", "#00ff00"),
            ("gray82", "#d1d1d1"),
            ("grey", "#c0c0c0"),
            ("transparent", "#ffffff/0"),
            ("red;0.3:blue", "#ff0000"),
            ("0.5 1 1", "#00ffff"),
            ("0.0,0.0,0.825", "#d2d2d2"),
            ("0.6, 0.5 0.8", "#668fcc"),
            ("no such colour", "?"),
            ("#12", "?"),
            ("#é1234", "?"),
            ("0.5,x,1", "?"),
            ("/blues9/3", "?"),
            ("gray101", "?"),
            ("", "?"),
        ] {
            assert_eq!(read(text), colour, "{text}");
        }
    }

    #[test]
    fn two_colours_are_a_gradient() {
        let shown = |text, angle, is_radial| match fill(text, angle, is_radial) {
            Some(Fill::Gradient(Gradient { from, to, course })) => {
                format!("{from} {to} {course:?}")
            }
            other => format!("{other:?}"),
        };
        assert_eq!(
            shown("red:blue", Some(-90.0), false),
            "#ff0000 #0000ff Linear(270)"
        );
        assert_eq!(
            shown("red;0.3:blue:green", None, false),
            "#ff0000 #0000ff Linear(0)"
        );
        assert_eq!(shown("white:gray", None, true), "#ffffff #c0c0c0 Radial");
        assert_eq!(
            fill("red", None, false),
            Some(Fill::Colour(Colour::new(255, 0, 0)))
        );
        assert_eq!(fill("no such:red", None, false), None);
    }

    #[test]
    fn names_are_in_order() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| *name) && NAMES.len() > 450);
    }

    #[test]
    fn light_text_goes_on_dark_colours() {
        let is_dark = |text| parse(text).is_some_and(Colour::is_dark);
        assert!(is_dark("navy") && is_dark("black") && !is_dark("red") && !is_dark("yellow"));
        assert!(!is_dark("transparent"));
    }
}
