from obstore.store import S3Store

from tests.servers.s3 import S3Server


def test_s3_keeps_a_file(s3_server: S3Server) -> None:
    url = s3_server.create_bucket("portal-files")
    store = S3Store("portal-files", endpoint=s3_server.endpoint, client_options={"allow_http": True})
    store.put("slides/opening.pdf", b"%PDF")
    assert bytes(store.get("slides/opening.pdf").bytes()) == b"%PDF"
    assert url.startswith("s3://portal-files?endpoint=http://127.0.0.1:")
