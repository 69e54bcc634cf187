import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ending, failure, google } from "../../gate/google.ts";
import { MAIN, ROOT } from "../../support/project.ts";
import { type Asked, type Reply, startGoogleApis } from "../../support/servers/google-apis.ts";

let apis: Awaited<ReturnType<typeof startGoogleApis>>;
let reply: (asked: Asked) => Reply;
beforeEach(async () => {
  reply = google();
  apis = await startGoogleApis((asked) => reply(asked));
});
afterEach(() => apis.stop());

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function preflight(
  args: readonly string[],
  heard: (child: ChildProcess, stderr: string) => void = () => {},
): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(path.join(ROOT, "node_modules/node/bin/node"), [...MAIN, "preflight", ...args], {
      env: {
        ...process.env,
        NO_COLOR: "1",
        GOOGLE_OAUTH_ACCESS_TOKEN: "token",
        GOOGLE_API_ENDPOINT: apis.endpoint,
      },
    });
    const out = { stdout: "", stderr: "" };
    child.stdout.on("data", (part) => {
      out.stdout += part;
    });
    child.stderr.on("data", (part) => {
      out.stderr += part;
      heard(child, out.stderr);
    });
    child.on("close", (code) => resolve({ code, ...out }));
  });
}

test("all jobs are run, progress on stderr and the report on stdout", async () => {
  const { code, stdout, stderr } = await preflight(["staging"]);
  expect(stderr).toContain("backend: started, execution staging-preflight-backend-x1\n");
  expect([code, stdout.split("\n")[0]]).toEqual([0, "Preflight of staging passed."]);
  expect(ending(apis.asked, ":run")).toHaveLength(3);
});

test("only the named services are run, and a critical failure is exit code 1", async () => {
  reply = google({ auth: [failure("auth", "database/tcp", "network", "TCP timed out after 35 s")] });
  const { code, stdout } = await preflight(["staging", "auth"]);
  expect([code, ending(apis.asked, ":run").map(({ url }) => url.pathname.split("/").at(-1))]).toEqual([
    1,
    ["staging-preflight-auth:run"],
  ]);
  expect(stdout).toContain(
    "  database/tcp: TCP timed out after 35 s\n    infrastructure at fault. npm run drift",
  );
});

test("--format json tells every check", async () => {
  const { code, stdout } = await preflight(["staging", "backend", "--format", "json"]);
  expect([code, JSON.parse(stdout)]).toMatchObject([
    0,
    {
      environment: "staging",
      exitCode: 0,
      services: [{ service: "backend", results: [{ check: "database/connect", status: "passed" }] }],
    },
  ]);
});

test.each([
  [["stagin"], 'There is no environment "stagin" (did you mean "staging"?)'],
  [["staging", "bakend"], "staging has no preflight of bakend: allowed are auth, backend, frontend;"],
  [["staging", "--format", "xml"], "argument 'xml' is invalid"],
])("usage error is one sentence and exit code 2: %j", async (args, sentence) => {
  const { code, stderr } = await preflight(args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
});

test("a job that is not there is exit code 2, with what to do", async () => {
  const usual = google();
  reply = (asked) => (asked.url.pathname.endsWith(":run") ? { status: 404 } : usual(asked));
  const { code, stdout } = await preflight(["staging", "auth"]);
  expect([code, stdout]).toEqual([
    2,
    expect.stringContaining(
      "There is no preflight job staging-preflight-auth in netra-staging/us-central1: deploy the stack",
    ),
  ]);
});

test("Ctrl-C cancels every execution", async () => {
  const usual = google();
  reply = (asked) => (asked.url.pathname.endsWith("-x1") ? { status: 200, body: {} } : usual(asked));
  let told = false;
  const { code, stderr } = await preflight(["staging"], (child, said) => {
    if (told || said.split(": started").length < 4) return;
    told = true;
    child.kill("SIGINT");
  });
  expect(code).toBe(2);
  expect(stderr).toContain("Interrupted: the executions were cancelled, and nothing is left running.\n");
  expect(ending(apis.asked, ":cancel")).toHaveLength(3);
});
