//! The order in which conditions are asked: after each, its answer tells which comes next.

use super::condition::Operation;

/// Conditions with jumps, so that none is asked in vain, and neither a stack nor memory is needed.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// From the last condition to the first: every jump goes towards the front, so that it comes to an end.
    steps: Vec<Step>,
}

/// Where to go on from the condition with the same number, counted from the end.
#[derive(Clone, Copy, Debug)]
struct Step {
    if_true: Next,
    if_false: Next,
}

#[derive(Clone, Copy, Debug)]
enum Next {
    Step(usize),
    Answer(bool),
}

/// Where an operand that is still to be compiled goes on.
#[derive(Clone, Copy)]
enum Exit {
    Known(Next, Next),
    /// The left of an `and`, which goes on to its right if it is true.
    BeforeRightIfTrue(Next),
    /// The left of an `or`, which goes on to its right if it is false.
    BeforeRightIfFalse(Next),
}

impl Program {
    /// Compiles from the end, where what comes next is known already.
    pub(super) fn new(postfix: &[Operation]) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        let mut exits = vec![Exit::Known(Next::Answer(true), Next::Answer(false))];
        for operation in postfix.iter().rev() {
            let right = steps
                .len()
                .checked_sub(1)
                .map_or(Next::Answer(false), Next::Step);
            let (if_true, if_false) = match exits.pop() {
                Some(Exit::Known(if_true, if_false)) => (if_true, if_false),
                Some(Exit::BeforeRightIfTrue(if_false)) => (right, if_false),
                Some(Exit::BeforeRightIfFalse(if_true)) => (if_true, right),
                // A query has an operand for each place.
                None => break,
            };
            match operation {
                Operation::Term => steps.push(Step { if_true, if_false }),
                Operation::Not => exits.push(Exit::Known(if_false, if_true)),
                Operation::And => exits.extend([
                    Exit::BeforeRightIfTrue(if_false),
                    Exit::Known(if_true, if_false),
                ]),
                Operation::Or => exits.extend([
                    Exit::BeforeRightIfFalse(if_true),
                    Exit::Known(if_true, if_false),
                ]),
            }
        }
        Self { steps }
    }

    /// The answer, from those to conditions, each by its position in the query.
    #[inline]
    pub(super) fn run(&self, mut holds: impl FnMut(usize) -> bool) -> bool {
        let n_steps = self.steps.len();
        let mut place = n_steps - 1;
        loop {
            let step = self.steps[place];
            let next = if holds(n_steps - 1 - place) {
                step.if_true
            } else {
                step.if_false
            };
            match next {
                Next::Step(next) => place = next,
                Next::Answer(answer) => return answer,
            }
        }
    }
}
