//! `objgraph refs` and `objgraph backrefs`: what objects refer to, and what refers to them, drawn.

use clap::Args;
use objgraph::Direction;
use objgraph_graph::view_from;

use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::look::Look;
use crate::objects::named;
use crate::picture::Picture;

/// Which objects to begin with, and how to draw.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph refs heap.jsonl.gz '#12' -o refs.svg
  objgraph backrefs heap.jsonl.gz type:Session --max-depth 5 --highlight 'module:app*' -o who.png
  objgraph refs heap.jsonl.gz root --ignore 'type:str or type:int' --group-by module -T dot | dot -Tpdf -o refs.pdf

Exit codes: 0 drawn, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 4 it cannot be drawn, 5 the \
output cannot be written, 6 no object matches.")]
pub(crate) struct Neighbours {
    #[command(flatten)]
    heap: HeapFile,

    /// The objects to begin with, in quotes: `#12`, `type:Session`, `value~regex and size>1MB`
    #[arg(value_name = "OBJECT")]
    object: String,

    #[command(flatten)]
    picture: Picture,

    #[command(flatten)]
    look: Look,
}

impl Neighbours {
    pub(crate) fn run(&self, direction: Direction) -> Result<(), Failure> {
        let target = self.picture.target(self.heap.is_quiet())?;
        let graph = self.heap.load()?.graph;
        let starts = named(&self.object, &graph, "OBJECT")?;
        let chosen = self.look.chosen(&graph)?;
        let options = self.look.options(&graph, &chosen).direction(direction);
        target.draw(&view_from(&graph, &starts, &options))
    }
}
