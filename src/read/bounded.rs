//! Opens a file, decompresses it by its first bytes, and never hands out more than the limits allow.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::rules::Limits;
use super::trouble::{Exhausted, Trouble};

const BUFFER: usize = 64 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The bytes of a file behind its compression.
pub(super) type Input = Box<dyn BufRead>;

/// Opens `path`, `bytes` long, and looks through gzip or zstd.
///
/// # Errors
/// The file is gone, may not be read, or its first bytes are damaged.
pub(super) fn open(path: &std::path::Path, bytes: u64, limits: &Limits) -> Result<Input, Trouble> {
    let mut file = BufReader::with_capacity(BUFFER, File::open(path)?);
    let head = file.fill_buf()?;
    let allowed = limits.expansion_floor.max(bytes.saturating_mul(limits.expansion_ratio));
    if head.starts_with(&GZIP) {
        let plain = Bounded::new(MultiGzDecoder::new(file), allowed);
        Ok(Box::new(BufReader::with_capacity(BUFFER, plain)))
    } else if head.starts_with(&ZSTD) {
        let plain = Bounded::new(Zstd::new(file), allowed);
        Ok(Box::new(BufReader::with_capacity(BUFFER, plain)))
    } else {
        Ok(Box::new(file))
    }
}

/// Reads to the end, at most `limit` bytes.
///
/// # Errors
/// The input is longer, or cannot be read.
pub(super) fn read_whole(input: &mut dyn BufRead, limit: u64) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    input.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(Trouble::TooLarge(limit)) } else { Ok(bytes) }
}

/// How reading a line ended.
#[derive(Debug, PartialEq)]
pub(super) enum LineEnd {
    /// The line is in the buffer.
    Whole,
    /// It was longer than the limit; the rest of it was skipped.
    TooLong,
    /// Nothing is left.
    Eof,
}

/// Reads the next line, its end included, into `line`; skips the rest of one beyond `limit`.
///
/// # Errors
/// The input cannot be read.
pub(super) fn read_line(input: &mut dyn BufRead, limit: u64, line: &mut Vec<u8>) -> io::Result<LineEnd> {
    line.clear();
    let read = input.take(limit).read_until(b'\n', line)?;
    if read == 0 {
        return Ok(LineEnd::Eof);
    }
    if (read as u64) < limit || line.ends_with(b"\n") {
        return Ok(LineEnd::Whole);
    }
    line.clear();
    input.skip_until(b'\n')?;
    Ok(LineEnd::TooLong)
}

/// A reader with an allowance.
pub(super) struct Bounded<R> {
    inner: R,
    left: u64,
    allowed: u64,
}

impl<R: Read> Bounded<R> {
    /// Hands out at most `allowed` bytes of `inner`.
    pub(super) fn new(inner: R, allowed: u64) -> Self {
        Self { inner, left: allowed, allowed }
    }

    /// Gives the whole allowance again.
    pub(super) fn refill(&mut self) {
        self.left = self.allowed;
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other(Exhausted(self.allowed)))?;
        Ok(read)
    }
}

/// What zstd packed, frame by frame.
pub(super) fn zstd(packed: impl BufRead) -> impl Read {
    Zstd::new(packed)
}

/// Decodes all frames of a zstd file, one behind the other.
struct Zstd<R> {
    decoder: FrameDecoder,
    source: R,
}

impl<R: BufRead> Zstd<R> {
    fn new(source: R) -> Self {
        Self { decoder: FrameDecoder::new(), source }
    }

    /// Begins the next frame that holds data; false at the end of the file.
    fn begin_frame(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(damaged(&error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 {
            if !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, one).map_err(|error| damaged(&error))?;
            } else if !self.begin_frame()? {
                return Ok(0);
            }
        }
        self.decoder.read(buffer)
    }
}

fn damaged(error: &FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    const LIMITS: Limits = Limits {
        about: String::new(),
        document_bytes: 1 << 20,
        expansion_ratio: 100,
        expansion_floor: 1000,
        json_depth: 8,
        html_elements: 1000,
        html_depth: 100,
    };

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text).unwrap();
        packed.finish().unwrap()
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    fn reread(packed: &[u8]) -> Result<Vec<u8>, Trouble> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(packed).unwrap();
        let mut input = open(file.path(), packed.len() as u64, &LIMITS)?;
        read_whole(&mut input, LIMITS.document_bytes)
    }

    #[test]
    fn compression_is_told_by_the_first_bytes() {
        for packed in [b"plain".to_vec(), gzip(b"plain"), zstd(b"plain")] {
            assert_eq!(reread(&packed).unwrap(), b"plain");
        }
    }

    #[test]
    fn members_and_frames_are_read_one_behind_the_other() {
        assert_eq!(reread(&[gzip(b"one "), gzip(b"two")].concat()).unwrap(), b"one two");
        let skipped = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, b'x', b'y'];
        assert_eq!(reread(&[&zstd(b"one ")[..], &skipped, &zstd(b"two")].concat()).unwrap(), b"one two");
    }

    #[test]
    fn bombs_and_damage_are_told() {
        let zeros = vec![0; 900_000];
        assert_eq!(reread(&gzip(&zeros)).unwrap_err().code(), "bomb");
        assert_eq!(reread(&zstd(&zeros)).unwrap_err().code(), "bomb");
        let whole = gzip(b"a text that is cut in the middle of it");
        assert_eq!(reread(&whole[..whole.len() / 2]).unwrap_err().code(), "damaged");
        assert_eq!(reread(&zstd(b"a text")[..7]).unwrap_err().code(), "damaged");
    }

    #[test]
    fn a_line_beyond_the_limit_is_skipped_and_the_next_one_read() {
        let mut input: &[u8] = b"ab\nabcdefgh\ncd";
        let mut line = Vec::new();
        let mut seen = Vec::new();
        loop {
            let end = read_line(&mut input, 5, &mut line).unwrap();
            if end == LineEnd::Eof {
                break;
            }
            seen.push((end, String::from_utf8(line.clone()).unwrap()));
        }
        let lines = [(LineEnd::Whole, "ab\n"), (LineEnd::TooLong, ""), (LineEnd::Whole, "cd")];
        assert_eq!(seen, lines.map(|(end, text)| (end, text.to_owned())));
    }
}
