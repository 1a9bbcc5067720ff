//! Parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;
use variorum::cli;

fn main() -> ExitCode {
    end_quietly_on_closed_pipe();
    match cli::run(&cli::Cli::parse()) {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => {
            eprintln!("variorum: {failure}");
            failure.exit_code()
        }
    }
}

/// `variorum explain … | head` ends without a word, as other programs do.
fn end_quietly_on_closed_pipe() {
    #[cfg(unix)]
    {
        use signal_hook::consts::SIGPIPE;
        let always = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        // Without the handler a closed pipe is only reported less nicely.
        let _ = signal_hook::flag::register_conditional_default(SIGPIPE, always);
    }
}
