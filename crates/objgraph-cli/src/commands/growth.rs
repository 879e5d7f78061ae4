//! `objgraph growth`: which types have more objects from heap to heap.

use std::path::PathBuf;

use clap::Args;
use objgraph::{Bytes, GrowthSeries, TypeGrowth, grouped};
use serde::Serialize;

use crate::answer::{Answer, Limit};
use crate::exit::Failure;
use crate::heap::{self, Reading};
use crate::style::{Style, output_width};
use crate::table::{Column, Table};

/// Finds the types of which each of several heaps has more objects than the one before
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph growth monday.jsonl.gz tuesday.jsonl.gz wednesday.jsonl.gz

Exit codes: 0 answered, 1 a heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be \
written.")]
pub(crate) struct Growth {
    /// Heap files of one program, the earliest first
    #[arg(value_name = "HEAP", num_args = 2.., required = true)]
    heaps: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    limit: Limit,

    #[command(flatten)]
    answer: Answer,
}

/// A line of the answer.
#[derive(Serialize)]
struct Row {
    r#type: String,
    /// In each heap.
    counts: Vec<usize>,
    bytes: Vec<u64>,
    /// How many objects more there are with each heap.
    slope: f64,
}

impl Growth {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let mut series = GrowthSeries::default();
        for path in &self.heaps {
            // One after the other, so that only one is in memory.
            series.push(&heap::load(path, self.reading)?.graph);
        }
        let rising = series.rising();
        let rising = &rising[..rising.len().min(self.limit.get())];
        let rows: Vec<Row> = rising.iter().map(Row::of).collect();
        self.answer.give(&rows, || {
            if rows.is_empty() {
                "no type grows from heap to heap\n".to_owned()
            } else {
                to_text(&rows, style)
            }
        })
    }
}

impl Row {
    fn of(growth: &TypeGrowth) -> Self {
        Self {
            r#type: growth.type_name.clone(),
            counts: growth.counts.clone(),
            bytes: growth.bytes.iter().map(|bytes| bytes.0).collect(),
            slope: growth.slope,
        }
    }
}

fn to_text(rows: &[Row], style: Style) -> String {
    let mut table = Table::new([
        Column::Number("more each time"),
        Column::Number("size"),
        Column::Text("type"),
        Column::Text("objects"),
    ]);
    for row in rows {
        let counts: Vec<String> = row
            .counts
            .iter()
            .map(|count| grouped(*count as u64))
            .collect();
        let size = row.bytes.last().copied().unwrap_or(0);
        table.push([
            format!("{:.1}", row.slope),
            Bytes(size).to_string(),
            row.r#type.clone(),
            counts.join(" → "),
        ]);
    }
    table.to_text(output_width(), style)
}
