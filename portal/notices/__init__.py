"""Notices: what happened that concerns a member, in the portal, by mail at once, or as a digest."""
