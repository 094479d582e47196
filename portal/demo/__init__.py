"""The demo network: organisations, people and accounts that show what the portal does. All people are invented."""
