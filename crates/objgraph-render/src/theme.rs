//! Colours, light and dark.
//!
//! The role colours are told apart by colour-blind eyes (Okabe and Ito 2008, darkened for thin lines);
//! each role has a second sign as well.

/// Which colours a picture has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Theme {
    /// Light, and dark where the reader's system asks for it; files that cannot ask are light.
    #[default]
    Auto,
    /// Dark lines on white.
    Light,
    /// Light lines on near black.
    Dark,
}

/// The colours of a theme.
pub(crate) struct Palette {
    pub(crate) paper: &'static str,
    pub(crate) ink: &'static str,
    pub(crate) value: &'static str,
    pub(crate) faint: &'static str,
    pub(crate) border: &'static str,
    pub(crate) line: &'static str,
    pub(crate) weak: &'static str,
    pub(crate) red: &'static str,
    pub(crate) root: &'static str,
    pub(crate) highlight: &'static str,
    pub(crate) highlight_fill: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) opaque: &'static str,
    pub(crate) drop: &'static str,
    pub(crate) folded_fill: &'static str,
    pub(crate) dropped_fill: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) cluster: &'static str,
    pub(crate) component: &'static str,
    /// Fill of a box by depth, roots first.
    pub(crate) shades: [&'static str; 5],
}

pub(crate) const LIGHT: Palette = Palette {
    paper: "#ffffff",
    ink: "#15202b",
    value: "#43566b",
    faint: "#66758a",
    border: "#5b7a9d",
    line: "#55677c",
    weak: "#7d8ca0",
    red: "#c8321e",
    root: "#0b4f8a",
    highlight: "#a86f00",
    highlight_fill: "#ffe9ac",
    busy: "#8a4a9e",
    opaque: "#5d6470",
    drop: "#0072b2",
    folded_fill: "#f6f7f9",
    dropped_fill: "#eceef1",
    rule: "#d5dbe3",
    cluster: "#f5f6f2",
    component: "#fdf6f4",
    shades: ["#c6ddf5", "#d5e6f8", "#e2eefa", "#edf4fc", "#f5f9fd"],
};

pub(crate) const DARK: Palette = Palette {
    paper: "#14181e",
    ink: "#eef3f8",
    value: "#b9c6d4",
    faint: "#93a2b3",
    border: "#7f9fc2",
    line: "#9fb0c3",
    weak: "#8595a8",
    red: "#ff7a66",
    root: "#8cc4ff",
    highlight: "#f0b93a",
    highlight_fill: "#54430f",
    busy: "#d59be8",
    opaque: "#a2aab6",
    drop: "#5cb8ef",
    folded_fill: "#1b2027",
    dropped_fill: "#252a31",
    rule: "#343c47",
    cluster: "#1d2126",
    component: "#251d20",
    shades: ["#27466a", "#233d5b", "#1f344d", "#1c2c40", "#192534"],
};
