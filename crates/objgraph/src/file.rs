//! Files that are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// Writes beside the file and renames: whoever reads it sees the old content or the new one.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    // A link is followed, so that it goes on pointing at the file.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    let (beside, file) = create_beside(&path)?;
    let written = write(file, content, &path).and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // The error to report is the first; a file that cannot be removed stays under its own name.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write(mut file: File, content: &[u8], path: &Path) -> io::Result<()> {
    file.write_all(content)?;
    if let Ok(old) = fs::metadata(path) {
        if old.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is there already and read-only"));
        }
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

/// Makes a new file in the same folder, under a name that nobody uses.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    static N_WRITTEN: AtomicU32 = AtomicU32::new(0);
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    loop {
        let number = N_WRITTEN.fetch_add(1, Ordering::Relaxed);
        let mut beside = std::ffi::OsString::from(".");
        beside.push(name);
        beside.push(format!(".{}-{number}.new", process::id()));
        let beside = path.with_file_name(beside);
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}
