//! What the sender does for a next hop.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use sigillo_language::Language;

use super::fields::{AnswerLanguage, Fields, Name};
use super::problem::Problem;
use crate::next_hop::{NextHop, NotANextHop};
use crate::query::{Query, quote, refused};
use crate::sender::Sender;

/// How to look.
#[derive(Debug, Deserialize)]
pub(super) struct Looking {
    /// Whether to look anew, whatever is remembered.
    #[serde(default)]
    fresh: bool,
}

pub(super) async fn show(
    State(sender): State<Sender>,
    Name(key): Name,
    Fields(Looking { fresh }): Fields<Looking>,
    AnswerLanguage(language): AnswerLanguage,
) -> Result<Json<Query>, Problem> {
    answer(&sender, &key, fresh, language).await
}

/// The same for those who must not have the network asked as often as they like.
pub(super) async fn show_remembered(
    State(sender): State<Sender>,
    Name(key): Name,
    Fields(Looking { fresh }): Fields<Looking>,
    AnswerLanguage(language): AnswerLanguage,
) -> Result<Json<Query>, Problem> {
    if fresh {
        return Err(Problem::new(StatusCode::FORBIDDEN, "fresh-elsewhere", language));
    }
    answer(&sender, &key, false, language).await
}

async fn answer(
    sender: &Sender,
    key: &str,
    fresh: bool,
    language: Language,
) -> Result<Json<Query>, Problem> {
    let next_hop = match NextHop::parse(key) {
        Ok(next_hop) => next_hop,
        Err(NotANextHop::NotADomain) => {
            let name = [("name", quote(key).into())];
            return Err(Problem::about(StatusCode::BAD_REQUEST, "not-a-next-hop", &name, language));
        }
        Err(fault) => return Ok(Json(refused(key, fault, language))),
    };
    let query = if fresh {
        sender.query_afresh(&next_hop, language).await
    } else {
        sender.query(&next_hop, language).await
    };
    query.map(Json).ok_or_else(|| Problem::stopping(language))
}
