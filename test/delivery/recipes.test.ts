import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { plan } from "../support/plans.ts";
import { MAIN, ROOT } from "../support/project.ts";

/** YAML of a document, by a word in it. */
function yaml(word: string): unknown {
  const document = readFileSync(path.join(ROOT, "docs/gitlab.md"), "utf8");
  const [, found = ""] =
    [...document.matchAll(/```yaml\n(.*?)```/gs)].find(([, text]) => text?.includes(word)) ?? [];
  return parse(found);
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "recipes-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the step of Atlantis reviews the plan of its stack, and fails where it needs an acknowledgement", () => {
  const { workflows } = yaml("workflows:") as {
    workflows: { platform: { plan: { steps: (string | { run: string })[] } } };
  };
  const steps = workflows.platform.plan.steps;
  const [step] = steps.flatMap((each) => (typeof each === "string" ? [] : [each.run]));
  expect(steps.slice(0, 3)).toEqual(["init", "plan", "show"]);
  const stack = path.join(folder, "cdktf.out/stacks/staging-network");
  mkdirSync(stack, { recursive: true });
  mkdirSync(path.join(folder, "bin"));
  // npm --prefix FOLDER run --silent review -- ARGUMENTS
  const npm = `#!/bin/sh\nshift 6\nexec "${path.join(ROOT, "node_modules/node/bin/node")}" ${MAIN.map((each) => `"${path.resolve(ROOT, each)}"`).join(" ")} review "$@"\n`;
  writeFileSync(path.join(folder, "bin/npm"), npm);
  chmodSync(path.join(folder, "bin/npm"), 0o755);
  spawnSync("git", ["init", "-q", "."], { cwd: folder });
  const run = (name: string) => {
    const json = plan(name, (copy) => {
      copy.timestamp = "2999-01-01T00:00:00Z";
      copy.configuration.provider_config.google.expressions.project = { constant_value: "netra-staging" };
    });
    writeFileSync(path.join(folder, "shown.json"), JSON.stringify(json));
    const { status, stdout } = spawnSync("sh", ["-c", step ?? ""], {
      cwd: stack,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: [path.join(folder, "bin"), process.env.PATH].join(path.delimiter),
        SHOWFILE: path.join(folder, "shown.json"),
        NO_COLOR: "1",
      },
    });
    return { status, stdout };
  };
  const safe = run("03-connector-grow");
  expect(safe).toEqual({ status: 0, stdout: expect.stringContaining("### `staging-network`") });
  expect(run("04-connector-shrink")).toMatchObject({ status: 1 });
});

test("the project of Atlantis is a stack's folder", () => {
  expect(yaml("version: 3")).toMatchObject({
    version: 3,
    projects: [{ name: "staging-network", dir: "cdktf.out/stacks/staging-network" }],
  });
});
