"""The description of the HTTP API: for programs as OpenAPI, for people as a page."""
