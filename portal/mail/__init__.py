"""Mail: written to an outbox row in the change's own unit of work, sent only by the worker."""
