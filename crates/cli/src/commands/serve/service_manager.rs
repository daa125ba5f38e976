//! The service manager that started the program, if one did: what it opened for it (socket
//! activation), and what it wants to be told (`sd_notify(3)`).

use listenfd::ListenFd;
use sd_notify::NotifyState;
use sigillo_listen::Listener;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// The service manager.
pub(super) struct ServiceManager {
    sockets: ListenFd,
    /// When it wants to hear that all is well.
    watchdog: Option<Interval>,
}

impl ServiceManager {
    /// Finds out what the service manager has passed on.
    pub(super) fn find() -> Self {
        let allowed = sd_notify::watchdog_enabled().filter(|allowed| !allowed.is_zero());
        let watchdog = allowed.map(|allowed| {
            // Twice in the time that it allows.
            let mut ticks = interval(allowed / 2);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks
        });
        Self { sockets: ListenFd::from_env(), watchdog }
    }

    /// The sockets for mail servers that it has opened; they come in place of `[sender] listen`.
    pub(super) fn sender_sockets(&mut self) -> std::io::Result<Vec<Listener>> {
        let mut listeners = Vec::new();
        for index in 0..self.sockets.len() {
            let listener = match self.sockets.take_unix_listener(index) {
                Ok(Some(socket)) => Listener::inherited_unix(socket)?,
                Ok(None) => continue,
                Err(_) => match self.sockets.take_tcp_listener(index)? {
                    Some(socket) => Listener::inherited_tcp(socket)?,
                    None => continue,
                },
            };
            listeners.push(listener);
        }
        Ok(listeners)
    }

    /// Waits until it is time to say that all is well, and says so. Waiting that is broken off
    /// doesn't begin anew: something else may happen all the time.
    pub(super) async fn watch(&mut self) {
        match &mut self.watchdog {
            Some(ticks) => {
                ticks.tick().await;
                notify(&[NotifyState::Watchdog]);
            }
            None => std::future::pending().await,
        }
    }
}

/// Says that whoever asks is answered from now on.
pub(super) fn say_ready() {
    notify(&[NotifyState::Ready]);
}

/// Says that the configuration is being read again.
pub(super) fn say_reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(now) => notify(&[NotifyState::Reloading, now]),
        Err(_) => notify(&[NotifyState::Reloading]),
    }
}

/// Says that the program ends.
pub(super) fn say_stopping() {
    notify(&[NotifyState::Stopping]);
}

/// Without a service manager nobody listens, and that is no error.
fn notify(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!(%error, "the service manager can't be told");
    }
}
