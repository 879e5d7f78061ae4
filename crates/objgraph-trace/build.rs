//! Finds out whether the compiler lets us look into a lazy cell without forcing it.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(lazy_get)");
    if minor_version().is_some_and(|minor| minor >= FIRST_WITH_LAZY_GET) {
        println!("cargo::rustc-cfg=lazy_get");
    }
}

/// `LazyCell::get` and `LazyLock::get` are stable from 1.94 on; before, a lazy cell is opaque.
const FIRST_WITH_LAZY_GET: u32 = 94;

/// The 95 of `rustc 1.95.0 (59807616e 2026-04-14)`.
fn minor_version() -> Option<u32> {
    let rustc = std::env::var_os("RUSTC")?;
    let output = Command::new(rustc).arg("--version").output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    version.split('.').nth(1)?.parse().ok()
}
