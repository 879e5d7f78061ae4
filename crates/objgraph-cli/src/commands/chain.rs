//! `objgraph chain`: how one object leads to another.

use clap::Args;
use objgraph::{Node, NodeId, ViewOptions};
use objgraph_graph::{chain_between, view_chain};

use super::why::{Found, steps};
use crate::answer::Answer;
use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::objects::named;
use crate::picture::Picture;

/// Tells how one object leads to another: a shortest chain of references, of any kind
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph chain heap.jsonl.gz type:Session type:Database
  objgraph chain heap.jsonl.gz '#12' 'value~password' -o chain.svg

Exit codes: 0 answered, also if there is no chain, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, \
4 it cannot be drawn, 5 the output cannot be written, 6 no object matches.")]
pub(crate) struct Chain {
    #[command(flatten)]
    heap: HeapFile,

    /// Where the chain begins; at any of these objects
    #[arg(value_name = "FROM")]
    from: String,

    /// Where it ends; at any of these objects
    #[arg(value_name = "TO")]
    to: String,

    #[command(flatten)]
    answer: Answer,

    #[command(flatten)]
    picture: Picture,
}

impl Chain {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let target = self.picture.wanted(self.heap.is_quiet())?;
        let graph = self.heap.load()?.graph;
        let from = named(&self.from, &graph, "FROM")?;
        let to = named(&self.to, &graph, "TO")?;
        let chain = chain_between(&graph, is_in(&from), is_in(&to));
        if let (Some(target), Some(chain)) = (&target, &chain) {
            return target.draw(&view_chain(chain, &ViewOptions::default()));
        }
        self.answer
            .give(&Found::of(&graph, chain.as_ref()), || match &chain {
                Some(chain) => steps(&graph, chain),
                None => format!("no reference leads from {} to {}\n", self.from, self.to),
            })
    }
}

/// Whether an object is among some in visiting order.
fn is_in(nodes: &[NodeId]) -> impl Fn(Node<'_>) -> bool {
    |node| nodes.binary_search(&node.id()).is_ok()
}
