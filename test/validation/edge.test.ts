import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import type { Network } from "../../http/https-request.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { certificateTasks } from "../../validation/checks/certificates.ts";
import { contractTasks } from "../../validation/checks/contract.ts";
import { endpointTasks } from "../../validation/checks/endpoints.ts";
import { authority, type Certificate, serverCertificate } from "../support/servers/certificates.ts";
import { type Edge, startEdge } from "../support/servers/edge.ts";
import { type Listening, startHttps, startSilent } from "../support/servers/https.ts";
import { holdTime } from "../support/time/held.ts";
import { clock } from "./clock.ts";
import { HOSTS, healthy, json, network, platform, run, shown, staging, text } from "./support.ts";

const time = holdTime();
let root: Certificate;
let good: Certificate;
const running: Listening[] = [];

beforeAll(async () => {
  root = await authority();
  good = await serverCertificate(root, { hosts: HOSTS, days: [-1, 60] });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});
afterAll(() => expect(running).toEqual([]));

const subject = staging();

async function edge(answer: Edge["answer"], certificate = good): Promise<Network> {
  const server = await startEdge(certificate, { answer });
  running.push(server);
  return network(server.port, root.certificate);
}

const endpoints = async (context: Network, of: PlatformPlan = subject) =>
  (await run(endpointTasks(of, context))).map(shown);

test("a platform on which all is well passes everything", async () => {
  const context = await edge(platform(subject));
  const results = [
    ...(await run(endpointTasks(subject, context))),
    ...(await run(certificateTasks(subject, context, clock()))),
    ...(await run(contractTasks(subject, context))),
  ];
  expect(results.filter(({ status }) => status !== "passed").map(shown)).toEqual([]);
  expect(results.map(({ category, subject: what }) => `${category} ${what}`)).toEqual([
    "endpoints https://staging.netrasystems.ai/health",
    "latency https://staging.netrasystems.ai/health",
    "endpoints https://staging.netrasystems.ai/health/infrastructure",
    "latency https://staging.netrasystems.ai/health/infrastructure",
    "endpoints https://api-staging.netrasystems.ai/health",
    "latency https://api-staging.netrasystems.ai/health",
    "certificates api-staging.netrasystems.ai",
    "certificates staging.netrasystems.ai",
    "contract auth",
    "connectivity auth: dependencies",
    "contract backend",
    "connectivity backend: dependencies",
  ]);
});

test("503 is the fault of the infrastructure, with the page of its symptom", async () => {
  const context = await edge(platform(subject, { "api-staging.netrasystems.ai/health": text("no", 503) }));
  const results = await run(endpointTasks(subject, context));
  const failure = results.find(({ status }) => status === "failed");
  expect(failure).toMatchObject({ fault: "infrastructure", symptom: "503-with-healthy-containers" });
  expect(results.slice(-2).map(shown)).toEqual([
    "failed endpoints https://api-staging.netrasystems.ai/health: HTTP 503 after 0.0 s where 200 is expected: no instance responds in time, or a dependency is down",
    "skipped latency https://api-staging.netrasystems.ai/health: it does not respond, so its latency is unknown",
  ]);
});

test("an endpoint that hangs ends at its deadline", async () => {
  const context = await edge(
    platform(subject, { "api-staging.netrasystems.ai/health": () => void time.pass(1000) }),
  );
  expect(await endpoints(context)).toContain(
    "failed endpoints https://api-staging.netrasystems.ai/health: no response within 1 s",
  );
});

test("a server that takes the connection and says nothing ends at its deadline", async () => {
  const silent = await startSilent(() => void time.pass(1000));
  running.push(silent);
  const context = network(silent.port, root.certificate);
  expect((await endpoints(context))[0]).toMatch(/no response within 1 s$/);
  expect((await run(certificateTasks(subject, context, clock()))).map(shown)[0]).toBe(
    "failed certificates api-staging.netrasystems.ai: no response within 1 s",
  );
});

test("answers that break in the middle of the requests are told", async () => {
  let asked = 0;
  const context = await edge(
    platform(subject, {
      "api-staging.netrasystems.ai/health": (request, response) => {
        asked += 1;
        (asked % 3 === 0 ? text("no", 503) : text("ok"))(request, response);
      },
    }),
  );
  expect(await endpoints(context)).toContain(
    "failed latency https://api-staging.netrasystems.ai/health: 2 of 5 requests did not get 200",
  );
});

test("answers slower than the objective are told with it", async () => {
  const slow = staging((draft) => {
    draft.objectives.latency = 1;
    draft.validation.answerWithin = 5;
    draft.validation.requests = 1;
    draft.validation.endpoints = [{ host: "api-staging.netrasystems.ai" }];
  });
  const context = await edge(async (_, response) => {
    await time.pass(1100);
    response.end("ok");
  });
  expect(await endpoints(context, slow)).toEqual([
    "passed endpoints https://api-staging.netrasystems.ai/health: 200 after 1.10 s",
    "failed latency https://api-staging.netrasystems.ai/health: 95th percentile of 1 requests is 1.10 s, objective 1 s",
  ]);
});

test("nobody listens", async () => {
  const gone = await startSilent();
  await gone.stop();
  expect((await endpoints(network(gone.port, root.certificate)))[0]).toBe(
    "failed endpoints https://staging.netrasystems.ai/health: connection refused: nothing listens at the address",
  );
});

test("a name that does not resolve", async () => {
  const nowhere = staging((draft) => {
    draft.edge.certificateDomain = "invalid.test";
    for (const service of draft.services) service.exposure = [];
    draft.services.find(({ name }: { name: string }) => name === "backend").dependsOn = [];
    draft.services.find(({ name }: { name: string }) => name === "frontend").dependsOn = [];
    draft.services[0].exposure = [{ host: "nowhere.invalid.test" }];
    draft.validation = { answerWithin: 5 };
  });
  const [result] = await endpoints({}, nowhere);
  expect(result).toMatch(
    /^failed endpoints https:\/\/nowhere.invalid.test\/health: the host name does not resolve \((ENOTFOUND|EAI_AGAIN)\)/,
  );
});

const certificates = async (certificate: Certificate | undefined): Promise<string[]> => {
  const server = await startHttps(certificate, platform(subject));
  running.push(server);
  const results = await run(certificateTasks(subject, network(server.port, root.certificate), clock()));
  expect(results.every(({ symptom }) => symptom === "wrong-certificate" || symptom === "endpoint-down")).toBe(
    true,
  );
  return results.map(shown);
};

test("an expired certificate", async () => {
  expect((await certificates(await serverCertificate(root, { hosts: HOSTS, days: [-30, -2] })))[0]).toMatch(
    /^failed certificates api-staging.netrasystems.ai: the certificate has expired; it names DNS:staging.netrasystems.ai, DNS:api-staging.netrasystems.ai, is issued by test CA and holds until /,
  );
});

test("a certificate of another host", async () => {
  expect((await certificates(await serverCertificate(root, { hosts: ["other.example.com"] })))[0]).toMatch(
    /^failed certificates api-staging.netrasystems.ai: the certificate does not name this host; it names DNS:other.example.com/,
  );
});

test("a certificate that signed itself", async () => {
  expect((await certificates(await serverCertificate(undefined, { hosts: HOSTS })))[0]).toMatch(
    /the certificate is not trusted \([A-Z_]+\)/,
  );
});

test("a certificate that soon ends", async () => {
  expect((await certificates(await serverCertificate(root, { hosts: HOSTS, days: [-80, 5] })))[0]).toMatch(
    /fewer than the 14 of validation.certificateDays: renewal is stuck/,
  );
});

test("a server without TLS", async () => {
  expect((await certificates(undefined))[0]).toMatch(
    /^failed certificates api-staging.netrasystems.ai: the connection failed/,
  );
});

const contracts = async (answer: Edge["answer"]) =>
  run(
    contractTasks(
      subject,
      await edge(platform(subject, { "api-staging.netrasystems.ai/health/infrastructure": answer })),
    ),
  );

test("20 s in force where 75 s is written is found", async () => {
  const results = await contracts(
    json(healthy(subject, "backend", (body) => (body.inForce.DATABASE_INIT_TIMEOUT_SECONDS = 20))),
  );
  expect(results.filter(({ status }) => status === "failed")).toEqual([
    expect.objectContaining({
      category: "contract",
      subject: "backend",
      why: "database initialization: 20 s in force where 75 s is written",
      fault: "application",
      symptom: "start-up-timeouts",
    }),
  ]);
});

test("a dependency that is down is the infrastructure's, while what is in force holds", async () => {
  const down = healthy(subject, "backend", (body) => {
    body.status = "unhealthy";
    body.dependencies.redis = { status: "down", seconds: 5, error: "ETIMEDOUT" };
  });
  const results = await contracts(json(down, 503));
  expect(results.slice(-2)).toEqual([
    expect.objectContaining({ category: "contract", status: "passed" }),
    expect.objectContaining({
      category: "connectivity",
      subject: "backend: dependencies",
      why: "redis is down (ETIMEDOUT)",
      fault: "infrastructure",
      symptom: "redis-error-3",
    }),
  ]);
});

test.each([
  ["no such path", text("not found", 404), "has no data: HTTP 404 after 0.0 s where 200 is expected"],
  ["no JSON", text("<html>"), "has no data: its body is not JSON"],
  [
    "another service",
    json(healthy(subject, "auth")),
    '"staging-auth" answers where netra-backend-staging is expected',
  ],
])("a service that answers with %s does not keep the contract", async (_, answer, why) => {
  const results = await contracts(answer);
  const last = results.slice(-2);
  expect(last.map(({ status }) => status)).toEqual(["failed", "skipped"]);
  expect(last.map(shown)[0]).toContain(why);
});
