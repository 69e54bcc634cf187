import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { secretDuties } from "../../delivery/secrets-checklist.ts";
import { platformPlan } from "../../platform/plan.ts";
import { runCommand } from "../support/commands-in-one-process.ts";
import { environment } from "../support/environments.ts";
import { FIXTURES } from "../support/project.ts";
import { startGoogleApis } from "../support/servers/google-apis.ts";

/** The states of the versions that are there. */
const states: Record<string, string> = { "jwt-signing-key": "ENABLED", "session-secret": "DISABLED" };
let google: Awaited<ReturnType<typeof startGoogleApis>>;
let status: number | undefined;

beforeAll(async () => {
  google = await startGoogleApis(({ url }) => {
    const state = states[url.pathname.split("/")[5] ?? ""];
    if (status !== undefined) return { status };
    return state === undefined ? { status: 404 } : { status: 200, body: { state } };
  });
});
afterAll(() => google.stop());

async function secrets(
  args: string[],
  variables: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    NO_COLOR: "1",
    GOOGLE_OAUTH_ACCESS_TOKEN: "token",
    GOOGLE_API_ENDPOINT: google.endpoint,
  };
  const { status: code, ...output } = await runCommand(["secrets", ...args], {
    folder: FIXTURES,
    env: { ...env, ...variables },
  });
  return { code, ...output };
}

describe("npm run secrets", () => {
  test("lists what is missing or disabled with the command that adds it, and exits with 1", async () => {
    const { code, stdout, stderr } = await secrets(["staging"]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("there    jwt-signing-key version 1");
    expect(stdout).toContain("disabled  session-secret version 1 (after staging-foundation)");
    expect(stdout).toContain(
      "missing  redis-auth version 1 (after staging-data)\n         gcloud redis instances get-auth-string staging-redis --project=netra-staging --region=us-central1",
    );
    expect(stdout).toContain("9 secrets of 10 still to add.");
    expect(google.asked.map(({ token, url }) => `${token} ${url.pathname}`)).toContain(
      "token /v1/projects/netra-staging/secrets/redis-auth/versions/1",
    );
  });

  test("exits with 0 where every version is there", async () => {
    status = undefined;
    for (const { name } of environment().secrets) states[name] = "ENABLED";
    const { code, stdout } = await secrets(["staging"]);
    expect([code, stdout.trim().split("\n").at(-1)]).toEqual([0, "All 10 secrets have a version."]);
  });

  test.each([
    [
      403,
      "HOST denies access (HTTP 403, PERMISSION_DENIED): give your account roles/secretmanager.viewer, and enable the API (stack foundation).\n",
    ],
  ])("HTTP %d is one sentence and exit code 2", async (refusal, sentence) => {
    status = refusal;
    const { code, stderr } = await secrets(["staging"]);
    status = undefined;
    expect([code, stderr]).toEqual([2, sentence.replace("HOST", new URL(google.endpoint).host)]);
  });

  test("an environment that does not exist is one sentence and exit code 2", async () => {
    const { code, stderr } = await secrets(["stagin"]);
    expect([code, stderr]).toEqual([
      2,
      'There is no environment "stagin" (did you mean "staging"?). Known environments: meta-studio, production, staging.\n',
    ]);
  });

  test("--all asks nobody", async () => {
    const { code, stdout } = await secrets(["production", "--all"], {
      GOOGLE_API_ENDPOINT: "http://127.0.0.1:1",
    });
    expect(code).toBe(0);
    expect(stdout).toContain(
      "gcloud secrets versions add llm-api-key --project=netra-production --data-file=-",
    );
  });
});

test("no command shows a value that Google makes: it is piped", () => {
  for (const { name, command } of secretDuties(platformPlan(environment()))) {
    if (name.startsWith("redis-")) expect(command).toMatch(/ \| gcloud secrets versions add /);
  }
});
