//! The fonts of PNGs: the bundled ones, and those of this machine for characters that the bundled ones lack.
//!
//! The machine's are read when the first such character is met, which takes a moment, and never for any other.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use resvg::usvg::FontResolver;
use resvg::usvg::fontdb::{Database, FaceInfo, ID, Stretch, Style};
use ttf_parser::Face;

use crate::font::FILES;

/// The bundled fonts, and nothing of this machine.
pub(super) static BUNDLED: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for file in FILES {
        fonts.load_font_data(file.to_vec());
    }
    fonts.set_sans_serif_family("DejaVu Sans");
    fonts.set_serif_family("DejaVu Sans");
    fonts.set_cursive_family("DejaVu Sans");
    fonts.set_fantasy_family("DejaVu Sans");
    fonts.set_monospace_family("DejaVu Sans Mono");
    Arc::new(fonts)
});

/// The bundled fonts, which keep their ids, and behind them those of the machine.
static ALL: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::clone(&BUNDLED);
    fonts.load_system_fonts();
    Arc::new(fonts)
});

/// The fonts of the machine, the plainest first; those equally plain by name, so that two runs choose alike.
static PLAINEST_FIRST: LazyLock<Vec<ID>> = LazyLock::new(|| {
    let mut faces: Vec<&FaceInfo> = ALL.faces().skip(BUNDLED.len()).collect();
    faces.sort_by_key(|face| {
        (
            face.style != Style::Normal,
            face.stretch != Stretch::Normal,
            face.weight.0.abs_diff(400),
            &face.post_script_name,
        )
    });
    faces.iter().map(|face| face.id).collect()
});

/// Chooses among the bundled fonts, and takes one of the machine only for a character that none of them has.
pub(super) fn with_machine_fonts() -> FontResolver<'static> {
    let select_font = FontResolver::default_font_selector();
    let select_bundled = FontResolver::default_fallback_selector();
    FontResolver {
        // Asked of the bundled fonts alone: one of the same name may be installed, in another version.
        select_font: Box::new(move |font, _| select_font(font, &mut Arc::clone(&BUNDLED))),
        select_fallback: Box::new(move |c, used, fonts| {
            select_bundled(c, used, &mut Arc::clone(&BUNDLED)).or_else(|| {
                let id = machine_font(c).filter(|id| !used.contains(id))?;
                *fonts = Arc::clone(&ALL);
                Some(id)
            })
        }),
    }
}

/// The plainest font of this machine that has a character; each character is looked for once.
pub(super) fn machine_font(c: char) -> Option<ID> {
    static FOUND: LazyLock<Mutex<HashMap<char, Option<ID>>>> = LazyLock::new(Mutex::default);
    // A panic of another thread left at most one character out.
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    *found.entry(c).or_insert_with(|| {
        let mut ids = PLAINEST_FIRST.iter().copied();
        ids.find(|id| has_glyph(*id, c))
    })
}

fn has_glyph(id: ID, c: char) -> bool {
    let has_glyph = |bytes: &[u8], index| {
        Face::parse(bytes, index).is_ok_and(|face| face.glyph_index(c).is_some())
    };
    ALL.with_face_data(id, has_glyph).unwrap_or(false)
}
