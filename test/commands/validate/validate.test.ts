import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, expect, test } from "@jest/globals";
import { environment } from "../../support/environments.ts";
import { MAIN, ROOT } from "../../support/project.ts";
import { authority, type Certificate, serverCertificate } from "../../support/servers/certificates.ts";
import { type Edge, startEdge } from "../../support/servers/edge.ts";
import { type Reply, startGoogleApis } from "../../support/servers/google-apis.ts";
import type { Listening } from "../../support/servers/https.ts";
import { NO_TIME } from "../../support/time/child.ts";
import { HOSTS, healthy, json, platform, text } from "../../validation/support.ts";
import { google, line } from "./google.ts";

const EVENTS = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"];
const TOKEN = "token-of-the-test-user";
const subject = environment();
let root: Certificate;
let good: Certificate;
const running: Listening[] = [];
const folders: string[] = [];

beforeAll(async () => {
  root = await authority();
  good = await serverCertificate(root, { hosts: HOSTS, days: [-1, 60] });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Wanted {
  readonly answer?: Edge["answer"];
  readonly google?: Parameters<typeof startGoogleApis>[0];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Sends SIGINT as soon as Google was asked for a path that ends so. */
  readonly interruptAt?: string;
}

async function validate(wanted: Wanted = {}) {
  const edge = await startEdge(good, {
    answer: wanted.answer ?? platform(subject),
    socket: (socket) =>
      socket.on("message", () => {
        for (const type of EVENTS) socket.send(JSON.stringify({ type }));
      }),
  });
  let interrupt = (): void => {};
  const reply = wanted.google ?? google();
  const apis = await startGoogleApis((asked): Reply => {
    if (wanted.interruptAt !== undefined && asked.url.pathname.endsWith(wanted.interruptAt)) interrupt();
    return reply(asked);
  });
  running.push(edge, apis);
  const folder = mkdtempSync(path.join(os.tmpdir(), "validate-"));
  folders.push(folder);
  const ca = path.join(folder, "ca.pem");
  writeFileSync(ca, root.certificate);
  const child = spawn(
    path.join(ROOT, "node_modules/node/bin/node"),
    [
      ...NO_TIME,
      ...MAIN,
      "validate",
      "staging",
      ...HOSTS.flatMap((host) => ["--connect-to", `${host}=127.0.0.1:${edge.port}`]),
      "--ca",
      ca,
      ...(wanted.args ?? []),
    ],
    {
      env: {
        ...process.env,
        CI: "true",
        NO_COLOR: "1",
        VALIDATION_TOKEN: TOKEN,
        GOOGLE_OAUTH_ACCESS_TOKEN: "google-token",
        GOOGLE_API_ENDPOINT: apis.endpoint,
        ...wanted.env,
      },
    },
  );
  interrupt = () => child.kill("SIGINT");
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (part) => (output.stdout += part));
  child.stderr.on("data", (part) => (output.stderr += part));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  expect(output.stdout + output.stderr).not.toContain(TOKEN);
  expect(output.stdout + output.stderr).not.toContain("google-token");
  return { code, ...output, asked: apis.asked, folder };
}

test("a deployment on which all is well passes, and each task is a plain line in CI", async () => {
  const { code, stdout, stderr } = await validate();
  expect(stderr).toContain("preflight of backend: 2 checks passed");
  expect(stderr).toContain("golden path: frontend, auth, backend, WebSocket: 9 checks passed");
  expect(stdout).toContain("# Validation of staging: passed");
  expect(stdout).toContain("34 of 34 checks passed (100 %, required 80 %); every critical category passed.");
  expect(code).toBe(0);
});

test("a service that no route leads to is asked from inside the network, where its 20 s are found, too", async () => {
  const why = "frontend: database initialization: 20 s in force where 75 s is written";
  const { code, stdout, asked } = await validate({
    google: google({
      contracts: [
        line("staging-preflight-backend", "contract/frontend", "contract", {
          status: "failed",
          fault: "application",
          why,
        }),
      ],
    }),
  });
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining(`| contract: frontend | ${why} | application | [start-up-timeouts]`),
  ]);
  const runs = asked.filter(({ url }) => url.pathname.endsWith("staging-preflight-backend:run"));
  const variables = runs.flatMap(
    ({ body }) => JSON.parse(body).overrides.containerOverrides[0].env as Variable[],
  );
  const given = (name: string) => variables.find((variable) => variable.name === name)?.value ?? "";
  expect(given("PREFLIGHT_ONLY")).toBe("contract");
  expect(JSON.parse(given("PREFLIGHT_CONTRACTS"))).toMatchObject([
    {
      service: "frontend",
      url: "https://frontend-abc.a.run.app/health/infrastructure",
      expected: { cloudRunService: "staging-frontend", inForce: expect.any(Array) },
    },
  ]);
});

interface Variable {
  readonly name: string;
  readonly value: string;
}

test("20 s in force, Redis unreachable and killed containers fail with who is at fault and the page", async () => {
  const drifted = healthy(subject, "backend", (body) => (body.inForce.DATABASE_INIT_TIMEOUT_SECONDS = 20));
  const job = "staging-preflight-backend";
  const why = "TCP timed out: egress firewall or connector";
  const reply = google(
    { [job]: [line(job, "cache/tcp", "cache", { status: "failed", fault: "infrastructure", why })] },
    { p99: 615_000, killed: 4 },
  );
  // Google's time is what counts, and this machine's clock is wrong.
  const headers = { date: "Thu, 01 Jan 2099 12:00:00 GMT" };
  const { code, stdout, stderr, asked } = await validate({
    answer: platform(subject, { "api-staging.netrasystems.ai/health/infrastructure": json(drifted) }),
    google: (one) => ({ ...(reply(one) as Exclude<Reply, "hang">), headers }),
  });
  expect(stdout === "" ? stderr : stdout).toContain("# Validation of staging: failed");
  expect(stdout).toContain(
    "| contract: backend | database initialization: 20 s in force where 75 s is written | application | [start-up-timeouts](docs/runbook.md#start-up-timeouts) |",
  );
  expect(stdout).toContain(
    `| connectivity: backend: cache/tcp | ${why} | infrastructure | [redis-error-3](docs/runbook.md#redis-error-3) |`,
  );
  expect(stdout).toContain("99th percentile of 3 starts is 615 s, window 600 s");
  expect(stdout).toContain("4 start-up or liveness probes failed in the last 60 minutes");
  const windows = asked.flatMap(({ url }) => url.searchParams.get("interval.endTime") ?? []);
  expect([...new Set(windows.map((end) => end.slice(0, 13)))]).toEqual(["2099-01-01T12"]);
  expect(stdout).toMatch(/trusted, holds for -\d+ days/);
  expect(code).toBe(1);
});

test("JUnit and JSON are written to a file, and the verdict alone is printed", async () => {
  const answer = platform(subject, { "api-staging.netrasystems.ai/health": text("<no & no>", 503) });
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "validate-")), "report");
  folders.push(path.dirname(file));
  const junit = await validate({ answer, args: ["--format", "junit", "--output", file] });
  expect(junit.stdout).toMatch(/^failed: \d+ of \d+ checks passed/);
  expect(readFileSync(file, "utf8")).toContain(
    '<testcase classname="staging.endpoints" name="https://api-staging.netrasystems.ai/health"',
  );
  expect(readFileSync(file, "utf8")).toContain("Runbook: docs/runbook.md#503-with-healthy-containers");
  await validate({ answer, args: ["--format", "json", "--output", file] });
  const report = JSON.parse(readFileSync(file, "utf8"));
  expect(report).toMatchObject({ passed: false, environment: "staging" });
});

test("429 and 503 of Google's are asked again", async () => {
  const usual = google();
  const first = new Set(["/timeSeries", "/entries:list", ":run"]);
  const { code, asked } = await validate({
    google: (one) => {
      const kind = [...first].find((path) => one.url.pathname.endsWith(path));
      if (kind === undefined) return usual(one);
      first.delete(kind);
      return { status: kind === ":run" ? 429 : 503, headers: { "retry-after": "0" } };
    },
  });
  expect(first.size).toBe(0);
  expect(asked.filter(({ url }) => url.pathname.endsWith(":run"))).toHaveLength(5);
  expect(code).toBe(0);
});

test("a token that expires in the middle is told with its remedy", async () => {
  const usual = google();
  let left = 3;
  const { code, stderr } = await validate({
    google: (one) => (left-- > 0 ? usual(one) : { status: 401 }),
  });
  expect(stderr).toMatch(/rejects your credentials \(HTTP 401\): GOOGLE_OAUTH_ACCESS_TOKEN has expired/);
  expect(code).toBe(2);
});

test("a job that is not there", async () => {
  const usual = google();
  const none = await validate({
    google: (one) => (one.url.pathname.endsWith(":run") ? { status: 404 } : usual(one)),
  });
  expect(none.stderr).toMatch(
    /There is no preflight job staging-preflight-\w+ in netra-staging\/us-central1: deploy the stack that holds it first/,
  );
  expect(none.code).toBe(2);
});

test("Ctrl-C cancels the executions that run", async () => {
  const usual = google();
  const { code, stderr, asked } = await validate({
    interruptAt: "-x1",
    google: (one) => {
      const { pathname } = one.url;
      if (pathname.endsWith(":cancel")) return { status: 200 };
      return pathname.includes("/executions/") ? { status: 200, body: {} } : usual(one);
    },
  });
  // Every look at an execution sends another SIGINT, as the terminal and the npm script around a command do.
  expect(stderr).toContain("Interrupted before all checks had ended: nothing is left running; run it again.");
  const started = asked.filter(({ url }) => url.pathname.endsWith(":run")).length;
  expect(asked.filter(({ url }) => url.pathname.endsWith(":cancel"))).toHaveLength(started);
  expect(code).toBe(2);
});

test.each([
  [
    "no credentials of the test user",
    { env: { VALIDATION_TOKEN: undefined } },
    "VALIDATION_TOKEN is not set: export",
  ],
  [
    "a wrong --connect-to",
    { args: ["--connect-to", "nonsense"] },
    "--connect-to nonsense is not HOST=ADDRESS:PORT",
  ],
  [
    "a file without certificates",
    { args: ["--ca", "/dev/null"] },
    "--ca /dev/null cannot be read as certificates",
  ],
  [
    "a port that is none",
    { args: ["--connect-to", "api-staging.netrasystems.ai=127.0.0.1:99999"] },
    "is not HOST=ADDRESS:PORT",
  ],
  [
    "a host that is not looked at",
    { args: ["--connect-to", "typo.netrasystems.ai=127.0.0.1:443"] },
    "--connect-to names typo.netrasystems.ai: only api-staging.netrasystems.ai, staging.netrasystems.ai are checked.",
  ],
  [
    "a report into a folder that is not there",
    { args: ["--output", "/nowhere/report.md"] },
    "The report cannot be written to /nowhere/report.md (ENOENT)",
  ],
  ["a report onto a folder", { args: ["--output", "/tmp"] }, "The report cannot be written to /tmp (EISDIR)"],
  [
    "credentials with a line break",
    { env: { VALIDATION_TOKEN: `${TOKEN}\n` } },
    "VALIDATION_TOKEN begins or ends with white space, or holds a line break",
  ],
  ["an unknown format", { args: ["--format", "pdf"] }, "argument 'pdf' is invalid"],
])("%s is one sentence and exit code 2", async (_, wanted: Wanted, sentence) => {
  const { code, stderr, asked } = await validate(wanted);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain("    at ");
  expect(asked).toEqual([]);
  expect(code).toBe(2);
});
