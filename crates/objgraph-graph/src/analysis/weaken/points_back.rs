//! Names of fields that point back: at who holds the object, or at what came before it.

/// Words for the way back in a tree, a list, or between an object and its helper.
///
/// Whoever writes such a name thinks of the other direction as the one that holds. `delegate` is weak by custom where
/// the language has weak references built in; `objclass` and `self` are what descriptors and methods of Python
/// call their class and their object, and `f_back` its frames their caller.
const WORDS: [&str; 19] = [
    "ancestor",
    "back",
    "backref",
    "container",
    "delegate",
    "enclosing",
    "holder",
    "host",
    "objclass",
    "outer",
    "owner",
    "owners",
    "parent",
    "parents",
    "prev",
    "previous",
    "self",
    "up",
    "upper",
];

/// Whether the last name in the path of a field has such a word in it: `.links[].prev_page`, `<__self__>`, `parentNode`.
pub(super) fn points_back(field: &str) -> bool {
    let is_name = |char: char| char.is_alphanumeric() || char == '_';
    let mut names = field.split(|char| !is_name(char));
    names
        .rfind(|name| !name.is_empty())
        .is_some_and(|name| words(name).any(|word| WORDS.contains(&word.as_str())))
}

/// The words of `snake_case` and of `camelCase`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut apart = String::with_capacity(name.len());
    let mut was_lower = false;
    for char in name.chars() {
        if char.is_uppercase() && was_lower {
            apart.push('_');
        }
        was_lower = char.is_lowercase();
        apart.extend(char.to_lowercase());
    }
    let words: Vec<String> = apart.split('_').map(str::to_owned).collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::points_back;

    #[test]
    fn the_last_name_tells_whether_a_field_points_back() {
        for field in [
            ".parent",
            "._prev",
            "<__objclass__>",
            ".links[].prev_page",
            "parentNode",
            "::Child.owner",
            ".parents[]",
        ] {
            assert!(points_back(field), "{field}");
        }
        for field in [
            "",
            "[]",
            ".next",
            ".backup",
            ".parent.children[].next",
            ".apparent",
        ] {
            assert!(!points_back(field), "{field}");
        }
    }
}
