import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { findTerraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import {
  type PlanOptions,
  type PlanOutcome,
  planStacks,
  withPlanFolder,
} from "../../terraform/plan-stacks.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";
import { programs } from "../support/fake-program.ts";
import { type TerraformStacks, terraformStacks } from "../support/terraform-stacks.ts";
import { HELD, isHeld, release, until } from "../support/time/wait.ts";

let app: TerraformStacks;
let interrupt: Interrupt;
beforeEach(() => {
  app = terraformStacks();
  interrupt = new Interrupt();
});
afterEach(() => {
  interrupt.release();
  app.remove();
});

async function plan(options: Partial<PlanOptions> = {}): Promise<PlanOutcome> {
  const terraform = await findTerraform(process.env);
  const stacks = stackFolders(app.output, () => true);
  return withPlanFolder((work) => planStacks(terraform, stacks, { work, interrupt, ...options }));
}

/** Runs the real Terraform in a stack's folder to its end. */
function terraform(stack: string, ...args: string[]) {
  const child = spawn("terraform", [...args, "-no-color"], {
    cwd: path.join(app.output, "stacks", stack),
    stdio: "ignore",
  });
  return { child, ended: new Promise((resolve) => child.once("close", resolve)) };
}

test("every stack is planned, in order of deployment", async () => {
  app.write({ "s-a": { value: { input: "1" } }, "s-b": { value: { input: "2" } }, "s-c": {} });
  const { planned, failed } = await plan();
  expect(failed).toEqual([]);
  expect(planned.map(({ name, isEmpty, dependencies }) => ({ name, isEmpty, dependencies }))).toEqual([
    { name: "s-a", isEmpty: false, dependencies: [] },
    { name: "s-b", isEmpty: false, dependencies: ["s-a"] },
    { name: "s-c", isEmpty: true, dependencies: ["s-b"] },
  ]);
  expect(planned[0]?.plan).toMatchObject({
    resource_changes: [{ address: "terraform_data.value", change: { actions: ["create"] } }],
  });
});

test("plans are for their owner's eyes, and gone afterwards", async () => {
  app.write({ "s-a": { value: { input: "1" } } });
  let folder = "";
  const terraform = await findTerraform(process.env);
  await withPlanFolder(async (work) => {
    folder = work;
    await planStacks(
      terraform,
      stackFolders(app.output, () => true),
      { work, interrupt },
    );
    expect(statSync(work).mode & 0o777).toBe(0o700);
    const modes = readdirSync(work).map((file) => statSync(path.join(work, file)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(0);
    expect([...new Set(modes)]).toEqual([0o600]);
  });
  expect(existsSync(folder)).toBe(false);
});

test("what fails in one stack does not hide the plans of others", async () => {
  app.write({ "s-a": { value: { input: "${x.y.z}" } }, "s-b": { value: { input: "2" } } });
  const { planned, failed } = await plan();
  expect(planned.map(({ name }) => name)).toEqual(["s-b"]);
  expect(failed).toMatchObject([{ stack: "s-a", step: "plan", kind: "unknown" }]);
  expect(failed[0]?.sentence).toContain("Reference to undeclared resource");
});

test("a plan that is shown as something else than JSON is a failure of its stack", async () => {
  app.write({ "s-a": {} });
  const folder = programs({
    terraform: 'case "$1" in version) echo "Terraform v1.11.4";; show) echo "no space left on device";; esac',
  });
  try {
    const terraform = await findTerraform({ PATH: `${folder}:${process.env.PATH}` });
    const { planned, failed } = await withPlanFolder((work) =>
      planStacks(
        terraform,
        stackFolders(app.output, () => true),
        { work, interrupt },
      ),
    );
    expect(planned).toEqual([]);
    expect(failed).toMatchObject([{ stack: "s-a", step: "show", kind: "unknown" }]);
    expect(failed[0]?.sentence).toContain("no space left on device");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a bucket that cannot be reached is told by the step that needs it", async () => {
  app.write({ "s-a": {} });
  const file = path.join(app.output, "stacks/s-a/cdk.tf.json");
  writeFileSync(
    file,
    JSON.stringify({ terraform: { backend: { gcs: { bucket: "acme-state", prefix: "s-a" } } } }),
  );
  const found = await findTerraform({
    PATH: process.env.PATH,
    // No credentials can be found here, whatever the machine has.
    HOME: app.folder,
    GOOGLE_APPLICATION_CREDENTIALS: path.join(app.folder, "none.json"),
  });
  const { failed } = await withPlanFolder((work) =>
    planStacks(
      found,
      stackFolders(app.output, () => true),
      { work, interrupt },
    ),
  );
  expect(failed).toMatchObject([{ stack: "s-a", step: "init" }]);
});

describe("a state that somebody holds", () => {
  const hold = async (): Promise<() => Promise<unknown>> => {
    const folder = path.join(app.output, "stacks/s-a");
    app.write({
      "s-a": {
        value: {
          input: "1",
          provisioner: [
            {
              "local-exec": {
                command: HELD,
              },
            },
          ],
        },
      },
    });
    await terraform("s-a", "init").ended;
    const { ended } = terraform("s-a", "apply", "-auto-approve");
    await until(() => isHeld(folder));
    return () => {
      release(folder);
      return ended;
    };
  };

  test("is told with its holder, its age and the way to unlock it", async () => {
    const release = await hold();
    const { failed } = await plan({ lock: true, lockTimeout: 0 });
    await release();
    expect(failed).toMatchObject([{ stack: "s-a", step: "plan", kind: "locked" }]);
    expect(failed[0]?.sentence).toMatch(
      /^The state is locked by \S+@\S+ since \d{4}-\d\d-\d\d .* \(apply, lock id ([0-9a-f-]{36})\): wait until that run has ended, then run the same command again\. Only where it certainly runs no more: terraform -chdir=\S*stacks\/s-a force-unlock \1$/,
    );
  });

  test("is planned all the same where nothing will be applied", async () => {
    const release = await hold();
    const { planned, failed } = await plan();
    await release();
    expect(failed).toEqual([]);
    expect(planned).toHaveLength(1);
  });
});

test("nothing is begun once somebody wants to stop", async () => {
  app.write({ "s-a": {}, "s-b": {} });
  process.emit("SIGINT");
  const { planned, failed } = await plan();
  expect(planned).toEqual([]);
  expect(failed).toMatchObject([
    { stack: "s-a", kind: "interrupted", sentence: "Interrupted before it began." },
    { stack: "s-b", kind: "interrupted" },
  ]);
});

test("a refresh-only plan finds what was changed behind the code", async () => {
  app.write({ "s-a": { value: { input: "1" } } });
  await terraform("s-a", "init").ended;
  await terraform("s-a", "apply", "-auto-approve").ended;
  const { planned } = await plan({ mode: "refresh-only" });
  expect(planned).toMatchObject([{ name: "s-a", isEmpty: true }]);
  expect(planned[0]?.plan).not.toHaveProperty("resource_changes");
});
