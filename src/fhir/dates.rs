//! Dates of searches. A date stands for all instants that begin with it: `2027-03` is the whole
//! month, and what is before, within or after that is what the prefix says.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Since when, and before when, where there is such a bound.
pub(super) type Bounds = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// What a parameter asks for; `None` where it is not understood. A date alone is in UTC, a time
/// has a zone.
pub(super) fn bounds(parameter: &str) -> Option<Bounds> {
    let prefixed = parameter.get(..2).filter(|two| two.bytes().all(|b| b.is_ascii_lowercase()));
    let (prefix, date) = match prefixed {
        Some(prefix) => (prefix, parameter.get(2..)?),
        None => ("eq", parameter),
    };
    let (first, after) = span(date)?;
    Some(match prefix {
        "eq" => (Some(first), Some(after)),
        "ge" => (Some(first), None),
        "gt" => (Some(after), None),
        "lt" => (None, Some(first)),
        "le" => (None, Some(after)),
        _ => return None,
    })
}

/// Its first instant, and the first after it.
fn span(date: &str) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    if let Some((day, time)) = date.split_once('T') {
        return moment(day, time);
    }
    let (first, after) = days(date)?;
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    Some((midnight(first), midnight(after)))
}

fn days(date: &str) -> Option<(NaiveDate, NaiveDate)> {
    let digits = date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !digits {
        return None;
    }
    let (first, after) = match date.len() {
        4 => {
            let first: NaiveDate = format!("{date}-01-01").parse().ok()?;
            (first, first.checked_add_months(Months::new(12)))
        }
        7 => {
            let first: NaiveDate = format!("{date}-01").parse().ok()?;
            (first, first.checked_add_months(Months::new(1)))
        }
        10 => {
            let first: NaiveDate = date.parse().ok()?;
            (first, first.checked_add_days(Days::new(1)))
        }
        _ => return None,
    };
    let known = first >= NaiveDate::from_ymd_opt(1, 1, 1)?;
    Some((first, after?)).filter(|_| known)
}

/// To the minute, the second, or a part of it that is as long as its last digit says.
fn moment(day: &str, time: &str) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    // A plus that was not encoded arrives as a space.
    let time = time.replace(' ', "+");
    let zone_at = time.find(['Z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone_at);
    let (clock, width) = match clock.len() {
        5 => (format!("{clock}:00"), TimeDelta::minutes(1)),
        8 => (clock.to_owned(), TimeDelta::seconds(1)),
        10..=15 => {
            let digits = u32::try_from(clock.len() - 9).ok()?;
            (clock.to_owned(), TimeDelta::microseconds(10_i64.pow(6 - digits)))
        }
        _ => return None,
    };
    let first = DateTime::parse_from_rfc3339(&format!("{day}T{clock}{zone}")).ok()?;
    let first = first.with_timezone(&Utc);
    let known = day.len() == 10 && !day.starts_with("0000");
    Some((first, first.checked_add_signed(width)?)).filter(|_| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_date_stands_for_all_that_begins_with_it() {
        for (date, first, after) in [
            ("2027", "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"),
            ("2027-02", "2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z"),
            ("2028-02-29", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"),
            ("2027-03-29T09:30Z", "2027-03-29T09:30:00Z", "2027-03-29T09:31:00Z"),
            ("2027-03-29T09:30:15+02:00", "2027-03-29T07:30:15Z", "2027-03-29T07:30:16Z"),
            ("2027-03-29T09:30:15 02:00", "2027-03-29T07:30:15Z", "2027-03-29T07:30:16Z"),
            ("2027-03-29T09:30:15.25Z", "2027-03-29T09:30:15.25Z", "2027-03-29T09:30:15.26Z"),
        ] {
            let (first, after) = (Some(at(first)), Some(at(after)));
            assert_eq!(bounds(date), Some((first, after)), "{date}");
            assert_eq!(bounds(&format!("eq{date}")), Some((first, after)), "{date}");
            assert_eq!(bounds(&format!("ge{date}")), Some((first, None)), "{date}");
            assert_eq!(bounds(&format!("gt{date}")), Some((after, None)), "{date}");
            assert_eq!(bounds(&format!("lt{date}")), Some((None, first)), "{date}");
            assert_eq!(bounds(&format!("le{date}")), Some((None, after)), "{date}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_understood() {
        for wrong in [
            "",
            "ge",
            "20",
            "2027-13",
            "2027-02-30",
            "2027-03-29T09Z",
            "2027-03-29T09:30",
            "ne2027",
            "ap2027",
            "GE2027",
            "0000",
            "+2027",
            "2027-03-29T09:30:15.1234567Z",
            "é2027",
            "2027-03-29T24:30Z",
            "9999é",
        ] {
            assert_eq!(bounds(wrong), None, "{wrong}");
        }
    }
}
