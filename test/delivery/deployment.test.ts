import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, globSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Deployment, deploy } from "../../delivery/deployment.ts";
import { inFlightStore } from "../../delivery/in-flight/store.ts";
import { type DeploymentRecord, readRecord } from "../../delivery/record.ts";
import { findTerraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";
import { DEPLOY_CHILD, NODE } from "../support/root.ts";
import { type TerraformStacks, terraformStacks } from "../support/terraform-stacks.ts";
import { HELD, isHeld, release, until } from "../support/time/wait.ts";

let app: TerraformStacks;
let said: string[];
const children: ChildProcess[] = [];

beforeEach(() => {
  app = terraformStacks();
  said = [];
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  app.remove();
});

const one = { value: { input: "1" } };
const two = { value: { input: "2" } };
const three = { value: { input: "3" } };

/** A resource whose creation runs a command. */
const running = (command: string) => ({
  value: { input: "2", provisioner: [{ "local-exec": { command } }] },
});

async function run(change: Partial<Deployment> = {}): Promise<0 | 1 | 2> {
  const interrupt = new Interrupt();
  try {
    return await deploy({
      environment: "test",
      stacks: stackFolders(app.output, () => true),
      output: app.output,
      terraform: await findTerraform(process.env),
      place: { project: "acme-staging", region: "us-central1" },
      interrupt,
      inFlight: { store: store(), by: "this-test", sleep: async () => {} },
      review: () => true,
      confirm: async () => true,
      planOnly: false,
      log: (line) => said.push(line),
      ...change,
    });
  } finally {
    interrupt.release();
  }
}

/** Records next to the local states. */
const store = () => inFlightStore(undefined, { api: NO_API, storage: "", output: app.output });
const NO_API = { call: () => Promise.reject(new Error("not asked")) };

async function inFlight(stack: string): Promise<readonly string[] | undefined> {
  const { record } = await store().read(stack);
  return typeof record === "object" ? [...record.begun, ...record.waiting] : undefined;
}

function record(): DeploymentRecord {
  const found = readRecord(app.output, "test");
  if (found === undefined || found === "damaged") throw new Error(`the record is ${found}`);
  return found;
}

function statuses(): string[] {
  return record().stacks.map(({ name, status }) => `${name} ${status}`);
}

/** Folder of plans while a deployment runs. */
const plans = () => path.join(app.output, "deployments", "test");

/** Folders of plans and logs, one for each run. */
const runFolders = () => globSync(path.join(plans(), "*"));

/** The folder of the only run. */
const work = () => runFolders()[0] ?? "";

/** A deployment in a process of its own. */
function start(env: NodeJS.ProcessEnv = process.env): {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
} {
  const child = spawn(NODE, [...DEPLOY_CHILD, app.output], {
    stdio: ["ignore", "pipe", "pipe"],
    env,
  });
  children.push(child);
  let output = "";
  child.stdout?.on("data", (text) => {
    output += String(text);
  });
  child.stderr?.on("data", (text) => {
    output += String(text);
  });
  return { child, output: () => output, ended: new Promise((resolve) => child.once("close", resolve)) };
}

describe("a deployment", () => {
  test("applies the reviewed plans in order, and leaves no plan behind", async () => {
    app.write({ "test-a": one, "test-b": two });
    let modes: number[] = [];
    const code = await run({
      review: (planned) => {
        modes = readdirSync(work()).map((file) => statSync(path.join(work(), file)).mode & 0o777);
        return planned.length === 2;
      },
    });
    expect(code).toBe(0);
    expect(said.filter((line) => /^Appl|^Deployed/.test(line))).toEqual([
      "Applying test-a ...",
      "Applied test-a.",
      "Applying test-b ...",
      "Applied test-b.",
      "Deployed.",
    ]);
    expect(app.applied("test-b")).toEqual({ value: "2" });
    expect([...new Set(modes)]).toEqual([0o600]);
    expect(readdirSync(path.join(app.output, "deployments"))).toEqual(["test.json"]);
  });

  test("applies no stack whose plan is empty", async () => {
    app.write({ "test-a": one, "test-b": two });
    await run();
    app.write({ "test-a": one, "test-b": three });
    expect(await run()).toBe(0);
    expect(statuses()).toEqual(["test-a unchanged", "test-b applied"]);
    expect(await run({ confirm: () => Promise.reject(new Error("nothing to ask for")) })).toBe(0);
    expect(said.at(-1)).toBe("Nothing to change.");
  });

  test("applies nothing where the review refuses, or nobody confirms", async () => {
    app.write({ "test-a": one });
    expect(await run({ review: () => false })).toBe(1);
    expect(said.at(-1)).toBe("Refused: nothing was applied.");
    expect(await run({ confirm: async () => false })).toBe(1);
    expect(said.at(-1)).toBe("Nothing was applied.");
    expect(app.applied("test-a")).toEqual({});
    expect(readRecord(app.output, "test")).toBeUndefined();
  });

  test("applies what was approved, and nothing else", async () => {
    app.write({ "test-a": one, "test-b": two });
    expect(await run({ planOnly: true })).toBe(0);
    const approved = said.at(-1)?.split(": ")[1];
    expect(approved).toMatch(/^[0-9a-f]{20}$/);
    app.write({ "test-a": one, "test-b": three });
    expect(await run({ approved })).toBe(1);
    expect(said.at(-1)).toMatch(
      /^Refused: what was approved \([0-9a-f]{20}\) is not what would be applied now/,
    );
    app.write({ "test-a": one, "test-b": two });
    expect(await run({ approved })).toBe(0);
    expect(app.applied("test-b")).toEqual({ value: "2" });
  });

  test("plans nothing further where one stack cannot be planned, and tells all failures", async () => {
    app.write({
      "test-a": { value: { input: "${nonsense.a}" } },
      "test-b": two,
      "test-c": { value: { input: "${nonsense.b}" } },
    });
    expect(await run({ confirm: () => Promise.reject(new Error("nothing to ask for")) })).toBe(2);
    const text = said.join("\n");
    expect(text).toContain("test-a: Reference to undeclared resource");
    expect(text).toContain("test-c: Reference to undeclared resource");
    expect(said.at(-1)).toBe("Nothing was applied: 2 stacks could not be planned.");
    expect(app.applied("test-b")).toEqual({});
  });

  test("stops at a stack that fails, and the next run goes on", async () => {
    app.write({ "test-a": one, "test-b": running("exit 3"), "test-c": three });
    // An earlier one was cut off in test-c: what it was creating is named until it is in the state.
    const at = "2026-11-21T12:00:00Z";
    await store().write(
      {
        version: 1,
        stack: "test-c",
        by: "other",
        started: at,
        written: at,
        begun: ["terraform_data.value"],
        waiting: [],
        unnamed: 0,
      },
      "",
    );
    const named = expect.stringMatching(
      /test-c: terraform_data\.value was being created when the deployment was cut off/,
    );
    expect(await run()).toBe(1);
    expect(said).toContainEqual(named);
    expect(statuses()).toEqual(["test-a applied", "test-b failed", "test-c waiting"]);
    expect([await inFlight("test-b"), await inFlight("test-c")]).toEqual([
      undefined,
      ["terraform_data.value"],
    ]);
    expect(record().stacks[1]?.failure).toContain("local-exec provisioner error");
    expect(app.applied("test-c")).toEqual({});
    app.write({ "test-a": one, "test-b": running("exit 0"), "test-c": three });
    said = [];
    expect(await run()).toBe(0);
    expect(said.slice(0, 4)).toEqual([
      expect.stringMatching(
        /^The deployment of 2.* was not finished; what is left is planned and reviewed again\.$/,
      ),
      "  applied: test-a",
      expect.stringMatching(/^ {2}failed: {2}test-b: local-exec provisioner error/),
      "  waiting: test-c",
    ]);
    expect(said).toContainEqual(named);
    expect(statuses()).toEqual(["test-a unchanged", "test-b applied", "test-c applied"]);
    expect(await inFlight("test-c")).toBeUndefined();
    expect(app.applied("test-c")).toEqual({ value: "3" });
  });

  test("does not apply a plan that is older than the code", async () => {
    app.write({ "test-a": one, "test-b": two });
    const code = await run({
      confirm: async () => {
        app.write({ "test-a": one, "test-b": three });
        return true;
      },
    });
    expect(code).toBe(1);
    expect(said.at(-1)).toBe(
      "Stopped before test-b: its plan is older than the code, which was synthesized again meanwhile. Run the same command again: it plans and reviews again.",
    );
    expect(statuses()).toEqual(["test-a applied", "test-b waiting"]);
    expect(app.applied("test-b")).toEqual({});
  });

  test("does not apply a plan file that is not the reviewed one", async () => {
    app.write({ "test-a": one });
    const code = await run({
      confirm: async () => {
        writeFileSync(path.join(work(), "test-a.plan"), "another");
        return true;
      },
    });
    expect(code).toBe(1);
    expect(said.at(-1)).toMatch(/^Stopped before test-a: its plan file is not the one that was reviewed\./);
  });

  test("does not apply a plan whose state was changed after it", async () => {
    app.write({ "test-a": one });
    await run();
    app.write({ "test-a": two });
    const state = path.join(app.folder, "terraform.test-a.tfstate");
    const code = await run({
      confirm: async () => {
        const json = JSON.parse(readFileSync(state, "utf8")) as { serial: number };
        writeFileSync(state, JSON.stringify({ ...json, serial: json.serial + 1 }));
        return true;
      },
    });
    expect(code).toBe(1);
    expect(said.join("\n")).toContain(
      "test-a: The saved plan is stale, because the state was changed after the plan was made: nothing of it was applied.",
    );
    expect(app.applied("test-a")).toEqual({ value: "1" });
    expect(await run()).toBe(0);
    expect(app.applied("test-a")).toEqual({ value: "2" });
  });

  test("is refused where Terraform may not destroy", async () => {
    const kept = (input: string) => ({
      value: { input, triggers_replace: [input], lifecycle: { prevent_destroy: true } },
    });
    app.write({ "test-a": kept("1") });
    await run();
    app.write({ "test-a": kept("2") });
    expect(await run()).toBe(2);
    expect(said.join("\n")).toContain("test-a: terraform_data.value would be destroyed, and is protected");
  });
});

describe("a deployment in another process", () => {
  const slow = () => ({
    "test-a": one,
    "test-b": running(HELD),
    "test-c": three,
  });
  const folder = () => path.join(app.output, "stacks", "test-b");
  const isBegun = () => isHeld(folder());
  const go = () => release(folder());

  test("holds off a second one", async () => {
    app.write(slow());
    const first = start();
    await until(isBegun);
    await expect(run()).rejects.toThrow(
      new RegExp(`^A deployment of test runs on this machine since \\S+ \\(process ${first.child.pid}\\)`),
    );
    go();
    expect(await first.ended).toBe(0);
    expect(statuses()).toEqual(["test-a applied", "test-b applied", "test-c applied"]);
  });

  test("that is killed in the middle of an apply loses nothing: Terraform ends its work, and the next run goes on", async () => {
    app.write(slow());
    const first = start();
    await until(isBegun);
    first.child.kill("SIGKILL");
    expect(await first.ended).toBeNull();
    expect(statuses()).toEqual(["test-a applied", "test-b applying", "test-c waiting"]);
    const second = start();
    await until(() => second.output().includes("stopped: test-b, in the middle"));
    go();
    expect(await second.ended).toBe(0);
    expect(statuses()).toEqual(["test-a unchanged", "test-b unchanged", "test-c applied"]);
    expect(app.applied("test-b")).toEqual({ value: "2" });
    expect(readdirSync(path.join(app.output, "deployments"))).toEqual(["test.json"]);
  });

  test("that is killed while it plans goes on planning, and reaches nothing of the next run", async () => {
    app.write({ "test-a": one });
    const held = path.join(app.folder, "held-terraform");
    writeFileSync(
      held,
      `#!/bin/sh\n[ "$1" = plan ] && (cd "${app.folder}" && ${HELD})\nterraform "$@"\ntouch "${held}.$1"\n`,
    );
    chmodSync(held, 0o700);
    const first = start({ ...process.env, TERRAFORM_BINARY_NAME: held });
    await until(() => isHeld(app.folder));
    first.child.kill("SIGKILL");
    await first.ended;
    app.write({ "test-a": two });
    const code = await run({
      confirm: async () => {
        expect(runFolders()).toHaveLength(1);
        release(app.folder);
        await until(() => existsSync(`${held}.plan`));
        return true;
      },
    });
    expect([code, app.applied("test-a")]).toEqual([0, { value: "2" }]);
    expect(existsSync(plans())).toBe(false);
  });

  test("that is told to stop passes it on once, waits for the state, and can be continued", async () => {
    app.write(slow());
    const first = start();
    await until(isBegun);
    first.child.kill("SIGINT");
    first.child.kill("SIGTERM");
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(1);
    expect(first.output()).toContain("interrupted with 1 at work");
    expect(first.output()).toContain(
      "It was interrupted; what was made until then is in the state. Run the same command again: it plans what is left and goes on.",
    );
    expect(first.output()).not.toContain("Two interrupts");
    expect(statuses()).toEqual(["test-a applied", "test-b failed", "test-c waiting"]);
    expect(existsSync(path.join(app.folder, ".terraform.test-b.tfstate.lock.info"))).toBe(false);
    go();
    expect(await run()).toBe(0);
    expect(statuses()).toEqual(["test-a unchanged", "test-b applied", "test-c applied"]);
  });
});
