//! Files that are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// Writes a file whole or not at all: beside it first, then renamed, so that whoever reads it sees the old content or
/// the new one.
///
/// Links are followed; devices and pipes are written to as they are.
///
/// # Errors
///
/// What the system says, or that the path is a folder or read-only. What was there before is as it was.
///
/// # Examples
///
/// ```
/// let path = std::env::temp_dir().join(format!("objgraph-{}.txt", std::process::id()));
/// objgraph::replace_file(&path, b"all of it")?;
/// assert_eq!(std::fs::read(&path)?, b"all of it");
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    replace_file_with(path, |file| file.write_all(content))
}

/// As [`replace_file`], for content that is written bit by bit.
///
/// # Errors
///
/// Those of [`replace_file`], and what `write` returns.
///
/// # Examples
///
/// ```
/// let path = std::env::temp_dir().join(format!("objgraph-with-{}.txt", std::process::id()));
/// objgraph::replace_file_with(&path, |file| (0..3).try_for_each(|line| writeln!(file, "{line}")))?;
/// assert_eq!(std::fs::read(&path)?, b"0\n1\n2\n");
/// # std::fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn replace_file_with(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    // A link is followed, so that it goes on pointing at the file, even at one that is not there yet.
    let path = behind_links(path)?;
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => {
            return Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                "it is a folder",
            ));
        }
        // A device or a pipe takes what is written; put in its place, a file would destroy it.
        Ok(found) if !found.is_file() => {
            return write(&mut File::options().write(true).open(&path)?);
        }
        _ => {}
    }
    let (beside, mut file) = create_beside(&path)?;
    let written = write(&mut file)
        .and_then(|()| finish(&file, &path))
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // The error to report is the first; a file that cannot be removed stays under its own name.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A path in the folder for temporary files, which everyone may write into, that nobody can guess.
#[cfg(feature = "open")]
pub(crate) fn temporary(extension: &str) -> PathBuf {
    use std::hash::{BuildHasher, RandomState};
    let random = || RandomState::new().hash_one(process::id());
    let name = format!("objgraph-{:016x}{:016x}.{extension}", random(), random());
    std::env::temp_dir().join(name)
}

/// Writes a new file, which only its owner reads; what is there already, be it a link, is an error.
#[cfg(feature = "open")]
pub(crate) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.write(true).create_new(true).open(path)?;
    file.write_all(content)
}

/// Where a chain of links ends, whether or not something is there.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("its links go in a circle"))
}

/// As many as Linux follows.
const MAX_LINKS: usize = 40;

/// Gives a file the permissions of the one that it replaces, and sees to it that it is on disk.
fn finish(file: &File, path: &Path) -> io::Result<()> {
    if let Ok(old) = fs::metadata(path) {
        if old.permissions().readonly() {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "it is there already and read-only",
            ));
        }
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

/// Makes a new file in the same folder, under a name that nobody uses.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    static N_WRITTEN: AtomicU32 = AtomicU32::new(0);
    path.file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    loop {
        let number = N_WRITTEN.fetch_add(1, Ordering::Relaxed);
        // Not made of the file's own name, which may be as long as a name can be.
        let beside = path.with_file_name(format!(".objgraph-{}-{number}.new", process::id()));
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)
        {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(all(test, feature = "open", unix))]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_file_is_new_and_no_link() -> io::Result<()> {
        let (path, link) = (temporary("svg"), temporary("svg"));
        assert_ne!(path, link);
        std::os::unix::fs::symlink(&path, &link)?;
        let followed = create(&link, b"<svg");
        assert_eq!(
            followed.map_err(|error| error.kind()),
            Err(io::ErrorKind::AlreadyExists)
        );
        assert!(!path.exists());
        create(&path, b"<svg")?;
        assert_eq!(fs::read(&path)?, b"<svg");
        assert!(create(&path, b"other").is_err());
        fs::remove_file(&path)?;
        fs::remove_file(&link)
    }
}
