//! What is said while the program runs, for whoever runs it.

use std::io;

use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::configuration::{LogConfiguration, LogFormat};

/// Begins to log, for the rest of the program's life.
///
/// # Errors
/// The journal can't be reached, or something logs already.
pub(crate) fn start(log: LogConfiguration) -> io::Result<()> {
    match log.format {
        LogFormat::Journald => {
            let journal = tracing_journald::layer()?.with_syslog_identifier("sigillo".to_owned());
            tracing_subscriber::registry().with(log.level).with(journal).try_init()
        }
        _ => lines(log, io::stderr).try_init(),
    }
    .map_err(io::Error::other)
}

/// A log of lines. The service manager adds the time where it keeps them; on a terminal nobody does.
fn lines<W>(log: LogConfiguration, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt().with_max_level(log.level).with_writer(writer);
    match log.format {
        LogFormat::Json => Box::new(lines.json().flatten_event(true).finish()),
        _ => Box::new(lines.with_ansi(false).finish()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing::level_filters::LevelFilter;

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat) -> String {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = LogConfiguration { level: LevelFilter::INFO, format };
        let subscriber = lines(log, move || writer.clone());
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(domain = "example.com\u{1b}[2J", "looked");
            tracing::debug!("not worth telling");
        });
        let bytes = kept.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn text_is_a_line_and_json_an_object() {
        let text = logged(LogFormat::Text);
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("INFO") && text.contains("looked"), "{text}");
        // What strangers say doesn't reach the terminal as it is.
        assert!(!text.contains('\u{1b}'), "{text:?}");

        let object: serde_json::Value = serde_json::from_str(&logged(LogFormat::Json)).unwrap();
        assert_eq!(object["level"], "INFO");
        assert_eq!(object["message"], "looked");
        assert_eq!(object["domain"], "example.com\u{1b}[2J");
    }
}
