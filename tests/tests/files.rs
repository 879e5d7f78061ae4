//! Files: replaced whole or not at all, with an error that names the path.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use objgraph::SaveError;
use objgraph_tests::Folder;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// An error and all its sources, as the command line would print them.
fn chain(error: &SaveError) -> String {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    texts.join(": ")
}

/// Tries to save a small picture, and returns the error with all its sources.
fn failure(path: &Path) -> String {
    let error = objgraph::show_refs(&vec![Box::new(1)], path).expect_err("this cannot be saved");
    let text = chain(&error);
    assert!(
        text.contains(&path.display().to_string()),
        "the path is missing from: {text}"
    );
    text
}

fn save(path: &Path) {
    objgraph::show_refs(&vec![Box::new(1)], path).expect("this can be saved");
}

fn is_dot(path: &Path) -> bool {
    fs::read_to_string(path).unwrap().starts_with("digraph")
}

#[test]
fn every_extension_gives_its_format() {
    let folder = Folder::new();
    let starts: [(&str, &[u8]); 7] = [
        ("a.dot", b"digraph"),
        ("a.gv", b"digraph"),
        ("a.svg", b"<svg"),
        ("a.SVG", b"<svg"),
        ("a.png", b"\x89PNG"),
        ("a.mmd", b"flowchart"),
        ("a.mermaid", b"flowchart"),
    ];
    for (name, start) in starts {
        save(&folder.file(name));
        let content = fs::read(folder.file(name)).unwrap();
        assert!(
            content.starts_with(start),
            "{name} begins with {:?}",
            String::from_utf8_lossy(&content[..20])
        );
    }
    assert_eq!(
        folder.names().len(),
        starts.len(),
        "nothing is left beside: {:?}",
        folder.names()
    );
}

#[test]
fn an_unknown_extension_lists_the_formats() {
    let folder = Folder::new();
    for name in ["a.bmp", "a", ".svg", "a.svg.bak"] {
        let text = failure(&folder.file(name));
        assert!(
            ["dot", "svg", "png", "mmd"]
                .iter()
                .all(|known| text.contains(known)),
            "{text}"
        );
    }
    assert_eq!(folder.names(), Vec::<String>::new());
}

#[test]
fn an_unknown_extension_is_refused_before_anything_is_traced() {
    struct Untouchable;
    impl objgraph::Trace for Untouchable {
        fn trace<'a>(&'a self, _: &mut objgraph::Tracer<'a>) {
            panic!("traced for nothing");
        }
    }
    let error = objgraph::show_refs(&Untouchable, "a.bmp").expect_err("unknown");
    assert!(matches!(error, SaveError::UnknownFormat { .. }));
    let error = objgraph::show_chain(&Untouchable, |_| true, "a.bmp").expect_err("unknown");
    assert!(matches!(error, SaveError::UnknownFormat { .. }));
}

#[test]
fn a_missing_folder_is_named_and_not_made() {
    let folder = Folder::new();
    let text = failure(&folder.file("missing/a.svg"));
    assert!(
        text.contains("cannot write") && text.to_lowercase().contains("no such file"),
        "{text}"
    );
    assert_eq!(folder.names(), Vec::<String>::new());
}

#[test]
fn a_file_in_place_of_a_folder_is_an_error() {
    let folder = Folder::new();
    fs::write(folder.file("file"), "text").unwrap();
    failure(&folder.file("file/a.svg"));
    assert_eq!(fs::read_to_string(folder.file("file")).unwrap(), "text");
}

#[test]
fn a_folder_in_place_of_the_file_stays_a_folder() {
    let folder = Folder::new();
    fs::create_dir(folder.file("a.svg")).unwrap();
    assert!(failure(&folder.file("a.svg")).contains("folder"));
    assert!(folder.file("a.svg").is_dir());
    assert_eq!(folder.names(), ["a.svg"]);
}

#[test]
fn an_existing_file_is_replaced_and_nothing_is_left_beside_it() {
    let folder = Folder::new();
    fs::write(folder.file("a.dot"), "old ".repeat(100_000)).unwrap();
    save(&folder.file("a.dot"));
    assert!(is_dot(&folder.file("a.dot")));
    assert_eq!(folder.names(), ["a.dot"]);
}

#[test]
fn a_read_only_file_stays_as_it_was() {
    let folder = Folder::new();
    let path = folder.file("a.dot");
    fs::write(&path, "old").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();

    assert!(failure(&path).contains("read-only"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(folder.names(), ["a.dot"]);
}

#[test]
fn a_name_as_long_as_names_can_be_is_no_problem() {
    let folder = Folder::new();
    let path = folder.file(&format!("{}.dot", "x".repeat(251)));
    save(&path);
    assert!(is_dot(&path));
    assert_eq!(folder.names().len(), 1);
}

#[test]
fn a_file_in_the_current_folder_needs_no_folder_in_its_path() {
    let name = format!("objgraph-tests-{}.dot", std::process::id());
    save(Path::new(&name));
    assert!(is_dot(Path::new(&name)));
    fs::remove_file(name).unwrap();
}

#[test]
fn a_chain_that_is_not_there_writes_nothing() {
    let folder = Folder::new();
    let value = vec![Box::new(1)];
    let path = folder.file("a.svg");
    assert!(!objgraph::show_chain(&value, |node| node.type_name() == "String", &path).unwrap());
    assert_eq!(folder.names(), Vec::<String>::new());
    assert!(objgraph::show_chain(&value, |node| node.type_name() == "i32", &path).unwrap());
    assert_eq!(folder.names(), ["a.svg"]);
}

#[test]
fn a_target_that_is_not_reachable_leaves_the_file_as_it_was() {
    let folder = Folder::new();
    let path = folder.file("a.dot");
    fs::write(&path, "old").unwrap();
    let error = objgraph::show_backrefs(&Box::new(7), &vec![Box::new(1)], &path)
        .expect_err("not reachable");
    let text = chain(&error);
    assert!(
        text.contains(&path.display().to_string()) && text.contains("not reachable"),
        "{text}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(folder.names(), ["a.dot"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};

    #[test]
    fn permissions_of_an_existing_file_stay() {
        let folder = Folder::new();
        let path = folder.file("a.dot");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        save(&path);
        assert!(is_dot(&path));
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }

    #[test]
    fn a_link_stays_a_link_and_its_file_is_replaced() {
        let folder = Folder::new();
        fs::create_dir(folder.file("elsewhere")).unwrap();
        fs::write(folder.file("elsewhere/a.dot"), "old").unwrap();
        symlink("elsewhere/a.dot", folder.file("near.dot")).unwrap();
        symlink(folder.file("near.dot"), folder.file("far.dot")).unwrap();
        save(&folder.file("far.dot"));
        for link in ["near.dot", "far.dot"] {
            assert!(
                fs::symlink_metadata(folder.file(link))
                    .unwrap()
                    .is_symlink(),
                "{link}"
            );
        }
        assert!(is_dot(&folder.file("elsewhere/a.dot")));
        assert_eq!(folder.names(), ["elsewhere", "far.dot", "near.dot"]);
    }

    #[test]
    fn a_link_to_a_file_that_is_not_there_makes_it() {
        let folder = Folder::new();
        symlink("missing.dot", folder.file("link.dot")).unwrap();
        save(&folder.file("link.dot"));
        assert!(
            fs::symlink_metadata(folder.file("link.dot"))
                .unwrap()
                .is_symlink()
        );
        assert!(is_dot(&folder.file("missing.dot")));
    }

    #[test]
    fn links_that_go_in_a_circle_are_an_error() {
        let folder = Folder::new();
        symlink("b.dot", folder.file("a.dot")).unwrap();
        symlink("a.dot", folder.file("b.dot")).unwrap();
        assert!(failure(&folder.file("a.dot")).contains("circle"));
        assert!(
            fs::symlink_metadata(folder.file("a.dot"))
                .unwrap()
                .is_symlink()
        );
    }

    #[test]
    fn a_device_takes_the_picture_and_stays_a_device() {
        let folder = Folder::new();
        symlink("/dev/null", folder.file("null.dot")).unwrap();
        save(&folder.file("null.dot"));
        assert!(
            fs::metadata("/dev/null")
                .unwrap()
                .file_type()
                .is_char_device()
        );
    }

    #[test]
    fn a_device_that_is_full_is_an_error() {
        let folder = Folder::new();
        symlink("/dev/full", folder.file("full.dot")).unwrap();
        assert!(
            failure(&folder.file("full.dot"))
                .to_lowercase()
                .contains("no space")
        );
        assert!(
            fs::metadata("/dev/full")
                .unwrap()
                .file_type()
                .is_char_device()
        );
    }

    #[test]
    fn a_read_only_folder_is_an_error_that_names_the_file() {
        let folder = Folder::new();
        let inner = folder.file("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("a.dot"), "old").unwrap();
        fs::set_permissions(&inner, fs::Permissions::from_mode(0o555)).unwrap();
        let may_write_anywhere = fs::write(inner.join("probe"), "").is_ok();
        if may_write_anywhere {
            eprintln!("not tested: this user, probably root, may write into read-only folders");
            save(&inner.join("a.dot"));
            assert!(is_dot(&inner.join("a.dot")));
        } else {
            assert!(
                failure(&inner.join("a.dot"))
                    .to_lowercase()
                    .contains("permission denied")
            );
            assert_eq!(fs::read_to_string(inner.join("a.dot")).unwrap(), "old");
        }
        fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Names the folder to the copy of this program that may not write large files.
    const LIMITED: &str = "OBJGRAPH_TESTS_LIMITED";

    /// A limit on the size of files fails in the middle of writing, as a full disk does.
    #[test]
    fn a_disk_that_is_full_leaves_the_file_as_it_was() {
        if let Some(folder) = std::env::var_os(LIMITED) {
            let many: Vec<Box<u32>> = (0..100).map(Box::new).collect();
            let error = objgraph::refs(&many)
                .too_many(100)
                .save(Path::new(&folder).join("a.svg"))
                .expect_err("full");
            let text = chain(&error);
            assert!(
                text.contains("a.svg") && text.to_lowercase().contains("too large"),
                "{text}"
            );
            return;
        }
        let folder = Folder::new();
        fs::write(folder.file("a.svg"), "old").unwrap();
        // The shell ignores the signal for us, so that writing fails instead of killing.
        let status = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" --exact unix::a_disk_that_is_full_leaves_the_file_as_it_was"])
            .arg(std::env::current_exe().unwrap())
            .env(LIMITED, folder.path())
            .output()
            .unwrap();
        let output = String::from_utf8_lossy(&status.stdout);
        assert!(
            status.status.success() && output.contains("1 passed"),
            "{output}"
        );
        assert_eq!(fs::read_to_string(folder.file("a.svg")).unwrap(), "old");
        assert_eq!(folder.names(), ["a.svg"]);
    }
}
