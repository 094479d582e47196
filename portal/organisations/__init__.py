"""Organisations and who belongs to them: what plugins share. Profiles are a plugin's."""
