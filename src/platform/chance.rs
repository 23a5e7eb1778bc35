//! Randomness that nothing secret depends on.

/// A random byte.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
pub fn byte() -> u8 {
    (js_sys::Math::random() * 256.0) as u8
}
