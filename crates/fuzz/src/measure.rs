//! How much memory a decoder holds at its worst, seen from inside.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// What a decoder may hold at once, beside four times its input.
const ALLOWANCE: usize = 64 * 1024 * 1024;

/// The system's allocator, counted per thread, so that tests side by side do not disturb each
/// other.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static COUNT: Cell<Count> = const { Cell::new(Count { live: 0, peak: 0 }) };
}

/// In bytes; below zero in a thread that frees what another one made.
#[derive(Clone, Copy)]
struct Count {
    live: isize,
    peak: isize,
}

fn count(change: isize) {
    // A thread that is ending has no count any more, and nothing to decode.
    let _ = COUNT.try_with(|cell| {
        let Count { live, peak } = cell.get();
        let live = live.wrapping_add(change);
        cell.set(Count { live, peak: peak.max(live) });
    });
}

// SAFETY: every call goes on to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed());
        // SAFETY: the caller's promises are those that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // While it moves, both the old and the new block may be held.
        count(new_size.cast_signed());
        count(-layout.size().cast_signed());
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, new_size) }
    }
}

/// Runs a decoder over an input of so many bytes and gives what it gave.
///
/// # Panics
/// When at any time it held more than four times its input and 64 MiB, its result included.
pub fn within_memory<T>(input_bytes: usize, decode: impl FnOnce() -> T) -> T {
    let (decoded, held) = held_at_most(decode);
    let limit = 4 * input_bytes + ALLOWANCE;
    assert!(held <= limit, "held {held} bytes at once for an input of {input_bytes}");
    decoded
}

/// What `run` gave, and the most bytes it held at once.
pub fn held_at_most<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = COUNT.with(|cell| {
        let live = cell.get().live;
        cell.set(Count { live, peak: live });
        live
    });
    let result = run();
    let peak = COUNT.with(Cell::get).peak;
    (result, usize::try_from(peak.wrapping_sub(before)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_moment_counts_even_when_it_is_over() {
        let (left, held) = held_at_most(|| {
            drop(vec![1_u8; 3_000_000]);
            vec![1_u8; 1_000]
        });
        assert_eq!(left.len(), 1_000);
        assert!((3_000_000..3_100_000).contains(&held), "{held}");
    }

    #[test]
    #[should_panic(expected = "for an input of 10")]
    fn too_much_is_told() {
        within_memory(10, || vec![1_u8; ALLOWANCE + 4_096]);
    }
}
