//! Counts in sentences.

use objgraph::grouped;

/// A count and what is counted, a regular noun: `1 object`, `12,345 objects`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(count as u64))
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_singular() {
        let told = [0, 1, 12_345].map(|count| counted(count, "object"));
        assert_eq!(told, ["0 objects", "1 object", "12,345 objects"]);
    }
}
