//! Why a grant refuses.

/// A refusal by the rules of break-glass. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessGrantError {
    /// There is no such grant.
    #[error("there is no such grant")]
    NotFound,
    /// The id was used for another one.
    #[error("the grant was given before, with other particulars")]
    AlreadyGranted,
    /// Too short or too long.
    #[error("a record is opened for 1 to 240 minutes")]
    BadLength,
    /// Only who holds it ends it.
    #[error("only the officer who holds the grant may end it")]
    NotItsOfficer,
    /// It is not over yet.
    #[error("the grant is still open: it can be reviewed once it is over")]
    StillOpen,
    /// Nobody reviews themselves.
    #[error("a grant is reviewed by another officer than the one who held it")]
    OwnReview,
    /// It was signed off with another verdict.
    #[error("the grant was reviewed before, with another verdict")]
    AlreadyReviewed,
}

impl AccessGrantError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "grant_not_found",
            Self::AlreadyGranted => "grant_already_given",
            Self::BadLength => "grant_bad_length",
            Self::NotItsOfficer => "grant_not_its_officer",
            Self::StillOpen => "grant_still_open",
            Self::OwnReview => "own_review",
            Self::AlreadyReviewed => "grant_already_reviewed",
        }
    }
}
