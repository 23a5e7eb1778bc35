//! Replies as inputs: two letters choose what was asked and the status, the rest is the body.

use seatree_core::http::Reply;

/// What the upstreams, their gateways and proxies send.
const STATUSES: [u16; 16] =
    [200, 201, 204, 302, 400, 401, 403, 404, 405, 429, 500, 502, 503, 504, 599, 0];

/// A reply to one of several operations.
pub(super) struct Input<'a> {
    /// Which operation: the first letter.
    pub(super) which: usize,
    pub(super) reply: Reply,
    pub(super) body: &'a [u8],
}

/// None when the input is too short to choose.
pub(super) fn read(input: &[u8], operations: usize) -> Option<Input<'_>> {
    let [which, status, body @ ..] = input else { return None };
    let which = usize::from(which.wrapping_sub(b'a')) % operations;
    let status = usize::from(status.wrapping_sub(b'a'));
    let mut reply = Reply::new(STATUSES[status % STATUSES.len()], body);
    // Every second round through the alphabet comes with headers.
    if status / STATUSES.len() % 2 == 1 {
        reply = reply.with_header("retry-after", "17").with_header("content-type", "text/html");
    }
    Some(Input { which, reply, body })
}

/// The input for a body under a status, as an answer to the operation of that number.
pub(super) fn write(which: u8, status: u16, body: impl AsRef<[u8]>) -> Vec<u8> {
    let status =
        (b'a'..).zip(STATUSES).find_map(|(letter, known)| (known == status).then_some(letter));
    let mut input = vec![b'a' + which, status.unwrap_or(b'a')];
    input.extend_from_slice(body.as_ref());
    input
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let input = write(2, 599, "<html>");
        let read = read(&input, 4).unwrap();
        assert_eq!((read.which, read.reply.status, read.body), (2, 599, &b"<html>"[..]));
        assert_eq!(&input[..2], b"co");
    }
}
