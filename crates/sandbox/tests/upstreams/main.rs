//! The sandbox over real HTTP: every quirk it promises, and that its numbers add up.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to say where")]

mod contracts;
mod cucm;
mod draas;
mod draas_lists;
mod draas_sign_in;
mod faults;
mod harness;
mod live_platform;
mod live_platform_quirks;
mod live_platform_tokens;
mod printed;
mod process;
mod site;
mod truth;
