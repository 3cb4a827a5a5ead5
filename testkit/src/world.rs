//! A hospital with a server, a patient and two doctors.

use crate::{Server, Setup, TestDatabase, User};

/// Everything a story needs. Dropping it ends the server and drops the database.
#[derive(Debug)]
pub struct World {
    /// The server; dropped first.
    pub server: Server,
    /// To start further servers of the same hospital, or the same one again.
    pub setup: Setup,
    /// The database of all of them.
    pub database: TestDatabase,
}

impl World {
    /// A hospital whose server is `env!("CARGO_BIN_EXE_anamnesis")`.
    pub async fn start(program: &str) -> Self {
        Self::start_with(program, &[]).await
    }

    /// The same with settings.
    ///
    /// # Panics
    ///
    /// When there is no database.
    pub async fn start_with(program: &str, settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::create().await.expect("a database");
        let setup = settings
            .iter()
            .fold(Setup::new(program, &database), |setup, (name, value)| setup.with(name, value));
        let server = setup.start().await;
        Self { server, setup, database }
    }

    /// Paula and Dr. Adler, who have a room.
    pub async fn pair(&self) -> (User, User, String) {
        let patient = self.server.sign_in("paula").await;
        let doctor = self.server.sign_in("dr.adler").await;
        let room = patient.book(&doctor, 2).await;
        (patient, doctor, room)
    }
}
