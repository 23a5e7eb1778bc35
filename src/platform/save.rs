//! Files that the page gives to the person.

use std::time::Duration;

use js_sys::{Array, Uint8Array};
use leptos::prelude::set_timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long a file's address stays good: a browser may ask the person first where to put it.
const KEPT: Duration = Duration::from_mins(10);

/// A file that grows piece by piece. The browser keeps the pieces, perhaps on the disk.
pub struct File {
    pieces: Array,
    media_type: &'static str,
    bytes: usize,
}

impl File {
    pub fn new(media_type: &'static str) -> Self {
        Self { pieces: Array::new(), media_type, bytes: 0 }
    }

    /// Adds a piece; false when the browser has no room for it.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        let copy = Array::of1(&Uint8Array::from(bytes));
        let Ok(piece) = Blob::new_with_u8_array_sequence(&copy) else { return false };
        self.pieces.push(&piece);
        self.bytes += bytes.len();
        true
    }

    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Gives the file to the browser to save it as it always does.
    ///
    /// # Errors
    /// What the browser says when it does not.
    pub fn save(self, name: &str) -> Result<(), JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(self.media_type);
        let file = Blob::new_with_blob_sequence_and_options(&self.pieces, &options)?;
        let url = Url::create_object_url_with_blob(&file)?;
        let document = super::window().document().ok_or(JsValue::UNDEFINED)?;
        let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        set_timeout(
            move || {
                let _ = Url::revoke_object_url(&url);
            },
            KEPT,
        );
        Ok(())
    }
}
