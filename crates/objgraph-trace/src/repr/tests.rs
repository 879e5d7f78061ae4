//! One-line values, cut and whole.

use super::*;

fn repr(max_chars: usize, write: impl FnOnce(&mut Repr<'_>)) -> String {
    let mut text = String::new();
    write(&mut Repr::new(&mut text, max_chars));
    text
}

#[test]
fn a_long_text_is_cut_with_an_ellipsis() {
    assert_eq!(repr(6, |out| out.text("abcdefgh")), "abcde…");
    let megabytes = "x".repeat(10_000_000);
    assert_eq!(repr(8, |out| out.quoted(&megabytes)), "\"xxxxxx…");
    assert_eq!(repr(8, |out| out.debug(&megabytes)).chars().count(), 8);
}

#[test]
fn empty_values_leave_no_trace() {
    let fields = |out: &mut Repr<'_>| {
        out.named("a", |_| {});
        out.field("b", &7);
        out.field("c", &vec![Box::new(1)]);
        out.field("d", &Some(Box::new(1)));
    };
    assert_eq!(repr(80, |out| out.record(fields)), "b: 7, c: 1 item");
}

#[test]
fn what_holds_nothing_is_told_only_if_that_is_all() {
    let fields = |names: &'static str| {
        move |out: &mut Repr<'_>| {
            for name in names.split_whitespace() {
                match name {
                    "parent" => out.field(name, &None::<u8>),
                    "bytes" => out.field(name, &Vec::<u8>::new()),
                    "children" => out.field(name, &Vec::<Box<u8>>::new()),
                    _ => out.field(name, &7),
                }
            }
        }
    };
    for (names, text) in [
        ("parent id bytes children", "id: 7"),
        ("id parent size", "id: 7, size: 7"),
        ("parent", "parent: None"),
        (
            "parent bytes children",
            "parent: None, bytes: [], children: 0 items",
        ),
    ] {
        assert_eq!(repr(80, |out| out.record(fields(names))), text);
    }
    let nested = |out: &mut Repr<'_>| {
        out.named("inner", |out| out.record(fields("parent bytes")));
        out.field("id", &7);
    };
    let text = "inner: {parent: None, bytes: []}, id: 7";
    assert_eq!(repr(80, |out| out.record(nested)), text);
    assert_eq!(
        repr(12, |out| out.record(fields("parent bytes"))),
        "parent: Non…"
    );
    assert_eq!(repr(80, fields("parent")), "parent: None");
    // Without a name, the place counts.
    assert_eq!(repr(80, |out| (None::<u8>, 7).trace_repr(out)), "(None, 7)");
    assert_eq!(repr(80, |out| [None, Some(7)].trace_repr(out)), "[None, 7]");
}

#[test]
fn long_sequences_end_with_their_number() {
    let bytes: Vec<u8> = (0..=255).cycle().take(4096).collect();
    let list = |room, n: usize| repr(room, |out| out.sequence(&bytes[..n]));
    assert_eq!(list(30, 4096), "[0, 1, 2, 3, 4, … 4096 bytes]");
    assert!(list(60, 4096).ends_with(", 11, 12, … 4096 bytes]"));
    assert_eq!(list(17, 4096), "[… 4096 bytes]");
    assert_eq!(list(8, 4096), "[0, 1, …");
    for room in 1..80 {
        for n in 0..30 {
            let text = list(room, n);
            let whole = format!("{:?}", &bytes[..n]);
            assert!(text.chars().count() <= room, "{text} in {room}");
            assert!(whole.len() >= room || text == whole, "{text} in {room}");
        }
    }
    let fields = |out: &mut Repr<'_>| {
        out.field("data", &vec![1.5_f32; 1000]);
        out.field("name", &"main");
    };
    let text = "data: [1.5, 1.5, 1.5, … 1000 items], name: \"main\"";
    assert_eq!(repr(60, |out| out.record(fields)), text);
}

#[test]
fn records_in_records_wear_braces() {
    let text = repr(80, |out| {
        out.record(|out| {
            out.field("id", &7);
            out.named("config", |out| out.record(|out| out.field("port", &80)));
            out.named("shape", |out| {
                out.variant("Circle", |out| out.field("radius", &2));
            });
        });
    });
    assert_eq!(text, "id: 7, config: {port: 80}, shape: Circle(radius: 2)");
}

#[test]
fn nothing_that_breaks_or_reverses_a_line_comes_through() {
    assert_eq!(
        repr(80, |out| out.quoted("a\n\0\u{202e}b\"")),
        "\"a\\n\\u{0}\\u{202e}b\\\"\""
    );
}
