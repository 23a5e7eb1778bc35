//! Bodies that come slowly or not to their end.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::stream;
use tokio::time::sleep;

/// How often a slow body gets its next piece.
const BEAT: Duration = Duration::from_millis(100);

/// How long what was written has to leave before the connection ends. An error at once would
/// make the server forget what it still holds.
const LEAVING: Duration = Duration::from_millis(50);

/// A body, how fast it comes, and whether the connection ends after it.
pub struct Slow {
    pub bytes: Bytes,
    pub bytes_per_second: Option<u32>,
    pub cut: Cut,
}

/// What comes after the last byte.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    Never,
    AfterThis,
}

enum Next {
    Piece(Bytes),
    End,
    Done,
}

impl Slow {
    pub fn into_body(self) -> Body {
        let piece = match self.bytes_per_second {
            Some(rate) => (rate as usize / 10).max(1),
            None => usize::MAX,
        };
        // Below ten bytes a second, one byte takes longer than a beat.
        let pause = match self.bytes_per_second {
            Some(rate) if rate < 10 => Duration::from_millis(1000 / u64::from(rate.max(1))),
            Some(_) => BEAT,
            None => Duration::ZERO,
        };
        let cut = self.cut;
        let start = if self.bytes.is_empty() { Next::End } else { Next::Piece(self.bytes) };
        Body::from_stream(stream::unfold(start, move |next| async move {
            match next {
                Next::Piece(mut bytes) => {
                    let now = bytes.split_to(piece.min(bytes.len()));
                    if pause > Duration::ZERO {
                        sleep(pause).await;
                    }
                    Some((Ok(now), if bytes.is_empty() { Next::End } else { Next::Piece(bytes) }))
                }
                Next::End if cut == Cut::AfterThis => {
                    sleep(LEAVING).await;
                    Some((Err(io::Error::from(io::ErrorKind::ConnectionReset)), Next::Done))
                }
                Next::End | Next::Done => None,
            }
        }))
    }
}
