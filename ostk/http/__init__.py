"""The one HTTP client: tokens, retries, redirects, TLS, tracing, dry run."""
