//! The words of the format for states of objects.

use objgraph_trace::State;

/// The word for each state that has one. `dropped` and `raw` are ours; other readers may take them for anything.
const WORDS: [(&str, State); 9] = [
    ("busy", State::MutablyBorrowed),
    ("locked", State::Locked),
    ("poisoned", State::Poisoned),
    ("uninit", State::Uninitialised),
    ("opaque", State::Opaque),
    ("skipped", State::Skipped),
    ("leaked", State::Leaked),
    ("dropped", State::Dropped),
    ("raw", State::AddressOnly),
];

/// The state that a word stands for.
pub(crate) fn parse(word: &str) -> Option<State> {
    if word == "traced" {
        return Some(State::Traced);
    }
    let known = WORDS.iter().find(|(known, _)| *known == word);
    known.map(|(_, state)| *state)
}

/// The word for a state; `None` for an ordinary object.
pub(crate) fn word(state: State) -> Option<&'static str> {
    let known = WORDS.iter().find(|(_, known)| *known == state);
    known.map(|(word, _)| *word)
}
