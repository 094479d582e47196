from redis import Redis

from tests.servers.redis import RedisServer


def test_redis_keeps_a_value(redis_server: RedisServer) -> None:
    with Redis.from_url(redis_server.get_url(1), decode_responses=True) as client:
        client.set("town", "Göttingen")
        assert client.get("town") == "Göttingen"
