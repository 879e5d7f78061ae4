//! `#[objgraph::leak_check]`: a test that fails if its body leaks.

use objgraph::{Trace, tracked};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

#[derive(Trace, Default)]
struct Widget {
    parent: RefCell<Option<Rc<Widget>>>,
    children: RefCell<Vec<Rc<Widget>>>,
}

/// A window with a button that holds it.
fn window() -> Rc<Widget> {
    let (window, button) = (tracked(Widget::default()), tracked(Widget::default()));
    *button.parent.borrow_mut() = Some(window.clone());
    window.children.borrow_mut().push(button);
    window
}

fn close(window: &Widget) {
    window.children.take();
}

/// What a body panics with.
fn message(body: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(body)).expect_err("it leaks");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
#[objgraph::leak_check]
fn a_window_that_is_closed_leaks_nothing() {
    close(&window());
}

#[objgraph::leak_check]
#[test]
fn a_check_may_stand_above_the_test() -> Result<(), std::num::ParseIntError> {
    close(&window());
    "7".parse::<u8>()?;
    Ok(())
}

#[test]
#[objgraph::leak_check]
#[should_panic(expected = "Widget.parent")]
fn a_window_that_is_not_closed_is_leaked() {
    window();
}

#[test]
#[objgraph::leak_check]
#[should_panic(expected = "on purpose")]
fn a_panic_of_the_body_comes_before_its_leaks() {
    window();
    panic!("on purpose");
}

#[test]
fn an_early_error_is_checked_too() {
    #[objgraph::leak_check]
    fn leaks_and_fails() -> Result<(), std::num::ParseIntError> {
        let _window = window();
        "a".parse::<u8>()?;
        Ok(())
    }
    let message = message(|| _ = leaks_and_fails());
    assert!(message.contains("Widget.children"), "{message}");
    assert!(message.contains("leaks_and_fails"), "{message}");
}

#[test]
fn what_is_returned_is_not_leaked() {
    #[objgraph::leak_check]
    fn opened() -> Rc<Widget> {
        window()
    }
    close(&opened());
}
