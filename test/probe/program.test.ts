import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Draft } from "../support/environments.ts";
import { type Bundle, bundleProbe, probePlan } from "../support/probe.ts";
import { type Listening, startSilent } from "../support/servers/https.ts";

describe("the probe as a program", () => {
  let bundle: Bundle;
  let silent: Listening;

  beforeAll(async () => {
    bundle = bundleProbe();
    silent = await startSilent();
  });
  afterAll(async () => {
    await silent?.stop();
    bundle?.remove();
  });

  function plan(change: (plan: Draft) => void = () => {}): string {
    return JSON.stringify(
      probePlan((draft) => {
        draft.database = undefined;
        draft.cache = undefined;
        change(draft);
      }),
    );
  }

  test.each([
    ["no plan", {}, "PREFLIGHT_PLAN is not set: start the preflight as the platform's Cloud Run job"],
    ["no JSON", { PREFLIGHT_PLAN: "{secret" }, "PREFLIGHT_PLAN is not valid JSON."],
    ["another version", { PREFLIGHT_PLAN: '{"version":2}' }, "PREFLIGHT_PLAN is not a plan of version 1"],
    ["a plan in parts", { PREFLIGHT_PLAN: '{"version":1}' }, "PREFLIGHT_PLAN is not a plan of version 1"],
    [
      "no host",
      { PREFLIGHT_PLAN: JSON.stringify(probePlan()) },
      "POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB, POSTGRES_USER, REDIS_HOST, REDIS_PORT, REDIS_TLS are not set: give the preflight the same variables as service backend",
    ],
    [
      "no port",
      {
        PREFLIGHT_PLAN: plan((draft) => {
          draft.cache = probePlan().cache;
        }),
        REDIS_HOST: "localhost",
        REDIS_PORT: "redis",
        REDIS_TLS: "true",
      },
      "REDIS_PORT must hold a port from 1 to 65535.",
    ],
  ])("%s is one sentence and exit code 2", async (_, variables, sentence) => {
    const probed = await bundle.run(variables);
    expect(probed.stderr).toContain(sentence);
    expect(probed.stderr.trim().split("\n")).toHaveLength(1);
    expect(probed.stdout).toBe("");
    expect(probed.code).toBe(2);
  });

  test.each([
    [
      "PREFLIGHT_ONLY",
      "nothing",
      "PREFLIGHT_ONLY names nothing, which this plan does not have: allowed are settings",
    ],
    ["PREFLIGHT_EXPECTED_ADDRESSES", "1.2.3", "PREFLIGHT_EXPECTED_ADDRESSES must list IP addresses"],
    ["PREFLIGHT_CONTRACTS", "[{}]", "PREFLIGHT_CONTRACTS must be a JSON list of { service, url, expected }"],
  ])("a wrong %s is one sentence", async (name, value, sentence) => {
    const probed = await bundle.run({ PREFLIGHT_PLAN: plan(), [name]: value });
    expect(probed.stderr).toContain(sentence);
    expect(probed.code).toBe(2);
  });

  test("a dependency's URL that is none is named without its value", async () => {
    const dependencies = [{ name: "payments", variable: "PAYMENTS_URL", kind: "https" }];
    const probed = await bundle.run({
      PREFLIGHT_PLAN: plan((draft) => Object.assign(draft, { dependencies })),
      PAYMENTS_URL: "user:hidden-55@payments",
    });
    expect(probed.stderr.trim()).toBe("PAYMENTS_URL must hold a URL such as https://host:port.");
    expect(probed.code).toBe(2);
  });

  test("an unknown argument is refused, --help is not", async () => {
    const wrong = await bundle.run({ PREFLIGHT_PLAN: plan() }, { arguments: ["--verbose"] });
    expect(wrong.stderr).toContain('"--verbose" is not understood: allowed are --format text');
    expect(wrong.code).toBe(2);
    const help = await bundle.run({}, { arguments: ["--help"] });
    expect(help.stdout).toContain("PREFLIGHT_ONLY");
    expect(help.code).toBe(0);
  });

  test("every line is one JSON object that carries the id, the last one the summary", async () => {
    const probed = await bundle.run({ PREFLIGHT_PLAN: plan(), PREFLIGHT_ID: "run-17" });
    expect(probed.results).toHaveLength(1);
    expect(probed.results[0]).toMatchObject({
      environment: "staging",
      service: "backend",
      id: "run-17",
      check: "settings/in-force",
      category: "settings",
      status: "passed",
      critical: true,
      fault: null,
    });
    expect(probed.summary).toMatchObject({
      id: "run-17",
      status: "passed",
      exitCode: 0,
      passed: 1,
      failures: [],
    });
  });

  test("a deadline that differs from the written one is the timeout drift of I-4", async () => {
    const probed = await bundle.run({
      PREFLIGHT_PLAN: plan((draft) => {
        draft.settings = { DATABASE_INIT_TIMEOUT_SECONDS: "75" };
      }),
      DATABASE_INIT_TIMEOUT_SECONDS: "20",
    });
    expect(probed.result("settings/in-force")).toMatchObject({
      fault: "application",
      why: "DATABASE_INIT_TIMEOUT_SECONDS is 20, written is 75: something overrides what the platform sets",
    });
    expect(probed.code).toBe(10);
  });

  test("text for a person at a terminal", async () => {
    const probed = await bundle.run({ PREFLIGHT_PLAN: plan() }, { arguments: ["--format", "text"] });
    expect(probed.stdout).toMatch(
      /^✓ settings\/in-force +0 deadlines and sizes are as written \(0\.\d\d s\)\n\npreflight of backend passed: 1 passed, 0 failed, 0 skipped\n$/,
    );
  });

  const waiting = (draft: Draft): void => {
    draft.dependencies = [{ name: "payments", variable: "PAYMENTS_URL", kind: "https" }];
    draft.seconds = { connect: 60, ready: 60, statement: 60, request: 60, total: 120 };
  };

  test("SIGTERM ends it at once, with a summary", async () => {
    const probed = await bundle.run(
      { PREFLIGHT_PLAN: plan(waiting), PAYMENTS_URL: `https://127.0.0.1:${silent.port}` },
      { onLine: (line, kill) => line.includes("payments/tcp") && kill("SIGTERM") },
    );
    expect(probed.result("payments/tls")).toMatchObject({
      status: "skipped",
      why: "not finished: the preflight was told to stop",
    });
    expect(probed.summary).toMatchObject({ status: "interrupted", exitCode: 143, failed: 0 });
    expect(probed.code).toBe(143);
  });

  test("PREFLIGHT_ONLY takes what it names, with what that needs", async () => {
    const probed = await bundle.run({
      PREFLIGHT_PLAN: plan(waiting),
      PAYMENTS_URL: `https://127.0.0.1:${silent.port}`,
      PREFLIGHT_ONLY: "payments/tcp",
    });
    expect(probed.results.map(({ check }) => check).sort()).toEqual(["payments/name", "payments/tcp"]);
    expect(probed.code).toBe(0);
  });
});
