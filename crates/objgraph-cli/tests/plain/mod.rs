//! Reads Graphviz's format `plain`, whoever wrote it.

/// One line of the format `plain`, numbers apart from words.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    let mut before = ' ';
    for c in line.chars() {
        match c {
            '"' if before != '\\' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().expect("never empty").push(c),
        }
        before = c;
    }
    words
}

/// What both we and dot say of nodes (name, label, style, shape, colours) and edges (ends, label, style, colour).
pub(crate) fn facts(plain: &str) -> Vec<String> {
    let facts = plain.lines().filter_map(|line| {
        let words = words(line);
        match words[0].as_str() {
            "node" => Some(format!("node {} {}", words[1], words[6..].join(" "))),
            "edge" => {
                let n_points: usize = words[3].parse().expect("a count");
                let after = &words[4 + 2 * n_points..];
                let label = if after.len() > 2 {
                    after[0].as_str()
                } else {
                    ""
                };
                let looks = after[after.len() - 2..].join(" ");
                Some(format!("edge {} {} {label} {looks}", words[1], words[2]))
            }
            _ => None,
        }
    });
    let mut facts: Vec<String> = facts.collect();
    facts.sort();
    facts
}

/// The names of all nodes, and the ends of all edges.
pub(crate) fn names(plain: &str) -> Vec<String> {
    let named = plain.lines().filter_map(|line| {
        let words = words(line);
        match words[0].as_str() {
            "node" => Some(words[1].clone()),
            "edge" => Some(format!("{} → {}", words[1], words[2])),
            _ => None,
        }
    });
    let mut names: Vec<String> = named.collect();
    names.sort();
    names
}
