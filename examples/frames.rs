//! Frames around what belongs together: the objects of one module, and those that keep each other alive.
//!
//! Look at `frames_component.svg`: the red frame holds what is never freed, whatever else lets go of it.

use objgraph::{GroupBy, Trace};
use std::cell::RefCell;
use std::rc::Rc;

mod ui {
    use super::model::Document;
    use objgraph::Trace;
    use std::cell::RefCell;
    use std::rc::{Rc, Weak};

    #[derive(Trace)]
    pub(crate) struct Window {
        pub(crate) title: &'static str,
        pub(crate) buttons: RefCell<Vec<Rc<Button>>>,
        pub(crate) document: Rc<Document>,
    }

    #[derive(Trace)]
    pub(crate) struct Button {
        pub(crate) text: &'static str,
        pub(crate) window: Weak<Window>,
    }
}

mod model {
    use super::ui::Window;
    use objgraph::Trace;
    use std::cell::RefCell;
    use std::rc::Rc;

    #[derive(Trace)]
    pub(crate) struct Document {
        pub(crate) pages: Vec<Rc<Page>>,
        pub(crate) shown_in: RefCell<Option<Rc<Window>>>,
    }

    #[derive(Trace)]
    pub(crate) struct Page {
        pub(crate) number: u32,
    }
}

#[derive(Trace)]
struct App {
    windows: Vec<Rc<ui::Window>>,
}

fn app() -> App {
    let pages = (1..4).map(|number| Rc::new(model::Page { number }));
    let document = Rc::new(model::Document {
        pages: pages.collect(),
        shown_in: RefCell::default(),
    });
    let window = Rc::new(ui::Window {
        title: "main",
        buttons: RefCell::default(),
        document: document.clone(),
    });
    *document.shown_in.borrow_mut() = Some(window.clone());
    let button = |text| {
        let window = Rc::downgrade(&window);
        Rc::new(ui::Button { text, window })
    };
    window
        .buttons
        .borrow_mut()
        .extend(["open", "save"].map(button));
    App {
        windows: vec![window],
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = app();
    for (group_by, name) in [
        (GroupBy::Module, "frames_module"),
        (GroupBy::Component, "frames_component"),
    ] {
        let picture = objgraph::refs(&app).name("app").group_by(group_by);
        for path in ["dot", "svg", "png"].map(|extension| format!("{name}.{extension}")) {
            picture.save(&path)?;
            eprintln!("wrote {path}");
        }
        for frame in picture.to_view()?.frames {
            eprintln!("{}: {}", frame.title, frame.tooltip);
        }
    }

    // Cut, so that the window and its document are freed.
    *app.windows[0].document.shown_in.borrow_mut() = None;
    Ok(())
}
