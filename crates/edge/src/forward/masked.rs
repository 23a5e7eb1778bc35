//! Replies to what the edge signed in itself: passed on without what it signed in with.

use seatree_core::gate::{Forward, Mask};
use web_sys::{ReadableStream, Response, WritableStreamDefaultWriter};
use worker::{
    Context, Result, js_sys::Uint8Array, wasm_bindgen::JsValue, wasm_bindgen_futures::JsFuture,
};

use crate::{
    clock::{self, Deadline},
    platform,
    shared::{Held, Place},
    upstream::Pieces,
};

/// The body piece by piece, cut off once its time is over. Turn and place end with it.
pub(super) fn body(
    reply: &Response,
    mut mask: Mask,
    forward: &Forward,
    mut deadline: Deadline,
    busy: (Option<Held>, Place),
    context: &Context,
) -> Result<Option<ReadableStream>> {
    if reply.body().is_none() {
        deadline.end();
        return Ok(None);
    }
    deadline.restart(forward.total_limit)?;
    busy.1.lasts(clock::now_ms(), forward.total_limit);
    let passage = platform::passage()?;
    let writer = passage.writable().get_writer()?;
    let mut pieces = Pieces::of(reply);
    context.wait_until(async move {
        let passed = pass(&mut pieces, &mut mask, &writer).await;
        let ended = match &passed {
            Ok(()) => writer.close(),
            // Whoever reads is to know that this is not all.
            Err(error) => writer.abort_with_reason(error),
        };
        let _ = JsFuture::from(ended).await;
        if passed.is_ok() {
            deadline.end();
        } else {
            // Nobody wants the rest.
            let _ = deadline.restart(0);
        }
        drop(busy);
    });
    Ok(Some(passage.readable()))
}

async fn pass(
    pieces: &mut Pieces,
    mask: &mut Mask,
    writer: &WritableStreamDefaultWriter,
) -> std::result::Result<(), JsValue> {
    while let Some(piece) = pieces.next().await? {
        write(writer, &mask.push(&piece)).await?;
    }
    write(writer, &mask.finish()).await
}

async fn write(
    writer: &WritableStreamDefaultWriter,
    bytes: &[u8],
) -> std::result::Result<(), JsValue> {
    if bytes.is_empty() {
        return Ok(());
    }
    JsFuture::from(writer.write_with_chunk(&Uint8Array::from(bytes))).await.map(drop)
}
