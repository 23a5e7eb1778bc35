//! The native side of `cargo xtask bench`. It is driven by `tests/bench`:
//! - `seatree-bench data FOLDER NAME…` writes replies and prints what is in each;
//! - `seatree-bench contend` takes turns: one line in, one decode, one line out.

#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    native::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
