//! Conversations of several pairs at once.

use crate::talker::{Counts, Ledger, Talker};
use crate::{PATIENCE, eventually};
use anamnesis_testkit::{Server, User};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A patient and a doctor with the room of the two.
pub(crate) struct Pair {
    pub(crate) patient: User,
    pub(crate) doctor: User,
    pub(crate) room: String,
}

impl Pair {
    /// Three pairs: two patients of one doctor, and one of another.
    pub(crate) async fn three(server: &Server) -> Vec<Self> {
        let adler = server.sign_in("dr.adler").await;
        let okafor = server.sign_in("dr.okafor").await;
        let mut pairs = Vec::new();
        for (day, (name, doctor)) in
            [("peter", &adler), ("petra", &adler), ("paul", &okafor)].into_iter().enumerate()
        {
            let patient = server.register(name).await;
            let room = patient.book(doctor, 2 + i64::try_from(day).unwrap()).await;
            pairs.push(Self { patient, doctor: doctor.clone(), room });
        }
        pairs
    }
}

/// A pair at the end of its talk.
pub(crate) struct Talked {
    pub(crate) pair: Pair,
    pub(crate) patient: Ledger,
    pub(crate) doctor: Ledger,
}

/// Everybody talks.
pub(crate) struct Talk {
    /// Where patients and doctors find their server.
    pub(crate) of_patients: watch::Sender<String>,
    pub(crate) of_doctors: watch::Sender<String>,
    pub(crate) counts: Arc<Counts>,
    end: watch::Sender<bool>,
    pairs: Vec<(Pair, [JoinHandle<Ledger>; 2])>,
}

impl Talk {
    pub(crate) async fn start(pairs: Vec<Pair>, of_patients: &str, of_doctors: &str) -> Self {
        let mut talk = Self {
            of_patients: watch::Sender::new(of_patients.to_owned()),
            of_doctors: watch::Sender::new(of_doctors.to_owned()),
            counts: Arc::default(),
            end: watch::Sender::new(false),
            pairs: Vec::new(),
        };
        // All stand at their cursors before the first one speaks.
        let mut ready = Vec::new();
        for pair in pairs {
            let patient = talk.join(&pair.patient, &pair, &talk.of_patients).await;
            let doctor = talk.join(&pair.doctor, &pair, &talk.of_doctors).await;
            ready.push((pair, [patient, doctor]));
        }
        let begin = |talkers: [Talker; 2]| talkers.map(|talker| tokio::spawn(talker.talk()));
        talk.pairs = ready.into_iter().map(|(pair, talkers)| (pair, begin(talkers))).collect();
        talk
    }

    async fn join(&self, user: &User, pair: &Pair, address: &watch::Sender<String>) -> Talker {
        let mut socket = user.at(&address.borrow().clone()).connect(None).await;
        let reset = socket.expect("reset").await;
        Talker {
            user: user.clone(),
            room: pair.room.clone(),
            address: address.subscribe(),
            end: self.end.subscribe(),
            counts: Arc::clone(&self.counts),
            cursor: reset["cursor"].as_str().unwrap().to_owned(),
        }
    }

    /// Everybody's server is this one.
    pub(crate) fn meet_at(&self, address: &str) {
        self.of_patients.send_replace(address.to_owned());
        self.of_doctors.send_replace(address.to_owned());
    }

    /// Waits until so many more messages have been acknowledged.
    pub(crate) async fn goes_on_for(&self, messages: u64) {
        let acknowledged = || self.counts.acknowledged.load(Ordering::Relaxed);
        let enough = acknowledged() + messages;
        eventually("the talk goes on", async || (acknowledged() >= enough).then_some(())).await;
    }

    /// Lets everybody finish.
    pub(crate) async fn finish(self) -> Vec<Talked> {
        self.end.send_replace(true);
        let mut all = Vec::new();
        for (pair, [patient, doctor]) in self.pairs {
            let patient = timeout(PATIENCE, patient).await.unwrap().unwrap();
            let doctor = timeout(PATIENCE, doctor).await.unwrap().unwrap();
            all.push(Talked { pair, patient, doctor });
        }
        all
    }
}
