//! Numbers between the log (unsigned) and PostgreSQL (signed).

/// As PostgreSQL stores it. Nothing in the log comes near the bound; what a broken payload may
/// claim beyond it becomes the bound, which stands for no row.
pub(crate) fn bigint(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// As the log counts. The tables hold no negative number.
pub(crate) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
