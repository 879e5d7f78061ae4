//! JSON: arrays and objects inside others are objects of their own, so no depth is too deep.

use super::leaves;
use super::maps::btree_bytes;
use crate::{Repr, Trace, Tracer};
use serde_json::{Map, Number, Value};

// With `arbitrary_precision` a number is text of a few bytes, which is not counted.
leaves!(display: Number);

impl Trace for Value {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) => {}
            Self::String(text) => tracer.ask(text),
            Self::Array(elements) => {
                let size = size_of::<Self>();
                tracer.buffer(
                    elements.len() * size,
                    elements.capacity().saturating_mul(size),
                );
                for (index, element) in elements.iter().enumerate() {
                    if is_branch(element) {
                        tracer.element(index, element);
                    } else {
                        tracer.ask(element);
                    }
                }
            }
            Self::Object(entries) => tracer.ask(entries),
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        match self {
            Self::Null => out.text("null"),
            Self::Bool(flag) => out.display(flag),
            Self::Number(number) => out.display(number),
            Self::String(text) => out.quoted(text),
            Self::Array(elements) => out.count(elements.len(), "item", "items"),
            Self::Object(entries) => entries.trace_repr(out),
        }
    }

    fn is_node() -> bool {
        true
    }
}

/// Whether the value holds others, and is a node for that; texts and numbers belong to what holds them.
fn is_branch(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

impl Trace for Map<String, Value> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        // With `preserve_order` it is an index map, which takes about as much.
        let entry = size_of::<(String, Value)>();
        tracer.buffer(self.len() * entry, btree_bytes(self.len(), entry));
        for (key, value) in self {
            tracer.ask(key);
            if is_branch(value) {
                tracer.entry(|out| key.trace_repr(out), value);
            } else {
                tracer.ask(value);
            }
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        out.count(self.len(), "entry", "entries");
    }
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, owned, value};
    use super::*;
    use crate::{TraceOptions, trace, trace_with};
    use serde_json::json;

    #[test]
    fn arrays_and_objects_are_nodes_and_scalars_are_not() {
        let json = json!({"a": [1, "x", [true]], "b": {"c": null}, "d": "text"});
        assert_eq!(labels(&json), [r#"["a"]"#, r#"["b"]"#]);
        let records = trace(&json);
        assert_eq!((records.n_nodes(), records.n_edges()), (4, 3));
        assert_eq!(records.paths.text(records.edges[2].label()), "[2]");
        assert_eq!(labels(&(1, json)), [r#".1["a"]"#, r#".1["b"]"#]);
    }

    #[test]
    fn scalars_belong_to_what_holds_them() {
        let json = json!(["seven b", 1, null]);
        assert_eq!(
            (labels(&json), owned(&json).0),
            (vec![], 3 * size_of::<Value>() + 7)
        );
        let json = json!({"key": "seven b"});
        assert_eq!(owned(&json).0, size_of::<(String, Value)>() + 3 + 7);
    }

    #[test]
    fn values_are_shown_as_json() {
        let shown = [
            json!(null),
            json!(true),
            json!(1.5),
            json!("a"),
            json!([1]),
            json!({}),
        ]
        .map(|json| value(&json));
        assert_eq!(
            shown,
            ["null", "true", "1.5", "\"a\"", "1 item", "0 entries"]
        );
        assert!(Number::is_leaf() && !Value::is_leaf() && Value::is_node());
    }

    #[test]
    fn a_deep_value_does_not_overflow_the_stack() {
        const DEPTH: usize = 100_000;
        let run = || {
            let mut json = json!("leaf");
            for depth in 0..DEPTH {
                json = if depth % 2 == 0 {
                    Value::Array(vec![json])
                } else {
                    Map::from_iter([("k".into(), json)]).into()
                };
            }
            let records = trace_with([("", &json)], TraceOptions::default().values(true));
            let counts = (records.n_nodes(), records.n_edges());
            // Its own drop recurses: it is taken apart from the outside.
            while let Some(inner) = match &mut json {
                Value::Array(elements) => elements.pop(),
                Value::Object(entries) => entries.remove("k"),
                _ => None,
            } {
                json = inner;
            }
            assert_eq!(counts, (DEPTH, DEPTH - 1));
        };
        std::thread::Builder::new()
            .stack_size(2 << 20)
            .spawn(run)
            .unwrap()
            .join()
            .unwrap();
    }
}
