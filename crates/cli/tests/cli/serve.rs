//! `sigillo serve`, started as whoever runs it starts it, and asked as browsers and mail servers ask it.

mod answering;
mod http;
mod keeping;
mod listening;
mod running;
mod server;
mod service_manager;
mod socketmap;
mod telling;
