//! What may become of appointments, and what doctors may say about their hours.

use super::opener::seal;
use super::world::person;
use anamnesis_domain::appointment::AppointmentCommand;
use anamnesis_domain::doctor_schedule::{DoctorScheduleCommand, Span, Weekday, WeeklySpan};
use chrono::{DateTime, Days, TimeDelta, Utc};

pub(super) fn at(hour: u8) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(i64::from(hour))
}

/// What may become of an appointment. It has begun for those who say that it took place.
pub(super) fn change_of(patient: u8, hour: u8, change: u8) -> AppointmentCommand {
    use AppointmentCommand as Command;
    let by = if change.is_multiple_of(2) { person(1) } else { person(patient * 2) };
    let (starts_at, ends_at) = (at(hour), at(hour) + TimeDelta::minutes(45));
    let (before, after) = (DateTime::UNIX_EPOCH, at(60));
    match change / 2 % 7 {
        0 => {
            let zone = "Asia/Tokyo".to_owned();
            Command::RescheduleAppointment { by, starts_at, ends_at, zone, now: before }
        }
        1 => {
            let reason = hour.is_multiple_of(3).then(|| seal("a wedding"));
            Command::CancelAppointment { by, reason, now: before }
        }
        2 => Command::CompleteAppointment { by: person(1), now: after },
        3 => Command::RecordNoShow { by: person(1), now: after },
        4 => Command::DeleteAppointment { by },
        5 => Command::RestoreAppointment { by: person(99), as_cancelled: true },
        _ => Command::RestoreAppointment { by: person(99), as_cancelled: false },
    }
}

/// What a doctor may say about their hours.
pub(super) fn hours_of(day: u8, what: u8) -> DoctorScheduleCommand {
    use DoctorScheduleCommand as Command;
    let date = |day: u8| DateTime::UNIX_EPOCH.date_naive() + Days::new(u64::from(day));
    match what % 4 {
        0 => {
            let weekday = Weekday::ALL[usize::from(day) % 7];
            let week = vec![WeeklySpan { weekday, from: 540, to: 600 + u16::from(what) }];
            Command::SetWorkingHours { zone: "Europe/Berlin".to_owned(), slot_minutes: 20, week }
        }
        1 => Command::ClearException { date: date(day) },
        _ => {
            let spans = vec![Span { from: 0, to: 60 + u16::from(what) }];
            Command::SetException { date: date(day), spans, today: date(what % 10) }
        }
    }
}
