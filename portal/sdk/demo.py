"""Files for a plugin's part of the demo network, made on the spot."""

from portal.demo.invented import sentence, text
from portal.demo.material import CREDIT, SCENES, draw_photo, make_document
from portal.demo.papers import Page

__all__ = ["CREDIT", "SCENES", "Page", "draw_photo", "make_document", "sentence", "text"]
