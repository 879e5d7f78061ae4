//! What values say of how many items their objects hold.

/// How many items an object holds whose value is nothing but their number: 4 of `4 items`.
pub(crate) fn n_items(value: &str) -> Option<u64> {
    let number = value
        .strip_suffix(" items")
        .or_else(|| value.strip_suffix(" item"))?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::n_items;

    #[test]
    fn only_a_number_of_items_is_one() {
        let values = [
            ("4 items", Some(4)),
            ("1 item", Some(1)),
            ("0 items", Some(0)),
            ("'4 items'", None),
            ("", None),
        ];
        for (value, expected) in values {
            assert_eq!(n_items(value), expected, "{value}");
        }
    }
}
