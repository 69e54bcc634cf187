import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type Deployment, deploy } from "../../delivery/deployment.ts";
import { bounded, type InFlightRecord, parseInFlight, sizeOf } from "../../delivery/in-flight/record.ts";
import { inFlightStore } from "../../delivery/in-flight/store.ts";
import { type Api, googleApi } from "../../google/api.ts";
import { findTerraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";
import { type Asked, type Cloud, startCloud } from "../support/cloud/cloud.ts";
import { loseMachine } from "../support/lost-machine.ts";
import { DEPLOY_CHILD, NODE } from "../support/root.ts";
import { type TerraformStacks, terraformStacks } from "../support/terraform-stacks.ts";
import { HELD, isHeld, release, until } from "../support/time/wait.ts";

jest.setTimeout(120_000);

const BUCKET = "acme-state";
const STACKS = {
  "test-a": { first: { input: "1" } },
  "test-b": { value: { input: "2" }, later: { input: "3" } },
};

let cloud: Cloud;
let runner: TerraformStacks;
let said: string[];
const started: ChildProcess[] = [];

beforeEach(async () => {
  cloud = await startCloud(() => 0);
  runner = terraformStacks();
  runner.write(STACKS);
  said = [];
});
afterEach(async () => {
  for (const child of started.splice(0)) loseMachine(child);
  runner.remove();
  await cloud.stop();
});

const object = "test-b/in-flight.json";
const isUpload = ({ path: at }: Asked): boolean => at.startsWith("/upload/");
/** What the record of a stack says; undefined where there is none. */
const recorded = (stack = "test-b") => {
  const text = cloud.storage.text(`${stack}/in-flight.json`);
  const record = text === undefined ? undefined : parseInFlight(text, stack);
  return record === "damaged" || record === undefined
    ? record
    : { begun: record.begun, waiting: record.waiting };
};
const NONE = { begun: [], waiting: [] };

/** A runner with an empty disk: the states are all that it has of the one before, as from their bucket. */
function nextRunner(): void {
  const before = runner;
  runner = terraformStacks();
  runner.write(STACKS);
  for (const file of readdirSync(before.folder).filter((name) => name.endsWith(".tfstate")))
    copyFileSync(path.join(before.folder, file), path.join(runner.folder, file));
  before.remove();
}

/** Terraform that begins to create a resource of test-b, and is at it until the test lets it end with an exit code. */
function creating(address = "terraform_data.value", end = "exit 1"): NodeJS.ProcessEnv {
  const file = path.join(runner.folder, "creating-terraform");
  const event = JSON.stringify({
    type: "apply_start",
    hook: { resource: { addr: address }, action: "create" },
  });
  writeFileSync(
    file,
    `#!/bin/sh\nif [ "$1" = apply ]; then case "$PWD" in *test-b)\necho '${event}'\n(cd "${runner.folder}" && ${HELD})\n${end};;\nesac; fi\nexec terraform "$@"\n`,
  );
  chmodSync(file, 0o700);
  return { ...process.env, TERRAFORM_BINARY_NAME: file };
}

function start(env: NodeJS.ProcessEnv = process.env): {
  child: ChildProcess;
  output: () => string;
  ended: Promise<unknown>;
} {
  const args = [...DEPLOY_CHILD, runner.output, cloud.endpoint, BUCKET];
  const child = spawn(NODE, args, { stdio: ["ignore", "pipe", "pipe"], env });
  started.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      output += String(text);
    });
  return { child, output: () => output, ended: new Promise((resolve) => child.once("close", resolve)) };
}

const store = () => {
  const sleep = async (): Promise<void> => {};
  const api = googleApi({ get: async () => "token", remedy: "" }, sleep);
  return inFlightStore({ bucket: BUCKET }, { api, storage: cloud.endpoint, output: "" });
};

async function run(
  change: Partial<Deployment> = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<0 | 1 | 2> {
  const interrupt = new Interrupt();
  try {
    return await deploy({
      environment: "test",
      stacks: stackFolders(runner.output, () => true),
      output: runner.output,
      terraform: await findTerraform(env),
      place: { project: "acme-staging", region: "us-central1" },
      interrupt,
      inFlight: { store: store(), by: "this-run", sleep: async () => {} },
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

const put = (record: unknown, name = object): void =>
  void cloud.storage.put(new URLSearchParams({ name }), JSON.stringify(record));
const record = (change: object = {}) => ({
  version: 1,
  stack: "test-b",
  by: "github-run-17-3f9a",
  started: "2026-11-21T12:00:00Z",
  written: "2026-11-21T12:01:00Z",
  begun: ["terraform_data.value"],
  waiting: ["terraform_data.later"],
  unnamed: 0,
  ...change,
});

describe("a runner that is lost in the middle of an apply", () => {
  test("leaves what was in flight to the next run on another disk, with the command that takes it over", async () => {
    const { child, ended } = start(creating());
    await until(() => isHeld(runner.folder) && cloud.storage.text(object)?.includes('"begun":["terraform'));
    expect(recorded()).toEqual({ begun: ["terraform_data.value"], waiting: ["terraform_data.later"] });
    // The stack before it has come to its end.
    expect(recorded("test-a")).toEqual(NONE);
    loseMachine(child);
    await ended;
    nextRunner();
    const next = start();
    expect(await next.ended).toBe(0);
    const lines = next.output().split("\n");
    const head = lines.findIndex((line) => line.startsWith("The deployment of "));
    expect(lines[head]).toMatch(
      new RegExp(
        `^The deployment of \\S+ by process-${child.pid} did not finish test-b, or still runs \\(last recorded \\S+\\):$`,
      ),
    );
    expect(lines.slice(head + 1, head + 4)).toEqual([
      "  test-b: terraform_data.value was being created when the deployment was cut off, and is not in the state: if it exists, take it over with terraform import before you go on:",
      `    terraform -chdir=${path.join(runner.output, "stacks/test-b")} import terraform_data.value ID`,
      '  test-b: terraform_data.later had not begun when that was recorded, and may have since. Where "already exists" is the answer to this deployment, take it over in the same way.',
    ]);
    expect(recorded()).toEqual(NONE);
    said = [];
    expect(await run()).toBe(0);
    expect(said.join("\n")).not.toContain("cut off");
  });

  /** The kind: a kill between any two steps. The request is "dropped", or done and its answer "lost". */
  test.each([
    ["the first record", "test-a", 1, "dropped"],
    ["the first record", "test-a", 1, "lost"],
    ["the record of a stack before its apply", "test-b", 1, "dropped"],
    ["the record of a stack before its apply", "test-b", 1, "lost"],
    ["the update after a creation has begun", "test-b", 2, "dropped"],
    ["the update after a creation has begun", "test-b", 2, "lost"],
  ] as const)(
    "killed at the write of %s (%s, %i, %s): nothing had begun that is not named",
    async (_, stack, nth, fate) => {
      const { child, ended } = start(creating());
      let count = 0;
      cloud.faults.push({
        when: (asked) =>
          isUpload(asked) && asked.query.get("name") === `${stack}/in-flight.json` && ++count === nth,
        trouble: () => {
          loseMachine(child);
          return fate;
        },
        times: 1,
      });
      await ended;
      const hadBegun = isHeld(runner.folder);
      expect(hadBegun).toBe(stack === "test-b" && nth === 2);
      nextRunner();
      expect(await run()).toBe(0);
      if (hadBegun)
        expect(said).toContainEqual(
          expect.stringMatching(/^ {2}test-b: terraform_data\.(value|later, terraform_data\.value) /),
        );
      if (fate === "dropped" && nth === 1) expect(said.join("\n")).not.toContain("did not finish");
      expect(recorded()).toEqual(NONE);
    },
  );

  test.each(["dropped", "lost"] as const)(
    "killed at the last write (%s): what is in the state is not named",
    async (fate) => {
      const { child, ended } = start();
      let count = 0;
      cloud.faults.push({
        when: (asked) =>
          isUpload(asked) &&
          asked.query.get("name") === object &&
          asked.body.begun !== undefined &&
          isEmpty(asked) &&
          ++count === 1,
        trouble: () => {
          loseMachine(child);
          return fate;
        },
        times: 1,
      });
      await ended;
      expect(child.signalCode).toBe("SIGKILL");
      nextRunner();
      expect(await run()).toBe(0);
      expect(said.join("\n")).not.toMatch(/cut off|had not begun/);
      expect(recorded()).toEqual(NONE);
    },
  );
  const isEmpty = ({ body }: Asked): boolean => JSON.stringify([body.begun, body.waiting]) === "[[],[]]";
});

describe("the outcome of an apply", () => {
  test.each([
    ["a failure", "exit 1", undefined],
    [
      "a state that could not be saved",
      "echo 'Error: Failed to save state'; exit 1",
      ["terraform_data.value"],
    ],
    [
      "two interrupts",
      "echo 'Two interrupts received. Exiting immediately.'; exit 1",
      ["terraform_data.value"],
    ],
    ["a crash", "exit 11", ["terraform_data.value"]],
    ["a kill", "kill -9 $$", ["terraform_data.value"]],
  ])("of Terraform that ends by %s is in the state, or stays recorded", async (_, end, begun) => {
    const running = run({}, creating("terraform_data.value", end));
    await until(() => isHeld(runner.folder));
    release(runner.folder);
    expect(await running).toBe(1);
    expect(recorded()).toEqual({ begun: begun ?? [], waiting: [] });
  });
});

test("a signal that comes while the record is written starts nothing", async () => {
  let isSent = false;
  class Signal extends Interrupt {
    override get isInterrupted(): boolean {
      return isSent;
    }
  }
  const interrupt = new Signal();
  cloud.faults.push({
    when: (asked) => isUpload(asked) && asked.query.get("name") === object,
    trouble: () => {
      isSent = true;
      return undefined;
    },
    times: 1,
  });
  expect(await run({ interrupt })).toBe(1);
  interrupt.release();
  expect(said).toContain("test-b: Interrupted before it began.");
  expect([runner.applied("test-a"), runner.applied("test-b"), recorded()]).toEqual([
    { first: "1" },
    {},
    NONE,
  ]);
});

describe("a record that cannot be written", () => {
  test.each([403, 503])("before an apply (%i) keeps it from starting", async (status) => {
    cloud.faults.push({
      when: (asked) => isUpload(asked) && asked.query.get("name") === object,
      trouble: status,
    });
    expect(await run()).toBe(1);
    expect(said).toContainEqual(
      expect.stringMatching(
        /^test-b: Not started: what it creates could not be recorded in gs:\/\/acme-state\/test-b\/in-flight\.json, and nothing would name it after a kill\. 127\.0\.0\.1:\d+ /,
      ),
    );
    expect([runner.applied("test-a"), runner.applied("test-b")]).toEqual([{ first: "1" }, {}]);
    cloud.faults.length = 0;
    expect(await run()).toBe(0);
  });

  test("while it runs is said once, and the apply goes on: all of it is in the record", async () => {
    let count = 0;
    cloud.faults.push({
      when: (asked) => isUpload(asked) && asked.query.get("name") === object && ++count > 1,
      trouble: 403,
    });
    expect(await run()).toBe(0);
    expect(said.filter((line) => /was not updated/.test(line))).toHaveLength(1);
    expect(said).toContainEqual(
      expect.stringMatching(/^ {2}test-b: the record gs:.* could not be brought up to date/),
    );
    expect(recorded()).toMatchObject({ waiting: ["terraform_data.later", "terraform_data.value"] });
    cloud.faults.length = 0;
    said = [];
    expect(await run()).toBe(0);
    expect(said.join("\n")).not.toContain("cut off");
    expect(recorded()).toEqual(NONE);
  });

  test("whose answer is lost is found again", async () => {
    cloud.faults.push({
      when: (asked) => isUpload(asked) && asked.query.get("name") === object,
      trouble: "lost",
      times: 1,
    });
    expect(await run()).toBe(0);
    expect(recorded()).toEqual(NONE);
  });

  test("cannot be read either: nothing is applied", async () => {
    cloud.faults.push({
      when: ({ method, path: at }) => method === "GET" && at.includes("test-b"),
      trouble: 403,
    });
    await expect(run()).rejects.toThrow(/denies access \(HTTP 403/);
    expect(runner.applied("test-a")).toEqual({});
  });
});

describe("two runs at once", () => {
  test("the second one does not write over the record of the first", async () => {
    const code = await run({
      confirm: async () => {
        put(record());
        return true;
      },
    });
    expect(code).toBe(1);
    expect(said.join("\n")).toContain(
      "test-b: Not started: gs://acme-state/test-b/in-flight.json was written after this plan was made. Another deployment applies the stack, or was cut off there",
    );
    expect(recorded()).toEqual({ begun: ["terraform_data.value"], waiting: ["terraform_data.later"] });
    expect(runner.applied("test-b")).toEqual({});
  });

  test("one that has ended meanwhile is no obstacle", async () => {
    put(record());
    const confirm = async (): Promise<boolean> => {
      put(record({ begun: [], waiting: [] }));
      return true;
    };
    expect(await run({ confirm })).toBe(0);
    expect(recorded()).toEqual(NONE);
  });

  test("what a plan alone sees of it is said, and written by nobody", async () => {
    put(record());
    const uploads = cloud.asked.filter(isUpload).length;
    expect(await run({ planOnly: true })).toBe(0);
    expect(said.join("\n")).toContain("by github-run-17-3f9a did not finish test-b, or still runs");
    expect(cloud.asked.filter(isUpload)).toHaveLength(uploads);
  });
});

/** The kind: a record that is not what this project writes. Whoever may write a state may write it. */
describe("a hostile record", () => {
  test.each([
    ["of another stack", record({ stack: "test-a" })],
    ["of a later version", record({ version: 2 })],
    ["with more fields", record({ command: "rm" })],
    ["with controls in an address", record({ begun: ["a.b\u001b[2J"] })],
    ["with a line break", record({ waiting: ["a.b\n::error::x"] })],
    ["with a shell in its run", record({ by: "$(touch x)" })],
    ["with no time", record({ started: "yesterday" })],
    ["without end", record({ begun: Array.from({ length: 2001 }, (_, number) => `a.b${number}`) })],
    ["with an address without end", record({ begun: ["a".repeat(1001)] })],
    ["with no list", record({ begun: {} })],
    ["that is a list", []],
    ["that is a text", "record"],
    ["that is null", null],
  ])("%s is damaged, is said, and stops nothing", async (_, content) => {
    // What stands in the record of one stack is nothing to another.
    runner.write({ "test-b": STACKS["test-b"] });
    put(content);
    expect(await run()).toBe(0);
    expect(said).toContainEqual(
      "  test-b: the record of what its last deployment was creating is damaged: if that one was cut off, what it was creating cannot be named. Compare the plan with what exists.",
    );
    expect(recorded()).toEqual(NONE);
  });

  test.each(["/dev/zero", "/dev/tty", "."])(
    "next to a local state that links to %s is damaged",
    async (target) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "in-flight-"));
      const store = inFlightStore(undefined, {
        api: {} as Api,
        storage: "",
        output: path.join(folder, "out"),
      });
      symlinkSync(target, store.nameOf("test-b"));
      expect(await store.read("test-b")).toMatchObject({ record: "damaged" });
      await store.write({ ...record({}), stack: "test-b" } as InFlightRecord, "");
      expect(await store.read("test-b")).toMatchObject({ record: { stack: "test-b" } });
      rmSync(folder, { recursive: true });
    },
  );

  test("next to a stack of which nothing is created is emptied by the next deployment", async () => {
    expect(await run()).toBe(0);
    put([], "test-a/in-flight.json");
    put(record());
    expect(await run()).toBe(0);
    expect(said.at(-1)).toBe("Nothing to change.");
    expect([recorded("test-a"), recorded()]).toEqual([NONE, NONE]);
  });
});

test("a record has an end, and says how much it leaves out", () => {
  const many = Array.from({ length: 5_000 }, (_, number) => `terraform_data.value[${number}]`);
  const creations = bounded(many, [...many, "x".repeat(5_000), "a\nb"]);
  expect([creations.begun.length, creations.waiting.length, creations.unnamed]).toEqual([
    2_000, 2_000, 6_002,
  ]);
  expect(sizeOf(creations)).toBe(10_002);
  const text = JSON.stringify(record(creations));
  expect(parseInFlight(text, "test-b")).toMatchObject({ unnamed: 6_002 });
});
