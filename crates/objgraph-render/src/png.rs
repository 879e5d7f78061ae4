//! Scene to PNG, through the SVG and resvg, with the bundled fonts first.

mod fonts;

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::scene::Scene;
use crate::svg::{SvgOptions, to_svg};
use crate::theme::Theme;

/// The longest side that is drawn, in pixels.
const MAX_SIDE: f64 = 16_384.0;
/// The most pixels that are drawn: 400 MB while drawing.
const MAX_PIXELS: f64 = 100_000_000.0;

/// How a scene is drawn as PNG.
#[derive(Clone, Debug)]
pub struct PngOptions {
    scale: f64,
    theme: Theme,
    machine_fonts: bool,
}

impl Default for PngOptions {
    fn default() -> Self {
        Self {
            scale: 2.0,
            theme: Theme::Light,
            machine_fonts: false,
        }
    }
}

impl PngOptions {
    /// Pixels of the file for one pixel of the scene. Default: `2.0`, sharp on dense screens.
    ///
    /// A picture that would be longer than 16,384 pixels on one side or have more than 100 million of
    /// them is drawn at a lower scale; [`png_size`] tells.
    #[must_use]
    pub fn scale(mut self, scale: f64) -> Self {
        self.scale = scale;
        self
    }

    /// The colours; [`Theme::Auto`] is light. Default: [`Theme::Light`].
    #[must_use]
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// Draws characters that the bundled fonts lack (Chinese, Arabic, emoji) in a font of this machine. Default: no.
    ///
    /// Pictures with such characters then depend on the machine, and others stay as they are, to the byte. The fonts
    /// are read when the first such character is met.
    #[must_use]
    pub fn machine_fonts(mut self, machine_fonts: bool) -> Self {
        self.machine_fonts = machine_fonts;
        self
    }
}

/// The size that a scene has as PNG.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PngSize {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Pixels of the file for one pixel of the scene.
    pub scale: f64,
    /// Whether the scale is lower than asked for, because the picture would be too large.
    pub is_shrunk: bool,
}

/// Why a scene could not be drawn as PNG.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PngError {
    /// resvg cannot read the drawing: it has more elements than resvg allows.
    #[error("cannot draw {n_boxes} boxes and {n_arrows} arrows as pixels: {reason}")]
    Drawing {
        /// How many boxes there are.
        n_boxes: usize,
        /// How many arrows there are.
        n_arrows: usize,
        /// What resvg said.
        reason: String,
    },
    /// The scale is no positive number.
    #[error("a picture cannot be drawn at scale {scale}; use a positive number such as 2.0")]
    Scale {
        /// The scale.
        scale: f64,
    },
    /// The pixels do not fit into memory.
    #[error("no memory for {width} × {height} pixels")]
    Memory {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// The pixels could not be compressed.
    #[error("cannot encode the pixels as PNG: {reason}")]
    Encoding {
        /// What the encoder said.
        reason: String,
    },
}

/// The size that [`to_png`] gives a scene.
#[must_use]
pub fn png_size(scene: &Scene, options: &PngOptions) -> PngSize {
    let (width, height) = (scene.size.width.max(1.0), scene.size.height.max(1.0));
    let wanted = if options.scale.is_finite() {
        options.scale.max(0.01)
    } else {
        1.0
    };
    let possible = (MAX_SIDE / width)
        .min(MAX_SIDE / height)
        .min((MAX_PIXELS / (width * height)).sqrt());
    let scale = wanted.min(possible);
    PngSize {
        width: whole_pixels(width * scale),
        height: whole_pixels(height * scale),
        scale,
        is_shrunk: possible < wanted,
    }
}

/// Draws a scene as PNG; two runs give the same bytes.
///
/// Characters that no font has are drawn as empty boxes: the bundled fonts have Latin, Greek and Cyrillic letters,
/// and [`PngOptions::machine_fonts`] lets those of the machine help out.
///
/// # Errors
///
/// [`PngError::Drawing`] for scenes of hundreds of thousands of boxes, [`PngError::Scale`] for a scale that is no
/// positive number.
pub fn to_png(scene: &Scene, options: &PngOptions) -> Result<Vec<u8>, PngError> {
    if !(options.scale.is_finite() && options.scale > 0.0) {
        return Err(PngError::Scale {
            scale: options.scale,
        });
    }
    let theme = match options.theme {
        Theme::Dark => Theme::Dark,
        _ => Theme::Light,
    };
    let svg = to_svg(scene, &SvgOptions::default().theme(theme));
    let size = png_size(scene, options);
    let tree =
        usvg::Tree::from_str(&svg, &reading(options)).map_err(|error| PngError::Drawing {
            n_boxes: scene.boxes.len(),
            n_arrows: scene.arrows.len(),
            reason: error.to_string(),
        })?;
    let (width, height) = (size.width, size.height);
    let mut pixmap = Pixmap::new(width, height).ok_or(PngError::Memory { width, height })?;
    let scale = size.scale as f32;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    pixmap.encode_png().map_err(|error| PngError::Encoding {
        reason: error.to_string(),
    })
}

fn reading(options: &PngOptions) -> usvg::Options<'static> {
    usvg::Options {
        font_family: "DejaVu Sans".to_owned(),
        fontdb: Arc::clone(&fonts::BUNDLED),
        font_resolver: if options.machine_fonts {
            fonts::with_machine_fonts()
        } else {
            usvg::FontResolver::default()
        },
        ..usvg::Options::default()
    }
}

#[expect(clippy::cast_sign_loss, reason = "sizes are positive")]
fn whole_pixels(length: f64) -> u32 {
    (length.ceil() as u32).clamp(1, MAX_SIDE as u32)
}

#[cfg(test)]
mod tests {
    use objgraph_graph::View;

    use super::*;
    use crate::arrange::{LayoutOptions, arrange};
    use crate::samples::{busy_view, hostile_labels, labelled, view};
    use objgraph_layout::Size;

    fn png(view: &View) -> Vec<u8> {
        let scene = arrange(view, &LayoutOptions::default()).expect("the view is small");
        to_png(&scene, &PngOptions::default()).expect("the scene is small")
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let view = busy_view(12);
        assert!(png(&view) == png(&view));
    }

    #[test]
    fn text_is_drawn_in_dark_pixels() {
        let n_dark = |text: &str| {
            let pixmap = Pixmap::decode_png(&png(&view(text))).expect("a PNG");
            let is_dark = |rgb: [u8; 3]| rgb.iter().all(|channel| *channel < 0x40);
            pixmap
                .pixels()
                .iter()
                .filter(|p| is_dark([p.red(), p.green(), p.blue()]))
                .count()
        };
        assert!(n_dark("WWWW") > 300, "{}", n_dark("WWWW"));
        assert!(n_dark("WWWW") > 3 * n_dark("i"));
    }

    #[test]
    fn a_font_of_the_machine_draws_what_the_bundled_ones_lack() {
        let png = |text: &str, machine_fonts: bool| {
            let scene = arrange(&view(text), &LayoutOptions::default()).expect("the view is small");
            let options = PngOptions::default().machine_fonts(machine_fonts);
            to_png(&scene, &options).expect("the scene is small")
        };
        let has_font = |text: &str| text.chars().any(|c| fonts::machine_font(c).is_some());
        for text in ["漢字", "שלום", "مرحبا", "한글", "🦀"] {
            let is_helped = png(text, true) != png(text, false);
            assert_eq!(is_helped, has_font(text), "{text}");
        }
        // Also now that the fonts of the machine are there, a font of the same name among them perhaps.
        for text in ["Vec<Rc<Widget>>", "Жизнь→Ωmega", "été"] {
            assert!(png(text, true) == png(text, false), "{text}");
        }
    }

    #[test]
    fn every_label_can_be_drawn() {
        assert!(!png(&View::default()).is_empty());
        for label in hostile_labels() {
            assert!(!png(&labelled(&label)).is_empty());
            let scene = arrange(&labelled(&label), &LayoutOptions::default()).expect("small");
            let options = PngOptions::default().machine_fonts(true);
            assert!(to_png(&scene, &options).is_ok());
        }
    }

    #[test]
    fn a_large_picture_is_shrunk_and_says_so() {
        let scene = Scene {
            size: Size::new(100_000.0, 30_000.0),
            ..Scene::default()
        };
        let size = png_size(&scene, &PngOptions::default());
        assert!(size.is_shrunk && size.width <= 16_384);
        assert!(u64::from(size.width) * u64::from(size.height) <= 101_000_000);
        let scene = Scene {
            size: Size::new(100.0, 50.0),
            ..Scene::default()
        };
        let size = png_size(&scene, &PngOptions::default().scale(1.5));
        assert_eq!((size.width, size.height, size.is_shrunk), (150, 75, false));
    }
}
