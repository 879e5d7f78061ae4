//! The bundled fonts, and how wide a text is in them.
//!
//! The same bytes measure the text here and draw it in the PNG, so that every text fits its box.

use std::sync::LazyLock;

use ttf_parser::Face;

/// A bundled font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Font {
    /// `DejaVu` Sans.
    Sans,
    /// `DejaVu` Sans Bold.
    Bold,
    /// `DejaVu` Sans Mono.
    Mono,
}

/// The bytes of every bundled font.
pub(crate) const FILES: [&[u8]; 3] = [
    include_bytes!("../assets/fonts/DejaVuSans.ttf"),
    include_bytes!("../assets/fonts/DejaVuSans-Bold.ttf"),
    include_bytes!("../assets/fonts/DejaVuSansMono.ttf"),
];

static FACES: LazyLock<[Face<'static>; 3]> = LazyLock::new(|| {
    FILES.map(|bytes| Face::parse(bytes, 0).expect("the bundled fonts are well-formed"))
});

/// The width of a text in pixels, when the em is `em` pixels.
pub(crate) fn text_width(font: Font, em: f64, text: &str) -> f64 {
    let face = &FACES[font as usize];
    let units: f64 = text.chars().map(|c| advance(face, c)).sum();
    units * em
}

/// The advance of a character in em.
fn advance(face: &Face<'_>, c: char) -> f64 {
    match face
        .glyph_index(c)
        .and_then(|glyph| face.glyph_hor_advance(glyph))
    {
        Some(units) => f64::from(units) / f64::from(face.units_per_em()),
        None => guessed_advance(c),
    }
}

/// The advance of a character that some other font will draw.
fn guessed_advance(c: char) -> f64 {
    match u32::from(c) {
        // Combining marks, joiners and variation selectors sit on the character before them.
        0x0300..=0x036F
        | 0x200B..=0x200F
        | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F
        | 0xE0100..=0xE01EF => 0.0,
        // Hangul, ideographs, kana, full-width forms, emoji.
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F000..=0x1FAFF
        | 0x20000..=0x3FFFD => 1.0,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mono_characters_are_equally_wide() {
        let narrow = text_width(Font::Mono, 10.0, "iiii");
        assert!((narrow - text_width(Font::Mono, 10.0, "WWWW")).abs() < 1e-9);
        assert!(text_width(Font::Sans, 10.0, "iiii") < text_width(Font::Sans, 10.0, "WWWW"));
    }

    #[test]
    fn characters_without_a_glyph_take_room() {
        assert!((text_width(Font::Sans, 10.0, "漢字") - 20.0).abs() < 1e-9);
        assert!(text_width(Font::Sans, 10.0, "🦀") > 9.0);
        assert!(text_width(Font::Sans, 10.0, "שלום") > 20.0);
    }

    #[test]
    fn what_labels_are_made_of_is_bundled() {
        for c in ['→', '…', 'é', 'Ω', 'Ж', '\u{FFFD}'] {
            assert!(
                FACES.iter().all(|face| face.glyph_index(c).is_some()),
                "{c}"
            );
        }
    }
}
