//! Why a desk refuses.

/// A refusal by the rules of an officer's desk. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditDeskError {
    /// More than an officer can look at.
    #[error("an officer has at most 10 open grants: end one first")]
    TooManyGrants,
    /// The officer has a search of this name.
    #[error("there is a search of this name")]
    NameTaken,
    /// More than an officer keeps.
    #[error("an officer keeps at most 100 searches: delete one first")]
    TooManySearches,
    /// The officer has no such search.
    #[error("there is no such search")]
    NoSuchSearch,
}

impl AuditDeskError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooManyGrants => "too_many_open_grants",
            Self::NameTaken => "search_name_taken",
            Self::TooManySearches => "too_many_searches",
            Self::NoSuchSearch => "search_not_found",
        }
    }
}
