//! Given a history, when a command is handled, then this follows. Each step is a type of its
//! own, so the steps can not be put in another order or left out.

use anamnesis_domain::{AccountId, Root};
use std::fmt::Debug;
use uuid::Uuid;

pub(crate) mod step;

use step::{Outcome, step};

/// The same short number is the same person in every test.
#[allow(dead_code, reason = "not every suite has people in it")]
pub(crate) fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

/// An aggregate to which these events have happened; none means that it does not exist.
#[must_use]
pub(crate) fn given<A: Root>(history: impl IntoIterator<Item = A::Event>) -> Given<A> {
    let mut state = A::default();
    for event in history {
        state.apply(event);
    }
    Given { state }
}

/// A history that waits for a command.
pub(crate) struct Given<A> {
    state: A,
}

impl<A> Given<A>
where
    A: Root<Command: Clone, Error: PartialEq> + PartialEq + Debug,
{
    /// Handles the command.
    #[track_caller]
    #[must_use]
    pub(crate) fn when(mut self, command: impl Into<A::Command>) -> When<A> {
        When { outcome: step(&mut self.state, &command.into()) }
    }
}

/// An outcome that waits to be judged.
pub(crate) struct When<A: Root> {
    outcome: Outcome<A>,
}

impl<A: Root<Error: PartialEq>> When<A> {
    /// Exactly this event was written.
    #[track_caller]
    pub(crate) fn then(self, expected: A::Event) {
        assert_eq!(self.outcome, Ok(vec![expected]));
    }

    /// Exactly these events were written, in this order.
    #[track_caller]
    #[allow(dead_code, reason = "not every suite has commands with several events")]
    pub(crate) fn then_all(self, expected: Vec<A::Event>) {
        assert_eq!(self.outcome, Ok(expected));
    }

    /// The command succeeded and wrote nothing, because it was so already.
    #[track_caller]
    pub(crate) fn then_nothing(self) {
        assert_eq!(self.outcome, Ok(vec![]));
    }

    /// The command was refused for this reason, and nothing was written.
    #[track_caller]
    pub(crate) fn then_refused(self, expected: A::Error) {
        assert_eq!(self.outcome, Err(expected));
    }
}

/// A table of all refusals of an aggregate: for each error its stable code, and a history and a
/// command that lead to it. An error that is missing in the table does not compile.
macro_rules! refusals {
    ($aggregate:ty, $error:ident {
        $($variant:ident $code:literal: $given:expr => $command:expr;)+
    }) => {
        #[test]
        fn every_refusal_can_happen_and_keeps_its_code() {
            $(
                given::<$aggregate>($given).when($command).then_refused($error::$variant);
                assert_eq!($error::$variant.code(), $code);
            )+
            let _complete = |error: $error| match error { $($error::$variant => {})+ };
        }
    };
}
pub(crate) use refusals;
