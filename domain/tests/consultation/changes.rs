//! What a change looks like in JSON: unchanged, cleared and set can be told apart.

use crate::words::{day, prescriptions, review, sealed};
use anamnesis_domain::consultation::{Change, Prescription, Section, SectionChanges};
use serde_json::{Value, from_value, json, to_value};

#[track_caller]
fn is_written(changes: &SectionChanges, expected: &Value) {
    assert_eq!(&to_value(changes).expect("JSON"), expected);
    let read: SectionChanges = from_value(expected.clone()).expect("a change");
    assert_eq!(&read, changes);
}

#[test]
fn what_is_unchanged_is_absent_and_what_is_cleared_is_null() {
    is_written(&SectionChanges::default(), &json!({}));
    let changes = SectionChanges {
        medical_history: Change::Set(sealed("history")),
        treatment_plan: Change::Cleared,
        ..SectionChanges::default()
    };
    is_written(&changes, &json!({"medical_history": "s1.k1.history", "treatment_plan": null}));
    is_written(&review(Change::Set(day(20))), &json!({"review_on": "2031-05-20"}));
    is_written(&review(Change::Cleared), &json!({"review_on": null}));
}

#[test]
fn no_prescriptions_and_unchanged_ones_differ() {
    is_written(&prescriptions([]), &json!({"prescriptions": []}));
    let id = "00000000-0000-0000-0000-000000000001";
    let prescription = json!({"id": id, "ends_on": "2031-05-30", "content": "s1.k1.drug"});
    is_written(&prescriptions([1]), &json!({"prescriptions": [prescription]}));
    let open_ended: Prescription = from_value(json!({"id": id, "content": "s1.k1.drug"})).unwrap();
    assert_eq!(open_ended.ends_on, None);
}

#[test]
fn a_change_of_one_thing_can_be_made_one_of_another() {
    assert_eq!(Change::Set(2).map(|number| number * 2), Change::Set(4));
    assert_eq!(Change::<u8>::Cleared.map(u16::from), Change::Cleared);
    assert_eq!(Change::<u8>::Unchanged.map(u16::from), Change::Unchanged);
}

#[test]
fn each_part_has_the_name_of_its_field() {
    let one = || Change::Set(sealed("words"));
    let changes = SectionChanges {
        medical_history: one(),
        examination_findings: one(),
        investigations: one(),
        treatment_plan: one(),
        ..SectionChanges::default()
    };
    let fields = to_value(&changes).unwrap();
    for (section, change) in changes.sections() {
        assert_eq!(*change, one());
        let name = to_value(section).unwrap();
        assert_eq!(fields[name.as_str().unwrap()], "s1.k1.words");
    }
    assert_eq!(changes.sections()[3].0, Section::TreatmentPlan);
}
