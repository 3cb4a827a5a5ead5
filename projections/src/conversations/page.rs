//! A stretch of a conversation.

use crate::SealedText;
use crate::number::{bigint, unsigned};
use anamnesis_domain::{AccountId, RoomId, Sealed};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, Row, postgres::PgRow};
use uuid::Uuid;

/// The most messages of one page.
pub const MESSAGES_MAX: u32 = 200;

/// Which stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The last messages.
    Latest,
    /// The last messages before this number.
    Before(u64),
    /// The first messages after this number.
    After(u64),
    /// This number in the middle: half of the messages up to and including it, half after.
    Around(u64),
}

/// A message as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub sequence: u64,
    /// Who wrote it.
    pub author_id: AccountId,
    /// When it was posted.
    pub posted_at: DateTime<Utc>,
    /// Where its posting stands in the log.
    pub position: u64,
    /// The event of its posting.
    pub event_id: Uuid,
    /// Its words; `None` because it was retracted, or is hidden.
    pub body: Option<SealedText>,
    /// Sequence of the last edit, or its own number.
    pub version: u64,
    /// When it was last edited.
    pub edited_at: Option<DateTime<Utc>>,
    /// How often it was edited.
    pub edits: u32,
    /// When it was retracted, if it is.
    pub retracted_at: Option<DateTime<Utc>>,
    /// Whether it is hidden from both because it was reported. Nothing else is then said of it:
    /// no edit, no retraction, no reaction.
    pub is_hidden: bool,
    /// The reactions that stand, by account and name.
    pub reactions: Vec<MessageReaction>,
}

/// A reaction to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageReaction {
    /// Whose it is.
    pub account_id: AccountId,
    /// Its name, see `anamnesis_domain::chat_room::Reaction::as_str`.
    pub reaction: String,
}

/// A stretch of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessagePage {
    /// In the order of their numbers.
    pub messages: Vec<Message>,
    /// Whether there are messages before the first. Always so where the page was read after a
    /// number: the asker has that message.
    pub more_before: bool,
    /// Whether there are messages after the last; the same holds the other way round.
    pub more_after: bool,
}

/// By place, in the order of `before` and `after`: looking up each column by its name costs
/// more than reading it.
impl FromRow<'_, PgRow> for Message {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let body = SealedText { sealed: Sealed(row.try_get(5)?), event_id: row.try_get(6)? };
        let retracted_at: Option<DateTime<Utc>> = row.try_get(10)?;
        let is_hidden = row.try_get::<Option<DateTime<Utc>>, _>(11)?.is_some();
        let message = Self {
            sequence: unsigned(row.try_get(0)?),
            author_id: AccountId(row.try_get(1)?),
            posted_at: row.try_get(2)?,
            position: unsigned(row.try_get(3)?),
            event_id: row.try_get(4)?,
            body: retracted_at.is_none().then_some(body),
            version: unsigned(row.try_get(7)?),
            edited_at: row.try_get(8)?,
            edits: u32::try_from(row.try_get::<i32, _>(9)?).unwrap_or(0),
            retracted_at,
            is_hidden,
            reactions: Vec::new(),
        };
        Ok(if is_hidden { message.placeholder() } else { message })
    }
}

impl Message {
    fn placeholder(self) -> Self {
        let (version, edits) = (self.sequence, 0);
        Self { body: None, version, edited_at: None, edits, retracted_at: None, ..self }
    }
}

/// At most `limit` (1 to [`MESSAGES_MAX`]) messages, with their reactions. Cost: two index
/// range reads (three around a number), however long the conversation.
pub async fn message_page(
    conn: &mut PgConnection,
    room_id: RoomId,
    anchor: Anchor,
    limit: u32,
) -> Result<MessagePage, sqlx::Error> {
    let limit = limit.clamp(1, MESSAGES_MAX);
    let mut page = match anchor {
        Anchor::Latest => {
            let (messages, more_before) = before(conn, room_id, i64::MAX, limit).await?;
            MessagePage { messages, more_before, more_after: false }
        }
        Anchor::Before(number) => {
            let (messages, more_before) = before(conn, room_id, bigint(number), limit).await?;
            MessagePage { messages, more_before, more_after: true }
        }
        Anchor::After(number) => {
            let (messages, more_after) = after(conn, room_id, bigint(number), limit).await?;
            MessagePage { messages, more_before: number > 0, more_after }
        }
        Anchor::Around(number) => {
            let middle = bigint(number).saturating_add(1);
            let half = limit.div_ceil(2);
            let (mut messages, more_before) = before(conn, room_id, middle, half).await?;
            let (later, more_after) =
                after(conn, room_id, middle.saturating_sub(1), limit - half).await?;
            messages.extend(later);
            MessagePage { messages, more_before, more_after }
        }
    };
    add_reactions(conn, room_id, &mut page.messages).await?;
    Ok(page)
}

/// The messages, and whether there are more in that direction.
type Stretch = (Vec<Message>, bool);

async fn before(
    conn: &mut PgConnection,
    room_id: RoomId,
    number: i64,
    limit: u32,
) -> Result<Stretch, sqlx::Error> {
    let messages = sqlx::query_as(
        "SELECT sequence, author_id, posted_at, position, event_id, body, body_event_id,
             version, edited_at, edits, retracted_at, hidden_at
         FROM messages WHERE room_id = $1 AND sequence < $2
         ORDER BY sequence DESC LIMIT $3",
    )
    .bind(room_id.0)
    .bind(number)
    .bind(i64::from(limit) + 1)
    .fetch_all(conn)
    .await?;
    let (mut messages, more) = cut(messages, limit);
    messages.reverse();
    Ok((messages, more))
}

async fn after(
    conn: &mut PgConnection,
    room_id: RoomId,
    number: i64,
    limit: u32,
) -> Result<Stretch, sqlx::Error> {
    let messages = sqlx::query_as(
        "SELECT sequence, author_id, posted_at, position, event_id, body, body_event_id,
             version, edited_at, edits, retracted_at, hidden_at
         FROM messages WHERE room_id = $1 AND sequence > $2
         ORDER BY sequence LIMIT $3",
    )
    .bind(room_id.0)
    .bind(number)
    .bind(i64::from(limit) + 1)
    .fetch_all(conn)
    .await?;
    Ok(cut(messages, limit))
}

fn cut(mut messages: Vec<Message>, limit: u32) -> Stretch {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = messages.len() > limit;
    messages.truncate(limit);
    (messages, more)
}

/// Both lists are in the order of the numbers, so one pass over each is enough.
async fn add_reactions(
    conn: &mut PgConnection,
    room_id: RoomId,
    messages: &mut [Message],
) -> Result<(), sqlx::Error> {
    let (Some(first), Some(last)) = (messages.first(), messages.last()) else {
        return Ok(());
    };
    let rows: Vec<(i64, Uuid, String)> = sqlx::query_as(
        "SELECT message, account_id, reaction FROM reactions
         WHERE room_id = $1 AND message BETWEEN $2 AND $3
         ORDER BY message, account_id, reaction",
    )
    .bind(room_id.0)
    .bind(bigint(first.sequence))
    .bind(bigint(last.sequence))
    .fetch_all(conn)
    .await?;
    let mut rows = rows.into_iter().peekable();
    for message in messages {
        let number = bigint(message.sequence);
        while let Some((of, account_id, reaction)) = rows.next_if(|row| row.0 <= number) {
            if of == number && !message.is_hidden {
                let account_id = AccountId(account_id);
                message.reactions.push(MessageReaction { account_id, reaction });
            }
        }
    }
    Ok(())
}
