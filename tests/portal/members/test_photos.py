"""The part of a portrait that is shown: chosen by numbers, cut out by the server, the same in lists and cards."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import vobject
from PIL import Image

from portal.database import unit_of_work
from portal.extensions import db
from portal.files.crops import find_box
from portal.files.models import Attachment
from portal.files.services.sweeping import sweep_pending
from portal.files.store import current_storage
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network

LogIn = Callable[..., PortalClient]
RED, BLUE = (220, 30, 30), (30, 30, 220)


def upload(client: PortalClient) -> Attachment:
    """A portrait of 200 × 400: red above, blue below, with a place in it."""
    picture, stream = Image.new("RGB", (200, 400), BLUE), io.BytesIO()
    picture.paste(RED, (0, 0, 200, 200))
    picture.save(stream, "JPEG", quality=95)
    stream.seek(0)
    client.post("/me/photo", data={"photo": (stream, "anna.jpg")})
    return db.session.query(Attachment).one()


def choose(client: PortalClient, **values: str) -> int:
    key = db.session.query(Attachment).one().key
    return client.post("/me/photo/crop", data={"key": key, "crop": "own", **values}).status_code


def colour(content: bytes, place: float) -> str:
    """Which of the two colours the middle column has at this height."""
    with Image.open(io.BytesIO(content)) as image:
        red, _green, blue = image.convert("RGB").getpixel((image.width // 2, int(image.height * place)))  # type: ignore[misc]
    return "red" if red > blue else "blue"


def photo_url(size: int = 96) -> str:
    return f"/members/{Network().member('member').id}/photo?size={size}"


PARTS: list[tuple[dict[str, str], str, str]] = [
    ({"crop": "top"}, "red", "red"),
    ({"part": "0,500,1000"}, "blue", "blue"),
    ({"crop": "centre"}, "red", "blue"),
]


def test_the_chosen_part_is_cut_out(login: LogIn) -> None:
    client = login("member")
    upload(client)
    for values, above, below in PARTS:
        assert choose(client, **values) == 302
        content = client.get(photo_url()).data
        assert (colour(content, 0.1), colour(content, 0.9)) == (above, below)


def test_it_comes_in_several_sizes(login: LogIn) -> None:
    client = login("member")
    upload(client)
    for size in (96, 192, 384, 768):
        with Image.open(io.BytesIO(client.get(photo_url(size)).data)) as image:
            assert image.size == (size, size)


WRONG = ["", "1,2", "-1,0,500", "0,0,1001", "900,0,500", "0,0,50", "0,0,1e3", "0,0,500;x", "9999,0,500", "0,600,1000"]


@pytest.mark.parametrize("part", WRONG)
def test_numbers_that_are_no_part_are_none(part: str) -> None:
    assert find_box(part, 200, 400) is None


def test_a_wrong_part_is_refused_and_nothing_changes(login: LogIn) -> None:
    client = login("member")
    upload(client)
    assert choose(client, part="900,0,500") == 422
    assert choose(client, key="another", part="0,0,500") == 409
    assert db.session.query(Attachment).one().crop == "centre"


def test_the_card_for_the_address_book_has_the_photo_by_its_rule(login: LogIn) -> None:
    upload(login("member"))
    number = Network().member("member").id
    card = vobject.readOne(login("other").get(f"/members/{number}.vcf").text)
    assert colour(card.photo.value, 0.1) == "red"
    with unit_of_work():
        Network().member("member").photo_shown = "nobody"
    assert "PHOTO" not in login("editor").get(f"/members/{number}.vcf").text


def test_nobody_else_sees_the_whole_photo(login: LogIn) -> None:
    client = login("member")
    upload(client)
    assert client.get("/me/photo/whole").status_code == 200
    assert login("other").get("/me/photo/whole").status_code == 404


def test_removing_the_photo_removes_every_size(login: LogIn) -> None:
    client, before = login("member"), {one.key for one in current_storage().list_files()}
    upload(client)
    assert len({one.key for one in current_storage().list_files()} - before) == 9
    client.post("/me/photo/delete")
    assert {one.key for one in current_storage().list_files()} == before


def test_a_lost_nudge_is_found(login: LogIn) -> None:
    client = login("member")
    upload(client)
    with unit_of_work():
        photo = db.session.query(Attachment).one()
        photo.cut, photo.changed_at = "", photo.changed_at.replace(year=2020)
    with unit_of_work():
        sweep_pending()
    assert db.session.query(Attachment).populate_existing().one().cut == "centre"


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 1000), (3840, 2160)])
def test_a_box_is_within_the_picture(width: int, height: int) -> None:
    for crop in ("centre", "top", "0,0,1000", "500,500,100"):
        left, top, right, bottom = find_box(crop, width, height) or (0, 0, 0, 0)
        assert 0 <= left <= right <= width and 0 <= top <= bottom <= height
