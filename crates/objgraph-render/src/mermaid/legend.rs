//! The legend, as a subgraph of samples that carry their meaning.

use std::fmt::Write as _;

use super::looks::sample_class;
use super::{escaped, link};
use crate::legend::{Entry, Sample};

/// Writes the samples; nothing if there are none.
pub(super) fn write(text: &mut String, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    // Ids with one `_` in front stand for no key of a view but Mermaid's own words.
    text.push_str("    subgraph _legend[\"legend\"]\n");
    for (index, entry) in entries.iter().enumerate() {
        let (id, meaning) = (format!("_legend{index}"), escaped(&entry.text));
        let class = sample_class(entry.sample);
        let class = class.map_or_else(String::new, |class| format!(":::{class}"));
        let _ = match entry.sample {
            Sample::Box(..) => writeln!(text, "        {id}([\"{meaning}\"]){class}"),
            Sample::Frame(_) => writeln!(text, "        {id}[\"{meaning}\"]{class}"),
            Sample::Arrow(kind, emphasis) => {
                let link = link(kind, emphasis);
                writeln!(
                    text,
                    "        {id}(( )) {link}|\"{meaning}\"| {id}_end(( ))"
                )
            }
        };
    }
    text.push_str("    end\n");
}
