//! A folder for files that are large and soon forgotten.

use std::path::PathBuf;
use std::{env, fs, io, process};

/// A new folder, which goes with all that is in it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// # Errors
    /// What the system says.
    pub(crate) fn new() -> io::Result<Self> {
        let path = env::temp_dir().join(format!("objgraph-bench-{}", process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// The path of a file in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to whoever cleans up there.
        _ = fs::remove_dir_all(&self.0);
    }
}
