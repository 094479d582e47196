"""What happened, who did it, when and from where."""
