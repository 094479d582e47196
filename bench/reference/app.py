"""The reference application: Flask, Flask-Login and Flask-SQLAlchemy as their manuals show them, nothing else."""

from __future__ import annotations

import os

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from bench.words import sentence, text

MEMBERS, ITEMS, PER_PAGE = 200, 500, 20

db = SQLAlchemy()
login_manager = LoginManager()


class User(UserMixin, db.Model):
    """Somebody who may log in; their password is not asked for, as hashing is not what is measured."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200))


class Item(db.Model):
    """Something that is listed, read and searched."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))


@login_manager.user_loader
def load_user(key: str) -> User | None:
    """The user whose id the cookie carries."""
    return db.session.get(User, int(key))


def create_app() -> Flask:
    """The application on the database named by REFERENCE_DATABASE."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="reference", SQLALCHEMY_DATABASE_URI=os.environ["REFERENCE_DATABASE"])
    db.init_app(app)
    login_manager.init_app(app)
    app.add_url_rule("/login", view_func=login, methods=["GET", "POST"])
    app.add_url_rule("/", view_func=index)
    app.add_url_rule("/items/<int:item_id>", view_func=item_show)
    app.add_url_rule("/search", view_func=search)
    return app


def login() -> ResponseReturnValue:
    """A form, and its answer."""
    if request.method == "GET":
        return render_template("login.html")
    login_user(db.session.scalars(select(User).where(User.email == request.form["email"])).one())
    return redirect(url_for("index"))


@login_required
def index() -> str:
    """The start page: the newest items."""
    items = db.session.scalars(select(Item).order_by(Item.id.desc()).limit(PER_PAGE)).all()
    return render_template("index.html", items=items)


@login_required
def item_show(item_id: int) -> str:
    """One item."""
    return render_template("item.html", item=db.get_or_404(Item, item_id))


@login_required
def search() -> str:
    """Items with the word in their text, by LIKE."""
    word = request.args["q"]
    found = select(Item).where(Item.body.ilike(f"%{word}%")).order_by(Item.id.desc()).limit(PER_PAGE)
    return render_template("index.html", items=db.session.scalars(found).all())


def fill() -> None:
    """Create the tables with 200 users and 500 items of 2,000 characters."""
    with create_app().app_context():
        db.create_all()
        db.session.add_all(
            User(id=key, email=f"user{key}@portal.example", name=f"User {key}") for key in range(1, MEMBERS + 1)
        )
        db.session.flush()
        db.session.add_all(
            Item(title=sentence(key), body=text(key), author_id=1 + key % MEMBERS) for key in range(ITEMS)
        )
        db.session.commit()


if __name__ == "__main__":
    fill()
