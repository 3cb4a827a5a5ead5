//! The client's files, as they were built into the program.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rust_embed::{EmbeddedFile, RustEmbed};

/// `web/dist`. A debug build reads it from the disk when it is asked, so that the client can be
/// built anew beside it. The folder may be missing where there is no Node.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Dist;

/// Files below this carry a hash of their content in their name.
const HASHED: &str = "assets/";
/// What the build compressed beside the original (`web/vite.config.ts`).
const COMPRESSED: &str = ".gz";

pub(super) fn find(name: &str) -> Option<EmbeddedFile> {
    Dist::get(name)
}

/// The file of that name, compressed if that is understood; none if there is none, which is so
/// for the page itself: that is never handed out without its policy.
pub(super) fn file(name: &str, headers: &HeaderMap) -> Option<Response> {
    if name == super::page::NAME || name.ends_with(COMPRESSED) {
        return None;
    }
    let original = find(name)?;
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(original.metadata.sha256_hash()));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
    let caching =
        if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut answer = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = original.metadata.mimetype().to_owned();
        let mut answer = body(name, original, headers);
        if let Ok(kind) = HeaderValue::try_from(kind) {
            answer.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        answer
    };
    let set = answer.headers_mut();
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    set.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        set.insert(header::ETAG, tag);
    }
    Some(answer)
}

fn body(name: &str, original: EmbeddedFile, headers: &HeaderMap) -> Response {
    let smaller = find(&format!("{name}{COMPRESSED}")).filter(|_| understands_gzip(headers));
    let Some(smaller) = smaller else { return Body::from(original.data).into_response() };
    let encoding = (header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    ([encoding], Body::from(smaller.data)).into_response()
}

/// Every browser does. `gzip;q=0`, which would forbid it, is what no browser sends.
fn understands_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|list| list.split(',').any(|one| one.trim() == "gzip"))
}
