import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
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
const [header, jobs] = parseAllDocuments(text).map((document) => document.toJS()) as [
  { spec: { inputs: Record<string, { regex: string }> } },
  Record<string, Job>,
];
const job = (name: string): Job => jobs[name] ?? { script: [] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "gitlab-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the pipeline, read as GitLab reads it, with its schema", () => {
  function listed(file: string, ...options: string[]): { status: number | null; output: string } {
    writeFileSync(path.join(folder, ".gitlab-ci.yml"), file);
    const git = (...args: string[]) => spawnSync("git", args, { cwd: folder });
    git("init", "-q", "-b", "main", ".");
    git("remote", "add", "origin", "git@gitlab.com:acme/platform.git");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "a", "--allow-empty");
    const program = path.join(optionalModules("gitlab-ci"), "gitlab-ci-local/dist/index.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "--list-csv", ...options], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, HOME: folder, NO_COLOR: "1" },
    });
    return { status, output: stdout + stderr };
  }
  /** The schema takes as long as everything else, and one file needs it once. */
  const listedUnchecked = (...options: string[]): ReturnType<typeof listed> =>
    listed(text, "--json-schema-validation=false", ...options);
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
    const given = [...variables, ...branch].flatMap((each) => ["--variable", each]);
    const { status, output } = listedUnchecked(...given);
    expect([status, names(output)]).toEqual([0, expected]);
  });

  const IMAGE = ["--input", "image=registry.example.com/backend@sha256:0123"];
  const of = (source: string): string[] => ["--variable", `CI_PIPELINE_SOURCE=${source}`];

  test.each([
    ["without an image", []],
    ["with one", [...of("web"), ...IMAGE]],
  ])("is valid %s", (_, options) => {
    const { status, output } = listed(text, ...options);
    expect([status, output]).toEqual([0, expect.stringContaining("json schema validated")]);
  });

  test("sets an image, and does nothing else, where somebody starts it with one", () => {
    for (const source of ["api", "pipeline", "trigger", "web"]) {
      const { status, output } = listedUnchecked(...of(source), ...IMAGE);
      expect([source, status, names(output)]).toEqual([source, 0, ["set image"]]);
    }
  });

  // The kind of fault: an input of whoever may push a branch takes the place of the checks, or uses the token.
  test.each([
    ["push", [], ["checks", "verify", "plan staging", "deploy staging"]],
    ["schedule", [], ["drift staging"]],
    // GitLab starts no pipeline of it: the rules of the workflow, which are not read here.
    ["trigger", ["--variable", "CI_COMMIT_BRANCH=mine"], ["checks", "verify"]],
    ["merge_request_event", ["--variable", "CI_COMMIT_BRANCH="], ["checks", "verify"]],
  ])("does not set an image given to a %s pipeline", (source, options, expected) => {
    const { output } = listedUnchecked(...of(source), ...options, ...IMAGE);
    expect(names(output)).toEqual(expected);
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

describe("the job that sets an image", () => {
  const inputs = {
    ENVIRONMENT: "staging",
    SERVICE: "backend",
    IMAGE: "registry.example.com/backend@sha256:0123",
    MERGE_REQUEST_TOKEN: "glpat-secret",
  };
  /** Plays npm: writes what the command would. */
  const NPM = `#!/bin/bash
echo "$*" >> "$CALLS"
if [ "$3" = set-image ]; then echo "$7" > environments/staging.ts; fi
`;

  function git(...args: string[]): string {
    return spawnSync("git", args, { cwd: folder, encoding: "utf8" }).stdout.trim();
  }
  /** A project on GitLab that notes the options of each push. */
  function remote(): void {
    git("init", "-q", "--bare", "gitlab.git");
    git("-C", "gitlab.git", "config", "receive.advertisePushOptions", "true");
    const hook = path.join(folder, "gitlab.git/hooks/post-receive");
    writeFileSync(hook, `#!/bin/sh\nenv | sed -n 's/^GIT_PUSH_OPTION_[0-9]*=//p' | sort > ../options\n`);
    chmodSync(hook, 0o755);
    git("init", "-q", "-b", "main", "checkout");
    mkdirSync(path.join(folder, "checkout/environments"));
    writeFileSync(path.join(folder, "checkout/environments/staging.ts"), "before\n");
    git("-C", "checkout", "add", ".");
    git("-C", "checkout", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "a");
    mkdirSync(path.join(folder, "bin"));
    writeFileSync(path.join(folder, "bin/npm"), NPM);
    chmodSync(path.join(folder, "bin/npm"), 0o755);
  }
  function run(env: Record<string, string>) {
    const { status, stderr } = spawnSync(
      "bash",
      ["-e", "-o", "pipefail", "-c", job("set image").script.join("\n")],
      {
        cwd: path.join(folder, "checkout"),
        encoding: "utf8",
        env: {
          PATH: [path.join(folder, "bin"), process.env.PATH].join(path.delimiter),
          HOME: folder,
          CALLS: path.join(folder, "calls"),
          CI_PROJECT_URL: path.join(folder, "gitlab"),
          CI_SERVER_HOST: "gitlab.com",
          CI_DEFAULT_BRANCH: "main",
          ...env,
        },
      },
    );
    return { status, stderr };
  }

  test("opens a merge request with what the command wrote, and updates its branch the next time", () => {
    remote();
    expect(run(inputs).status).toBe(0);
    expect(readFileSync(path.join(folder, "calls"), "utf8")).toBe(
      `ci\nrun --silent set-image -- staging backend ${inputs.IMAGE}\n`,
    );
    const branch = "image/staging-backend";
    expect(git("-C", "gitlab.git", "show", `${branch}:environments/staging.ts`)).toBe(inputs.IMAGE);
    expect(git("-C", "gitlab.git", "log", "-1", "--format=%s %ae", branch)).toBe(
      "Set the image of backend in staging ci@noreply.gitlab.com",
    );
    expect(readFileSync(path.join(folder, "options"), "utf8").trim().split("\n")).toEqual([
      "merge_request.create",
      `merge_request.description=${inputs.IMAGE}`,
      "merge_request.remove_source_branch",
      "merge_request.target=main",
      "merge_request.title=Set the image of backend in staging",
    ]);
    git("-C", "checkout", "reset", "-q", "--hard", "HEAD~1");
    const next = "registry.example.com/backend@sha256:4567";
    expect(run({ ...inputs, IMAGE: next }).status).toBe(0);
    expect(git("-C", "gitlab.git", "show", `${branch}:environments/staging.ts`)).toBe(next);
  });

  test("pushes nothing where the environment has the image already", () => {
    remote();
    expect(run({ ...inputs, IMAGE: "before" }).status).toBe(0);
    expect(git("-C", "gitlab.git", "branch", "--list")).toBe("");
  });

  test("without its token ends before it installs or writes anything, and says which one it needs", () => {
    remote();
    expect(run({ ...inputs, MERGE_REQUEST_TOKEN: "" })).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^MERGE_REQUEST_TOKEN is not set: .* role Developer .* write_repository/),
    });
    expect(existsSync(path.join(folder, "calls"))).toBe(false);
  });

  test("takes no input that another word of YAML or of a shell could hide in", () => {
    const { environment: of, service, image } = header.spec.inputs;
    const accepts = (input: { regex: string } | undefined, text: string): boolean =>
      new RegExp(input?.regex ?? "").test(text);
    expect(accepts(of, "prod-eu") && accepts(service, "web.proxy_2") && accepts(image, inputs.IMAGE)).toBe(
      true,
    );
    for (const text of ['"', "'", "$(id)", "a b", "a\nb", "#", "`", "$X", "{", "a: b"])
      for (const input of [of, service, image]) expect([text, accepts(input, text)]).toEqual([text, false]);
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
