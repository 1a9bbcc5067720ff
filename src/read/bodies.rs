//! The body of an HTTP message as a server sent it: in chunks, and packed by gzip, deflate, brotli or zstd.
//!
//! Archives often store a body plain and keep the header that says otherwise, so the bytes are asked before the header,
//! and a body that is not what its header says is taken as it is.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::bounded::zstd;
use super::trouble::Trouble;

/// The body without its content coding, at most `limit` bytes long.
///
/// # Errors
/// It is longer, or breaks off.
pub(super) fn decoded(body: &[u8], coding: &str, limit: u64) -> Result<Vec<u8>, Trouble> {
    let is = |name: &str| coding.eq_ignore_ascii_case(name);
    match body {
        [0x1f, 0x8b, ..] => whole(MultiGzDecoder::new(body), limit),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => whole(zstd(body), limit),
        [0x78, second, ..] if is("deflate") && (0x7800 + u16::from(*second)) % 31 == 0 => {
            whole(ZlibDecoder::new(body), limit)
        }
        _ if is("deflate") => or_plain(whole(DeflateDecoder::new(body), limit), body),
        _ if is("br") => or_plain(whole(brotli_decompressor::Decompressor::new(body, BUFFER), limit), body),
        _ => Ok(body.to_vec()),
    }
}

/// Bytes that the brotli decoder holds at once.
const BUFFER: usize = 4096;

fn whole(packed: impl Read, limit: u64) -> Result<Vec<u8>, Trouble> {
    let mut plain = Vec::new();
    packed.take(limit + 1).read_to_end(&mut plain)?;
    if plain.len() as u64 > limit { Err(Trouble::TooLarge(limit)) } else { Ok(plain) }
}

/// Neither deflate nor brotli begins with a mark: what does not unpack was plain.
fn or_plain(unpacked: Result<Vec<u8>, Trouble>, body: &[u8]) -> Result<Vec<u8>, Trouble> {
    match unpacked {
        Err(Trouble::TooLarge(limit)) => Err(Trouble::TooLarge(limit)),
        Ok(plain) if !plain.is_empty() => Ok(plain),
        _ => Ok(body.to_vec()),
    }
}

/// The body put together from its chunks; nothing when it is not in chunks.
pub(super) fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = memchr::memmem::find(body, b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let start = end + 2;
        whole.extend_from_slice(body.get(start..start.checked_add(size)?)?);
        body = body.get(start + size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &[u8] = b"<html><p>The ferry company called off 14 crossings.</p></html>";

    /// The page as Google's brotli 1.2 packs it.
    const BROTLI: &[u8] = &[
        0x1b, 0x3d, 0x00, 0x00, 0xc4, 0xce, 0x96, 0xea, 0x85, 0x64, 0xb3, 0x89, 0xa6, 0x35, 0x4c, 0xc1, 0x7c, 0x7a,
        0xd8, 0x80, 0x03, 0x87, 0xd6, 0x09, 0xa7, 0x91, 0xb6, 0x61, 0x03, 0x4e, 0x30, 0x0a, 0xc6, 0x56, 0x25, 0x61,
        0x4d, 0xd7, 0xf2, 0xb8, 0xf1, 0xbb, 0x0f, 0xc2, 0x58, 0xb7, 0x9e, 0x08, 0xb0, 0x40, 0xc3, 0x55, 0xe7, 0xa3,
        0xaf, 0xa3, 0xb0,
    ];

    #[test]
    fn a_body_is_unpacked_as_its_bytes_and_its_header_say() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        let writers: [&mut dyn Write; 3] = [&mut gzip, &mut zlib, &mut deflate];
        writers.into_iter().for_each(|writer| writer.write_all(PAGE).unwrap());
        let zstd = ruzstd::encoding::compress_to_vec(PAGE, ruzstd::encoding::CompressionLevel::Fastest);
        for (coding, packed) in [
            ("gzip", gzip.finish().unwrap()),
            ("", zstd),
            ("deflate", zlib.finish().unwrap()),
            ("Deflate", deflate.finish().unwrap()),
            ("br", BROTLI.to_vec()),
            ("br", PAGE.to_vec()),
            ("deflate", PAGE.to_vec()),
            ("identity", PAGE.to_vec()),
        ] {
            assert_eq!(decoded(&packed, coding, 100).unwrap(), PAGE, "{coding}");
        }
    }

    #[test]
    fn a_bomb_is_told() {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&[b' '; 5000]).unwrap();
        assert_eq!(decoded(&packed.finish().unwrap(), "deflate", 100).unwrap_err().code(), "too-large");
    }

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(dechunked(b"3\r\nThe\r\n6;x=y\r\n ferry\r\n0\r\n\r\n").unwrap(), b"The ferry");
        assert_eq!(dechunked(b"<html>"), None);
    }
}
