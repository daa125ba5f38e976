//! The formats as their users meet them: a text in, a judgement out.

mod cases;
mod catalogue;
mod corpus;
mod properties;
