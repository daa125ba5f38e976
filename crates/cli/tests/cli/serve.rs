//! `sigillo serve`, started as whoever runs it starts it, and asked as browsers ask it.

mod http;
mod keeping;
mod listening;
mod running;
mod server;
mod telling;
