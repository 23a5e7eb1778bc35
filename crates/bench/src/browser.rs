//! The decoders as the bench's page calls them.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::decode;

/// A license reply that is arriving.
#[wasm_bindgen]
#[derive(Default)]
pub struct TreeDecoding(decode::TreeDecoding);

/// A list of users that is arriving.
#[wasm_bindgen]
#[derive(Default)]
pub struct UsersDecoding(decode::UsersDecoding);

#[wasm_bindgen]
pub struct DecodedTree(decode::DecodedTree);

#[wasm_bindgen]
pub struct DecodedUsers(decode::DecodedUsers);

#[wasm_bindgen]
impl TreeDecoding {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, piece: &[u8]) -> Result<(), String> {
        self.0.push(piece).map_err(|error| error.to_string())
    }

    pub fn finish(self) -> Result<DecodedTree, String> {
        self.0.finish().map(DecodedTree)
    }
}

#[wasm_bindgen]
impl UsersDecoding {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, piece: &[u8]) -> Result<(), String> {
        self.0.push(piece).map_err(|error| error.to_string())
    }

    pub fn finish(self) -> Result<DecodedUsers, String> {
        self.0.finish().map(DecodedUsers)
    }
}

// Counts come as floats, as all numbers of JavaScript: exact up to 2^53.

#[wasm_bindgen]
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
impl DecodedTree {
    pub fn items(&self) -> f64 {
        self.0.found().items as f64
    }

    pub fn sum(&self) -> f64 {
        self.0.found().sum as f64
    }
}

#[wasm_bindgen]
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
impl DecodedUsers {
    pub fn items(&self) -> f64 {
        self.0.found().items as f64
    }

    pub fn sum(&self) -> f64 {
        self.0.found().sum as f64
    }
}
