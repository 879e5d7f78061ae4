//! A cache that grows and grows: which type it is, and who holds its objects.

use objgraph::Trace;
use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;
use std::rc::Rc;

#[derive(Trace)]
struct Page {
    url: String,
    body: Vec<u8>,
}

#[derive(Trace, Default)]
struct Browser {
    /// Nobody ever removes a page.
    cache: RefCell<HashMap<String, Rc<Page>>>,
    history: RefCell<Vec<String>>,
}

impl Browser {
    fn open(&self, url: &str) {
        let page = Page {
            url: url.to_owned(),
            body: vec![b'x'; 4096],
        };
        self.history.borrow_mut().push(url.to_owned());
        self.cache
            .borrow_mut()
            .insert(url.to_owned(), objgraph::tracked(page));
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let browser = objgraph::tracked(Browser::default());
    let _root = objgraph::root("browser", &browser);
    objgraph::show_growth(10);

    for round in 0..3 {
        for number in 0..10 {
            browser.open(&format!("example.org/{round}/{number}"));
        }
        objgraph::show_growth(10);
    }

    let pages = objgraph::by_type::<Rc<Page>>();
    let newest = pages.last().expect("some were opened");
    objgraph::show_live_backrefs(newest, "growth.svg")?;
    Ok(())
}
