"""
A service that keeps the platform's contract:

    python main.py auth clickhouse

The arguments are the service's `dependsOn`; their addresses come from AUTH_URL and CLICKHOUSE_URL.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from contract import Contract, read_contract
from dependencies import CacheClient, DatabaseClient, health_of, reached


def url_of(name: str) -> str:
    variable = f"{name.upper().replace('-', '_')}_URL"
    if variable not in os.environ:
        raise SystemExit(f"The platform did not hand over: {variable}.")
    return os.environ[variable]


def create_server(contract: Contract, depends_on: list[str]) -> uvicorn.Server:
    database = None if contract.database is None else DatabaseClient(contract.database)
    cache = None if contract.cache is None else CacheClient(contract.cache)
    urls = {name: url_of(name) for name in depends_on}

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # The port opens after the initialization, so that the start-up probe covers it.
        if database is not None:
            await database.initialize()
        yield
        for client in (database, cache):
            if client is not None:
                await client.close()

    app = FastAPI(lifespan=lifespan)

    @app.middleware("http")
    async def request_timeout(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            async with asyncio.timeout(app.state.request_timeout):
                return await call_next(request)
        except TimeoutError:
            return JSONResponse({"error": "request timeout"}, status_code=504)

    app.state.request_timeout = contract.request_timeout
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host="0.0.0.0",
            port=contract.port,
            timeout_graceful_shutdown=int(contract.shutdown_grace),
            log_level="warning",
        )
    )

    async def health() -> tuple[dict[str, Any], bool]:
        checks: dict[str, Callable[[], Awaitable[None]]] = {}
        if database is not None:
            checks["postgres"] = database.ping
        if cache is not None:
            checks["redis"] = cache.ping
        for name, url in urls.items():
            checks[name] = lambda url=url: reached(url)
        answers = await asyncio.gather(*(health_of(ask) for ask in checks.values()))
        return dict(zip(checks, answers, strict=True)), all(answer["status"] == "up" for answer in answers)

    @app.get("/health")
    async def alive() -> JSONResponse:
        # The liveness probe asks here: a restart mends no dependency that is down.
        return JSONResponse({"status": "healthy"})

    @app.get("/health/infrastructure")
    async def infrastructure() -> JSONResponse:
        dependencies, up = await health()
        in_force = {
            "REQUEST_TIMEOUT_SECONDS": app.state.request_timeout,
            "SHUTDOWN_GRACE_SECONDS": server.config.timeout_graceful_shutdown,
            **({} if database is None else await database.in_force()),
            **({} if cache is None else cache.in_force()),
        }
        body = {
            "contract": 1,
            "service": contract.service,
            "revision": contract.revision,
            "status": "healthy" if up else "unhealthy",
            "inForce": in_force,
            "dependencies": dependencies,
        }
        return JSONResponse(body, status_code=200 if up else 503)

    return server


if __name__ == "__main__":
    create_server(read_contract(), sys.argv[1:]).run()
