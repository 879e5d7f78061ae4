#[objgraph::leak_check]
const fn constant() -> u8 {
    7
}

#[objgraph::leak_check(name = "widget")]
fn named() {}

#[objgraph::leak_check]
fn never() -> ! {
    std::process::exit(0)
}

#[objgraph::leak_check]
struct Widget {
    id: u32,
}

trait Draw {
    #[objgraph::leak_check]
    fn draw(&self);
}

#[objgraph::leak_check]
fn wrong() -> u32 {
    "7"
}

#[objgraph::leak_check]
async fn wrong_later() -> u32 {
    "7"
}

fn main() {}
