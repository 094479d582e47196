"""Single sign-on by OpenID Connect: members come in by the log-in of their organisation or network."""
