//! Numbers, flags, times, network addresses: values that end every path.

use super::leaves;
use std::any::TypeId;
use std::convert::Infallible;
use std::marker::{PhantomData, PhantomPinned};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::NonZero;
use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8,
    AtomicU16, AtomicU32, AtomicU64, AtomicUsize,
};
use std::thread::ThreadId;
use std::time::{Duration, Instant, SystemTime};

leaves!(debug: u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64, bool, char);
leaves!(debug: NonZero<u8>, NonZero<u16>, NonZero<u32>, NonZero<u64>, NonZero<u128>, NonZero<usize>);
leaves!(debug: NonZero<i8>, NonZero<i16>, NonZero<i32>, NonZero<i64>, NonZero<i128>, NonZero<isize>);
leaves!(debug: AtomicBool, AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize);
leaves!(debug: AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize);
leaves!(debug: Duration, SystemTime, std::cmp::Ordering, std::sync::atomic::Ordering, std::ops::RangeFull);
leaves!(display: IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6);

/// Values that say nothing in a label: they are no news, or differ from run to run.
macro_rules! silent_leaves {
    ($([$($generics:tt)*] $type:ty),+ $(,)?) => {$(
        impl<$($generics)*> $crate::Trace for $type {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, _: &mut $crate::Tracer<'a>) {}

            fn trace_type(&self) -> $crate::TypeFacts {
                $crate::TypeFacts::of::<Self>().leaf(true)
            }

            fn is_leaf() -> bool {
                true
            }
        }
    )+};
}

silent_leaves!(
    [] (),
    [] PhantomPinned,
    [T: ?Sized] PhantomData<T>,
    [] Instant,
    [] ThreadId,
    [] TypeId,
    [] Infallible,
    [] std::collections::hash_map::RandomState,
    [H] std::hash::BuildHasherDefault<H>,
);

impl<T> crate::Trace for AtomicPtr<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut crate::Tracer<'a>) {
        tracer.raw(self.load(std::sync::atomic::Ordering::Relaxed).cast_const());
    }
}
