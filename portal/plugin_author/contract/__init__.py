"""What every plugin must keep: :func:`assert_plugin_contract` finds each breach and says what is wrong."""

from portal.plugin_author.contract.keeping import assert_plugin_contract, find_breaches

__all__ = ["assert_plugin_contract", "find_breaches"]
