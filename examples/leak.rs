//! A widget tree whose `parent` is strong: the leak is found and drawn, the field mended, and looked for again.

use objgraph::Trace;
use std::cell::RefCell;
use std::error::Error;
use std::rc::{Rc, Weak};

#[derive(Trace)]
struct Widget {
    name: String,
    parent: RefCell<Option<Rc<Widget>>>,
    children: RefCell<Vec<Rc<Widget>>>,
    icon: Rc<Icon>,
}

/// The same with the field changed as the report proposes.
#[derive(Trace)]
struct MendedWidget {
    name: String,
    parent: RefCell<Weak<MendedWidget>>,
    children: RefCell<Vec<Rc<MendedWidget>>>,
    icon: Rc<Icon>,
}

#[derive(Trace)]
struct Icon {
    pixels: Vec<u8>,
}

fn icon() -> Rc<Icon> {
    Rc::new(Icon {
        pixels: vec![0; 1024],
    })
}

/// A window with some buttons, dropped when it is closed; or is it?
fn show_window(n_buttons: usize) {
    let widget = |name: String| {
        objgraph::tracked(Widget {
            name,
            parent: RefCell::default(),
            children: RefCell::default(),
            icon: icon(),
        })
    };
    let window = widget("window".into());
    for number in 0..n_buttons {
        let button = widget(format!("button {number}"));
        button.parent.replace(Some(window.clone()));
        window.children.borrow_mut().push(button);
    }
}

fn show_mended_window(n_buttons: usize) {
    let widget = |name: String| {
        objgraph::tracked(MendedWidget {
            name,
            parent: RefCell::default(),
            children: RefCell::default(),
            icon: icon(),
        })
    };
    let window = widget("window".into());
    for number in 0..n_buttons {
        let button = widget(format!("button {number}"));
        button.parent.replace(Rc::downgrade(&window));
        window.children.borrow_mut().push(button);
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() -> Result<(), Box<dyn Error>> {
    for _ in 0..100 {
        show_window(3);
    }
    let report = objgraph::find_leaks();
    println!("{report}");
    report.save("leaks.svg")?;
    report.save("leaks.png")?;

    let before = report.n_leaked();
    for _ in 0..100 {
        show_mended_window(3);
    }
    let now = objgraph::find_leaks().n_leaked();
    println!("leaked by the mended windows: {}", now - before);
    Ok(())
}
