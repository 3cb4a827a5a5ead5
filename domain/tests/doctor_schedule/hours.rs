//! Saying when a doctor works.

use crate::support::given;
use crate::words::{
    MONDAY, SUNDAY, TUESDAY, athens, check, hours, on, ordinary, schedule, set, was_set,
};
use anamnesis_domain::doctor_schedule::{
    DoctorSchedule, DoctorScheduleError as Error, SPANS_PER_DAY_MAX, Span, Weekday,
};

const ATHENS: &str = "Europe/Athens";

#[test]
fn working_hours_can_be_set_and_replaced() {
    given::<DoctorSchedule>([]).when(set(ATHENS, 30, ordinary())).then(athens());
    given::<DoctorSchedule>([athens()])
        .when(set("Asia/Kathmandu", 20, vec![on(SUNDAY, hours(0, 24))]))
        .then(was_set("Asia/Kathmandu", 20, vec![on(SUNDAY, hours(0, 24))]));
}

#[test]
fn setting_the_same_again_in_any_order_writes_nothing() {
    given::<DoctorSchedule>([athens()]).when(set(ATHENS, 30, ordinary())).then_nothing();
    let reversed = ordinary().into_iter().rev().collect();
    given::<DoctorSchedule>([athens()]).when(set(ATHENS, 30, reversed)).then_nothing();
}

#[test]
fn a_change_of_zone_or_slot_alone_is_a_change() {
    for (zone, slot) in [("Europe/Berlin", 30), (ATHENS, 45)] {
        given::<DoctorSchedule>([athens()]).when(set(zone, slot, ordinary())).then(was_set(
            zone,
            slot,
            ordinary(),
        ));
    }
}

#[test]
fn hours_are_kept_in_the_order_of_the_week() {
    let afternoon = on(MONDAY, hours(13, 17));
    let morning = on(MONDAY, hours(9, 12));
    let week = vec![on(SUNDAY, hours(8, 9)), afternoon, on(TUESDAY, hours(1, 2)), morning];
    let in_order = vec![morning, afternoon, on(TUESDAY, hours(1, 2)), on(SUNDAY, hours(8, 9))];
    given::<DoctorSchedule>([]).when(set(ATHENS, 30, week)).then(was_set(ATHENS, 30, in_order));
}

#[test]
fn a_day_can_be_worked_from_its_first_to_its_last_minute() {
    for span in [hours(0, 24), Span { from: 0, to: 1 }, Span { from: 1439, to: 1440 }] {
        let week = vec![on(MONDAY, span)];
        given::<DoctorSchedule>([])
            .when(set(ATHENS, 30, week.clone()))
            .then(was_set(ATHENS, 30, week));
    }
}

#[test]
fn a_span_that_is_empty_or_backwards_or_longer_than_its_day_is_refused() {
    for (from, to) in [(600, 600), (600, 599), (0, 0), (1440, 1440), (0, 1441), (1441, u16::MAX)] {
        given::<DoctorSchedule>([])
            .when(set(ATHENS, 30, vec![on(MONDAY, Span { from, to })]))
            .then_refused(Error::BadSpan);
    }
}

#[test]
fn spans_of_one_day_may_touch_but_not_overlap() {
    let two = |second: Span| vec![on(MONDAY, hours(9, 12)), on(MONDAY, second)];
    given::<DoctorSchedule>([]).when(set(ATHENS, 30, two(hours(12, 13)))).then(was_set(
        ATHENS,
        30,
        two(hours(12, 13)),
    ));
    for second in [Span { from: 719, to: 780 }, hours(10, 11), hours(9, 12), hours(8, 10)] {
        given::<DoctorSchedule>([])
            .when(set(ATHENS, 30, two(second)))
            .then_refused(Error::SpansOverlap);
    }
}

#[test]
fn spans_of_different_days_do_not_meet() {
    let week = vec![on(MONDAY, hours(9, 12)), on(TUESDAY, hours(9, 12))];
    given::<DoctorSchedule>([]).when(set(ATHENS, 30, week.clone())).then(was_set(ATHENS, 30, week));
}

#[test]
fn every_day_may_have_eight_spans_and_none_nine() {
    let day = |many: u16| (0..many).map(|hour| hours(2 * hour, 2 * hour + 1));
    let full = |many| -> Vec<_> {
        let days = Weekday::ALL.into_iter();
        days.flat_map(|weekday| day(many).map(move |span| on(weekday, span))).collect()
    };
    let eight = u16::try_from(SPANS_PER_DAY_MAX).expect("a small number");
    given::<DoctorSchedule>([]).when(set(ATHENS, 30, full(eight))).then(was_set(
        ATHENS,
        30,
        full(eight),
    ));
    let one_day = day(eight + 1).map(|span| on(MONDAY, span)).collect();
    for week in [full(eight + 1), one_day] {
        given::<DoctorSchedule>([]).when(set(ATHENS, 30, week)).then_refused(Error::TooManySpans);
    }
}

#[test]
fn a_slot_lasts_from_five_to_240_minutes() {
    for minutes in [5, 240] {
        given::<DoctorSchedule>([]).when(set(ATHENS, minutes, ordinary())).then(was_set(
            ATHENS,
            minutes,
            ordinary(),
        ));
    }
    for minutes in [0, 4, 241, u16::MAX] {
        given::<DoctorSchedule>([])
            .when(set(ATHENS, minutes, ordinary()))
            .then_refused(Error::BadSlotLength);
    }
}

#[test]
fn a_zone_that_nobody_knows_is_refused() {
    for zone in ["", "europe/athens", "Europe/Athens ", "+02:00", "Mars/Olympus"] {
        given::<DoctorSchedule>([])
            .when(set(zone, 30, ordinary()))
            .then_refused(Error::UnknownZone);
    }
}

#[test]
fn a_doctor_may_work_at_no_regular_hours() {
    given::<DoctorSchedule>([athens()]).when(set(ATHENS, 30, vec![])).then(was_set(
        ATHENS,
        30,
        vec![],
    ));
    given::<DoctorSchedule>([was_set(ATHENS, 30, vec![])])
        .when(check("2031-05-05T07:00:00Z", "2031-05-05T07:30:00Z"))
        .then_refused(Error::OutsideHours);
}

#[test]
fn a_zone_that_is_known_no_more_lets_nobody_in_and_stops_nothing_else() {
    let lost = was_set("Europe/Atlantis", 30, ordinary());
    given::<DoctorSchedule>([lost.clone()])
        .when(check("2031-05-05T07:00:00Z", "2031-05-05T07:30:00Z"))
        .then_refused(Error::UnknownZone);
    given::<DoctorSchedule>([lost.clone()]).when(set(ATHENS, 30, ordinary())).then(athens());
    assert_eq!(schedule([lost]).hours().expect("they were set").zone, "Europe/Atlantis");
}
