//! Values that a person writes as text, in a file as on the command line.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};

/// A value read from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed<T>(pub T);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(D::Error::custom)
    }
}

/// Bytes of `512M`, `2G`, `800000`; at least 16 MB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub usize);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let short = text.trim_end_matches(['B', 'b']);
        let (digits, factor) = match short.split_at_checked(short.len().saturating_sub(1)) {
            Some((digits, "K" | "k")) => (digits, 1 << 10),
            Some((digits, "M" | "m")) => (digits, 1 << 20),
            Some((digits, "G" | "g")) => (digits, 1 << 30),
            _ => (text, 1),
        };
        let number: usize = digits.trim().parse().map_err(|_| "give a size such as 512M or 2G".to_owned())?;
        let bytes = number.checked_mul(factor).filter(|bytes| *bytes >= 16 << 20);
        bytes.map(Self).ok_or_else(|| "give at least 16M".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_unit() {
        for (text, expected) in
            [("512M", Some(512 << 20)), ("2G", Some(2 << 30)), ("2GB", Some(2 << 30)), ("1K", None), ("x", None)]
        {
            assert_eq!(text.parse::<Size>().ok().map(|size| size.0), expected, "{text}");
        }
    }
}
