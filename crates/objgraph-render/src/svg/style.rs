//! The style sheet: shapes once, colours once for each theme.
//!
//! Colours are written out and not put into variables: resvg and many editors know no `var()`, and they
//! skip the `@media` block, so that they draw the light picture.

use std::fmt::Write as _;

use crate::font::Font;
use crate::scene::TextStyle;
use crate::theme::{DARK, LIGHT, Palette, Theme};

/// What does not depend on the theme.
///
/// Each role has something of its own that no other role takes away: roots an inset line, highlighted objects a ring
/// and their fill, cycles their red, the others the pattern of their border; and all but these first two a mark.
const SHAPES: &str = "\
.objgraph text{unicode-bidi:isolate;white-space:pre}
.objgraph .mid{text-anchor:middle}
.objgraph .end{text-anchor:end}
.objgraph .frame{stroke-width:1.1}
.objgraph .ring{fill:none;stroke-width:1.4}
.objgraph .hatch{fill:url(#objgraph-hatch)}
.objgraph .stripe{fill:none;stroke-width:1.6;stroke-opacity:.28}
.objgraph .inset{fill:none;stroke-width:1.7}
.objgraph .root .frame,.objgraph .target .frame,.objgraph .highlighted .frame{stroke-width:1.4}
.objgraph .cycle .frame{stroke-width:2}
.objgraph .busy .frame{stroke-width:1.6;stroke-dasharray:6 3}
.objgraph .opaque .frame{stroke-width:1.5;stroke-dasharray:1.5 2.5}
.objgraph .dropped .frame{stroke-width:1.2;stroke-dasharray:4 3}
.objgraph .dropped .name{text-decoration:line-through}
.objgraph .folded .frame{stroke-width:1.1;stroke-dasharray:1.2 3;stroke-linecap:round}
.objgraph .component .frame{stroke-width:1.4;stroke-dasharray:8 4}
.objgraph .line{fill:none;stroke-width:1.25}
.objgraph .reach{fill:none;stroke:#000;stroke-opacity:0;stroke-width:11;pointer-events:stroke}
.objgraph .head{stroke-width:1;stroke-linejoin:round}
.objgraph .open{fill:none;stroke-width:1.3;stroke-linecap:round}
.objgraph .weak .line{stroke-dasharray:5 3.5}
.objgraph .borrowed .line,.objgraph .raw .line{stroke-width:1.5;stroke-dasharray:.1 3.6;stroke-linecap:round}
.objgraph .more .line{stroke-dasharray:1.2 3;stroke-linecap:round}
.objgraph .edge.cycle .line{stroke-width:1.9}
.objgraph .edge.weaken .line{stroke-width:3;stroke-dasharray:9 4}
.objgraph .halo{fill-opacity:.93}
.objgraph .badge{stroke-width:1.1}
.objgraph .pen{fill:none;stroke-width:1.5;stroke-linecap:round}
.objgraph .panel{fill:none;stroke-width:1}
.objgraph .nodes .node:hover .frame{stroke-width:3}
";

/// Writes the `<style>` element of a theme.
pub(super) fn sheet(svg: &mut String, theme: Theme) {
    svg.push_str("<style>\n");
    for style in TextStyle::ALL {
        let weight = if style.font() == Font::Bold {
            "bold"
        } else {
            "normal"
        };
        let _ = writeln!(
            svg,
            ".objgraph .{}{{font:{weight} {}px {}}}",
            style.class(),
            style.em(),
            families(style.font()),
        );
    }
    svg.push_str(SHAPES);
    match theme {
        Theme::Auto => {
            colours(svg, &LIGHT);
            svg.push_str("@media (prefers-color-scheme:dark){\n");
            colours(svg, &DARK);
            lift(svg);
            svg.push_str("}\n");
        }
        Theme::Light => colours(svg, &LIGHT),
        Theme::Dark => {
            colours(svg, &DARK);
            lift(svg);
        }
    }
    svg.push_str("</style>\n");
}

/// Chosen colours that vanish on a dark page give way to those of the theme.
fn lift(svg: &mut String) {
    let _ = writeln!(
        svg,
        ".objgraph text.murky{{fill:{0}!important}}\n\
         .objgraph .frame.murky,.objgraph .line.murky,.objgraph .head.murky{{stroke:{1}!important}}\n\
         .objgraph .head.murky:not(.open){{fill:{1}!important}}",
        DARK.ink, DARK.line
    );
}

fn families(font: Font) -> &'static str {
    match font {
        Font::Sans | Font::Bold => {
            "\"DejaVu Sans\",\"Bitstream Vera Sans\",Verdana,Geneva,sans-serif"
        }
        Font::Mono => "\"DejaVu Sans Mono\",\"Bitstream Vera Sans Mono\",Menlo,Consolas,monospace",
    }
}

fn colours(svg: &mut String, p: &Palette) {
    for (depth, shade) in p.shades.iter().enumerate() {
        let _ = writeln!(svg, ".objgraph .d{depth}{{fill:{shade}}}");
    }
    let rules: [(&str, &str, &str); 48] = [
        (".paper,.objgraph .halo,.objgraph .badge", "fill", p.paper),
        (".title,.objgraph .name,.objgraph .plain", "fill", p.ink),
        (".value,.objgraph .path", "fill", p.value),
        (".detail,.objgraph .caption", "fill", p.faint),
        (".sign", "fill", p.red),
        (".frame", "stroke", p.border),
        (".cluster .frame", "stroke", p.rule),
        (".cluster .frame,.objgraph .halo.cluster", "fill", p.cluster),
        (".component .frame", "stroke", p.red),
        (
            ".component .frame,.objgraph .halo.component",
            "fill",
            p.component,
        ),
        (".heading", "fill", p.value),
        (".component .heading", "fill", p.red),
        (
            ".root .frame,.objgraph .target .frame,.objgraph .inset",
            "stroke",
            p.root,
        ),
        (".highlighted .frame", "stroke", p.highlight),
        (".ring", "stroke", p.highlight),
        (".busy .frame", "stroke", p.busy),
        (".opaque .frame,.objgraph .stripe", "stroke", p.opaque),
        (".dropped .frame", "stroke", p.faint),
        (".dropped .frame", "fill", p.dropped_fill),
        (".highlighted .frame", "fill", p.highlight_fill),
        (".dropped .name,.objgraph .dropped .value", "fill", p.faint),
        (".folded .frame", "stroke", p.faint),
        (".folded .frame", "fill", p.folded_fill),
        (".folded .value", "fill", p.faint),
        (".cycle .frame", "stroke", p.red),
        (".line", "stroke", p.line),
        (".head", "stroke", p.line),
        (".head", "fill", p.line),
        (".weak .line,.objgraph .weak .head", "stroke", p.weak),
        (".more .line,.objgraph .more .head", "stroke", p.weak),
        (".edge.cycle .line", "stroke", p.red),
        (".edge.cycle .head", "stroke", p.red),
        (".edge.cycle .head", "fill", p.red),
        (".label.cycle .path", "fill", p.red),
        (".edge .open", "fill", "none"),
        (".badge", "stroke", p.border),
        (".pen", "stroke", p.border),
        (".blot", "fill", p.border),
        (
            ".mark.target .badge,.objgraph .mark.target .pen",
            "stroke",
            p.root,
        ),
        (".mark.target .blot", "fill", p.root),
        (
            ".mark.cycle .badge,.objgraph .mark.cycle .pen",
            "stroke",
            p.red,
        ),
        (".mark.cycle .blot", "fill", p.red),
        (
            ".mark.busy .badge,.objgraph .mark.busy .pen",
            "stroke",
            p.busy,
        ),
        (".mark.busy .blot", "fill", p.busy),
        (
            ".mark.opaque .badge,.objgraph .mark.opaque .pen",
            "stroke",
            p.opaque,
        ),
        (".mark.drop .badge", "stroke", p.drop),
        (".mark.drop .blot", "fill", p.drop),
        (".panel", "stroke", p.rule),
    ];
    for (selector, property, colour) in rules {
        let _ = writeln!(svg, ".objgraph {selector}{{{property}:{colour}}}");
    }
    let _ = writeln!(
        svg,
        ".objgraph .mark.dropped .badge,.objgraph .mark.dropped .pen{{stroke:{}}}",
        p.faint
    );
    let _ = writeln!(svg, ".objgraph .edge.cycle .open{{fill:none}}");
}
