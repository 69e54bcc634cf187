import type { Graph, Value } from "../graph/index.ts";
import { memoize } from "./memoize.ts";
import { type Container, type Timeout, type Workload, workloads } from "./workload/index.ts";

/** A deadline that a container receives in its environment. */
export interface Deadline {
  readonly variable: string;
  readonly seconds: number;
  /** True for the names of the contract to the applications, whose meaning is settled; other spellings only give advice. */
  readonly contract: boolean;
}

/** What a deadline is for: its name in the contract, and other names that mean the same in most applications. */
interface Kind {
  readonly contract: string;
  /** Without the unit at its end. */
  readonly pattern: RegExp;
}

const DATABASE = "(?:[A-Z0-9]+_)*(?:DATABASE|DB|POSTGRES(?:QL)?|PG|SQL|CLOUD_?SQL|MYSQL|ALLOYDB)";

const KINDS = {
  connect: {
    contract: "DATABASE_CONNECT_TIMEOUT_SECONDS",
    pattern: new RegExp(`^(PGCONNECT_TIMEOUT|${DATABASE}_(SOCKET_)?CONNECT(ION)?_TIMEOUT)$`),
  },
  initialization: {
    contract: "DATABASE_INIT_TIMEOUT_SECONDS",
    pattern: new RegExp(`^${DATABASE}_(INIT(IALI[SZ]ATION)?|START_?UP|WARM_?UP)_(TIMEOUT|DEADLINE)$`),
  },
  statement: {
    contract: "DATABASE_STATEMENT_TIMEOUT_SECONDS",
    pattern: new RegExp(`^${DATABASE}_(STATEMENT|QUERY|COMMAND)_TIMEOUT$`),
  },
  request: {
    contract: "REQUEST_TIMEOUT_SECONDS",
    pattern: /^((HTTP|SERVER)_)?REQUEST_TIMEOUT$/,
  },
  shutdown: {
    contract: "SHUTDOWN_GRACE_SECONDS",
    pattern: /^(GRACEFUL_)?SHUTDOWN(_GRACE)?(_PERIOD|_TIMEOUT)?$/,
  },
  poolIdle: {
    contract: "DATABASE_POOL_IDLE_SECONDS",
    pattern: new RegExp(`^${DATABASE}_POOL_IDLE(_TIMEOUT)?$`),
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** By the end of a name, how many seconds its unit has. */
const UNITS = { SECONDS: 1, SECS: 1, SEC: 1, S: 1, MILLISECONDS: 0.001, MILLIS: 0.001, MS: 0.001 } as const;
const UNIT = new RegExp(`_(${Object.keys(UNITS).join("|")})$`);
const WRITTEN_UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60 };

/** Without a unit, numbers from here on are milliseconds: no deadline of a request or start is that many seconds. */
const LEAST_MILLISECONDS = 3601;

const ATTEMPTS = ["DATABASE_INIT_ATTEMPTS", "DATABASE_INIT_MAX_ATTEMPTS", "DB_INIT_ATTEMPTS"] as const;

/** A number, or a string that holds nothing but one; zero means "no deadline" and is left out. */
function positive(value: Value | undefined): number | undefined {
  const number = typeof value === "string" && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === "number" && number > 0 ? number : undefined;
}

/** Seconds of a value, by the unit in the value ("20s"), or in the name of its variable. */
function secondsOf(variable: string, value: Value): number | undefined {
  const [, digits, unit] = /^\s*(\d+(?:\.\d+)?)(ms|s|m)\s*$/.exec(String(value)) ?? [];
  if (digits !== undefined) return (positive(digits) ?? 0) * (WRITTEN_UNITS[unit ?? ""] ?? 1) || undefined;
  const number = positive(value);
  if (number === undefined) return undefined;
  const [, written] = UNIT.exec(variable) ?? [];
  if (written !== undefined) return number * UNITS[written as keyof typeof UNITS];
  return number < LEAST_MILLISECONDS ? number : number / 1000;
}

/** Of many variables, the few that may be deadlines. */
const deadlineNames = memoize((variables: ReadonlyMap<string, Value>): readonly string[] =>
  [...variables.keys()].filter((name) => /TIMEOUT|DEADLINE|SHUTDOWN|IDLE/.test(name)),
);

/** The deadline of that kind in the environment, where it is known: the contract's first. */
export function deadline(
  variables: ReadonlyMap<string, Value>,
  kind: keyof typeof KINDS,
): Deadline | undefined {
  const { contract, pattern } = KINDS[kind];
  const others = deadlineNames(variables).filter(
    (variable) => variable !== contract && pattern.test(variable.replace(UNIT, "")),
  );
  for (const variable of [contract, ...others]) {
    const value = variables.get(variable);
    const seconds = value === undefined ? undefined : secondsOf(variable, value);
    if (seconds !== undefined) return { variable, seconds, contract: variable === contract };
  }
  return undefined;
}

/** How often the container tries to initialize its database before it gives up; 1 where nothing says otherwise. */
export function initializationAttempts(variables: ReadonlyMap<string, Value>): number {
  for (const variable of ATTEMPTS) {
    const attempts = positive(variables.get(variable));
    if (attempts !== undefined) return attempts;
  }
  return 1;
}

/** Two deadlines decide together: advice as soon as one of them is not of the contract. */
export function severityOf(...deadlines: readonly (Deadline | undefined)[]): "error" | "warning" {
  return deadlines.every((each) => each === undefined || each.contract) ? "error" : "warning";
}

/** A timeout in force, and how a message writes it: "60 s", "300 s by default". */
export interface TimeoutInForce {
  readonly seconds: number;
  readonly written: string;
}

/** What a caller waits for at most; undefined where no caller waits, or it is not known. */
export function requestTimeout({ timeout }: Workload): TimeoutInForce | undefined {
  return timeout?.ends === "request" ? inForce(timeout) : undefined;
}

/** How long a task of a job, or a function triggered by an event, may take. */
export function taskTimeout({ timeout }: Workload): TimeoutInForce | undefined {
  return timeout?.ends === "task" ? inForce(timeout) : undefined;
}

function inForce({ seconds, byDefault }: Timeout): TimeoutInForce | undefined {
  return seconds === undefined
    ? undefined
    : { seconds, written: `${seconds} s${byDefault ? " by default" : ""}` };
}

/** A container, and its plain environment variables by name; those from a secret are left out. */
export interface Environment {
  readonly workload: Workload;
  readonly container: Container;
  readonly variables: ReadonlyMap<string, Value>;
}

/** Every container of the input that has plain environment variables. */
export const environments = memoize((graph: Graph): readonly Environment[] =>
  workloads(graph).flatMap((workload) =>
    workload.containers.flatMap((container) => {
      const variables = new Map(
        container.env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
      );
      return variables.size === 0 ? [] : [{ workload, container, variables }];
    }),
  ),
);
