import { afterEach, describe, expect, test } from "@jest/globals";
import { readGatePlan } from "../../gate/read-plan.ts";
import { gateExitCode, gateReport } from "../../gate/report.ts";
import { type GateOutcome, runGate } from "../../gate/run-gate.ts";
import { googleApi } from "../../google/api.ts";
import { endpoints } from "../../google/endpoints.ts";
import { platformPlan } from "../../platform/plan.ts";
import { type GatePlan, gatePlan, gateTriggers } from "../../platform/preflight/preflight-gate.ts";
import type { PreflightResult } from "../../platform/preflight/preflight-result.ts";
import { type Draft, environment } from "../support/environments.ts";
import { insteadOfGoogle } from "../support/google-api/instead-of-google.ts";
import { type Asked, type Reply, startGoogleApis } from "../support/servers/google-apis.ts";
import type { Listening } from "../support/servers/https.ts";
import { holdTime } from "../support/time/held.ts";
import { ending, failure, google, line } from "./google.ts";

/** Milliseconds that an answer may take. */
const WITHIN = 200;
const time = holdTime();
const running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const ECHO = environment((draft) => {
  draft.preflight.addressEcho = "https://checkip.example.com/";
});

/** A gate over real HTTP, whose time passes at once. */
async function gate(plan: GatePlan, reply: (asked: Asked) => Reply, log: (text: string) => void = () => {}) {
  const server = await startGoogleApis((asked) => {
    const given = reply(asked);
    if (given === "hang") void time.pass(WITHIN);
    return given;
  });
  running.push(server);
  let now = 0;
  const sleep = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
  };
  const api = googleApi({ get: async () => "token", remedy: "" }, sleep, WITHIN);
  const said: string[] = [];
  const context = {
    api,
    ...endpoints(server.endpoint),
    now: () => now,
    sleep,
    log: (text: string) => {
      said.push(text);
      log(text);
    },
  };
  const outcome = await runGate(plan, "gate-1", context, new AbortController().signal);
  return { outcome, said, asked: server.asked };
}

describe("the address that a job comes from", () => {
  const plan = gatePlan(platformPlan(ECHO));

  test("is compared where the job goes through NAT, with the addresses that Compute tells", async () => {
    const { asked, outcome } = await gate(plan, google());
    const given = ending(asked, ":run").map(({ url, body }) => [
      url.pathname.split("/").at(-1),
      JSON.parse(body).overrides.containerOverrides[0].env.slice(1),
    ]);
    expect(Object.fromEntries(given)).toEqual({
      "staging-preflight-auth:run": [],
      "staging-preflight-backend:run": [{ name: "PREFLIGHT_EXPECTED_ADDRESSES", value: "203.0.113.7" }],
      "staging-preflight-frontend:run": [],
    });
    expect(asked[0]?.url.pathname).toBe(
      "/compute/v1/projects/netra-staging/regions/us-central1/addresses/staging-nat-1",
    );
    expect(gateExitCode(outcome)).toBe(0);
  });

  test("is not asked for where no job compares it", async () => {
    const { asked } = await gate(gatePlan(platformPlan(environment())), google());
    expect(asked.filter(({ url }) => url.pathname.startsWith("/compute"))).toEqual([]);
  });

  test("where it is not there, the job that compares says so, and the others run", async () => {
    const usual = google();
    const { outcome } = await gate(plan, (asked) =>
      asked.url.pathname.startsWith("/compute") ? { status: 404 } : usual(asked),
    );
    expect(gateExitCode(outcome)).toBe(2);
    expect(outcome.services.map(({ service, problem }) => [service, problem])).toEqual([
      ["auth", undefined],
      ["backend", "The addresses of Cloud NAT (staging-nat-1) do not exist: deploy the stack network first."],
      ["frontend", undefined],
    ]);
  });
});

test("a hang of every API ends in one sentence for all", async () => {
  const { outcome } = await gate(gatePlan(platformPlan(environment())), () => "hang");
  expect(gateReport(outcome)).toEqual([
    "Preflight of staging could not check: no service was changed.",
    expect.stringMatching(
      /^could not check: 127\.0\.0\.1:\d+ does not answer \(.*\): check the network, then run the same command again\.$/,
    ),
    expect.stringContaining('jsonPayload.preflight.id="gate-1"'),
  ]);
});

test("what nobody foresaw in one job leaves no other one running", async () => {
  const usual = google();
  const asked: string[] = [];
  const endless = (one: Asked): Reply => {
    asked.push(one.url.pathname);
    return one.url.pathname.endsWith("-x1") ? { status: 200, body: {} } : usual(one);
  };
  const run = gate(gatePlan(platformPlan(environment())), endless, (text) => {
    if (text.startsWith("auth: still running")) throw new TypeError("write after end");
  });
  await expect(run).rejects.toThrow(TypeError);
  expect(asked.filter((path) => path.endsWith(":cancel"))).toHaveLength(3);
});

test("a job whose execution is described in no known shape could not check, and the others end", async () => {
  const usual = google();
  const { outcome, asked } = await gate(gatePlan(platformPlan(environment())), (one) =>
    one.url.pathname.endsWith("preflight-auth-x1")
      ? { status: 200, body: { conditions: {} }, headers: insteadOfGoogle("no list of conditions") }
      : usual(one),
  );
  expect(outcome.services.map(({ service, problem }) => [service, problem])).toEqual([
    [
      "auth",
      expect.stringMatching(
        /^Google describes an execution of staging-preflight-auth in an unknown shape \(conditions: /,
      ),
    ],
    ["backend", undefined],
    ["frontend", undefined],
  ]);
  expect(ending(asked, ":cancel")).toHaveLength(1);
});

test("a long execution is told every half minute, and cancelled at its end", async () => {
  const usual = google();
  const { said, outcome, asked } = await gate(gatePlan(platformPlan(environment()), ["auth"]), (one) =>
    one.url.pathname.endsWith("-x1") ? { status: 200, body: {} } : usual(one),
  );
  expect(said.slice(0, 3)).toEqual([
    "auth: started, execution staging-preflight-auth-x1",
    "auth: still running after 30 s",
    "auth: still running after 60 s",
  ]);
  // 3 x 75 s of the probe, and 600 s for its container to start.
  expect(outcome.services[0]?.problem).toContain("did not end within 825 s and was cancelled");
  expect(ending(asked, ":cancel")).toHaveLength(1);
});

describe("the report", () => {
  const results = (count: number): PreflightResult[] =>
    Array.from({ length: count }, (_, index) =>
      failure("auth", `database/check-${index}`, "database", "x".repeat(1000)),
    ) as unknown as PreflightResult[];
  const outcome = (found: readonly PreflightResult[]): GateOutcome => ({
    environment: "staging",
    id: "gate-1",
    services: [
      { service: "auth", job: "j", results: found, problem: undefined },
      { service: "backend", job: "k", results: undefined, problem: "No image." },
    ],
  });

  test("has ten lines at most for a service, however much failed", () => {
    const lines = gateReport(outcome(results(40)));
    const own = lines.slice(
      lines.indexOf("auth: failed, 40 critical checks of 40"),
      lines.indexOf("backend: could not check: No image."),
    );
    expect(own).toHaveLength(8);
    expect(own.at(-1)).toBe(
      "  also failed: database/check-3, database/check-4, database/check-5, database/check-6, database/check-7, database/check-8 and 31 more",
    );
    for (const text of own) expect(text.length).toBeLessThan(500);
  });

  test("a failure counts more than what was not seen, and that more than what passed", () => {
    expect(gateExitCode(outcome(results(1)))).toBe(1);
    expect(gateExitCode(outcome([line("auth", "cache/ping", "cache")] as unknown as PreflightResult[]))).toBe(
      2,
    );
  });
});

describe("what makes the gate run again", () => {
  const before = gateTriggers(platformPlan(environment()));
  const changed = (change: (draft: Draft) => void): string[] => {
    const after = gateTriggers(platformPlan(environment(change)));
    return Object.keys(after).filter((key) => after[key] !== before[key]);
  };

  test.each<[string, (draft: Draft) => void, string[]]>([
    [
      "a pool",
      (draft: Draft) => set(draft, "services.0.database.pool", 4),
      ["service auth", "service backend"],
    ],
    [
      "the size of the database",
      (draft: Draft) => set(draft, "database.maxConnections", 1300),
      ["database", "service auth", "service backend"],
    ],
    [
      "a deadline",
      (draft: Draft) => set(draft, "deadlines.socketConnect", 30),
      ["deadlines", "service auth", "service backend", "service frontend"],
    ],
    [
      "a flag of the database, which restarts it",
      (draft: Draft) => set(draft, "database.flags", { work_mem: "65536" }),
      ["database"],
    ],
    ["the version of a secret", (draft: Draft) => set(draft, "secrets.3.version", 2), ["service backend"]],
    ["the size of Redis", (draft: Draft) => set(draft, "cache.memoryGibibytes", 6), ["cache"]],
    ["the connector", (draft: Draft) => set(draft, "network.connector.minInstances", 4), ["connector"]],
    [
      "a range",
      (draft: Draft) => set(draft, "network.addresses.directEgress", "10.1.16.0/24"),
      ["addresses"],
    ],
    [
      "the image of the probe",
      (draft: Draft) =>
        set(draft, "preflight.image", `us-central1-docker.pkg.dev/p/r/preflight@sha256:${"a".repeat(64)}`),
      ["preflight image"],
    ],
  ])("%s", (_, change, keys) => {
    expect(changed(change)).toEqual(keys);
  });

  test.each<[string, (draft: Draft) => void]>([
    ["a label", (draft) => set(draft, "labels.team", "other")],
    ["who hears of alerts", (draft) => set(draft, "notifications.0.email", "other@netrasystems.ai")],
    ["the size of the disk", (draft) => set(draft, "database.diskGibibytes", 30)],
    ["protection", (draft) => set(draft, "protection", true)],
  ])("%s does not: services find the same", (_, change) => {
    expect(changed(change)).toEqual([]);
  });

  test("the image of a service does not: it has not changed what is around it", () => {
    expect(
      changed((draft) =>
        set(draft, "services.0.image", `us-central1-docker.pkg.dev/p/r/auth@sha256:${"b".repeat(64)}`),
      ),
    ).toEqual([]);
  });
});

function set(draft: Draft, place: string, value: unknown): void {
  const keys = place.split(".");
  const last = keys.pop() ?? "";
  let at: Record<string, unknown> = draft;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
}

const PLAN = {
  version: 1,
  environment: "a",
  project: "p",
  region: "r",
  image: "i",
  within: 1,
  jobs: [],
  natAddresses: [],
};

test.each([
  undefined,
  "",
  "{",
  "{}",
  "null",
  '{"version":2}',
  JSON.stringify({ ...PLAN, project: "../../other" }),
  JSON.stringify({ ...PLAN, jobs: [{ service: "a", job: "a/b", comparesAddress: true }] }),
  JSON.stringify({ ...PLAN, natAddresses: [null] }),
])("a plan that is none is refused in a sentence: %j", (text) => {
  expect(() => readGatePlan(text)).toThrow(
    /^PREFLIGHT_GATE is not (set|a plan of this version): .*npm (run preflight|start)/,
  );
});
