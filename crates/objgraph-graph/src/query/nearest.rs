//! How far a misspelt name is from one that there is.

/// Only so many characters of a name are compared.
const MAX_CHARS: usize = 200;

/// The fewest edits that make a name the beginning of another, in capitals or not; `None` if that is more than a third
/// of its letters.
///
/// An edit leaves a character out, puts one in, changes one, or swaps two neighbours. Of what follows the beginning
/// nothing is asked: who types `Sesion` may look for `SessionStore`.
///
/// # Complexity
/// O(n²) in the characters of the name.
pub(super) fn distance(name: &str, other: &str) -> Option<usize> {
    let name = folded(name, MAX_CHARS);
    let limit = name.len() / 3;
    let other = folded(other, name.len() + limit);
    // Distances of the beginnings of the name from all beginnings of the other: of this one, and of the two before.
    let mut two_before = Vec::new();
    let mut before: Vec<usize> = (0..=other.len()).collect();
    for (i, char) in name.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other_char) in other.iter().enumerate() {
            let changed = before[j] + usize::from(char != other_char);
            let mut least = changed.min(before[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *char == other[j - 1] && name[i - 1] == *other_char {
                least = least.min(two_before[j - 1] + 1);
            }
            row.push(least);
        }
        two_before = std::mem::replace(&mut before, row);
    }
    before
        .into_iter()
        .min()
        .filter(|distance| *distance <= limit)
}

fn folded(name: &str, max_chars: usize) -> Vec<char> {
    let chars = name.chars().flat_map(char::to_lowercase);
    chars.take(max_chars).collect()
}

#[cfg(test)]
mod tests {
    use super::distance;
    use proptest::prelude::*;

    /// The obvious way: all edits, one after the other.
    fn obvious(name: &[u8], other: &[u8]) -> usize {
        let (Some((first, name_rest)), Some((other_first, other_rest))) =
            (name.split_first(), other.split_first())
        else {
            // What is left of the other name is free.
            return name.len();
        };
        let mut least = obvious(name_rest, other_rest) + usize::from(first != other_first);
        least = least.min(obvious(name_rest, other) + 1);
        least = least.min(obvious(name, other_rest) + 1);
        if let ([a, b, name_rest @ ..], [c, d, other_rest @ ..]) = (name, other)
            && (a, b) == (d, c)
        {
            least = least.min(obvious(name_rest, other_rest) + 1);
        }
        least
    }

    proptest! {
        #[test]
        fn distances_are_those_of_trying_everything(name in "[ab]{0,6}", other in "[ab]{0,6}") {
            let least = obvious(name.as_bytes(), other.as_bytes());
            let near = (least <= name.len() / 3).then_some(least);
            prop_assert_eq!(distance(&name, &other), near);
        }
    }

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        let near = [
            ("Sesion", "Session", Some(1)),
            ("Sesion", "SessionStore", Some(1)),
            ("sessoin", "Session", Some(1)),
            ("SESSION", "Session", Some(0)),
            ("dic", "dict", Some(0)),
            ("Page", "Session", None),
            ("x", "y", None),
            ("", "anything", Some(0)),
        ];
        for (name, other, edits) in near {
            assert_eq!(distance(name, other), edits, "{name} {other}");
        }
    }
}
