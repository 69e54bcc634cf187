import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, expect, test } from "@jest/globals";
import { platformPlan } from "../../platform/plan.ts";
import { environment } from "../support/environments.ts";
import { probeHere, probePlan } from "../support/probe.ts";
import { freePort } from "../support/servers/ports.ts";

/** Speaks no HTTP: whoever sends something is cut off. */
const server = createServer((socket) => socket.on("data", () => socket.destroy()).on("error", () => {}));
afterAll(() => void server.close());

const probe = (port: number) =>
  probeHere({
    PREFLIGHT_PLAN: JSON.stringify(
      probePlan((draft) => {
        draft.database = undefined;
        draft.cache = undefined;
        draft.secrets = [];
        draft.dependencies = [{ name: "kafka", variable: "KAFKA_URL", kind: "tcp" }];
      }),
    ),
    KAFKA_URL: `tcp://127.0.0.1:${port}`,
  });

/** The kind: a dependency that speaks no HTTP, and was asked for an HTTP answer. */
test("of a dependency that speaks neither HTTP nor TLS the connection is opened, and nothing is asked", async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const { code, results } = await probe(typeof address === "object" ? (address?.port ?? 0) : 0);
  expect([code, results.filter(({ status }) => status === "failed")]).toEqual([0, []]);
  expect(results.map(({ check }) => check)).toContain("kafka/tcp");
  expect(results.map(({ check }) => check)).not.toContain("kafka/answer");
  const refused = await probe(await freePort());
  expect(refused.code).toBe(13);
  expect(refused.result("kafka/tcp").why).toContain("kafka is outside of the platform");
});

test.each([
  [{ port: 9092, protocol: "tcp" }, "tcp://kafka.example.com:9092", "tcp"],
  [{ port: 443, protocol: "tls" }, "tls://kafka.example.com:443", "tls"],
  [{}, "https://kafka.example.com", "https"],
] as const)("%j is passed as %s", (settings, url, kind) => {
  const plan = platformPlan(
    environment((draft) => {
      draft.externalDependencies = [{ name: "kafka", host: "kafka.example.com", ...settings }];
      draft.services[1].dependsOn = ["auth", "kafka"];
      draft.services[1].secrets = [];
    }),
  );
  const [, backend] = plan.services;
  if (backend === undefined) throw new Error("the second service is declared");
  expect(plan.contract(backend).find(({ name }) => name === "KAFKA_URL")?.from).toEqual({ value: url });
  expect(plan.preflightPlan(backend).dependencies).toContainEqual({
    name: "kafka",
    variable: "KAFKA_URL",
    kind,
  });
});
