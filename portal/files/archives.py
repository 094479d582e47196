"""Office files are zip archives of XML. These checks read the directory and small parts only, never the bulk."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import Self
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from portal.files.kinds import FileType
from portal.files.refusals import active, damaged, too_large_unpacked

MAX_MEMBERS = 6_000
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_XML_BYTES = 48 * 1024 * 1024
MAX_SMALL_PART_BYTES = 2 * 1024 * 1024
ENCRYPTED = 0x1
CONTENT_TYPES = "[Content_Types].xml"
# Active content: macros, ActiveX, old macro sheets of Excel (ECMA-376 parts), Basic and scripts of OpenDocument.
ACTIVE_PARTS = ("vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/", "/dialogsheets/", "/customui/")
ACTIVE_FOLDERS = ("basic/", "scripts/")
# Relationships that make the program load something from outside when the file is opened.
LOADED_FROM_OUTSIDE = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/externalLinkPath")


def check_office(source: Path, file_type: FileType) -> None:
    """Pass a Word, PowerPoint or Excel file. Raises Invalid if it is none, has macros or is a bomb."""
    with _Archive(source) as archive:
        names = archive.checked_names()
        if CONTENT_TYPES not in names or file_type.main_part not in names:
            raise damaged()
        types = archive.small_part(CONTENT_TYPES)
        if "macroEnabled" in types or any(part in f"/{name.lower()}" for name in names for part in ACTIVE_PARTS):
            raise active()
        if any(_loads_from_outside(archive.small_part(name)) for name in names if name.endswith(".rels")):
            raise active()


def check_open_document(source: Path, file_type: FileType) -> None:
    """Pass an OpenDocument file. Raises Invalid if it is none, has macros or is a bomb."""
    with _Archive(source) as archive:
        names = archive.checked_names()
        if "mimetype" not in names or "content.xml" not in names:
            raise damaged()
        if archive.small_part("mimetype").strip() != file_type.media_type:
            raise damaged()
        if any(name.lower().startswith(ACTIVE_FOLDERS) for name in names):
            raise active()


class _Archive:
    def __init__(self, source: Path) -> None:
        self._size = source.stat().st_size
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RecursionError) as error:
            raise damaged() from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def checked_names(self) -> set[str]:
        """The names of all members, once each of them is plain and all together are of bearable size."""
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED_BYTES:
            raise too_large_unpacked()
        # Parts that add up to more than the file lie on top of one another: the flat kind of zip bomb.
        if sum(one.compress_size for one in members) > self._size:
            raise damaged()
        names = {one.filename for one in members}
        if len(names) != len(members) or not all(map(_is_plain, members)):
            raise damaged()
        return names

    def small_part(self, name: str) -> str:
        """The text of a part that is small in every honest file."""
        info = self._zip.getinfo(name)
        if info.file_size > MAX_SMALL_PART_BYTES:
            raise too_large_unpacked()
        try:
            return self._zip.read(info).decode("utf-8-sig")
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise damaged() from error


def _is_plain(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.split("/")
    is_inside = not member.filename.startswith("/") and ".." not in parts and "\\" not in member.filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    is_huge_text = member.filename.endswith((".xml", ".rels")) and member.file_size > MAX_XML_BYTES
    return is_inside and not is_link and not is_huge_text and not member.flag_bits & ENCRYPTED and ":" not in parts[0]


def _loads_from_outside(relationships: str) -> bool:
    try:
        root = fromstring(relationships)
    except (ParseError, DefusedXmlException) as error:
        raise damaged() from error
    return any(
        one.get("TargetMode") == "External" and str(one.get("Type", "")).endswith(LOADED_FROM_OUTSIDE) for one in root
    )
