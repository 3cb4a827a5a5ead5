use super::{NotAPicture, SIDE, normalise};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgba, RgbaImage};
use std::io::Cursor;

const RED: Rgba<u8> = Rgba([200, 0, 0, 255]);
const BLUE: Rgba<u8> = Rgba([0, 0, 200, 255]);

fn written(picture: RgbaImage, format: ImageFormat) -> Vec<u8> {
    let picture = DynamicImage::ImageRgba8(picture);
    let picture = match format {
        ImageFormat::Jpeg => DynamicImage::ImageRgb8(picture.to_rgb8()),
        _ => picture,
    };
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture can be written");
    bytes.into_inner()
}

fn kept(bytes: &[u8]) -> DynamicImage {
    let kept = normalise(bytes).expect("a picture");
    assert_eq!(image::guess_format(&kept).expect("a format"), ImageFormat::Jpeg);
    image::load_from_memory(&kept).expect("a picture")
}

#[test]
fn every_kind_becomes_a_square_of_at_most_the_side() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let large = kept(&written(RgbaImage::from_pixel(1_300, 700, RED), format));
        assert_eq!(large.dimensions(), (SIDE, SIDE), "{format:?}");
        let small = kept(&written(RgbaImage::from_pixel(30, 70, RED), format));
        assert_eq!(small.dimensions(), (30, 30), "{format:?}");
    }
}

#[test]
fn what_is_in_the_middle_is_kept_and_what_is_transparent_is_white() {
    let stripes = RgbaImage::from_fn(300, 100, |x, _| match x {
        100..200 => BLUE,
        _ => RED,
    });
    let middle = kept(&written(stripes, ImageFormat::Png)).get_pixel(50, 50);
    assert!(middle.0[0] < 30 && middle.0[2] > 170, "{middle:?}");
    let clear = RgbaImage::from_pixel(10, 10, Rgba([0, 0, 0, 0]));
    let shown = kept(&written(clear, ImageFormat::Png)).get_pixel(5, 5);
    assert!(shown.0[..3].iter().all(|colour| *colour > 250), "{shown:?}");
}

#[test]
fn what_is_no_picture_is_refused_however_it_begins() {
    let png = written(RgbaImage::from_pixel(64, 64, RED), ImageFormat::Png);
    let half = &png[..png.len() / 2];
    let gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00;";
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";
    for bytes in
        [&b""[..], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", half, gif, svg]
    {
        assert_eq!(normalise(bytes), Err(NotAPicture));
    }
}

/// A few bytes that claim to be a picture of gigabytes.
#[test]
fn a_picture_beyond_the_bounds_is_refused_by_what_it_claims() {
    let mut png = written(RgbaImage::from_pixel(1, 1, RED), ImageFormat::Png);
    for (width, height) in [(100_000_u32, 100_000_u32), (11_000, 11_000), (u32::MAX, 1), (0, 0)] {
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(normalise(&png), Err(NotAPicture), "{width} x {height}");
    }
}

/// The checksum of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    })
}

#[test]
fn nothing_is_kept_but_the_pixels() {
    let mut jpeg = written(RgbaImage::from_pixel(20, 20, RED), ImageFormat::Jpeg);
    let comment = b"\xff\xfe\x00\x12canary of a place";
    let comment = &comment[..20];
    jpeg.splice(2..2, comment.iter().copied());
    let kept = normalise(&jpeg).expect("a picture with a comment");
    assert!(!kept.windows(6).any(|bytes| bytes == b"canary"));
}
