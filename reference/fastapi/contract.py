"""The numbers that the platform hands over, each as an environment variable (docs/environments/<name>.md)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Database:
    """PostgreSQL, through the Cloud SQL socket or by its private address. Times in seconds."""

    host: str
    port: int
    name: str
    user: str
    password: str
    ca_certificate: str | None
    connect_timeout: float
    init_timeout: float
    init_attempts: int
    statement_timeout: float
    pool_size: int
    max_overflow: int
    pool_idle: float


@dataclass(frozen=True)
class Cache:
    host: str
    port: int
    password: str | None
    ca_certificate: str | None
    pool_size: int


@dataclass(frozen=True)
class Contract:
    service: str
    revision: str
    port: int
    request_timeout: float
    shutdown_grace: float
    database: Database | None
    cache: Cache | None


def read_contract(env: Mapping[str, str] = os.environ) -> Contract:
    """There are no defaults: a number that is missing must stop the service, not be replaced by another one."""
    missing: list[str] = []

    def text(name: str) -> str:
        if name not in env:
            missing.append(name)
        return env.get(name, "0")

    database = None
    if "POSTGRES_HOST" in env:
        database = Database(
            host=env["POSTGRES_HOST"],
            port=int(text("POSTGRES_PORT")),
            name=text("POSTGRES_DB"),
            user=text("POSTGRES_USER"),
            password=text("POSTGRES_PASSWORD"),
            ca_certificate=env.get("POSTGRES_CA_CERTIFICATE"),
            connect_timeout=float(text("DATABASE_CONNECT_TIMEOUT_SECONDS")),
            init_timeout=float(text("DATABASE_INIT_TIMEOUT_SECONDS")),
            init_attempts=int(text("DATABASE_INIT_ATTEMPTS")),
            statement_timeout=float(text("DATABASE_STATEMENT_TIMEOUT_SECONDS")),
            pool_size=int(text("DATABASE_POOL_SIZE")),
            max_overflow=int(text("DATABASE_MAX_OVERFLOW")),
            pool_idle=float(text("DATABASE_POOL_IDLE_SECONDS")),
        )
    cache = None
    if "REDIS_HOST" in env:
        cache = Cache(
            host=env["REDIS_HOST"],
            port=int(text("REDIS_PORT")),
            password=env.get("REDIS_PASSWORD"),
            ca_certificate=text("REDIS_CA_CERTIFICATE") if text("REDIS_TLS") == "true" else None,
            pool_size=int(text("REDIS_POOL_SIZE")),
        )
    contract = Contract(
        service=env.get("K_SERVICE", "local"),
        revision=env.get("K_REVISION", "local"),
        port=int(env.get("PORT", "8080")),
        request_timeout=float(text("REQUEST_TIMEOUT_SECONDS")),
        shutdown_grace=float(text("SHUTDOWN_GRACE_SECONDS")),
        database=database,
        cache=cache,
    )
    if missing:
        raise SystemExit(f"The platform did not hand over: {', '.join(missing)}.")
    return contract
