import type { Graph, Value } from "../../graph/index.ts";
import { memoize } from "../memoize.ts";
import { type Container, type Timeout, type Workload, workloads } from "../workload/index.ts";

/** A deadline that a container receives in its environment. */
export interface Deadline {
  readonly variable: string;
  readonly seconds: number;
  /** True for the names of the contract to the applications, whose meaning is settled; other spellings only give advice. */
  readonly contract: boolean;
}

/** The contract's name first, then spellings that mean the same in most applications. */
const VARIABLES = {
  connect: [
    "DATABASE_CONNECT_TIMEOUT_SECONDS",
    "DATABASE_CONNECTION_TIMEOUT_SECONDS",
    "DB_CONNECT_TIMEOUT_SECONDS",
    "POSTGRES_CONNECT_TIMEOUT_SECONDS",
    "PGCONNECT_TIMEOUT",
  ],
  initialization: [
    "DATABASE_INIT_TIMEOUT_SECONDS",
    "DATABASE_INITIALIZATION_TIMEOUT_SECONDS",
    "DB_INIT_TIMEOUT_SECONDS",
    "POSTGRES_INIT_TIMEOUT_SECONDS",
  ],
  statement: [
    "DATABASE_STATEMENT_TIMEOUT_SECONDS",
    "DB_STATEMENT_TIMEOUT_SECONDS",
    "POSTGRES_STATEMENT_TIMEOUT_SECONDS",
    "DATABASE_QUERY_TIMEOUT_SECONDS",
  ],
  request: ["REQUEST_TIMEOUT_SECONDS", "HTTP_REQUEST_TIMEOUT_SECONDS"],
  shutdown: [
    "SHUTDOWN_GRACE_SECONDS",
    "SHUTDOWN_TIMEOUT_SECONDS",
    "GRACEFUL_SHUTDOWN_TIMEOUT_SECONDS",
    "GRACEFUL_SHUTDOWN_SECONDS",
  ],
  poolIdle: [
    "DATABASE_POOL_IDLE_SECONDS",
    "DATABASE_POOL_IDLE_TIMEOUT_SECONDS",
    "DB_POOL_IDLE_TIMEOUT_SECONDS",
  ],
} as const;

const ATTEMPTS = ["DATABASE_INIT_ATTEMPTS", "DATABASE_INIT_MAX_ATTEMPTS", "DB_INIT_ATTEMPTS"] as const;

/** Seconds in a number, or in a string that holds nothing but one; zero means "no deadline" and is left out. */
function positive(value: Value | undefined): number | undefined {
  const number = typeof value === "string" && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === "number" && number > 0 ? number : undefined;
}

/** The deadline of that kind in the environment, where it is known. */
export function deadline(
  variables: ReadonlyMap<string, Value>,
  kind: keyof typeof VARIABLES,
): Deadline | undefined {
  const [contract] = VARIABLES[kind];
  for (const variable of VARIABLES[kind]) {
    const seconds = positive(variables.get(variable));
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
