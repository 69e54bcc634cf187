import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { MAIN } from "../support/project.ts";

jest.setTimeout(60_000);

/** Plays the npm script that needs Google: prints what it is told, writes a file where --output asks, ends as told. */
const NPM = `#!/bin/bash
printf '%s\\n' "$@" > "$RUNNER_TEMP/npm"
report="$RUNNER_TEMP/report"
while [ $# -gt 0 ]; do
  if { [ "$1" = --output ] || [ "$1" = --report ]; } && [ -f "$report" ]; then cp "$report" "$2"; report=/dev/null; fi
  shift
done
if [ -f "$report" ]; then cat "$report"; fi
exit "$SCRIPT_CODE"
`;

let folder = "";
let server: Server;
let requests: { asked: string; body: string }[];
let openIssues: object[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "steps-"));
  for (const name of ["bin", "temp"]) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, "bin", "npm"), NPM);
  chmodSync(path.join(folder, "bin", "npm"), 0o755);
  [requests, openIssues] = [[], []];
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    requests.push({ asked: `${request.method} ${request.url?.split("?")[0]}`, body });
    response.end(JSON.stringify(request.method === "GET" ? openIssues : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => server.close(resolve));
});

function script(file: string, job: string, name: string): string {
  const workflow = parse(readFileSync(path.join(".github", "workflows", file), "utf8")) as {
    jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
  };
  const step = workflow.jobs[job]?.steps.find((one) => one.name === name);
  if (step?.run === undefined) throw new Error(`${file} ${job} has no step ${name}`);
  return step.run;
}

/** Runs a step as GitHub does where no shell is named, in the checkout. */
function run(text: string, env: Record<string, string>): Promise<{ code: number | null; err: string }> {
  const { port } = server.address() as AddressInfo;
  const child = spawn("bash", ["--noprofile", "--norc", "-e", "-c", text], {
    env: {
      PATH: [path.join(folder, "bin"), path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      RUNNER_TEMP: path.join(folder, "temp"),
      GITHUB_OUTPUT: path.join(folder, "output"),
      GITHUB_STEP_SUMMARY: path.join(folder, "summary"),
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: "acme/platform",
      GITHUB_TOKEN: "token",
      SCRIPT_CODE: "0",
      ...env,
    },
  });
  child.stdout.resume();
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, err })));
}

const written = (name: string): string => readFileSync(path.join(folder, name), "utf8");
const report = (text: string): void => writeFileSync(path.join(folder, "temp", "report"), text);

describe("the review before a deployment", () => {
  const review = script("deploy-environment.yml", "review", "Review");

  test("hands the fingerprint on, and shows the review to who approves", async () => {
    report("Planning\nFingerprint of these changes: 0123456789abcdef0123\n");
    expect(await run(review, { ENVIRONMENT: "staging" })).toEqual({ code: 0, err: "" });
    expect(written("output")).toBe("fingerprint=0123456789abcdef0123\nchanges=true\n");
    expect(written("summary")).toContain("    Fingerprint of these changes: 0123456789abcdef0123\n");
    expect(written("temp/npm").split("\n")).toEqual([
      "run",
      "--silent",
      "deploy",
      "--",
      "staging",
      "--plan-only",
      "",
    ]);
  });

  test("keeps the summary below what GitHub takes, whatever is reviewed", async () => {
    report(`${"x\n".repeat(300_000)}Fingerprint of these changes: abc\n`);
    expect(await run(review, { ENVIRONMENT: "staging" })).toEqual({ code: 0, err: "" });
    expect(written("output")).toBe("fingerprint=abc\nchanges=true\n");
    expect(written("summary").length).toBeLessThan(1_048_576);
    expect(written("summary")).toMatch(
      /^## Review of staging\n\n\*\*This is only the beginning of the review: /,
    );
  });

  test("says so of no review that is shown whole", async () => {
    report(`${"x".repeat(900_000)}\nFingerprint of these changes: abc\n`);
    await run(review, { ENVIRONMENT: "staging" });
    expect(written("summary")).not.toContain("only the beginning");
    expect(written("summary")).toContain("    Fingerprint of these changes: abc\n");
  });

  test("asks nobody where nothing changes", async () => {
    report("Fingerprint of these changes: abc\nNothing to change.\n");
    await run(review, { ENVIRONMENT: "staging" });
    expect(written("output")).toBe("fingerprint=abc\nchanges=false\n");
  });

  test("ends the deployment where it is refused, or says nothing that could be approved", async () => {
    report("Refused: nothing was applied.\n");
    expect((await run(review, { ENVIRONMENT: "staging", SCRIPT_CODE: "1" })).code).toBe(1);
    expect(written("summary")).toContain("Refused: nothing was applied.");
    expect(await run(review, { ENVIRONMENT: "staging" })).toEqual({
      code: 2,
      err: "The review printed no fingerprint, so nothing can be approved.\n",
    });
  });

  test("is what is applied, and nothing else", async () => {
    const apply = script("deploy-environment.yml", "deploy", "Apply what was approved");
    await run(apply, { ENVIRONMENT: "$(touch hacked)", FINGERPRINT: "abc" });
    expect(written("temp/npm").split("\n").slice(2)).toEqual([
      "deploy",
      "--",
      "$(touch hacked)",
      "--approved",
      "abc",
      "",
    ]);
  });
});

describe("the rollout after a deployment", () => {
  test("shows its report and ends as it ends", async () => {
    const rollout = script("deploy-environment.yml", "deploy", "Roll out what was deployed");
    report("# Rolled back: backend\n");
    expect((await run(rollout, { ENVIRONMENT: "$(touch hacked)", SCRIPT_CODE: "1" })).code).toBe(1);
    expect(written("summary")).toBe("# Rolled back: backend\n");
    expect(written("temp/npm").split("\n").slice(2, 6)).toEqual([
      "rollout",
      "--",
      "$(touch hacked)",
      "--report",
    ]);
  });

  test("needs no report to fail", async () => {
    const rollout = script("deploy-environment.yml", "deploy", "Roll out what was deployed");
    expect(await run(rollout, { ENVIRONMENT: "staging", SCRIPT_CODE: "2" })).toEqual({ code: 2, err: "" });
  });
});

describe("the review of a pull request", () => {
  test("is commented whatever its verdict is", async () => {
    report("<!-- single-source-review:staging -->\n# Refused\n");
    const review = script("pull-request.yml", "review", "Review");
    expect((await run(review, { ENVIRONMENT: "staging", SCRIPT_CODE: "1" })).code).toBe(0);
    expect(written("output")).toBe("code=1\n");
    const comment = script("pull-request.yml", "review", "Comment");
    expect(await run(comment, { PULL_REQUEST: "12" })).toEqual({ code: 0, err: "" });
    expect(requests.map(({ asked }) => asked)).toEqual([
      "GET /repos/acme/platform/issues/12/comments",
      "POST /repos/acme/platform/issues/12/comments",
    ]);
    expect((await run(script("pull-request.yml", "review", "Verdict"), { CODE: "1" })).code).toBe(1);
  });

  test("fails at once where there is no report", async () => {
    const review = script("pull-request.yml", "review", "Review");
    expect((await run(review, { ENVIRONMENT: "staging", SCRIPT_CODE: "2" })).code).toBe(2);
  });
});

describe("the look for drift", () => {
  const look = script("drift.yml", "drift", "Look");
  const tell = script("drift.yml", "drift", "Tell");

  test.each([
    ["0", 0, "closed"],
    ["1", 0, undefined],
    ["2", 2, undefined],
  ])("with exit code %s ends with %s, its issue %s", async (code, end, state) => {
    openIssues = [{ number: 5, body: "<!-- drift:staging -->\nold", user: { login: "github-actions[bot]" } }];
    report("<!-- drift:staging -->\n## Drift of staging\n");
    expect((await run(look, { ENVIRONMENT: "staging", SCRIPT_CODE: code })).code).toBe(0);
    // Without entries in Cloud Logging the alert of the operations stack never fires.
    expect(written("temp/npm")).toBe(
      "run\n--silent\ndrift\n--\nstaging\n--format\nmarkdown\n--cloud-logging\n",
    );
    expect((await run(tell, { ENVIRONMENT: "staging", CODE: code })).code).toBe(end);
    expect(requests.map(({ asked }) => asked)).toEqual([
      "GET /repos/acme/platform/issues",
      "PATCH /repos/acme/platform/issues/5",
    ]);
    expect(JSON.parse(requests[1]?.body ?? "").state).toBe(state);
  });
});

test("environments without a delivery give an empty list, and a sentence", async () => {
  const step = script("deploy.yml", "environments", "List the environments that are delivered from here");
  // Tests know no environment of environments/: those of the fixtures name no delivery.
  const list = step.replace("tools/run.mjs main.ts", MAIN.join(" "));
  expect(list).not.toBe(step);
  expect(await run(list, { ENVIRONMENT: "" })).toEqual({ code: 0, err: "" });
  expect(written("output")).toBe("list=[]\n");
  expect(written("summary")).toContain("No environment names a delivery");
  expect((await run(list, { ENVIRONMENT: "staging" })).err).toContain(
    "environments/staging.ts has no delivery",
  );
});
