import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { comparePlans } from "../../review/review-plans.ts";
import { MAIN, ROOT } from "../support/project.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "limits-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In place of any step that hostile input has found: parsing a text with one of these words does this and nothing else. */
const STEPS = {
  endless: "for (;;);",
  growing: "const all = []; for (;;) all.push(new Array(1000).fill({}));",
  killed: 'process.kill(process.pid, "SIGKILL"); for (;;);',
};

/** Every way to read what strangers wrote, with the arguments of Node. */
const START = path.join(ROOT, "tools/start.mjs");
const WAYS: Record<string, readonly string[]> = {
  "the packed verifier and the action": [START, "commands/verify-cli.ts"],
  "verify of a project": [...MAIN, "verify"],
  "verify of a package outside of a project": [START, "commands/bin.ts", "verify"],
  "review of given plans": [...MAIN, "review", "staging", "--plan"],
};

function run(way: string, step: keyof typeof STEPS, ...options: readonly string[]) {
  const cases = Object.entries(STEPS).map(([name, does]) => `if (text.includes("${name}")) { ${does} }`);
  const preload = path.join(folder, "steps.mjs");
  writeFileSync(
    preload,
    `const parse = JSON.parse;
JSON.parse = (text, ...rest) => { if (typeof text === "string") { ${cases.join(" ")} } return parse(text, ...rest); };\n`,
  );
  const plan = path.join(folder, "plan.json");
  writeFileSync(plan, `{ "format_version": "1.2", "terraform_version": "${step}" }`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...(WAYS[way] ?? []), plan, ...options], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: `--import ${preload} --max-old-space-size=100` },
  });
  return { status, stderr, stdout: stdout.replace(/^Reading .* \.\.\.\n\n/, "") };
}

describe.each(Object.keys(WAYS))("%s", (way) => {
  const name = way.startsWith("review") ? "The review" : "The verifier";
  const advice = way.startsWith("review")
    ? "review fewer plans at a time (--plan)"
    : "verify fewer files at a time";

  test("ends a step that never ends, and tells it in one sentence", () => {
    expect(run(way, "endless", "--time-limit", "1")).toEqual({
      status: 2,
      stdout: "",
      stderr: `${name} was ended after 1 s: ${advice}, or give it more time with --time-limit.\n`,
    });
  });

  test("ends a step that takes all memory in one sentence, without what V8 says of it", () => {
    expect(run(way, "growing")).toEqual({
      status: 2,
      stdout: "",
      stderr: `${name} ran out of memory: ${advice}, or give Node more with NODE_OPTIONS=--max-old-space-size=8192.\n`,
    });
  });

  test("is no success where it is ended from outside", () => {
    expect(run(way, "killed")).toEqual({
      status: 2,
      stdout: "",
      stderr: `${name} was ended from outside (SIGKILL): nothing was checked to its end.\n`,
    });
  });
});

/** The kind: each of the many parts of one change is looked up among all of them. */
describe("a review of 20,000 parts of one resource takes time that grows with them", () => {
  const COUNT = 20_000;
  const many = <T>(make: (index: number) => T): T[] =>
    Array.from({ length: COUNT }, (_, index) => make(index));
  const variables = (shift: number): object => ({
    name: "a",
    template: [
      { containers: [{ env: many((index) => ({ name: `N${index}`, value: String(index + shift) })) }] },
    ],
  });
  const ports = (shift: number): object => ({
    name: "a",
    allow: many((index) => ({ protocol: "tcp", ports: [String(index + shift)] })),
  });
  const ranges = (network: number): object => ({
    name: "a",
    source_ranges: many((index) => `${network}.${index >> 8}.${index & 255}.0/24`),
  });

  test.each([
    [
      "environment variables",
      "google_cloud_run_v2_service",
      variables(0),
      variables(1),
      "environment variable N0 0 to 1",
    ],
    ["ports", "google_compute_firewall", ports(0), ports(1), "no longer allows tcp 0:"],
    ["ranges", "google_compute_firewall", ranges(10), ranges(11), "10.0.0.0/24"],
  ])("%s", (_, type, before, after, sentence) => {
    const started = process.cpuUsage().user;
    const change = {
      actions: ["update"],
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
    };
    const { review } = comparePlans({
      environment: { name: "staging", waivers: [], acknowledgements: [] },
      today: "2026-03-01",
      stacks: [
        {
          name: "app",
          plan: {
            format_version: "1.2",
            planned_values: { root_module: {} },
            resource_changes: [{ address: `${type}.a`, mode: "managed", type, name: "a", change }],
            configuration: {},
          },
        },
      ],
    });
    expect(JSON.stringify(review)).toContain(sentence);
    expect(process.cpuUsage().user - started).toBeLessThan(30_000_000);
  });
});
