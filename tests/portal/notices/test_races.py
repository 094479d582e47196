"""Of many who tell the same at once, the first tells and the others find it told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.invitations.models import AccessRequest
from portal.invitations.services.requesting import notify_deciders
from tests.fixtures.people import Network, address
from tests.portal.notices.conftest import Mails, notices_of


def test_many_at_once_make_one_notice(app: Flask, network: Network, sent: Mails) -> None:
    with unit_of_work():
        request = AccessRequest(token_hash="h", name="Frieda", email="f@netz.example", expires_at=utcnow())
        request.confirmed_at = utcnow()
        db.session.add(request)

    def tell(_number: int) -> None:
        with app.app_context(), unit_of_work():
            notify_deciders()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tell, range(6)))
    assert sorted(mail[0] for mail in sent) == [address("admin"), address("editorial")]
    assert len(notices_of(network, "editorial")) == 1
