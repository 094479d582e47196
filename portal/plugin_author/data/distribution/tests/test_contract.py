"""The plugin keeps what every plugin must."""

from portal.sdk.testing import assert_plugin_contract
from portal_sampleid.services import entries


def test_contract() -> None:
    assert_plugin_contract("sampleid", fill=lambda member: entries.create_entry(member, "Erster Eintrag", "Text"))
