import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { plan } from "../support/plans.ts";
import { MAIN, ROOT } from "../support/project.ts";

/** A block of the document, by a word in it. */
function block(language: string, word: string): string {
  const document = readFileSync(path.join(ROOT, "docs/gitlab.md"), "utf8");
  const blocks = [...document.matchAll(/```([a-z]*)\n(.*?)```/gs)];
  return blocks.find(([, kind, text]) => kind === language && text?.includes(word))?.[2] ?? "";
}

const yaml = (word: string): unknown => parse(block("yaml", word));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "recipes-"));
  mkdirSync(path.join(folder, "bin"));
  // npm [--prefix FOLDER] run [--silent] review -- ARGUMENTS
  const program = [
    path.join(ROOT, "node_modules/node/bin/node"),
    ...MAIN.map((each) => path.resolve(ROOT, each)),
  ];
  const npm = `#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec ${program.map((each) => `"${each}"`).join(" ")} review "$@"\n`;
  writeFileSync(path.join(folder, "bin/npm"), npm);
  chmodSync(path.join(folder, "bin/npm"), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A real plan as if it had just been made for staging. */
function stagingPlan(name: string): string {
  const json = plan(name, (copy) => {
    copy.timestamp = "2999-01-01T00:00:00Z";
    copy.configuration.provider_config.google.expressions.project = { constant_value: "netra-staging" };
  });
  return JSON.stringify(json);
}

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Not by spawnSync: the server that it may ask is in this process. */
async function shell(
  script: string,
  { cwd, env }: Place,
): Promise<{ status: number | null; stdout: string }> {
  const PATH = [path.join(folder, "bin"), process.env.PATH].join(path.delimiter);
  const child = spawn("sh", ["-ec", script], { cwd, env: { ...process.env, PATH, NO_COLOR: "1", ...env } });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  const [status] = (await once(child, "close")) as [number | null];
  return { status, stdout };
}

test("the step of Atlantis reviews the plan of its stack, and fails where it needs an acknowledgement", async () => {
  const { workflows } = yaml("workflows:") as {
    workflows: { platform: { plan: { steps: (string | { run: string })[] } } };
  };
  const steps = workflows.platform.plan.steps;
  const [step] = steps.flatMap((each) => (typeof each === "string" ? [] : [each.run]));
  expect(steps.slice(0, 3)).toEqual(["init", "plan", "show"]);
  const stack = path.join(folder, "cdktf.out/stacks/staging-network");
  mkdirSync(stack, { recursive: true });
  spawnSync("git", ["init", "-q", "."], { cwd: folder });
  const run = (name: string) => {
    writeFileSync(path.join(folder, "shown.json"), stagingPlan(name));
    return shell(step ?? "", { cwd: stack, env: { SHOWFILE: path.join(folder, "shown.json") } });
  };
  expect(await run("03-connector-grow")).toEqual({
    status: 0,
    stdout: expect.stringContaining("### `staging-network`"),
  });
  expect(await run("04-connector-shrink")).toMatchObject({ status: 1 });
});

test("the project of Atlantis is a stack's folder", () => {
  expect(yaml("version: 3")).toMatchObject({
    version: 3,
    projects: [{ name: "staging-network", dir: "cdktf.out/stacks/staging-network" }],
  });
});

test("the steps of HCP Terraform fetch the plan of a run, which Terraform's API redirects to, and review it", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    if (request.url === "/api/v2/runs/run-7/plan/json-output") {
      response.writeHead(307, { location: "/archive/plan.json" }).end();
    } else response.end(stagingPlan("03-connector-grow"));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const script = block("", "json-output")
    .replace("https://app.terraform.io", `http://127.0.0.1:${port}`)
    .replace("RUN", "run-7");
  try {
    expect(await shell(script, { cwd: folder, env: { TOKEN: "secret", no_proxy: "127.0.0.1" } })).toEqual({
      status: 0,
      stdout: expect.stringContaining("### `staging-network`"),
    });
  } finally {
    server.close();
  }
  expect(asked).toEqual([
    "/api/v2/runs/run-7/plan/json-output Bearer secret",
    "/archive/plan.json Bearer secret",
  ]);
});
