//! Wall clocks: which instant a local date and time means in a time zone.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// Why a local time means no instant, or more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    /// The clocks jump over it, as they do in spring.
    #[error("the clocks skip that time on that day")]
    InGap,
    /// The clocks show it twice, as they do in autumn.
    #[error("the clocks show that time twice on that day")]
    Ambiguous,
    /// No zone has this name.
    #[error("not the name of an IANA time zone, such as Europe/Berlin")]
    UnknownZone,
}

/// The one instant at which the clocks of a zone (an IANA name) show this time.
///
/// A time that they skip, or show twice, is refused, because whoever named it may have meant
/// either: they have to say which instant it is.
pub fn resolve_local(zone: &str, local: NaiveDateTime) -> Result<DateTime<Utc>, LocalTimeError> {
    let zone = zone_of(zone)?;
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(instant) => Ok(instant.to_utc()),
        MappedLocalTime::Ambiguous(..) => Err(LocalTimeError::Ambiguous),
        MappedLocalTime::None => Err(LocalTimeError::InGap),
    }
}

/// The zone with this IANA name.
pub(crate) fn zone_of(name: &str) -> Result<Tz, LocalTimeError> {
    name.parse().map_err(|_| LocalTimeError::UnknownZone)
}

/// When something begins that begins at this local time: where the clocks show it twice, the
/// earlier; where they skip it, the first instant after. `None` beyond the ends of time.
pub(crate) fn beginning(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let instant = zone.from_local_datetime(&local).earliest();
    instant.or_else(|| after_gap(zone, local)).map(|instant| instant.to_utc())
}

/// When something ends that ends at this local time: where the clocks show it twice, the later;
/// where they skip it, the first instant after. `None` beyond the ends of time.
pub(crate) fn end(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let instant = zone.from_local_datetime(&local).latest();
    instant.or_else(|| after_gap(zone, local)).map(|instant| instant.to_utc())
}

fn after_gap(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Tz>> {
    GapInfo::new(&local, &zone).and_then(|gap| gap.end)
}
