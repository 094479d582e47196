"""Real servers for the tests: PostgreSQL, Redis, S3, SMTP and a browser, all from locked packages."""
