"""The provider, its tokens, and whom they let in."""
