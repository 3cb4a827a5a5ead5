//! The web client, served by the program that it talks to.
//!
//! It is a client of the public API and nothing else: there is no session here, no data, and
//! nothing that a file server could not do, but for the nonce in its one page.

mod assets;
mod page;

use axum::http::{HeaderMap, Method};
use axum::response::Response;

/// What belongs to programs. A path below one of these that is no route is refused as JSON.
const PROGRAMS: [&str; 5] = ["api", "fhir", "ws", ".well-known", "metrics"];

/// The client's file or page at this path; none when the path, or the method, is not the
/// client's. Every path that is no file is its one page: the client knows which pages there are.
#[must_use]
pub fn answer(method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
    if method != Method::GET && method != Method::HEAD || is_of_programs(path) {
        return None;
    }
    let name = path.trim_start_matches('/');
    if name.contains('.') {
        return assets::file(name, headers);
    }
    Some(page::page())
}

/// In whichever case: a program that asks for `/API/rooms` is told that there is no such thing.
fn is_of_programs(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    PROGRAMS.iter().any(|program| program.eq_ignore_ascii_case(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_programs_are_told_from_pages() {
        for path in ["/api", "/API/rooms/1", "//api/rooms", "/ws/chat", "/fhir/R4/Patient"] {
            assert!(is_of_programs(path), "{path}");
        }
        for path in ["/", "/apiary", "/messages/1", "/wsx"] {
            assert!(!is_of_programs(path), "{path}");
        }
    }

    #[test]
    fn what_is_not_read_is_not_the_clients() {
        assert!(answer(&Method::POST, "/messages", &HeaderMap::new()).is_none());
    }
}
