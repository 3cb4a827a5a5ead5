//! What one may answer a message with, short of words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A reaction is one of a fixed set, so that it can never carry clinical text.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// 👍
    ThumbsUp,
    /// ❤️
    Heart,
    /// 🙂
    Smile,
    /// 😢
    Sad,
    /// 😮
    Surprised,
    /// 🙏
    Thanks,
    /// ✅
    Done,
    /// ❓
    Question,
}

impl Reaction {
    /// The name used in events and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ThumbsUp => "thumbs_up",
            Self::Heart => "heart",
            Self::Smile => "smile",
            Self::Sad => "sad",
            Self::Surprised => "surprised",
            Self::Thanks => "thanks",
            Self::Done => "done",
            Self::Question => "question",
        }
    }
}
