"""Clients that use the contract's numbers, and tell what they really use."""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import redis.asyncio
from redis.asyncio.connection import SSLConnection
from sqlalchemy import URL, event, text
from sqlalchemy.ext.asyncio import create_async_engine

from contract import Cache, Database

# A health check must answer while somebody still waits: uptime checks give it 10 s.
CHECK_SECONDS = 5.0

Numbers = dict[str, float]


class DatabaseClient:
    """SQLAlchemy's pool over asyncpg."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._initialization: Numbers = {}
        self._given: dict[str, Any] = {}
        arguments: dict[str, Any] = {
            "timeout": database.connect_timeout,
            "server_settings": {"statement_timeout": f"{database.statement_timeout:g}s"},
        }
        if database.ca_certificate is not None:
            # The certificate does not name the private DNS host: verify the CA, not the name.
            context = ssl.create_default_context(cadata=database.ca_certificate)
            context.check_hostname = False
            arguments["ssl"] = context
        socket = database.host.startswith("/")
        self._engine = create_async_engine(
            URL.create(
                "postgresql+asyncpg",
                username=database.user,
                password=database.password,
                host=None if socket else database.host,
                port=None if socket else database.port,
                database=database.name,
                query={"host": database.host, "port": str(database.port)} if socket else {},
            ),
            pool_size=database.pool_size,
            max_overflow=database.max_overflow,
            # A connection that has been idle for so long is as old at least, and is replaced instead of used.
            pool_recycle=int(database.pool_idle),
            connect_args=arguments,
        )

        @event.listens_for(self._engine.sync_engine, "do_connect")
        def _(_dialect: Any, _record: Any, _positional: Any, given: dict[str, Any]) -> None:
            self._given = given

    async def initialize(self) -> None:
        """Exits after the last attempt: Cloud Run starts another instance, and the start-up alert fires."""
        await self._attempt(self._database.init_attempts, self._database.init_timeout)

    async def _attempt(self, attempts: int, seconds: float) -> None:
        # What this call was given is in force, whoever wrote it there: not what the contract says.
        self._initialization = {"DATABASE_INIT_ATTEMPTS": attempts, "DATABASE_INIT_TIMEOUT_SECONDS": seconds}
        for attempt in range(1, attempts + 1):
            try:
                async with asyncio.timeout(seconds):
                    await self.ping()
                return
            except (Exception, TimeoutError) as error:
                print(f"database initialization {attempt} of {attempts}: {type(error).__name__}", flush=True)
        raise SystemExit(3)

    async def ping(self) -> None:
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def in_force(self) -> Numbers:
        pool = self._engine.pool
        numbers: Numbers = {
            **self._initialization,
            "DATABASE_POOL_SIZE": pool.size(),
            "DATABASE_MAX_OVERFLOW": pool._max_overflow,
            "DATABASE_POOL_IDLE_SECONDS": pool._recycle,
        }
        if "timeout" in self._given:
            numbers["DATABASE_CONNECT_TIMEOUT_SECONDS"] = self._given["timeout"]
        try:
            # The server's own word: a role or a proxy may have set another one.
            async with asyncio.timeout(CHECK_SECONDS), self._engine.connect() as connection:
                milliseconds = await connection.scalar(
                    text("SELECT setting FROM pg_settings WHERE name = 'statement_timeout'")
                )
            numbers["DATABASE_STATEMENT_TIMEOUT_SECONDS"] = int(milliseconds) / 1000
        except (Exception, TimeoutError):
            pass  # No session, so nothing is in force; the dependency says why.
        return numbers

    async def close(self) -> None:
        await self._engine.dispose()


class CacheClient:
    def __init__(self, cache: Cache) -> None:
        tls: dict[str, Any] = {}
        if cache.ca_certificate is not None:
            tls = {
                "connection_class": SSLConnection,
                "ssl_ca_data": cache.ca_certificate,
                "ssl_check_hostname": False,
            }
        self._pool = redis.asyncio.BlockingConnectionPool(
            host=cache.host,
            port=cache.port,
            password=cache.password,
            max_connections=cache.pool_size,
            timeout=CHECK_SECONDS,
            **tls,
        )
        self._client = redis.asyncio.Redis(connection_pool=self._pool)

    async def ping(self) -> None:
        await self._client.ping()

    def in_force(self) -> Numbers:
        return {"REDIS_POOL_SIZE": self._pool.max_connections}

    async def close(self) -> None:
        await self._client.aclose()
        await self._pool.aclose()


async def reached(url: str) -> None:
    """Another service, or something outside: any answer but a server's failure is one."""
    async with httpx.AsyncClient(timeout=CHECK_SECONDS) as client:
        response = await client.get(url)
    if response.status_code >= 500:
        raise ConnectionError(f"HTTP {response.status_code}")


async def health_of(ask: Callable[[], Awaitable[None]]) -> dict[str, Any]:
    start = time.monotonic()
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await ask()
    except TimeoutError:
        return {
            "status": "down",
            "seconds": round(time.monotonic() - start, 3),
            "error": f"no answer in {CHECK_SECONDS:g} s",
        }
    except Exception as error:
        # The kind of the error alone: its text may hold a URL with a password.
        return {"status": "down", "seconds": round(time.monotonic() - start, 3), "error": type(error).__name__}
    return {"status": "up", "seconds": round(time.monotonic() - start, 3)}
