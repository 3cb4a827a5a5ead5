//! Where a page of a search ended, tied to what was searched for: it goes on with nothing else.

use aws_lc_rs::digest::{SHA256, digest};
use std::collections::BTreeMap;
use std::fmt::Write;
use uuid::Uuid;

/// Cursors of one search in one history. To clients they are opaque text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchCursor(String);

impl SearchCursor {
    /// The cursors of the search that this view and these filters make.
    #[must_use]
    pub fn of(epoch: Uuid, view: &str, filters: &BTreeMap<String, String>) -> Self {
        let mut asked = format!("{epoch}\n{view}");
        for (name, value) in filters {
            let _ = write!(asked, "\n{name}\n{value}");
        }
        let hash = digest(&SHA256, asked.as_bytes());
        let mut search = String::new();
        for byte in hash.as_ref().iter().take(8) {
            let _ = write!(search, "{byte:02x}");
        }
        Self(search)
    }

    /// The cursor at a position.
    #[must_use]
    pub fn at(&self, position: u64) -> String {
        format!("{}.{position}", self.0)
    }

    /// The position of a cursor, if this very search gave it out.
    #[must_use]
    pub fn position(&self, text: &str) -> Option<u64> {
        let (search, position) = text.split_once('.')?;
        let plain = position.bytes().all(|byte| byte.is_ascii_digit());
        if search == self.0 && plain { position.parse().ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filters(person: &str) -> BTreeMap<String, String> {
        BTreeMap::from([("person".to_owned(), person.to_owned())])
    }

    #[test]
    fn a_cursor_comes_back_from_its_own_search_alone() {
        let epoch = Uuid::from_u128(7);
        let search = SearchCursor::of(epoch, "search", &filters("a"));
        let cursor = search.at(42);
        assert_eq!(search.position(&cursor), Some(42));
        for other in [
            SearchCursor::of(epoch, "search", &filters("b")),
            SearchCursor::of(epoch, "search", &BTreeMap::new()),
            SearchCursor::of(epoch, "timeline", &filters("a")),
            SearchCursor::of(Uuid::from_u128(8), "search", &filters("a")),
        ] {
            assert_eq!(other.position(&cursor), None);
        }
        for wrong in ["", ".", "42", ".42", "+42"] {
            assert_eq!(search.position(wrong), None, "{wrong}");
        }
        assert_eq!(search.position(&cursor.replace(".42", ".+42")), None);
        assert_eq!(search.position(&cursor.replace(".42", ".")), None);
    }
}
