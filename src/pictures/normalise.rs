//! From whatever somebody uploads to the one form that is kept: a small square JPEG.
//!
//! The bytes come from anybody, so what they claim is believed only within bounds, and nothing
//! of them is kept but the pixels: no metadata, in which places and names may stand.

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage,
};
use std::io::Cursor;

/// The side of a kept picture, in pixels; smaller ones stay as they are.
const SIDE: u32 = 512;
/// The longest side that is read.
const SIDE_MAX: u32 = 12_000;
/// The most pixels that are read: those of a good camera.
const PIXELS_MAX: u64 = 32_000_000;
/// The most memory that reading may take.
const BYTES_MAX: u64 = 160 << 20;
const QUALITY: u8 = 85;

/// The bytes are no picture of a kind that is read, or one beyond the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a PNG, JPEG or WebP picture of at most 32 megapixels")]
pub struct NotAPicture;

/// Reads a PNG, JPEG or WebP, whatever it was called, and writes the square in its middle. Takes
/// as long as a second for the largest, so never on a thread that serves others.
pub(super) fn normalise(bytes: &[u8]) -> Result<Vec<u8>, NotAPicture> {
    let picture = read(bytes).ok_or(NotAPicture)?;
    let small = flatten(&square(&picture));
    let mut written = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut written, QUALITY);
    small.write_with_encoder(encoder).map_err(|_| NotAPicture)?;
    Ok(written)
}

fn read(bytes: &[u8]) -> Option<DynamicImage> {
    let format = image::guess_format(bytes).ok()?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if !(1..=PIXELS_MAX).contains(&pixels) || decoder.total_bytes() > BYTES_MAX {
        return None;
    }
    decoder.set_limits(limits).ok()?;
    // Cameras say how they were held instead of turning the picture.
    let held = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(held);
    Some(picture)
}

fn square(picture: &DynamicImage) -> DynamicImage {
    let (width, height) = picture.dimensions();
    let side = width.min(height);
    let middle = picture.crop_imm((width - side) / 2, (height - side) / 2, side, side);
    if side > SIDE { middle.thumbnail_exact(SIDE, SIDE) } else { middle }
}

/// On white, where it was transparent: a JPEG has no transparency.
fn flatten(picture: &DynamicImage) -> RgbImage {
    let picture = picture.to_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (from, to) in picture.pixels().zip(flat.pixels_mut()) {
        let [red, green, blue, alpha] = from.0;
        let on_white = |colour: u8| {
            let mixed = u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        to.0 = [red, green, blue].map(on_white);
    }
    flat
}

#[cfg(test)]
mod tests;
