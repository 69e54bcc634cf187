import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { writeCredentials } from "../../../delivery/gitlab/credentials.ts";
import { gitlabPipeline } from "../../../delivery/gitlab/pipeline.ts";
import { deliveryAccess } from "../../../platform/delivery/access.ts";
import { platformPlan } from "../../../platform/plan.ts";
import { optionalModules } from "../../../tools/optional-modules.ts";
import { environment } from "../../support/environments.ts";
import { resources, synthesized } from "../../support/synthesized.ts";

/** GitLab's schema has many alternatives, and takes seconds. */
jest.setTimeout(180_000);

interface Job {
  readonly environment?: { readonly name: string };
  readonly id_tokens?: { readonly GOOGLE_ID_TOKEN: { readonly aud: string } };
  readonly script: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

const staging = environment((draft) => {
  draft.state = { bucket: "acme-staging-terraform-state" };
  draft.delivery = {
    host: "gitlab",
    repository: "acme/infra/platform",
    repositoryId: "42",
    ownerId: "7",
    projectNumber: "123456789012",
  };
});
const access = deliveryAccess(platformPlan(staging));
if (access === undefined) throw new Error("staging is delivered");
const text = gitlabPipeline({
  image: "registry.example.com/ci@sha256:0123",
  environments: [{ ...access, rollout: true }],
  installsItself: false,
});
const jobs = parse(text) as Record<string, Job>;
const job = (name: string): Job => jobs[name] ?? { script: [] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "gitlab-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the pipeline, read as GitLab reads it, with its schema", () => {
  function listed(file: string, ...variables: string[]): { status: number | null; output: string } {
    writeFileSync(path.join(folder, ".gitlab-ci.yml"), file);
    const git = (...args: string[]) => spawnSync("git", args, { cwd: folder });
    git("init", "-q", "-b", "main", ".");
    git("remote", "add", "origin", "git@gitlab.com:acme/platform.git");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "a", "--allow-empty");
    const program = path.join(optionalModules("gitlab-ci"), "gitlab-ci-local/dist/index.js");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, "--list-csv", ...variables.flatMap((each) => ["--variable", each])],
      { cwd: folder, encoding: "utf8", env: { ...process.env, HOME: folder, NO_COLOR: "1" } },
    );
    return { status, output: stdout + stderr };
  }
  const names = (output: string): string[] =>
    output
      .split("\n")
      .filter((line) => /;"?(?:on_success|always|manual)"?;/.test(line))
      .map((line) => line.split(";")[0]?.replaceAll('"', "") ?? "");

  test.each([
    ["the default branch", [], ["checks", "verify", "plan staging", "deploy staging"]],
    [
      "a merge request",
      ["CI_PIPELINE_SOURCE=merge_request_event", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID=42", "CI_PROJECT_ID=42"],
      ["checks", "verify", "review staging"],
    ],
    [
      "a merge request of a fork",
      ["CI_PIPELINE_SOURCE=merge_request_event", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID=41", "CI_PROJECT_ID=42"],
      ["checks", "verify"],
    ],
    ["a schedule", ["CI_PIPELINE_SOURCE=schedule"], ["drift staging"]],
    ["a schedule of another branch", ["CI_PIPELINE_SOURCE=schedule", "CI_COMMIT_BRANCH=mine"], []],
    // Who starts one may set variables that run other code than what was approved.
    ["a pipeline that is started by hand", ["CI_PIPELINE_SOURCE=web"], ["checks", "verify"]],
    ["a pipeline of a trigger", ["CI_PIPELINE_SOURCE=trigger"], ["checks", "verify"]],
  ])("has for %s only its jobs", (name, variables, expected) => {
    const branch = name.startsWith("a merge") ? ["CI_COMMIT_BRANCH="] : [];
    const { status, output } = listed(text, ...variables, ...branch);
    expect([status, names(output)]).toEqual([0, expected]);
    expect(output).toContain("json schema validated");
  });

  test("a word that GitLab does not know would be refused", () => {
    const { status, output } = listed(text.replace("resource_group", "resource_grupp"));
    expect(status).not.toBe(0);
    expect(output).toContain("'resource_grupp' property is not expected to be here");
  });
});

describe("who signs in", () => {
  const providers = resources(
    synthesized(staging)["staging-delivery"],
    "google_iam_workload_identity_pool_provider",
  );
  const own = 'assertion.project_id == "42" && assertion.namespace_id == "7"';

  test("the planner is any job of the project, the deployer one on the protected branch and environment", () => {
    const found = providers.map(({ attribute_condition: condition, oidc }) => [condition, oidc]);
    expect(found).toEqual([
      [
        `${own} && assertion.ref_type == "branch" && assertion.ref == "main" && assertion.ref_protected == "true" && assertion.environment == "staging" && assertion.environment_protected == "true"`,
        { issuer_uri: "https://gitlab.com" },
      ],
      [own, { issuer_uri: "https://gitlab.com" }],
    ]);
    expect(job("deploy staging").environment).toMatchObject({ name: "staging" });
  });

  test("each token is for the provider that takes it, and no other job has one", () => {
    const audiences = Object.entries(jobs).flatMap(([name, { id_tokens: tokens }]) =>
      tokens === undefined ? [] : [[name, tokens.GOOGLE_ID_TOKEN.aud.split("/").slice(-3)]],
    );
    const plan = ["staging-plan", "providers", "gitlab"];
    expect(audiences).toEqual([
      ["review staging", plan],
      ["plan staging", plan],
      ["deploy staging", ["staging-deploy", "providers", "gitlab"]],
      ["drift staging", plan],
    ]);
  });

  test("by files that nobody else reads, and that hold no key", () => {
    const file = writeCredentials(path.join(folder, "google"), "token", "projects/1/x", "a@b.example");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      type: "external_account",
      audience: "//iam.googleapis.com/projects/1/x",
      subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
      token_url: "https://sts.googleapis.com/v1/token",
      credential_source: { file: path.join(folder, "google/token") },
      service_account_impersonation_url:
        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.example:generateAccessToken",
    });
    const modes = ["", "token", "credentials.json"].map(
      (name) => statSync(path.join(folder, "google", name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });
});

describe("the scripts of the jobs", () => {
  /** Plays npm: prints what `said` holds for the script, writes it where --output asks, and ends as told. */
  const NPM = `#!/bin/bash
echo "$*" >> npm
[ "$1 $2 $3" = "run --silent $SCRIPT" ] || exit 0
while [ $# -gt 0 ]; do
  if [ "$1" = --output ]; then cp said "$2"; fi
  shift
done
cat said
exit "$CODE"
`;

  function run(name: string, script: string, said: string, code: number): Record<string, unknown> {
    writeFileSync(path.join(folder, "said"), said);
    mkdirSync(path.join(folder, "bin"), { recursive: true });
    writeFileSync(path.join(folder, "bin/npm"), NPM);
    chmodSync(path.join(folder, "bin/npm"), 0o755);
    const { status } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", job(name).script.join("\n")], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: [path.join(folder, "bin"), process.env.PATH].join(path.delimiter),
        CI_PROJECT_DIR: folder,
        CI_MERGE_REQUEST_IID: "7",
        SCRIPT: script,
        CODE: String(code),
      },
    });
    const calls = readFileSync(path.join(folder, "npm"), "utf8").split("\n");
    return { status, calls: calls.filter((line) => !/^ci$|sign-in|^$/.test(line)) };
  }

  test.each([0, 1])("a review ends as the command does, after its note: %d", (code) => {
    expect(run("review staging", "review", "<!-- a:b -->\n", code)).toEqual({
      status: code,
      calls: [
        "run --silent review -- staging --output review.md --html review.html",
        "run --silent gitlab -- note 7 review.md",
      ],
    });
  });

  test("a review without a report writes no note", () => {
    expect(run("review staging", "review", "", 2)).toMatchObject({ status: 2, calls: [expect.any(String)] });
  });

  test("the deployment applies the fingerprint that was reviewed, and rolls out", () => {
    const said = "1 change\nFingerprint of these changes: 0a1b\n";
    expect(run("plan staging", "deploy", said, 0)).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(folder, "fingerprint.txt"), "utf8")).toBe("0a1b\n");
    rmSync(path.join(folder, "npm"));
    expect(run("deploy staging", "deploy", "", 0)).toEqual({
      status: 0,
      calls: ["run --silent deploy -- staging --approved 0a1b", "run --silent rollout -- staging"],
    });
  });

  test("nothing to change is not deployed, and a review without a fingerprint fails", () => {
    const nothing = "Fingerprint of these changes: 0a1b\nNothing to change.\n";
    expect(run("plan staging", "deploy", nothing, 0)).toMatchObject({ status: 0 });
    rmSync(path.join(folder, "npm"));
    writeFileSync(path.join(folder, "npm"), "");
    expect(run("deploy staging", "deploy", "", 0)).toEqual({ status: 0, calls: [] });
    expect(run("plan staging", "deploy", "something else\n", 0)).toMatchObject({ status: 2 });
    expect(run("plan staging", "deploy", "refused\n", 1)).toMatchObject({ status: 1 });
  });

  test.each([
    [0, 0, " --close"],
    [1, 0, ""],
    [2, 2, ""],
  ])("drift that ends with %d ends the job with %d, after its issue", (code, status, close) => {
    expect(run("drift staging", "drift", "<!-- drift:staging -->\n", code)).toEqual({
      status,
      calls: [
        "run --silent drift -- staging --format markdown --cloud-logging",
        `run --silent gitlab -- issue Drift of staging drift.md${close}`,
      ],
    });
  });
});
