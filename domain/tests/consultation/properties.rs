//! What holds after any commands, in any order.

use crate::support::step::step;
use crate::words::{
    accept, amend, day, decline, delete, doctor, history, open, prescriptions, remind, request,
    restore, review, save, sealed, sign, stranger,
};
use anamnesis_domain::consultation::{
    Change, Consultation, ConsultationCommand as Command, ConsultationEvent as Event,
    SectionChanges,
};
use proptest::prelude::{Just, Strategy, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use std::collections::BTreeSet;

fn any_changes() -> impl Strategy<Value = SectionChanges> {
    let cleared = SectionChanges { medical_history: Change::Cleared, ..SectionChanges::default() };
    prop_oneof![
        Just(SectionChanges::default()),
        Just(history()),
        Just(cleared),
        (0..4_u128).prop_map(|many| prescriptions(0..many)),
        (20..23_u32).prop_map(|of_may| review(Change::Set(day(of_may)))),
        Just(review(Change::Cleared)),
    ]
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        prop::sample::select(vec![doctor(), stranger()]).prop_map(open),
        any_changes().prop_map(save),
        any_changes().prop_map(save),
        Just(sign()),
        any_changes().prop_map(amend),
        Just(request()),
        (0..4_u32, any_changes()).prop_map(|(number, changes)| accept(number, changes)),
        (0..4_u32).prop_map(decline),
        (20..23_u32).prop_map(|of_may| remind(day(of_may))),
        Just(delete()),
        Just(restore()),
    ]
}

fn any_life() -> impl Strategy<Value = Vec<Command>> {
    prop::collection::vec(any_command(), 0..40)
        .prop_map(|later| std::iter::once(open(doctor())).chain(later).collect())
}

proptest! {
    #[test]
    fn before_the_signature_there_are_drafts_and_after_it_amendments(life in any_life()) {
        let mut consultation = Consultation::default();
        let mut signed = false;
        for command in life {
            for event in step(&mut consultation, &command).into_iter().flatten() {
                match event {
                    Event::DraftSaved { .. } => prop_assert!(!signed),
                    Event::ConsultationAmended { .. } | Event::ReviewDue { .. } => {
                        prop_assert!(signed);
                    }
                    Event::ConsultationSigned { .. } => {
                        prop_assert!(!std::mem::replace(&mut signed, true));
                    }
                    _ => {}
                }
            }
            prop_assert_eq!(consultation.is_signed(), signed);
        }
    }

    #[test]
    fn no_day_is_reminded_of_twice(life in any_life()) {
        let mut consultation = Consultation::default();
        let mut days = BTreeSet::new();
        for command in life {
            for event in step(&mut consultation, &command).into_iter().flatten() {
                if let Event::ReviewDue { on } = event {
                    prop_assert!(days.insert(on), "{on}");
                }
            }
        }
    }

    #[test]
    fn each_request_is_answered_once_and_an_accepted_one_names_its_amendment(life in any_life()) {
        let mut consultation = Consultation::default();
        let (mut waiting, mut asked, mut version, mut amended) = (BTreeSet::new(), 0, 0, 0);
        for command in life {
            for event in step(&mut consultation, &command).into_iter().flatten() {
                version += 1;
                match event {
                    Event::ConsultationAmended { .. } => amended = version,
                    Event::CorrectionRequested { number, .. } => {
                        asked += 1;
                        prop_assert_eq!(number, asked);
                        waiting.insert(number);
                    }
                    Event::CorrectionAccepted { number, amendment, .. } => {
                        prop_assert!(waiting.remove(&number));
                        prop_assert_eq!((amendment, version), (amended, amended + 1));
                    }
                    Event::CorrectionDeclined { number, .. } => {
                        prop_assert!(waiting.remove(&number));
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn the_state_never_holds_what_was_written(life in any_life()) {
        let mut consultation = Consultation::default();
        for command in life {
            let _ = step(&mut consultation, &command);
            let state = serde_json::to_string(&consultation).expect("a state is JSON");
            prop_assert!(!state.contains(sealed("").as_str()), "{state}");
        }
    }
}
