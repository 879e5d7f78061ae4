//! Random programs beside an obvious model.

use super::alone;
use crate::{LiveObject, LiveObjects, track};
use proptest::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

/// What a random program does; numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Action {
    Create { is_atomic: bool, is_tracked: bool },
    Clone(usize),
    Track(usize),
    Drop(usize),
    Collect,
}

enum Object {
    Local(Rc<usize>),
    Atomic(Arc<usize>),
}

impl Object {
    fn new(number: usize, is_atomic: bool) -> Self {
        if is_atomic {
            Self::Atomic(Arc::new(number))
        } else {
            Self::Local(Rc::new(number))
        }
    }

    fn number(&self) -> usize {
        match self {
            Self::Local(handle) => **handle,
            Self::Atomic(handle) => **handle,
        }
    }

    fn clone(&self) -> Self {
        match self {
            Self::Local(handle) => Self::Local(handle.clone()),
            Self::Atomic(handle) => Self::Atomic(handle.clone()),
        }
    }

    fn track(&self) {
        match self {
            Self::Local(handle) => track(handle),
            Self::Atomic(handle) => track(handle),
        }
    }
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let action = prop_oneof![
        8 => any::<(bool, bool)>().prop_map(|(is_atomic, is_tracked)| Action::Create { is_atomic, is_tracked }),
        3 => any::<usize>().prop_map(Action::Clone),
        3 => any::<usize>().prop_map(Action::Track),
        9 => any::<usize>().prop_map(Action::Drop),
        1 => Just(Action::Collect),
    ];
    prop::collection::vec(action, 0..if cfg!(miri) { 50 } else { 1000 })
}

/// What a collection has to find: number, strong handles, times tracked; by the time of the first tracking.
fn expected(handles: &[Object], tracked: &[(usize, u32)]) -> Vec<(usize, usize, u32)> {
    let strong = |number| handles.iter().filter(|it| it.number() == number).count();
    let all = tracked
        .iter()
        .map(|(number, times)| (*number, strong(*number), *times));
    all.filter(|(_, strong, _)| *strong > 0).collect()
}

fn found() -> Vec<(usize, usize, u32)> {
    let all = LiveObjects::now().to_objects();
    let facts = |it: &LiveObject| {
        let local = it.handle::<Rc<usize>>().map(|handle| *handle);
        let number = local.or_else(|| it.handle::<Arc<usize>>().map(|handle| *handle))?;
        Some((number, it.strong_count(), it.birth().n_handles))
    };
    all.iter().filter_map(facts).collect()
}

fn run(actions: Vec<Action>) -> Result<(), TestCaseError> {
    let (mut handles, mut tracked, mut next) =
        (Vec::<Object>::new(), Vec::<(usize, u32)>::new(), 0);
    for action in actions.into_iter().chain([Action::Collect]) {
        let n_handles = handles.len().max(1);
        let newly_tracked = match action {
            Action::Create {
                is_atomic,
                is_tracked,
            } => {
                handles.push(Object::new(next, is_atomic));
                next += 1;
                is_tracked.then_some(handles.len() - 1)
            }
            Action::Clone(place) => {
                handles.extend(handles.get(place % n_handles).map(Object::clone));
                None
            }
            Action::Track(place) => Some(place % n_handles),
            Action::Drop(place) => {
                handles
                    .get(place % n_handles)
                    .is_some()
                    .then(|| handles.swap_remove(place % n_handles));
                None
            }
            Action::Collect => {
                prop_assert_eq!(found(), expected(&handles, &tracked));
                None
            }
        };
        let Some(object) = newly_tracked.and_then(|place| handles.get(place)) else {
            continue;
        };
        object.track();
        match tracked.iter_mut().find(|known| known.0 == object.number()) {
            Some(known) => known.1 += 1,
            None => tracked.push((object.number(), 1)),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 100 }))]

    #[test]
    fn random_programs_have_the_objects_of_the_model(actions in actions()) {
        let _alone = alone();
        run(actions)?;
    }
}
