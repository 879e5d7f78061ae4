//! The packages of this workspace, read from its `Cargo.lock`: who needs whom, and what one strong pointer too many does.
//!
//! Look at `lockfile_resvg.png` for what `resvg` needs and at `lockfile_serde.png` for who needs `serde`: solid arrows
//! are dependencies, dashed ones the weak way back. Then read the cycle that strong ways back make of it.

use objgraph::Trace;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::error::Error;
use std::rc::{Rc, Weak};

/// One `[[package]]`.
#[derive(Trace)]
#[trace(label = Package::write_label)]
struct Package {
    name: String,
    version: String,
    dependencies: RefCell<Vec<Rc<Package>>>,
    dependents: RefCell<Vec<BackPointer>>,
}

/// The way back, from a dependency to who needs it.
#[derive(Trace)]
#[trace(transparent)]
enum BackPointer {
    /// As it should be.
    Weak(Weak<Package>),
    /// As it leaks.
    Strong(Rc<Package>),
}

#[derive(Clone, Copy)]
enum WaysBack {
    Weak,
    Strong,
}

impl Package {
    fn write_label(&self, out: &mut objgraph::Repr<'_>) {
        out.text(&self.label());
    }

    fn label(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// Everything that `Cargo.lock` lists.
#[derive(Trace)]
struct Lockfile {
    packages: Vec<Rc<Package>>,
}

impl Lockfile {
    /// Knows as much of TOML as Cargo writes here: one key a line, and arrays with one item a line.
    fn parse(text: &str, ways_back: WaysBack) -> Self {
        let sections: Vec<&str> = text.split("[[package]]").skip(1).collect();
        let packages = sections.iter().map(|section| {
            Rc::new(Package {
                name: value_of("name", section),
                version: value_of("version", section),
                dependencies: RefCell::default(),
                dependents: RefCell::default(),
            })
        });
        let lockfile = Self {
            packages: packages.collect(),
        };
        for (package, section) in lockfile.packages.iter().zip(sections) {
            let quoted = section
                .lines()
                .filter_map(|line| line.trim().strip_prefix('"'));
            for name in quoted.filter_map(|line| line.split('"').next()) {
                if let Some(dependency) = lockfile.find(name) {
                    package.depend_on(dependency, ways_back);
                }
            }
        }
        lockfile
    }

    /// Finds a package by `name`, or by `name version` where the name alone is not enough.
    fn find(&self, name: &str) -> Option<&Rc<Package>> {
        let mut packages = self.packages.iter();
        packages.find(|package| package.name == name || package.label() == name)
    }
}

impl Package {
    fn depend_on(self: &Rc<Self>, dependency: &Rc<Self>, ways_back: WaysBack) {
        self.dependencies.borrow_mut().push(dependency.clone());
        dependency.dependents.borrow_mut().push(match ways_back {
            WaysBack::Weak => BackPointer::Weak(Rc::downgrade(self)),
            WaysBack::Strong => BackPointer::Strong(self.clone()),
        });
    }
}

fn value_of(key: &str, section: &str) -> String {
    let values = section
        .lines()
        .filter_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    values
        .map(|value| value.trim_matches('"').to_owned())
        .next()
        .unwrap_or_default()
}

/// A package and everything that it leads to, by label.
fn closure(start: &Rc<Package>, next: impl Fn(&Package) -> Vec<Rc<Package>>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![start.clone()];
    while let Some(package) = waiting.pop() {
        if found.insert(package.label()) {
            waiting.extend(next(&package));
        }
    }
    found
}

fn dependents(package: &Package) -> Vec<Rc<Package>> {
    let dependents = package.dependents.borrow();
    let owners = dependents.iter().filter_map(|pointer| match pointer {
        BackPointer::Weak(owner) => owner.upgrade(),
        BackPointer::Strong(owner) => Some(owner.clone()),
    });
    owners.collect()
}

fn draw(lockfile: &Lockfile) -> Result<(), Box<dyn Error>> {
    let resvg = lockfile
        .find("resvg")
        .ok_or("resvg is not in the lockfile")?;
    let needed = closure(resvg, |package| package.dependencies.borrow().clone());
    let serde = lockfile
        .find("serde")
        .ok_or("serde is not in the lockfile")?;
    let needing = closure(serde, dependents);

    for format in ["dot", "svg", "png"] {
        let path = format!("lockfile_resvg.{format}");
        objgraph::refs(resvg)
            .title("What resvg needs")
            .max_depth(3)
            .filter(|node| needed.contains(node.value()))
            .save(&path)?;
        eprintln!("wrote {path}");

        let path = format!("lockfile_serde.{format}");
        objgraph::backrefs(serde, lockfile)
            .title("Who needs serde")
            .filter(|node| needing.contains(node.value()))
            .save(&path)?;
        eprintln!("wrote {path}");
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    let text = std::fs::read_to_string(path)?;

    let lockfile = Lockfile::parse(&text, WaysBack::Weak);
    draw(&lockfile)?;
    let graph = objgraph::graph(&lockfile);
    eprintln!(
        "weak ways back: {} packages, {} cycles",
        lockfile.packages.len(),
        graph.cycles().len()
    );

    let leaky = Lockfile::parse(&text, WaysBack::Strong);
    let graph = objgraph::graph(&leaky);
    for cycle in graph.cycles().iter().take(3) {
        let names: Vec<&str> = cycle
            .nodes
            .iter()
            .map(|id| graph.node(*id).value())
            .collect();
        eprintln!("strong ways back: {cycle}");
        eprintln!(
            "  here {}, one of {} packages that keep each other",
            names.join(" and "),
            cycle.component_size
        );
    }

    // Cut, so that the packages are freed.
    leaky
        .packages
        .iter()
        .for_each(|package| package.dependents.borrow_mut().clear());
    Ok(())
}
