//! Finding consultations, medicines and reviews.

use crate::support::consulting::{consultation_id, day, open, prescription};
use crate::support::live::Live;
use crate::support::opener::seal;
use crate::support::world::{World, person};
use anamnesis_domain::consultation::{Change, ConsultationCommand as Command, SectionChanges};
use anamnesis_projections::consultations::{
    ConsultationFilter, DueReview, consultation, consultation_versions,
    consultations_changed_after, consultations_of_doctor, consultations_of_patient, corrections,
    current_medicines, medicines, past_medicines, reviews_due,
};

fn history(words: &str) -> SectionChanges {
    SectionChanges { medical_history: Change::Set(seal(words)), ..SectionChanges::default() }
}

async fn tell(world: &mut World, number: u8, command: Command) -> u64 {
    world.consultation(consultation_id(number), command).await.unwrap()
}

async fn draft(world: &mut World, number: u8, changes: SectionChanges) {
    tell(world, number, open(number)).await;
    tell(world, number, Command::SaveDraft { by: person(1), changes }).await;
}

async fn sign(world: &mut World, number: u8) {
    tell(world, number, Command::SignConsultation { by: person(1) }).await;
}

async fn caught_up(world: &World) -> Live {
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    live
}

#[tokio::test]
async fn a_draft_is_in_the_doctors_list_and_a_signed_one_in_both() {
    let mut world = World::new();
    draft(&mut world, 0, history("a cough")).await;
    draft(&mut world, 3, history("a fever")).await;
    sign(&mut world, 3).await;
    let live = caught_up(&world).await;
    let all = ConsultationFilter::default();
    let first = consultations_of_doctor(&live.pool, person(1), all, None, 1).await.unwrap();
    assert_eq!(first[0].consultation_id, consultation_id(3));
    let before = Some(first[0].opened_position);
    let rest = consultations_of_doctor(&live.pool, person(1), all, before, 10).await.unwrap();
    let rest: Vec<_> = rest.iter().map(|one| one.consultation_id).collect();
    assert_eq!(rest, [consultation_id(0)]);
    let of_patient = consultations_of_patient(&live.pool, person(0), all, None, 10).await.unwrap();
    let of_patient: Vec<_> = of_patient.iter().map(|one| one.consultation_id).collect();
    assert_eq!(of_patient, [consultation_id(3)]);
    let changed = consultations_changed_after(&live.pool, person(0), 0, 10).await.unwrap();
    assert_eq!(changed.len(), 1, "a patient hears of nothing that is not signed");
}

#[tokio::test]
async fn an_amendment_keeps_the_original_and_its_reason() {
    let mut world = World::new();
    draft(&mut world, 0, history("a cough")).await;
    sign(&mut world, 0).await;
    let (changes, reason) = (history("a fever"), seal("misheard"));
    let amend = Command::AmendConsultation { by: person(1), changes, reason };
    tell(&mut world, 0, amend).await;
    let live = caught_up(&world).await;
    let versions = consultation_versions(&live.pool, consultation_id(0), 0, 10).await.unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|one| {
            let history = one.content.medical_history.as_ref().unwrap();
            (one.version, history.sealed.clone(), one.reason.as_ref().map(|it| it.sealed.clone()))
        })
        .collect();
    assert_eq!(told, [(3, seal("a cough"), None), (4, seal("a fever"), Some(seal("misheard")))]);
    let now = consultation(&live.pool, consultation_id(0)).await.unwrap().unwrap();
    assert_eq!((now.version, now.content.medical_history.unwrap().sealed), (4, seal("a fever")));
    let after = consultation_versions(&live.pool, consultation_id(0), 3, 10).await.unwrap();
    assert_eq!(after.len(), 1);
}

#[tokio::test]
async fn a_correction_waits_until_it_is_answered_and_an_accepted_one_names_its_version() {
    let mut world = World::new();
    draft(&mut world, 0, history("a cough")).await;
    sign(&mut world, 0).await;
    for wrong in ["a fever", "on Sunday", "very bad"] {
        let ask = Command::RequestCorrection { by: person(0), text: seal(wrong) };
        tell(&mut world, 0, ask).await;
    }
    let live = caught_up(&world).await;
    let found = corrections(&live.pool, consultation_id(0), 0, 10).await.unwrap();
    let told: Vec<_> = found.iter().map(|one| (one.number, one.text.sealed.clone())).collect();
    assert_eq!(told, [(1, seal("a fever")), (2, seal("on Sunday")), (3, seal("very bad"))]);
    assert!(found.iter().all(|one| one.answered_at.is_none()));

    let (changes, reason) = (history("a fever"), seal("misheard"));
    let accept = Command::AcceptCorrection { by: person(1), number: 1, changes, reason };
    tell(&mut world, 0, accept).await;
    let statement = seal("it was so");
    let decline = Command::DeclineCorrection { by: person(1), number: 2, statement };
    tell(&mut world, 0, decline).await;
    live.caught_up().await;
    let found = corrections(&live.pool, consultation_id(0), 0, 10).await.unwrap();
    let versions = consultation_versions(&live.pool, consultation_id(0), 3, 10).await.unwrap();
    assert_eq!(found[0].amendment, Some(versions[0].version));
    let statement = found[1].statement.as_ref().unwrap();
    assert_eq!((statement.sealed.clone(), found[1].amendment), (seal("it was so"), None));
    assert!(found[1].answered_at.is_some() && found[2].answered_at.is_none());
    let rest = corrections(&live.pool, consultation_id(0), 1, 1).await.unwrap();
    assert_eq!(rest.iter().map(|one| one.number).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn medicines_are_those_of_signed_consultations_by_their_last_day() {
    let mut world = World::new();
    let list = vec![prescription(1, Some(day(5))), prescription(2, None)];
    let prescribed = |prescriptions| SectionChanges {
        prescriptions: Some(prescriptions),
        ..SectionChanges::default()
    };
    draft(&mut world, 0, prescribed(list)).await;
    draft(&mut world, 3, prescribed(vec![prescription(3, None)])).await;
    sign(&mut world, 0).await;
    let live = caught_up(&world).await;
    let ids = |found: Vec<anamnesis_projections::consultations::Medicine>| -> Vec<_> {
        found.into_iter().map(|one| one.prescription_id).collect()
    };
    let (one, two) = (prescription(1, None).id, prescription(2, None).id);
    let all = medicines(&live.pool, person(0), None, 10).await.unwrap();
    assert_eq!(ids(all.clone()), [two, one]);
    let after = Some(all[0].cursor);
    assert_eq!(ids(medicines(&live.pool, person(0), after, 10).await.unwrap()), [one]);
    let current = |today| current_medicines(&live.pool, person(0), today, None, 10);
    assert_eq!(ids(current(day(5)).await.unwrap()), [two, one]);
    assert_eq!(ids(current(day(6)).await.unwrap()), [two]);
    let past = past_medicines(&live.pool, person(0), day(6), None, 10).await.unwrap();
    assert_eq!(ids(past), [one]);

    tell(&mut world, 0, Command::DeleteConsultation { by: person(1) }).await;
    live.caught_up().await;
    assert!(medicines(&live.pool, person(0), None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_review_is_due_from_its_day_until_it_was_told() {
    let mut world = World::new();
    for number in [0, 3] {
        let review_on = Change::Set(day(number + 1));
        draft(&mut world, number, SectionChanges { review_on, ..SectionChanges::default() }).await;
    }
    sign(&mut world, 0).await;
    let live = caught_up(&world).await;
    let due = |today| reviews_due(&live.pool, today, None, 10);
    let first = DueReview { on: day(1), consultation_id: consultation_id(0) };
    assert_eq!(due(day(0)).await.unwrap(), []);
    assert_eq!(due(day(9)).await.unwrap(), [first], "a draft is not due");
    assert_eq!(reviews_due(&live.pool, day(9), Some(first), 10).await.unwrap(), []);
    tell(&mut world, 0, Command::RemindOfReview { on: day(1) }).await;
    live.caught_up().await;
    assert_eq!(due(day(9)).await.unwrap(), []);
}
