//! Text and its relatives: bytes that belong to their owner.

use crate::{Nesting, Repr, Trace, Tracer, TypeFacts};
use std::ffi::{CStr, CString, OsStr, OsString};
use std::path::{Path, PathBuf};

macro_rules! unsized_text {
    ($($type:ty: $write:expr;)+) => {$(
        impl Trace for $type {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, _: &mut Tracer<'a>) {}

            fn trace_repr(&self, out: &mut Repr<'_>) {
                let write: fn(&$type, &mut Repr<'_>) = $write;
                write(self, out);
            }

            fn trace_type(&self) -> TypeFacts {
                TypeFacts::of::<Self>().leaf(true)
            }
        }
    )+};
}

unsized_text! {
    str: |text, out| out.quoted(text);
    CStr: |text, out| out.debug(text);
    OsStr: |text, out| out.debug(text);
    Path: |path, out| out.debug(path);
}

macro_rules! owned_text {
    ($($type:ty: $borrowed:ty, $bytes:expr, $size:expr;)+) => {$(
        impl Trace for $type {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                let size: fn(&$type) -> (usize, usize) = $size;
                let (used, reserved) = size(self);
                tracer.buffer(used, reserved);
            }

            #[inline]
            fn trace_ahead(&self, tracer: &mut Tracer<'_>) {
                let bytes: fn(&$type) -> &[u8] = $bytes;
                tracer.look_ahead_bytes(bytes(self));
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                let text: &$borrowed = self;
                text.trace_repr(out);
            }

            fn has_edges(_: Nesting) -> bool {
                false
            }
        }
    )+};
}

owned_text! {
    String: str, |text| text.as_bytes(), |text| (text.len(), text.capacity());
    CString: CStr, |text| text.as_bytes(), |text| (text.as_bytes_with_nul().len(), text.as_bytes_with_nul().len());
    OsString: OsStr, |text| text.as_encoded_bytes(), |text| (text.len(), text.capacity());
    PathBuf: Path, |path| path.as_os_str().as_encoded_bytes(), |path| (path.as_os_str().len(), path.capacity());
}
