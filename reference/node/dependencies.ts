import { Redis } from "ioredis";
import { Pool } from "pg";
import type { CacheContract, DatabaseContract } from "./contract.ts";

/** Milliseconds; a health check must answer while somebody still waits, and uptime checks give it 10 s. */
const CHECK = 5_000;

export type Numbers = Readonly<Record<string, number>>;

/** A client that uses the contract's numbers, and tells what it really uses. */
export interface Dependency {
  readonly name: string;
  ping(): Promise<void>;
  inForce(): Promise<Numbers>;
  close(): Promise<void>;
}

export interface DependencyHealth {
  readonly status: "up" | "down";
  readonly seconds: number;
  readonly error?: string;
}

export function database(contract: DatabaseContract): Dependency & { initialize(): Promise<void> } {
  const pool = new Pool({
    host: contract.host,
    port: contract.port,
    database: contract.name,
    user: contract.user,
    password: contract.password,
    // The certificate does not name the private DNS host: verify the CA, not the name.
    ssl: contract.caCertificate !== undefined && {
      ca: contract.caCertificate,
      checkServerIdentity: () => undefined,
    },
    connectionTimeoutMillis: contract.connectTimeout * 1000,
    statement_timeout: contract.statementTimeout * 1000,
    min: contract.poolSize,
    max: contract.poolSize + contract.maxOverflow,
    idleTimeoutMillis: contract.poolIdle * 1000,
    // The idle time spares the `min` connections; their age does not.
    maxLifetimeSeconds: contract.poolIdle,
  });
  // An idle connection that breaks is replaced; without a listener it would end the process.
  pool.on("error", () => {});
  const ping = async (): Promise<void> => {
    await pool.query("SELECT 1");
  };
  let initialization: Numbers = {};
  const initialize = async (attempts: number, seconds: number): Promise<void> => {
    // The value of this call is in force, not that of the contract.
    initialization = { DATABASE_INIT_ATTEMPTS: attempts, DATABASE_INIT_TIMEOUT_SECONDS: seconds };
    for (let attempt = 1; attempt <= attempts; attempt++) {
      try {
        return await within(seconds * 1000, ping());
      } catch (error) {
        console.error(`database initialization ${attempt} of ${attempts}: ${kind(error)}`);
      }
    }
    throw new Error("The database could not be initialized.");
  };
  return {
    name: "postgres",
    ping,
    initialize: () => initialize(contract.initAttempts, contract.initTimeout),
    inForce: async () => ({
      DATABASE_CONNECT_TIMEOUT_SECONDS: (pool.options.connectionTimeoutMillis ?? 0) / 1000,
      ...initialization,
      DATABASE_POOL_SIZE: pool.options.min ?? 0,
      DATABASE_MAX_OVERFLOW: pool.options.max - (pool.options.min ?? 0),
      DATABASE_POOL_IDLE_SECONDS: (pool.options.idleTimeoutMillis ?? 0) / 1000,
      ...(await statementTimeout(pool)),
    }),
    close: () => pool.end(),
  };
}

/** The server's own word: a role or a proxy may have set another one. Nothing where there is no session. */
async function statementTimeout(pool: Pool): Promise<Numbers> {
  try {
    const { rows } = await within(
      CHECK,
      pool.query<{ setting: string }>("SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"),
    );
    return { DATABASE_STATEMENT_TIMEOUT_SECONDS: Number(rows[0]?.setting) / 1000 };
  } catch {
    return {};
  }
}

export function cache(contract: CacheContract): Dependency {
  const clients = Array.from({ length: contract.poolSize }, () => {
    const client = new Redis({
      host: contract.host,
      port: contract.port,
      maxRetriesPerRequest: 1,
      ...(contract.password === undefined ? {} : { password: contract.password }),
      ...(contract.caCertificate === undefined
        ? {}
        : { tls: { ca: contract.caCertificate, checkServerIdentity: () => undefined } }),
    });
    // ioredis connects again by itself; without a listener it would print each error with its address.
    client.on("error", () => {});
    return client;
  });
  return {
    name: "redis",
    ping: async () => {
      await clients[0]?.ping();
    },
    inForce: async () => ({ REDIS_POOL_SIZE: clients.length }),
    close: async () => {
      for (const client of clients) client.disconnect();
    },
  };
}

/** Another service, or something outside: any answer but a server's failure is one. */
export function called(name: string, url: string): Dependency {
  return {
    name,
    ping: async () => {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(CHECK) });
      if (status >= 500) throw new Error(`HTTP ${status}`);
    },
    inForce: async () => ({}),
    close: async () => {},
  };
}

export async function healthOf(dependency: Dependency): Promise<DependencyHealth> {
  const start = performance.now();
  const seconds = (): number => Math.round(performance.now() - start) / 1000;
  try {
    await within(CHECK, dependency.ping());
    return { status: "up", seconds: seconds() };
  } catch (error) {
    return { status: "down", seconds: seconds(), error: kind(error) };
  }
}

/** The kind of an error alone: its text may hold a URL with a password. */
function kind(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error("late"), { code: `no answer in ${milliseconds / 1000} s` })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
