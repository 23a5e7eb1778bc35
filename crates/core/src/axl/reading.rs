//! From a reply to the element that answers an operation.

use crate::error::UpstreamError;
use crate::http::Reply;
use crate::words::later;

use super::fault::{self, Asked};
use super::xml::{Broken, Element, Step, Walk};

/// A server stops at 8 MB, which hold not half as many; empty rows would cost more than they say.
const MAX_ROWS: usize = 200_000;

/// Hands `read` a walk just inside the operation's response element, and makes sure that the
/// reply is whole.
pub(super) fn response<'i, T>(
    asked: &Asked<'_>,
    reply: &'i Reply,
    element: &'static str,
    read: impl FnOnce(&mut Walk<'i>) -> Result<Option<T>, Broken>,
) -> Result<T, UpstreamError> {
    let doing = asked.doing;
    if !reply.is_success() {
        return Err(fault::of(asked, reply));
    }
    if fault::is_page(reply) {
        let expected = later("XML but a page for people");
        return Err(UpstreamError::malformed(doing, "", expected, reply));
    }
    match open(reply, element, read) {
        Ok(Found::Answer(answer)) => Ok(answer),
        Ok(Found::Fault) => Err(fault::of(asked, reply)),
        Ok(Found::Other) => {
            Err(UpstreamError::malformed(doing, "", later("the answer of this operation"), reply)
                .because(format!("status {}, no <{element}>", reply.status)))
        }
        Err(broken) => Err(not_whole(doing, reply, &broken)),
    }
}

/// Collects the elements of a name wherever they are below the response. Without any and without
/// `return` it is none: some gateways answer an empty success for what they refuse.
pub(super) fn all<'i, T>(
    walk: &mut Walk<'i>,
    name: &str,
    mut read: impl FnMut(&mut Walk<'i>, &Element<'i>, usize) -> Result<T, Broken>,
) -> Result<Option<Vec<T>>, Broken> {
    let mut found = Vec::new();
    let mut has_return = false;
    let mut below = 0_usize;
    loop {
        match walk.step()? {
            Step::Open(element) if element.is_axl() && !element.nil && element.local() == name => {
                let at = found.len();
                if at == MAX_ROWS {
                    return Err(walk.broken(format!("more than {MAX_ROWS} rows")));
                }
                found.push(read(walk, &element, at)?);
            }
            Step::Open(element) => {
                has_return |= element.local() == "return";
                below += 1;
            }
            Step::Close if below == 0 => break,
            Step::Close => below -= 1,
            Step::Text(_) => {}
            Step::End => break,
        }
    }
    Ok((has_return || !found.is_empty()).then_some(found))
}

pub(super) fn not_whole(doing: &'static str, reply: &Reply, broken: &Broken) -> UpstreamError {
    let place = if reply.body.is_empty() { String::new() } else { format!("byte {}", broken.at) };
    UpstreamError::malformed(doing, place, later("whole XML"), reply).because(format!(
        "status {}, {} bytes: {}",
        reply.status,
        reply.body.len(),
        broken.why
    ))
}

enum Found<T> {
    Answer(T),
    Fault,
    Other,
}

fn open<'i, T>(
    reply: &'i Reply,
    element: &str,
    read: impl FnOnce(&mut Walk<'i>) -> Result<Option<T>, Broken>,
) -> Result<Found<T>, Broken> {
    let mut walk = Walk::new(&reply.body)?;
    let mut found = Found::Other;
    if body(&mut walk)?
        && let Some(payload) = walk.child()?
    {
        if payload.is_soap("Fault") {
            found = Found::Fault;
        } else if payload.is_axl() && payload.local() == element {
            found = read(&mut walk)?.map_or(Found::Other, Found::Answer);
        }
    }
    walk.finish()?;
    Ok(found)
}

/// Goes into the SOAP body; false when there is none.
pub(super) fn body(walk: &mut Walk<'_>) -> Result<bool, Broken> {
    if !walk.child()?.is_some_and(|root| root.is_soap("Envelope")) {
        return Ok(false);
    }
    while let Some(part) = walk.child()? {
        if part.is_soap("Body") {
            return Ok(true);
        }
        walk.skip()?;
    }
    Ok(false)
}
