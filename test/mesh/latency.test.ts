import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { k6Script } from "../../mesh/latency/k6.ts";
import { measure, type Sample } from "../../mesh/latency/measure.ts";
import { k6File, type LatencyPlan, latencyPlans } from "../../mesh/latency/plan.ts";
import { verdict } from "../../mesh/latency/verdict.ts";
import { meshEnvironment } from "../support/environments.ts";
import { MAIN, ROOT } from "../support/project.ts";
import { authority, type Certificate, serverCertificate } from "../support/servers/certificates.ts";
import { type Listening, startHttps } from "../support/servers/https.ts";
import { NO_TIME } from "../support/time/child.ts";
import { holdTime } from "../support/time/held.ts";

const HOST = "ad-studio-app.us-central1.meta-studio.com";
const [plan] = latencyPlans(meshEnvironment()) as [LatencyPlan];
/** The same thresholds with 60 requests. */
const sixty: LatencyPlan = { ...plan, rate: 10, duration: 6 };
const time = holdTime();

let ca: Certificate;
let right: Certificate;
const running: Listening[] = [];

beforeAll(async () => {
  ca = await authority();
  right = await serverCertificate(ca, { hosts: [HOST] });
});
afterAll(() => Promise.all(running.map((server) => server.stop())));

async function server(
  certificate: Certificate,
  ...answer: Parameters<typeof startHttps>[1][]
): Promise<Listening> {
  const started = await startHttps(certificate, answer[0] ?? ((_, response) => response.end("fine")));
  running.push(started);
  return started;
}

async function measured(port: number, signal = new AbortController().signal): Promise<Sample[]> {
  const network = {
    resolve: new Map([[HOST, { address: "127.0.0.1", port }]]),
    authorities: [ca.certificate],
  };
  const samples = measure(sixty, network, signal);
  await time.pass(sixty.duration * 1000);
  return samples;
}

describe("plans and k6 scripts", () => {
  test("one for each host and region, thresholds from the objectives", () => {
    const plans = latencyPlans(
      meshEnvironment((draft) => {
        draft.mesh.latencyTest = { regions: ["us-central1", "europe-west1"], rate: 20 };
      }),
    );
    expect(plans.map((each) => [k6File(each), each.rate, each.p95, each.failureShare, each.timeout])).toEqual(
      [
        [`meta-studio/${HOST}-us-central1.js`, 20, 2000, 0.001, 45000],
        [`meta-studio/${HOST}-europe-west1.js`, 20, 2000, 0.001, 45000],
      ],
    );
  });

  test("the script is JavaScript whose options k6 knows, and asks over TLS", () => {
    const asked: unknown[] = [];
    const script = k6Script(plan)
      .replace(/^import .*$/gm, "")
      .replace("export const options =", "options =")
      .replace("export default function", "main = function");
    const context = {
      options: {} as { thresholds?: unknown; scenarios?: { latency?: unknown } },
      main: () => {},
      check: (_: unknown, checks: Record<string, (answer: unknown) => boolean>) =>
        asked.push(
          Object.values(checks).map((each) => [
            each({ status: 200, tls_version: "tls1.3" }),
            each({ status: 404, tls_version: "tls1.3" }),
          ]),
        ),
      http: { get: (...args: unknown[]) => asked.push(args) },
    };
    vm.runInNewContext(script, context);
    context.main();
    expect(context.options.thresholds).toEqual({
      http_req_duration: ["p(95)<2000"],
      checks: ["rate>=0.999"],
      http_req_failed: ["rate<=0.001"],
      dropped_iterations: ["count<1"],
    });
    expect(context.options.scenarios?.latency).toEqual({
      executor: "constant-arrival-rate",
      rate: 10,
      timeUnit: "1s",
      duration: "60s",
      preAllocatedVUs: 21,
      maxVUs: 451,
    });
    expect(asked).toEqual([[`https://${HOST}/`, { timeout: "45000ms", redirects: 0 }], [[true, false]]]);
  });
});

describe("the measurement without k6, on a real HTTPS server", () => {
  test("a healthy host holds its objectives", async () => {
    const hosts = new Set<string | undefined>();
    const { port } = await server(right, (request, response) => {
      hosts.add(request.headers.host);
      response.end("fine");
    });
    const found = verdict(sixty, await measured(port));
    expect(found).toMatchObject({ requests: 60, failed: 0, breaches: [] });
    expect([...hosts]).toEqual([HOST]);
  });

  test.each<[string, Parameters<typeof startHttps>[1], string]>([
    ["503", (_, response) => response.writeHead(503).end(), "HTTP 503 (60)"],
    ["a redirect", (_, response) => response.writeHead(302, { location: "/login" }).end(), "HTTP 302 (60)"],
    ["no answer", () => {}, "no response within 45000 ms (60)"],
    [
      "an answer that never ends",
      (_, response) => void response.write("half"),
      "no response within 45000 ms (60)",
    ],
  ])("%s is a failure", async (_, answer, reason) => {
    let requests = 0;
    const { port } = await server(right, (request, response) => {
      answer(request, response);
      requests++;
      if (requests === 60) void time.pass(sixty.timeout);
    });
    const { breaches } = verdict(sixty, await measured(port));
    expect(breaches).toEqual([`60 of 60 requests failed, allowed are 0.1 %: ${reason}.`]);
  });

  test("whoever interrupts does not wait for what is not answered", async () => {
    const interrupted = new AbortController();
    let requests = 0;
    const { port } = await server(right, (_, response) => {
      requests++;
      if (requests === 1) response.end("fine");
      else interrupted.abort();
    });
    const samples = await measured(port, interrupted.signal);
    expect(samples.map(({ failure }) => failure)).toEqual([undefined]);
  });

  test("a certificate for another host, an expired one and nobody's are told apart", async () => {
    const reasons = async (certificate: Certificate): Promise<unknown> => [
      ...new Set((await measured((await server(certificate)).port)).map(({ failure }) => failure)),
    ];
    expect(await reasons(await serverCertificate(ca, { hosts: ["other.example.com"] }))).toEqual([
      "TLS: the certificate is for another host",
    ]);
    expect(await reasons(await serverCertificate(ca, { hosts: [HOST], days: [-30, -1] }))).toEqual([
      "TLS: the certificate has expired",
    ]);
    expect(await reasons(await serverCertificate(undefined, { hosts: [HOST] }))).toEqual([
      "TLS: the certificate is not signed by a trusted authority",
    ]);
  });

  test("nothing listens on the port (I-0)", async () => {
    const gone = await startHttps(right, () => {});
    await gone.stop();
    const { breaches } = verdict(sixty, await measured(gone.port));
    expect(breaches).toEqual([
      "60 of 60 requests failed, allowed are 0.1 %: refused: no server listens on 443 (60).",
    ]);
  });
});

describe("the verdict", () => {
  const samples = (...milliseconds: readonly number[]): Sample[] =>
    milliseconds.map((each) => ({ milliseconds: each, failure: undefined }));
  const many = (count: number, milliseconds: number): Sample[] =>
    samples(...Array<number>(count).fill(milliseconds));

  test("the 95th percentile at the objective breaks it, just below holds", () => {
    expect(verdict(plan, many(100, 1999.9)).breaches).toEqual([]);
    expect(verdict(plan, many(100, 2000)).breaches).toEqual([
      "the 95th percentile is 2000 ms, and the objective is below 2000 ms.",
    ]);
    expect(verdict(plan, [...many(95, 100), ...many(5, 9000)])).toMatchObject({
      p50: 100,
      p95: 100,
      slowest: 9000,
      breaches: [],
    });
    expect(verdict(plan, [...many(94, 100), ...many(6, 9000)]).p95).toBe(9000);
  });

  test("failures may be the share that the objective leaves, and not one more", () => {
    const failed: Sample = { milliseconds: 1, failure: "HTTP 503" };
    expect(verdict(plan, [...many(999, 10), failed]).breaches).toEqual([]);
    expect(verdict(plan, [...many(998, 10), failed, failed]).breaches).toEqual([
      "2 of 1000 requests failed, allowed are 0.1 %: HTTP 503 (2).",
    ]);
  });

  test("too few requests tell nothing, and never pass", () => {
    expect(verdict(plan, many(58, 10)).breaches).toHaveLength(1);
    expect(verdict(plan, many(59, 10)).breaches).toEqual([]);
    expect(verdict(plan, []).breaches).toEqual([
      "0 requests are too few: 59 bound the 95th percentile; measure for longer, or at a higher rate.",
    ]);
  });
});

describe("npm run latency", () => {
  function latency(
    ...args: readonly string[]
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const run = spawn(
        path.join(ROOT, "node_modules/node/bin/node"),
        [...NO_TIME, ...MAIN, "latency", ...args],
        {
          env: { ...process.env, NO_COLOR: "1" },
        },
      );
      const out = { stdout: "", stderr: "" };
      run.stdout.on("data", (part) => {
        out.stdout += part;
      });
      run.stderr.on("data", (part) => {
        out.stderr += part;
      });
      run.on("close", (code) => resolve({ code, ...out }));
    });
  }

  test("measures a host, and says in JSON what a machine wants to know", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "latency-"));
    try {
      const file = path.join(folder, "ca.pem");
      writeFileSync(file, ca.certificate);
      const { port } = await server(right);
      const args = [
        "meta-studio",
        "--rate",
        "100",
        "--duration",
        "1",
        "--connect-to",
        `127.0.0.1:${port}`,
        "--ca",
        file,
      ];
      const text = await latency(...args);
      expect([text.code, text.stderr]).toEqual([0, ""]);
      expect(text.stdout).toMatch(
        new RegExp(
          `^https://${HOST}/: 100 requests per second for 1 s \\.\\.\\.\n  100 requests, 0 failed, median \\d+ ms`,
        ),
      );
      expect(text.stdout).toContain(`${HOST} holds its objectives.`);
      const json = await latency(...args, "--format", "json");
      expect(JSON.parse(json.stdout)).toMatchObject([{ host: HOST, requests: 100, failed: 0, breaches: [] }]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each([
    [["staging"], "staging is an environment on Cloud Run, and this command is for those behind Istio.\n"],
    [
      ["meta-studio", "--host", "other.example.com"],
      `meta-studio has no host "other.example.com". Its hosts: ${HOST}.\n`,
    ],
    [
      ["meta-studio", "--ca", "/nowhere.pem"],
      "--ca /nowhere.pem cannot be read: name a file with a certificate in PEM.\n",
    ],
    [
      ["meta-studio", "--rate", "0"],
      "error: option '--rate <number>' argument '0' is invalid. it must be a whole number from 1 up.\n",
    ],
    ...["::1:8443", "127.0.0.1:0", "127.0.0.1:65536", "8443"].map((text): [string[], string] => [
      ["meta-studio", "--connect-to", text],
      `error: option '--connect-to <address:port>' argument '${text}' is invalid. it must be ADDRESS:PORT, for example 127.0.0.1:8443 or [::1]:8443.\n`,
    ]),
  ])("%j is usage error", async (args, message) => {
    const { code, stderr } = await latency(...args);
    expect([code, stderr]).toEqual([2, message]);
  });
});
