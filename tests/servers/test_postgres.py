import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.servers.postgres import PostgresServer


@pytest.mark.postgres
def test_create_database_copies_its_template(postgres_server: PostgresServer) -> None:
    engine = create_engine(postgres_server.create_database("pattern"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE town (name text)"))
        connection.execute(text("INSERT INTO town VALUES ('Göttingen')"))
    engine.dispose()
    copy = create_engine(postgres_server.create_database("copy", template="pattern"))
    with copy.connect() as connection:
        assert connection.scalar(text("SELECT upper(name) FROM town")) == "GÖTTINGEN"
    copy.dispose()


@pytest.mark.postgres
def test_delete_database_ends_open_connections(postgres_server: PostgresServer) -> None:
    engine = create_engine(postgres_server.create_database("short_lived"))
    with engine.connect() as connection, pytest.raises(OperationalError):
        postgres_server.delete_database("short_lived")
        connection.execute(text("SELECT 1"))
    engine.dispose()
