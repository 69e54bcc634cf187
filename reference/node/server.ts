import { createServer, type ServerResponse } from "node:http";
import process from "node:process";
import { readContract } from "./contract.ts";
import { cache, called, type Dependency, database, healthOf } from "./dependencies.ts";

/**
 * A service that keeps the platform's contract:
 *
 *     node server.ts auth clickhouse
 *
 * The arguments are the service's `dependsOn`; their addresses come from AUTH_URL and CLICKHOUSE_URL.
 */
const contract = readContract(process.env);
const postgres = contract.database && database(contract.database);
const dependencies: Dependency[] = [
  ...(postgres === undefined ? [] : [postgres]),
  ...(contract.cache === undefined ? [] : [cache(contract.cache)]),
  ...process.argv.slice(2).map((name) => called(name, urlOf(name))),
];
const shutdown = { grace: contract.shutdownGrace };

const server = createServer({ requestTimeout: contract.requestTimeout * 1000 }, (request, response) => {
  // requestTimeout bounds how long the request may take to arrive, the socket's timeout how long the answer may.
  response.setTimeout(server.requestTimeout, () => answer(response, 504, { error: "request timeout" }));
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (path.endsWith("/health/infrastructure")) {
    infrastructure().then(
      ({ status, body }) => answer(response, status, body),
      () => answer(response, 500, { error: "health" }),
    );
  }
  // For the liveness probe: a restart fixes no dependency that is down.
  else if (path.endsWith("/health")) answer(response, 200, { status: "healthy" });
  else answer(response, 404, { error: "not found" });
});

function urlOf(name: string): string {
  const variable = `${name.toUpperCase().replaceAll("-", "_")}_URL`;
  const url = process.env[variable];
  if (url === undefined) throw new Error(`The platform did not hand over: ${variable}.`);
  return url;
}

async function infrastructure(): Promise<{ status: number; body: object }> {
  const [healths, numbers] = await Promise.all([
    Promise.all(dependencies.map(healthOf)),
    Promise.all(dependencies.map((dependency) => dependency.inForce())),
  ]);
  const up = healths.every(({ status }) => status === "up");
  const body = {
    contract: 1,
    service: contract.service,
    revision: contract.revision,
    status: up ? "healthy" : "unhealthy",
    inForce: {
      REQUEST_TIMEOUT_SECONDS: server.requestTimeout / 1000,
      SHUTDOWN_GRACE_SECONDS: shutdown.grace,
      ...Object.assign({}, ...numbers),
    },
    dependencies: Object.fromEntries(dependencies.map(({ name }, index) => [name, healths[index]])),
  };
  return { status: up ? 200 : 503, body };
}

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function stop(): void {
  setTimeout(() => process.exit(1), shutdown.grace * 1000).unref();
  server.close(() => {
    Promise.all(dependencies.map((dependency) => dependency.close())).finally(() => process.exit(0));
  });
  server.closeIdleConnections();
}

process.once("SIGTERM", stop);
process.once("SIGINT", stop);
// The port opens after the initialization, so that the start-up probe covers it.
try {
  await postgres?.initialize();
  server.listen(contract.port, () => {
    const address = server.address();
    console.log(`listening on ${typeof address === "object" ? address?.port : address}`);
  });
} catch {
  process.exit(3);
}
