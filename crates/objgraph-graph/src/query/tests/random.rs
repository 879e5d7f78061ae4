//! Random queries and texts, beside the obvious way.

use super::heap;
use crate::node::{Bytes, Node};
use crate::query::Query;
use crate::query::condition::{Comparison, Key, Operation, Term, TextKey};
use crate::query::pattern::{Pattern, Search};
use objgraph_trace::State;
use proptest::prelude::*;

/// A query as a tree.
#[derive(Clone, Debug)]
enum Tree {
    Term(Term),
    Not(Box<Tree>),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
}

impl Tree {
    /// The obvious way.
    fn holds(&self, node: Node<'_>, retained: &[Bytes]) -> bool {
        match self {
            Self::Term(term) => term.holds(node, retained),
            Self::Not(tree) => !tree.holds(node, retained),
            Self::And(one, other) => one.holds(node, retained) && other.holds(node, retained),
            Self::Or(one, other) => one.holds(node, retained) || other.holds(node, retained),
        }
    }

    fn add_to(&self, terms: &mut Vec<Term>, postfix: &mut Vec<Operation>) {
        let operation = match self {
            Self::Term(term) => {
                terms.push(term.clone());
                Operation::Term
            }
            Self::Not(tree) => {
                tree.add_to(terms, postfix);
                Operation::Not
            }
            Self::And(one, other) | Self::Or(one, other) => {
                one.add_to(terms, postfix);
                other.add_to(terms, postfix);
                if matches!(self, Self::And(..)) {
                    Operation::And
                } else {
                    Operation::Or
                }
            }
        };
        postfix.push(operation);
    }

    fn query(&self) -> Query {
        let (mut terms, mut postfix) = (Vec::new(), Vec::new());
        self.add_to(&mut terms, &mut postfix);
        Query::new(terms, postfix, None)
    }
}

fn patterns() -> impl Strategy<Value = Pattern> {
    let exact = prop_oneof![
        Just("Session".to_owned()),
        Just("a b".to_owned()),
        "[a-zA-Z \"'().:*&|!<>\\\\ä\n]{0,6}",
    ];
    let glob = "[Sa-z.*]{0,4}\\*[a-z<>]{0,3}".prop_filter("brackets in pairs", |glob| {
        Query::parse(&format!("type:{glob}")).is_ok()
    });
    let regex = prop_oneof![
        Just("^S|x".to_owned()),
        Just("\"".to_owned()),
        "[a-z .'\"]{0,4}"
    ];
    prop_oneof![
        exact.prop_map(Pattern::Exact),
        glob.prop_map(Pattern::Glob),
        regex.prop_map(|regex| Pattern::Regex(Search::new(&regex).unwrap())),
    ]
}

fn terms() -> impl Strategy<Value = Term> {
    let text_keys = [
        TextKey::Type,
        TextKey::Module,
        TextKey::Value,
        TextKey::Site,
        TextKey::Root,
    ];
    let number_keys: Vec<_> = (Key::ALL.into_iter())
        .filter_map(|(_, key)| {
            if let Key::Number(key) = key {
                Some(key)
            } else {
                None
            }
        })
        .collect();
    let comparisons = Comparison::ALL.map(|(_, comparison)| comparison);
    let numbers = prop_oneof![0_u64..3, 50_u64..2_100, any::<u64>()];
    prop_oneof![
        prop_oneof![0_u64..0x70, any::<u64>()].prop_map(Term::Id),
        (proptest::sample::select(text_keys.to_vec()), patterns())
            .prop_map(|(key, pattern)| Term::Text(key, pattern)),
        (
            proptest::sample::select(number_keys),
            proptest::sample::select(comparisons.to_vec()),
            numbers
        )
            .prop_map(|(key, comparison, number)| Term::Number(key, comparison, number)),
        proptest::sample::select(&State::ALL).prop_map(Term::State),
        Just(Term::Root),
    ]
}

fn trees() -> impl Strategy<Value = Tree> {
    terms()
        .prop_map(Tree::Term)
        .prop_recursive(6, 40, 2, |inner| {
            let pair = (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            );
            let other_pair = (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            );
            prop_oneof![
                inner.prop_map(|tree| Tree::Not(Box::new(tree))),
                pair.prop_map(|(one, other)| Tree::And(one, other)),
                other_pair.prop_map(|(one, other)| Tree::Or(one, other)),
            ]
        })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same_query(tree in trees()) {
        let query = tree.query();
        let text = query.to_string();
        let again = Query::parse(&text);
        prop_assert_eq!(again.as_ref(), Ok(&query), "{}", text);
    }

    #[test]
    fn answers_are_those_of_the_tree(tree in trees()) {
        let graph = heap();
        let retained = [0, 1, 60, 1_000, 2_000, u64::MAX].map(Bytes);
        let query = tree.query();
        let all = query.on_retained(&graph, &retained).all().map(|id| id.0).collect::<Vec<_>>();
        let obvious = graph.nodes().filter(|node| tree.holds(*node, &retained));
        prop_assert_eq!(all, obvious.map(|node| node.id().0).collect::<Vec<_>>());
    }

    #[test]
    fn any_text_is_a_query_or_an_error(text in "\\PC{0,40}|[a-c#0-9xX ()&|!~:<>=.*\"'\\\\\\[\\]\n-]{0,24}|((type|value|size|root|state)[:~<>= ]{1,2}[a-z0-9.*()\"'MB]{0,5} ?(and|or|not|\\(|\\))? ?){0,5}") {
        match Query::parse(&text) {
            Ok(query) => prop_assert_eq!(Query::parse(&query.to_string()), Ok(query)),
            Err(error) => {
                prop_assert!(error.column() <= text.chars().count() + 1);
                prop_assert_eq!(error.point_at(&text).lines().count(), 2);
            }
        }
    }
}
