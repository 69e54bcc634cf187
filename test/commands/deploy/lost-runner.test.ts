import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { type Cloud, startCloud } from "../../support/cloud/cloud.ts";
import { loseMachine } from "../../support/lost-machine.ts";
import { MAIN, ROOT } from "../../support/project.ts";
import { HELD, isHeld, until } from "../../support/time/wait.ts";

jest.setTimeout(300_000);

const RECORD = "prod-foundation/in-flight.json";
const PLAN = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: {},
  resource_changes: ["scheduler", "later"].map((name) => ({
    address: `google_service_account.${name}`,
    type: "google_service_account",
    name,
    mode: "managed",
    provider_name: "registry.terraform.io/hashicorp/google",
    change: { actions: ["create"], before: null, after: { account_id: `prod-${name}` }, after_unknown: {} },
  })),
};
const EVENT = {
  type: "apply_start",
  hook: { resource: { addr: "google_service_account.scheduler" }, action: "create" },
};

let folder: string;
let cloud: Cloud;
const children: ChildProcess[] = [];
beforeEach(async () => {
  cloud = await startCloud(() => Date.parse("2026-11-21T12:00:00Z"));
  folder = mkdtempSync(path.join(os.tmpdir(), "lost-runner-"));
  mkdirSync(path.join(folder, "bin"));
  writeFileSync(path.join(folder, "plan.json"), JSON.stringify(PLAN));
  writeFileSync(path.join(folder, "event.json"), `${JSON.stringify(EVENT)}\n`);
  const program = path.join(folder, "bin/terraform");
  // Plans two accounts in one stack, and is at the first one until its end.
  writeFileSync(
    program,
    [
      "#!/bin/sh",
      `case "$1 $PWD" in`,
      `  version*) echo "Terraform v1.11.4";;`,
      `  plan*/prod-foundation) exit 2;;`,
      `  show*/prod-foundation) cat "${folder}/plan.json";;`,
      `  show*) echo '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{},"resource_changes":[]}';;`,
      `  apply*) cat "${folder}/event.json"; cd "${folder}" && ${HELD};;`,
      "esac",
    ].join("\n"),
  );
  chmodSync(program, 0o700);
});
afterEach(async () => {
  children.splice(0).forEach(loseMachine);
  rmSync(folder, { recursive: true, force: true });
  await cloud.stop();
});

function deploy(
  disk: string,
  ...args: string[]
): { child: ChildProcess; output: () => string; ended: Promise<unknown> } {
  const child = spawn(
    path.join(ROOT, "node_modules/node/bin/node"),
    [...MAIN, "deploy", "production", ...args],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        PATH: [path.join(folder, "bin"), process.env.PATH].join(path.delimiter),
        NO_COLOR: "1",
        CDKTF_OUTDIR: path.join(folder, disk, "cdktf.out"),
        GOOGLE_OAUTH_ACCESS_TOKEN: "token",
        GOOGLE_API_ENDPOINT: cloud.endpoint,
        GITHUB_RUN_ID: "17",
      },
    },
  );
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      output += String(text);
    });
  return { child, output: () => output, ended: new Promise((resolve) => child.once("close", resolve)) };
}

test("npm run deploy on a runner that is lost: the review of the next run names what was in flight", async () => {
  const first = deploy("disk-1", "--yes");
  const isOver = (): boolean => first.child.exitCode !== null;
  await until(
    () => isOver() || (isHeld(folder) && cloud.storage.text(RECORD)?.includes('"begun":["google_service')),
  );
  expect(first.output()).toContain("Applying prod-foundation ...");
  loseMachine(first.child);
  await first.ended;
  rmSync(path.join(folder, "disk-1"), { recursive: true });
  const next = deploy("disk-2", "--plan-only");
  expect([await next.ended, next.output()]).toEqual([
    0,
    expect.stringMatching(/^Fingerprint of these changes: /m),
  ]);
  const stack = path.join(folder, "disk-2/cdktf.out/stacks/prod-foundation");
  const lines = next.output().split("\n");
  const head = lines.findIndex((line) => line.startsWith("The deployment of "));
  expect(lines.slice(head, head + 4)).toEqual([
    expect.stringMatching(
      /^The deployment of \S+ by github-run-17-\w{8} did not finish prod-foundation, or still runs \(last recorded \S+\):$/,
    ),
    "  prod-foundation: google_service_account.scheduler was being created when the deployment was cut off, and is not in the state: if it exists, this takes it over:",
    `    terraform -chdir=${stack} import google_service_account.scheduler projects/netra-production/serviceAccounts/prod-scheduler@netra-production.iam.gserviceaccount.com`,
    '  prod-foundation: google_service_account.later had not begun when that was recorded, and may have since. Where "already exists" is the answer to this deployment, take it over in the same way.',
  ]);
});
