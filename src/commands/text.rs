//! Texts that people write: what is acceptable, before anything else happens to them.

use super::error::Invalid;

/// The longest message, in bytes of UTF-8.
pub const MESSAGE_BYTES_MAX: usize = 16 << 10;
/// The longest reason for a booking or a cancellation, in bytes of UTF-8.
pub const REASON_BYTES_MAX: usize = 4 << 10;
/// The longest section of a consultation, in bytes of UTF-8.
pub const SECTION_BYTES_MAX: usize = 16 << 10;
/// The longest words about oneself, in bytes of UTF-8.
pub const BIO_BYTES_MAX: usize = 4 << 10;
const NAME_CHARS_MAX: usize = 120;
const PHONE_CHARS_MAX: usize = 40;
const EMAIL_BYTES_MAX: usize = 254;
const GRANT_REASON_CHARS_MAX: usize = 500;
const NOTE_CHARS_MAX: usize = 2_000;
const SEARCH_NAME_CHARS_MAX: usize = 80;

/// A message's words: not empty, at most [`MESSAGE_BYTES_MAX`].
pub fn message_body(text: &str) -> Result<&str, Invalid> {
    if text.trim().is_empty() {
        return Err(Invalid { code: "message_empty", message: "a message has some words" });
    }
    if text.len() > MESSAGE_BYTES_MAX {
        return Err(Invalid {
            code: "message_too_long",
            message: "a message has at most 16 KiB (16,384 bytes of UTF-8)",
        });
    }
    Ok(text)
}

/// A reason for a booking or a cancellation: at most [`REASON_BYTES_MAX`]; an empty one is none.
pub fn reason(text: Option<&str>) -> Result<Option<&str>, Invalid> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.len() > REASON_BYTES_MAX) {
        return Err(Invalid {
            code: "reason_too_long",
            message: "a reason has at most 4 KiB (4,096 bytes of UTF-8)",
        });
    }
    Ok(text)
}

/// A section of a consultation: at most [`SECTION_BYTES_MAX`]; an empty one is none.
pub fn section(text: &str) -> Result<Option<&str>, Invalid> {
    if text.len() > SECTION_BYTES_MAX {
        return Err(Invalid {
            code: "section_too_long",
            message: "a section has at most 16 KiB (16,384 bytes of UTF-8)",
        });
    }
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}

/// A time zone's name.
pub fn zone(name: &str) -> Result<&str, Invalid> {
    if name.parse::<chrono_tz::Tz>().is_ok() {
        return Ok(name);
    }
    Err(Invalid {
        code: "zone_unknown",
        message: "zone is the name of an IANA time zone, such as Europe/Berlin",
    })
}

/// A username: 3 to 40 letters, digits, dots, dashes or underscores. Without `@`, so that it
/// can not be mistaken for an e-mail address.
pub fn username(text: &str) -> Result<&str, Invalid> {
    let text = text.trim();
    let fitting = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if (3..=40).contains(&text.chars().count()) && text.chars().all(fitting) {
        return Ok(text);
    }
    Err(Invalid {
        code: "username_invalid",
        message: "a username has 3 to 40 letters, digits, dots, dashes or underscores",
    })
}

/// An e-mail address, as far as its form tells: one `@` with something on both sides, no space.
/// Whether it exists, only a message to it could tell.
pub fn email(text: &str) -> Result<&str, Invalid> {
    let text = text.trim();
    let parts = text
        .split_once('@')
        .filter(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
    let printable = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if parts.is_some() && printable && text.len() <= EMAIL_BYTES_MAX {
        return Ok(text);
    }
    Err(Invalid { code: "email_invalid", message: "an e-mail address looks like name@example.org" })
}

/// A person's name: 1 to 120 characters on one line.
pub fn person_name(text: &str) -> Result<&str, Invalid> {
    let text = text.trim();
    let length = text.chars().count();
    if (1..=NAME_CHARS_MAX).contains(&length) && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    Err(Invalid { code: "name_invalid", message: "a name has 1 to 120 characters on one line" })
}

/// The form under which a username or e-mail address is looked up: trimmed, lower case.
#[must_use]
pub fn login_key(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A few words about oneself: at most [`BIO_BYTES_MAX`], perhaps on several lines; none clears.
pub fn bio(text: &str) -> Result<&str, Invalid> {
    let text = text.trim();
    let readable = text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    if readable && text.len() <= BIO_BYTES_MAX {
        return Ok(text);
    }
    Err(Invalid {
        code: "bio_invalid",
        message: "a bio has at most 4 KiB (4,096 bytes of UTF-8) and no control characters",
    })
}

/// A telephone number as people write them: digits, spaces and `+ - / . ( )`; none clears.
pub fn phone(text: &str) -> Result<&str, Invalid> {
    let text = text.trim();
    let fitting =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '/' | '.' | '(' | ')');
    let numeric = text.is_empty() || text.chars().any(|c| c.is_ascii_digit());
    if numeric && text.chars().all(fitting) && text.len() <= PHONE_CHARS_MAX {
        return Ok(text);
    }
    Err(Invalid {
        code: "phone_invalid",
        message: "a telephone number has at most 40 digits, spaces and + - / . ( )",
    })
}

/// Why a patient's record is opened to an officer: 1 to 500 characters.
pub fn grant_reason(text: &str) -> Result<&str, Invalid> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Invalid {
            code: "reason_missing",
            message: "say why the record has to be opened",
        });
    }
    if text.chars().count() > GRANT_REASON_CHARS_MAX {
        return Err(Invalid {
            code: "reason_too_long",
            message: "this reason has at most 500 characters",
        });
    }
    Ok(text)
}

/// What a reviewer says: at most 2,000 characters; an empty one is none.
pub fn note(text: Option<&str>) -> Result<Option<&str>, Invalid> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > NOTE_CHARS_MAX) {
        return Err(Invalid {
            code: "note_too_long",
            message: "a note has at most 2,000 characters",
        });
    }
    Ok(text)
}

/// What an officer says of a part of the trail: 1 to 2,000 characters.
pub fn review_note(text: &str) -> Result<&str, Invalid> {
    note(Some(text))?
        .ok_or(Invalid { code: "note_missing", message: "say what the review came to" })
}

/// What an officer calls a search: 1 to 80 characters on one line.
pub fn search_name(text: &str) -> Result<&str, Invalid> {
    let text = text.trim();
    let length = text.chars().count();
    if (1..=SEARCH_NAME_CHARS_MAX).contains(&length) && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    Err(Invalid {
        code: "search_name_invalid",
        message: "the name of a search has 1 to 80 characters on one line",
    })
}
