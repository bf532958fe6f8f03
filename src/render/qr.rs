//! QR codes for the apps, as one crisp SVG path.

use std::fmt::{self, Write as _};

use qrcode::{Color, EcLevel, QrCode, Version};

/// White modules around the code that scanners need (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code, drawn on a square of `size` units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// The data of an SVG path that fills the dark modules.
    pub path: String,
    /// Side of the square in modules, with the quiet zone.
    pub size: usize,
    /// The code's version, 1 to 40.
    pub version: u8,
    /// How many bytes it carries.
    pub bytes: usize,
}

/// How easily a code is scanned from a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QrGrade {
    /// Up to version 15.
    Easy,
    /// Up to version 25.
    Fair,
    /// Up to version 32: a good camera.
    Hard,
    /// Denser: better use the file.
    UseFile,
}

/// A text that no QR code can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// Its length in bytes.
    pub bytes: usize,
}

impl TooLarge {
    /// The most bytes that a QR code carries: version 40, level L.
    pub const LIMIT: usize = 2953;
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "This config has {} bytes and a QR code carries at most {}. Use the file instead.",
            self.bytes,
            Self::LIMIT
        )
    }
}

impl Qr {
    /// How easily it is scanned.
    #[must_use]
    pub fn grade(&self) -> QrGrade {
        match self.version {
            0..=15 => QrGrade::Easy,
            16..=25 => QrGrade::Fair,
            26..=32 => QrGrade::Hard,
            _ => QrGrade::UseFile,
        }
    }

    /// A complete SVG file, dark on white whatever the theme.
    #[must_use]
    pub fn secret_svg(&self) -> String {
        let size = self.size;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" width=\"{0}\" height=\"{0}\" shape-rendering=\"crispEdges\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{1}\"/></svg>\n",
            size * 8,
            self.path
        )
    }
}

/// Encodes a config. Error level M if that stays within version 20, else L:
/// a screen needs no more, and a denser code is harder to scan.
///
/// # Errors
/// The text does not fit into any QR code.
pub fn qr_of_secret(text: &str) -> Result<Qr, TooLarge> {
    let too_large = TooLarge { bytes: text.len() };
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .ok()
        .filter(|code| version(code) <= 20)
        .or_else(|| QrCode::with_error_correction_level(text, EcLevel::L).ok())
        .ok_or(too_large)?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(
                    path,
                    "M{} {}h{}v1h-{}z",
                    column + QUIET,
                    row + QUIET,
                    run.len(),
                    run.len()
                );
            }
            column += run.len();
        }
    }
    Ok(Qr {
        path,
        size: width + 2 * QUIET,
        version: version(&code),
        bytes: text.len(),
    })
}

fn version(code: &QrCode) -> u8 {
    match code.version() {
        Version::Normal(number) | Version::Micro(number) => u8::try_from(number).unwrap_or(40),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_of_the_standard() {
        // Lower-case letters need byte mode, whose capacities ISO/IEC 18004 tabulates.
        assert_eq!(qr_of_secret(&"a".repeat(2953)).map(|qr| qr.version), Ok(40));
        assert_eq!(
            qr_of_secret(&"a".repeat(2954)),
            Err(TooLarge { bytes: 2954 })
        );
        assert_eq!(qr_of_secret(&"a".repeat(284)).map(|qr| qr.version), Ok(12));
        assert_eq!(
            qr_of_secret(&"a".repeat(666)).map(|qr| qr.version),
            Ok(20),
            "20-M carries 666 bytes"
        );
        assert_eq!(
            qr_of_secret(&"a".repeat(667)).map(|qr| qr.version),
            Ok(18),
            "18-L carries 718 bytes"
        );
    }
}
