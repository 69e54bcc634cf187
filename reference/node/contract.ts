/** The numbers that the platform passes, each as an environment variable (docs/environments/<name>.md). */
export interface Contract {
  readonly service: string;
  readonly revision: string;
  readonly port: number;
  /** Seconds, as all times here. */
  readonly requestTimeout: number;
  readonly shutdownGrace: number;
  readonly database: DatabaseContract | undefined;
  readonly cache: CacheContract | undefined;
}

export interface DatabaseContract {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly user: string;
  readonly password: string;
  readonly caCertificate: string | undefined;
  readonly connectTimeout: number;
  readonly initTimeout: number;
  readonly initAttempts: number;
  readonly statementTimeout: number;
  readonly poolSize: number;
  readonly maxOverflow: number;
  readonly poolIdle: number;
}

export interface CacheContract {
  readonly host: string;
  readonly port: number;
  readonly password: string | undefined;
  readonly caCertificate: string | undefined;
  readonly poolSize: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** There are no defaults: a number that is missing must stop the service, not be replaced by another one. */
export function readContract(env: Variables): Contract {
  const missing: string[] = [];
  const text = (name: string): string => {
    const value = env[name];
    if (value === undefined) missing.push(name);
    return value ?? "";
  };
  const number = (name: string): number => {
    const value = Number(text(name));
    if (!Number.isFinite(value)) missing.push(`${name} (a number)`);
    return value;
  };
  const contract: Contract = {
    service: env.K_SERVICE ?? "local",
    revision: env.K_REVISION ?? "local",
    port: Number(env.PORT ?? 8080),
    requestTimeout: number("REQUEST_TIMEOUT_SECONDS"),
    shutdownGrace: number("SHUTDOWN_GRACE_SECONDS"),
    database: env.POSTGRES_HOST === undefined ? undefined : database(env, env.POSTGRES_HOST, text, number),
    cache: env.REDIS_HOST === undefined ? undefined : cache(env, env.REDIS_HOST, text, number),
  };
  if (missing.length > 0) throw new Error(`The platform did not hand over: ${missing.join(", ")}.`);
  return contract;
}

type Read<T> = (name: string) => T;

function database(env: Variables, host: string, text: Read<string>, number: Read<number>): DatabaseContract {
  return {
    host,
    port: number("POSTGRES_PORT"),
    name: text("POSTGRES_DB"),
    user: text("POSTGRES_USER"),
    password: text("POSTGRES_PASSWORD"),
    caCertificate: env.POSTGRES_CA_CERTIFICATE,
    connectTimeout: number("DATABASE_CONNECT_TIMEOUT_SECONDS"),
    initTimeout: number("DATABASE_INIT_TIMEOUT_SECONDS"),
    initAttempts: number("DATABASE_INIT_ATTEMPTS"),
    statementTimeout: number("DATABASE_STATEMENT_TIMEOUT_SECONDS"),
    poolSize: number("DATABASE_POOL_SIZE"),
    maxOverflow: number("DATABASE_MAX_OVERFLOW"),
    poolIdle: number("DATABASE_POOL_IDLE_SECONDS"),
  };
}

function cache(env: Variables, host: string, text: Read<string>, number: Read<number>): CacheContract {
  return {
    host,
    port: number("REDIS_PORT"),
    password: env.REDIS_PASSWORD,
    caCertificate: text("REDIS_TLS") === "true" ? text("REDIS_CA_CERTIFICATE") : undefined,
    poolSize: number("REDIS_POOL_SIZE"),
  };
}
