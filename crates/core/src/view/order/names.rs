//! Numbers that stand for names, sorted as [`compare`](super::super::fold::compare) does.

use super::super::fold::folded;

/// The length of what all names start with, as far as that is plain text and no part of a number.
pub(super) fn common_start<'a>(mut names: impl Iterator<Item = &'a str>) -> usize {
    let Some(first) = names.next().map(str::as_bytes) else { return 0 };
    let plain = first.iter().take_while(|byte| byte.is_ascii()).count();
    let same = names.fold(plain, |same, name| {
        first[..same].iter().zip(name.as_bytes()).take_while(|(a, b)| a == b).count()
    });
    let number = first[..same].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    same - number
}

/// A number that is less than another's only where the name comes before.
pub(crate) fn key(name: &str) -> u64 {
    let mut key = Key { bytes: 0, room: u64::BITS };
    let mut rest = folded(name).peekable();
    while key.room > 0 {
        let Some(letter) = rest.next() else { break };
        if letter.is_ascii_digit() {
            let digits =
                std::iter::successors(Some(letter), |_| rest.next_if(char::is_ascii_digit));
            if !key.push_number(digits.skip_while(|digit| *digit == '0')) {
                break;
            }
        } else {
            key.push(letter);
            if !letter.is_ascii() {
                break;
            }
        }
    }
    key.bytes << (key.room % u64::BITS)
}

struct Key {
    bytes: u64,
    /// Bits that are left.
    room: u32,
}

impl Key {
    /// All beyond plain letters is one and the same.
    fn push(&mut self, letter: char) {
        if self.room > 0 {
            let byte = u8::try_from(letter).map_or(0x80, |byte| byte.min(0x80));
            self.bytes = self.bytes << 8 | u64::from(byte);
            self.room -= 8;
        }
    }

    /// Numbers stand where digits do among the letters, those of more digits after those of fewer;
    /// false when there are so many that only this much is told.
    fn push_number(&mut self, digits: impl Iterator<Item = char>) -> bool {
        let mut kept = ['0'; 8];
        let mut count = 0_u8;
        for digit in digits {
            if let Some(place) = kept.get_mut(usize::from(count)) {
                *place = digit;
            }
            count = (count + 1).min(9);
        }
        self.push(char::from(b'0' + count));
        let whole = kept.get(..usize::from(count));
        whole.unwrap_or_default().iter().for_each(|&digit| self.push(digit));
        whole.is_some()
    }
}
