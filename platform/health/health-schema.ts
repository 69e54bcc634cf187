import { z } from "zod";
import type { PlainNumber } from "./health-contract.ts";

const meanings: Readonly<Record<PlainNumber, string>> = {
  REQUEST_TIMEOUT_SECONDS: "longest that one request may last, as the server enforces it",
  SHUTDOWN_GRACE_SECONDS: "drain after SIGTERM, as the server enforces it",
  DATABASE_CONNECT_TIMEOUT_SECONDS: "connect timeout of the pool's driver",
  DATABASE_INIT_TIMEOUT_SECONDS: "one attempt to initialize",
  DATABASE_INIT_ATTEMPTS: "attempts to initialize before the process exits",
  DATABASE_STATEMENT_TIMEOUT_SECONDS: "statement_timeout of the sessions",
  DATABASE_POOL_SIZE: "connections that the pool keeps",
  DATABASE_MAX_OVERFLOW: "connections beyond the pool",
  DATABASE_POOL_IDLE_SECONDS: "idle connections leave the pool after this",
  REDIS_POOL_SIZE: "connections to Redis",
};

const inForce = z.looseObject(
  Object.fromEntries(
    Object.entries(meanings).map(([name, meaning]) => [
      name,
      z.number().nonnegative().optional().describe(meaning),
    ]),
  ),
);

const dependency = z.looseObject({
  status: z.enum(["up", "down"]),
  seconds: z.number().nonnegative().describe("how long the answer took"),
  error: z.string().optional().describe("why it is down; never an address with a password"),
});

const schema = z
  .looseObject({
    contract: z.literal(1).describe("version of this shape"),
    service: z.string().describe("K_SERVICE of Cloud Run"),
    revision: z.string().describe("K_REVISION of Cloud Run"),
    status: z
      .enum(["healthy", "unhealthy"])
      .describe("healthy with 200, unhealthy with 503 and the same body"),
    inForce: inForce.describe(
      "what is in force, read back from pools and clients, by the name of the contract's environment variable",
    ),
    dependencies: z
      .record(z.string(), dependency)
      .describe("postgres, redis, and the services and external dependencies it calls"),
  })
  .describe("What a service answers at GET /health/infrastructure: the deadlines and pool sizes in force.");

/** JSON Schema of /health/infrastructure, for services in any language. */
export function healthSchema(): object {
  return { title: "InfrastructureHealth", ...z.toJSONSchema(schema) };
}
