import net from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import type { Draft } from "../support/environments.ts";
import { type Probed, probeHere, probePlan, type Variables } from "../support/probe.ts";
import { authority } from "../support/servers/certificates.ts";
import { listen } from "../support/servers/ports.ts";
import { holdTime } from "../support/time/held.ts";

/** Deadline of every step, in seconds; what is reached does not come near it. */
const DEADLINE = 10;
const time = holdTime();
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** The port of a server that takes connections and never answers; the first byte that comes in lets the deadline pass. */
async function silent(): Promise<number> {
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => void time.pass(DEADLINE * 1000));
  });
  stops.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return listen(server);
}

function probe(variables: Variables, change: (plan: Draft) => void): Promise<Probed> {
  const plan = probePlan((draft) => {
    for (const name of ["connect", "request", "statement"]) draft.seconds[name] = DEADLINE;
    change(draft);
  });
  return probeHere({ PREFLIGHT_PLAN: JSON.stringify(plan), ...variables });
}

const dependency =
  (change: (plan: Draft) => void = () => {}) =>
  (plan: Draft): void => {
    plan.database = undefined;
    plan.cache = undefined;
    plan.dependencies = [{ name: "payments", variable: "PAYMENTS_URL", kind: "https" }];
    change(plan);
  };

test("a TLS handshake", async () => {
  const url = `https://localhost:${await silent()}`;
  const probed = await probe({ PAYMENTS_URL: url }, dependency());
  expect(probed.result("payments/tcp").status).toBe("passed");
  expect(probed.result("payments/tls").why).toContain("TLS handshake timed out after 10 s");
  expect(probed.code).toBe(14);
});

test("the whole is bounded, whatever hangs", async () => {
  const url = `https://localhost:${await silent()}`;
  const probed = await probe(
    { PAYMENTS_URL: url },
    dependency((plan) => {
      plan.seconds = { connect: 60, ready: 60, statement: 60, request: 60, total: DEADLINE };
    }),
  );
  expect(probed.result("payments/tls").why).toBe(
    "no end within the 10 s of the whole preflight: what it waits for hangs",
  );
  expect(probed.code).toBe(14);
});

const postgres = (port: number): Variables => ({
  POSTGRES_HOST: "localhost",
  POSTGRES_PORT: String(port),
  POSTGRES_DB: "postgres",
  POSTGRES_USER: "admin",
  POSTGRES_PASSWORD: "correct-horse-7f3a",
});
const database = (plan: Draft): void => {
  plan.cache = undefined;
  plan.database.via = "private-ip";
};

test("a database, where its TLS is checked by itself", async () => {
  const { certificate } = await authority();
  const variables = { ...postgres(await silent()), POSTGRES_CA_CERTIFICATE: certificate };
  const probed = await probe(variables, database);
  expect(probed.result("database/tls").why).toContain("timed out after 10 s");
  expect(probed.result("database/connect").status).toBe("skipped");
});

test("a session with a database, where no CA is given", async () => {
  const port = await silent();
  const probed = await probe({ ...postgres(port), POSTGRES_CA_CERTIFICATE: "" }, database);
  expect(probed.result("database/connect").why).toBe(
    `localhost:${port}: nobody can verify the server, because POSTGRES_CA_CERTIFICATE is missing, so no password was sent: add the CA as database.caSecret (npm run secrets -- staging)`,
  );
});

test("the handshake with a cache", async () => {
  const { certificate } = await authority();
  const port = await silent();
  const probed = await probe(
    {
      REDIS_HOST: "localhost",
      REDIS_PORT: String(port),
      REDIS_TLS: "true",
      REDIS_PASSWORD: "auth-string-0d1e",
      REDIS_CA_CERTIFICATE: certificate,
    },
    (plan) => {
      plan.database = undefined;
    },
  );
  expect(probed.result("cache/tls").why).toContain(
    "TLS handshake timed out after 10 s: the server hangs, or",
  );
});
