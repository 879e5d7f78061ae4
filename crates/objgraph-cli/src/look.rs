//! What a picture shows and how it is labelled, under the names of Python's objgraph.

use clap::{Args, ValueEnum};
use objgraph::{Graph, GroupBy, ViewOptions};

use crate::exit::Failure;
use crate::objects::Chosen;

/// Choices of the command line.
#[derive(Args, Debug)]
#[command(next_help_heading = "What is drawn")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Look {
    /// Goes so many references away from the objects
    #[arg(long, value_name = "N", default_value_t = 3)]
    max_depth: usize,

    /// Folds the references of one object beyond so many
    #[arg(long, value_name = "N", default_value_t = 10)]
    too_many: usize,

    /// Shows at most so many objects
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    max_nodes: usize,

    /// Shows only objects that match
    #[arg(long, value_name = "OBJECTS")]
    filter: Option<String>,

    /// Leaves objects out that match
    #[arg(long, value_name = "OBJECTS")]
    ignore: Option<String>,

    /// Makes objects stand out that match
    #[arg(long, value_name = "OBJECTS")]
    highlight: Option<String>,

    /// Draws a frame around what belongs together
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    group_by: Group,

    /// Shows reference counts
    #[arg(long)]
    refcounts: bool,

    /// Shows sizes in bytes
    #[arg(long)]
    sizes: bool,

    /// Shows types with their modules
    #[arg(long)]
    full_names: bool,

    /// Explains colours and arrows
    #[arg(long)]
    legend: bool,

    /// Sets a headline
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// What belongs together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Group {
    /// No frames
    #[default]
    Nothing,
    /// Objects that keep each other alive
    Cycle,
    /// Objects of one type
    Type,
    /// Objects of the types of one module
    Module,
    /// Objects of the types of one crate or package
    Crate,
}

impl From<Group> for GroupBy {
    fn from(group: Group) -> Self {
        match group {
            Group::Nothing => Self::Nothing,
            Group::Cycle => Self::Component,
            Group::Type => Self::Type,
            Group::Module => Self::Module,
            Group::Crate => Self::Crate,
        }
    }
}

/// The queries of a [`Look`], read.
pub(crate) struct Chosens {
    filter: Option<Chosen>,
    ignore: Option<Chosen>,
    highlight: Option<Chosen>,
}

impl Look {
    pub(crate) fn chosen(&self, graph: &Graph) -> Result<Chosens, Failure> {
        let parse = |text: &Option<String>, option| {
            let text = text.as_ref();
            text.map(|text| Chosen::of_option(text, graph, option))
                .transpose()
        };
        Ok(Chosens {
            filter: parse(&self.filter, "--filter")?,
            ignore: parse(&self.ignore, "--ignore")?,
            highlight: parse(&self.highlight, "--highlight")?,
        })
    }

    pub(crate) fn options<'g>(&self, graph: &'g Graph, chosen: &'g Chosens) -> ViewOptions<'g> {
        let mut options = ViewOptions::default()
            .max_depth(self.max_depth)
            .too_many(self.too_many)
            .max_nodes(self.max_nodes)
            .group_by(self.group_by.into())
            .refcounts(self.refcounts)
            .sizes(self.sizes)
            .shortnames(!self.full_names)
            .legend(self.legend);
        if let Some(title) = &self.title {
            options = options.title(title.as_str());
        }
        if let Some(filter) = &chosen.filter {
            let matcher = filter.matcher(graph);
            options = options.filter(move |node| matcher.matches(node));
        }
        if let Some(ignore) = &chosen.ignore {
            let matcher = ignore.matcher(graph);
            options = options.ignore(move |node| matcher.matches(node));
        }
        if let Some(highlight) = &chosen.highlight {
            let matcher = highlight.matcher(graph);
            options = options.highlight(move |node| matcher.matches(node));
        }
        options
    }
}
