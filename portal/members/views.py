"""The directory, a person's page, card and photo, and one's own details."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from portal.errors import Conflict, Invalid, NotFound
from portal.files.delivery import POLICY, content_disposition, send_square, send_thumbnail
from portal.files.kinds import SQUARE_SIDES, THUMBNAIL_WIDTHS
from portal.files.models import Kind
from portal.files.services.cutting import read_card_picture
from portal.files.services.receiving import receive_file
from portal.members.forms import CropForm, MeForm, PhotoForm, language_names
from portal.members.services import cards, directory, editing, photos, profiles, queries
from portal.members.services.visibility import Viewer, shown_to, viewer_of
from portal.permissions.actor import MEMBER, Actor
from portal.topics.laender import LAENDER
from portal.web.access import access
from portal.web.locale import locale_chosen, theme_chosen
from portal.web.paging import read_number

blueprint = Blueprint("members", __name__)


@blueprint.get("/members/")
@access(MEMBER)
def member_list() -> str:
    """The directory of people, by last name."""
    asked = request.args
    wanted = directory.DirectoryFilter(
        words=asked.get("q", "")[:100],
        organisation=read_number(asked.get("organisation")),
        land=asked.get("land", "") if asked.get("land") in LAENDER else "",
        topic=read_number(asked.get("topic")),
        after=asked.get("after", "")[:200],
    )
    choices = directory.list_choices()
    page = directory.list_directory(current_user, wanted, choices)
    return render_template(
        "portal/members/member_list.html",
        page=page,
        wanted=wanted,
        choices=choices,
        laender={code: title for code, title in LAENDER.items() if code in choices.laender},
        photos=photos.list_photos(current_user, page.items),
    )


@blueprint.get("/members/<int:member_id>")
@access(MEMBER)
def member_show(member_id: int) -> str:
    """One person: what they do, where they belong, and what they let the asker see."""
    person = queries.get_member(current_user, member_id)
    preview = request.args.get("as", "") if person.id == current_user.id else ""
    viewer = _viewer(person, preview)
    return render_template(
        "portal/members/member_show.html",
        person=person,
        preview=preview,
        shown=shown_to(viewer, person),
        photo=photos.list_photos(current_user, [person]).get(person.id),
        languages=language_names(),
        sees_state=current_user.id == person.id or current_user.can("members.list_all"),
    )


@blueprint.get("/members/<int:member_id>.vcf")
@access(MEMBER, rate="file")
def member_card(member_id: int) -> Response:
    """The person as a business card for an address book."""
    person = queries.get_member(current_user, member_id)
    url = url_for("members.member_show", member_id=person.id, _external=True)
    photo = photos.list_photos(current_user, [person]).get(person.id)
    card = cards.card_of(viewer_of(current_user), person, url, read_card_picture(photo) if photo else None)
    response = Response(card, content_type="text/vcard; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition("attachment", f"{person.name}.vcf")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/members/<int:member_id>/photo")
@access(MEMBER, rate="file")
def photo_show(member_id: int) -> Response:
    """A person's portrait, if the asker may see it."""
    photo = photos.get_photo(current_user, member_id)
    wanted = read_number(request.args.get("size"))
    return send_square(photo, wanted if wanted in SQUARE_SIDES else SQUARE_SIDES[0])


@blueprint.get("/me/photo")
@access(MEMBER)
def photo_edit() -> str:
    """My portrait: which part of it is shown, another one, none."""
    return _photo_page()


@blueprint.get("/me/photo/whole")
@access(MEMBER, rate="file")
def photo_whole() -> Response:
    """My portrait as a whole, to choose the part on."""
    photo = photos.find_own_photo(current_user)
    if photo is None or not photo.is_ready:
        raise NotFound
    return send_thumbnail(photo, THUMBNAIL_WIDTHS[1])


@blueprint.post("/me/photo/crop")
@access(MEMBER, rate="form")
def photo_crop() -> ResponseReturnValue:
    """Keep which part of my portrait is shown."""
    form = CropForm(None)
    if not form.validate():
        return _photo_page(crop_form=form), 422
    try:
        photos.set_own_crop(current_user, form.key.data or "", form.chosen())
    except (Invalid, Conflict) as error:
        form.add_error(Invalid(str(error), "crop"))
        return _photo_page(crop_form=form), 409 if isinstance(error, Conflict) else 422
    flash(_("Your photo is shown like this in a moment."), "success")
    return redirect(url_for("members.photo_edit"))


@blueprint.get("/me")
@access(MEMBER)
def me_edit() -> str:
    """What I say of myself."""
    return _me_page(MeForm(queries.get_self(current_user)))


@blueprint.post("/me")
@access(MEMBER, rate="form")
def me_update() -> ResponseReturnValue:
    """Keep what I say of myself."""
    me = queries.get_self(current_user)
    form = MeForm(me)
    if not form.validate():
        return _me_page(form), 422
    try:
        profiles.update_own_profile(current_user, form.profile(), form.seen_version)
    except Invalid as error:
        form.add_error(error)
        return _me_page(form), 422
    except Conflict as conflict:
        form.show_conflict(conflict, me)
        return _me_page(form), 409
    flash(_("Your details are saved."), "success")
    response = redirect(url_for("members.me_edit"))
    response.delete_cookie("locale", samesite="Lax")  # an older choice on this device must not hide this one
    return response


@blueprint.post("/me/photo")
@access(MEMBER, rate="upload")
def photo_update() -> ResponseReturnValue:
    """Take a new portrait instead of the present one."""
    form, sent = PhotoForm(), cast(FileStorage, request.files.get("photo"))
    try:
        if not sent:
            raise Invalid("Please choose a file.", "photo")
        received = receive_file(cast(BinaryIO, sent.stream), sent.filename or "", Kind.PHOTO)
    except Invalid as error:
        form.add_error(error)
        return _photo_page(form), 422
    photos.set_own_photo(current_user, received)
    flash(_("Your photo is saved."), "success")
    return redirect(url_for("members.photo_edit"))


@blueprint.post("/me/photo/delete")
@access(MEMBER, rate="form")
def photo_delete() -> ResponseReturnValue:
    """Remove my portrait."""
    photos.delete_own_photo(current_user)
    flash(_("Your photo is removed."), "success")
    return redirect(url_for("members.photo_edit"))


def _viewer(person: Any, preview: str) -> Viewer:
    """Whose eyes the page is seen with: the asker's, or for a preview those of colleagues or of the network."""
    if preview == "organisation":
        return Viewer(organisations=frozenset(one.organisation_id for one in person.memberships))
    return Viewer() if preview == "network" else viewer_of(current_user)


def _photo_page(photo_form: PhotoForm | None = None, crop_form: CropForm | None = None) -> str:
    photo = photos.find_own_photo(current_user)
    return render_template(
        "portal/members/photo_edit.html",
        me=queries.get_self(current_user),
        photo=photo,
        photo_form=photo_form or PhotoForm(formdata=None),
        crop_form=crop_form or CropForm(photo, formdata=None),
    )


def _me_page(form: MeForm) -> str:
    me = queries.get_self(current_user)
    return render_template(
        "portal/members/me_edit.html",
        form=form,
        me=me,
        photo=photos.find_own_photo(current_user),
        roles=queries.list_role_titles(me.id),
    )


@locale_chosen.connect
def keep_locale(sender: object, member: Actor, locale: str) -> None:
    """Keep a language chosen in the header in the member's row, for mails and other devices."""
    editing.set_locale(member, locale)


@theme_chosen.connect
def keep_theme(sender: object, member: Actor, theme: str) -> None:
    """Keep a colour mode chosen in the header in the member's row, for other devices."""
    editing.set_theme(member, theme)
