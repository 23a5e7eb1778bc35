//! A zip archive, written in one go: sizes and sums come after each file.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};

use crate::export::ExportError;

/// A third smaller than the fastest, in half as much time again; the better ones take three times as
/// long for little more.
const LEVEL: i32 = 4;
/// Without a header of its own.
const RAW: i32 = -15;

/// The version of the format.
const VERSION: [u8; 2] = [20, 0];
/// What stands before each file, and again in the directory: the version, that sums and sizes
/// follow the data, that it is compressed, and the first day that an archive knows, 1980-01-01.
const HEAD: [u8; 10] = [VERSION[0], VERSION[1], 1 << 3, 0, 8, 0, 0, 0, 0x21, 0];

pub(super) struct Zip {
    entries: Vec<Entry>,
    compressor: Box<CompressorOxide>,
    /// Bytes written so far.
    length: u64,
    /// The file that is being written.
    open: Option<Entry>,
}

impl std::fmt::Debug for Zip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Zip").field("length", &self.length).finish_non_exhaustive()
    }
}

struct Entry {
    name: &'static str,
    crc: u32,
    size: u64,
    compressed: u64,
    offset: u64,
    is_headed: bool,
}

impl Zip {
    pub(super) fn new() -> Self {
        let flags = create_comp_flags_from_zip_params(LEVEL, RAW, 0);
        let compressor = Box::new(CompressorOxide::new(flags));
        Self { entries: Vec::new(), compressor, length: 0, open: None }
    }

    /// Adds a whole file.
    pub(super) fn file(
        &mut self,
        name: &'static str,
        text: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        self.begin(name);
        self.write(text.as_bytes(), out)?;
        self.end(out)
    }

    /// Begins a file.
    pub(super) fn begin(&mut self, name: &'static str) {
        self.compressor.reset();
        let offset = self.length;
        self.open = Some(Entry { name, crc: !0, size: 0, compressed: 0, offset, is_headed: false });
    }

    /// Adds to the file that was begun.
    pub(super) fn write(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), ExportError> {
        self.push(bytes, TDEFLFlush::None, out)
    }

    /// Ends the file that was begun.
    pub(super) fn end(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        self.push(&[], TDEFLFlush::Finish, out)?;
        if let Some(entry) = self.open.take() {
            let before = out.len();
            put(out, &[&0x0807_4b50_u32.to_le_bytes()]);
            entry.push_sums(out)?;
            self.length += (out.len() - before) as u64;
            self.entries.push(entry);
        }
        Ok(())
    }

    fn push(
        &mut self,
        bytes: &[u8],
        flush: TDEFLFlush,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        let Some(entry) = &mut self.open else { return Ok(()) };
        let before = out.len();
        if !entry.is_headed {
            entry.is_headed = true;
            put(out, &[&0x0403_4b50_u32.to_le_bytes()]);
            put(out, &[&HEAD]);
            // Sums and sizes follow the data; then the length of the name, and no extra field.
            put(out, &[&[0; 12], &name_length(entry.name), &[0; 2], entry.name.as_bytes()]);
        }
        let data = out.len();
        entry.crc = crc32(entry.crc, bytes);
        entry.size += bytes.len() as u64;
        let (status, _) = compress_to_output(&mut self.compressor, bytes, flush, |piece| {
            out.extend_from_slice(piece);
            true
        });
        debug_assert!(matches!(status, TDEFLStatus::Okay | TDEFLStatus::Done), "{status:?}");
        entry.compressed += (out.len() - data) as u64;
        self.length += (out.len() - before) as u64;
        short(entry.size)?;
        short(self.length)?;
        Ok(())
    }

    /// Adds the directory, which ends the archive.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let start = out.len();
        for entry in &self.entries {
            put(out, &[&0x0201_4b50_u32.to_le_bytes(), &VERSION]);
            put(out, &[&HEAD]);
            entry.push_sums(out)?;
            // No extra field, no comment, first disk, no attributes.
            put(out, &[&name_length(entry.name), &[0; 12]]);
            put(out, &[&short(entry.offset)?, entry.name.as_bytes()]);
        }
        let count = u16::try_from(self.entries.len()).unwrap_or(u16::MAX).to_le_bytes();
        let length = short((out.len() - start) as u64)?;
        put(out, &[&0x0605_4b50_u32.to_le_bytes(), &[0; 4], &count, &count, &length]);
        put(out, &[&short(self.length)?, &[0; 2]]);
        Ok(())
    }
}

impl Entry {
    fn push_sums(&self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        put(out, &[&(!self.crc).to_le_bytes(), &short(self.compressed)?, &short(self.size)?]);
        Ok(())
    }
}

fn put(out: &mut Vec<u8>, fields: &[&[u8]]) {
    for field in fields {
        out.extend_from_slice(field);
    }
}

fn name_length(name: &str) -> [u8; 2] {
    u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes()
}

/// Four bytes, as archives had it before they could be larger: not every spreadsheet reads those.
fn short(length: u64) -> Result<[u8; 4], ExportError> {
    u32::try_from(length).map(u32::to_le_bytes).map_err(|_| ExportError::TooLarge)
}

/// Goes on with the sum that archives check their files by.
fn crc32(crc: u32, bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut index = 0_u32;
        while index < 256 {
            let (mut value, mut bit) = (index, 0);
            while bit < 8 {
                value = if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 };
                bit += 1;
            }
            table[index as usize] = value;
            index += 1;
        }
        table
    };
    bytes.iter().fold(crc, |crc, byte| {
        let index = crc.to_le_bytes()[0] ^ byte;
        TABLE[usize::from(index)] ^ crc >> 8
    })
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_sum_of_the_usual_text_is_the_usual_one() {
        assert_eq!(!crc32(!0, b"123456789"), 0xcbf4_3926);
        assert_eq!(!crc32(crc32(!0, b"1234"), b"56789"), 0xcbf4_3926);
    }
}
