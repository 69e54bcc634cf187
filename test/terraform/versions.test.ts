/**
 * The engine on every Terraform and OpenTofu that is given: TERRAFORM_EXECUTABLES holds paths, separated as in the PATH.
 * Without it, on the one of the PATH. docs/terraform-versions.md says which were tried.
 */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Deployment, deploy } from "../../delivery/deployment.ts";
import { inFlightStore } from "../../delivery/in-flight/store.ts";
import { readState } from "../../graph/index.ts";
import { isStateFile, shownState } from "../../graph/state-file.ts";
import { hasDrift } from "../../review/drift/find-drift.ts";
import { noPlan } from "../../review/plan/plan-problem.ts";
import type { Review } from "../../review/review.ts";
import { comparePlans } from "../../review/review-plans.ts";
import { findTerraform, type Terraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import {
  type PlanOptions,
  type PlanOutcome,
  planStacks,
  withPlanFolder,
} from "../../terraform/plan-stacks.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";
import { environment } from "../support/environments.ts";
import { describeWith, findProgram } from "../support/programs.ts";
import { type TerraformStacks, terraformStacks } from "../support/terraform-stacks.ts";
import { HELD, isHeld, release, until } from "../support/time/wait.ts";

const given = (process.env.TERRAFORM_EXECUTABLES ?? "").split(path.delimiter).filter((file) => file !== "");
const executables = given.length > 0 ? given : [findProgram("terraform") ?? "terraform"];

/** "Terraform v1.11.4" */
function nameOf(executable: string): string {
  try {
    return execFileSync(executable, ["version"], { encoding: "utf8" }).split("\n")[0] ?? executable;
  } catch {
    return executable;
  }
}

const NO_API = { call: () => Promise.reject(new Error("not asked")) };
/** OpenTofu encrypts states and plans with what this variable says, as with the block of the same name. */
const ENCRYPTION = `key_provider "pbkdf2" "word" {
  passphrase = "a passphrase of some length"
  iterations = 200000
}
method "aes_gcm" "word" { keys = key_provider.pbkdf2.word }
state { method = method.aes_gcm.word }
plan { method = method.aes_gcm.word }`;

describeWith(given.length > 0 ? [] : ["terraform"], "every version", () => {
  describe.each(executables.map((file) => [nameOf(file), file] as const))("%s", (name, executable) => {
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

    const found = (env: NodeJS.ProcessEnv = {}): Promise<Terraform> =>
      findTerraform({ ...process.env, ...env, TERRAFORM_BINARY_NAME: executable });
    const stacks = () => stackFolders(app.output, () => true);
    const folder = (stack: string): string => path.join(app.output, "stacks", stack);
    const stateOf = (stack: string): string => path.join(app.folder, `terraform.${stack}.tfstate`);

    async function plan(
      options: Partial<PlanOptions> = {},
      env: NodeJS.ProcessEnv = {},
    ): Promise<PlanOutcome> {
      const terraform = await found(env);
      return withPlanFolder((work) => planStacks(terraform, stacks(), { work, interrupt, ...options }));
    }

    const reviewed = ({ planned }: Pick<PlanOutcome, "planned">): Review =>
      comparePlans({ environment: environment(), stacks: planned, today: "2026-01-01" }).review;

    async function deployed(
      change: Partial<Deployment> = {},
      env: NodeJS.ProcessEnv = {},
    ): Promise<{ code: 0 | 1 | 2; said: string[]; reviews: Review[] }> {
      const said: string[] = [];
      const reviews: Review[] = [];
      const code = await deploy({
        environment: "test",
        stacks: stacks(),
        output: app.output,
        terraform: await found(env),
        place: { project: "acme-staging", region: "us-central1" },
        interrupt,
        inFlight: {
          store: inFlightStore(undefined, { api: NO_API, storage: "", output: app.output }),
          by: "this-test",
          sleep: async () => {},
        },
        review: (planned) => {
          reviews.push(reviewed({ planned }));
          return true;
        },
        confirm: async () => true,
        planOnly: false,
        log: (line) => said.push(line),
        ...change,
      });
      return { code, said, reviews };
    }

    const verdicts = (review: Review | undefined) => ({
      verdict: review?.verdict,
      changes: review?.stacks.flatMap(({ changes }) =>
        changes.map(({ address, action }) => `${action} ${address}`),
      ),
    });

    test("plans, review, deployment, state and the next plan", async () => {
      app.write({ "test-a": { value: { input: "1" } }, "test-b": { value: { input: "2" } } });
      const { code, said, reviews } = await deployed();
      expect([code, said.filter((line) => /error|fail/i.test(line))]).toEqual([0, []]);
      expect(verdicts(reviews[0])).toEqual({
        verdict: "safe",
        changes: ["create terraform_data.value", "create terraform_data.value"],
      });
      expect(said.some((line) => /test-a: terraform_data\.value: done after \d+ s/.test(line))).toBe(true);
      expect([app.applied("test-a"), app.applied("test-b")]).toEqual([{ value: "1" }, { value: "2" }]);

      const state: unknown = JSON.parse(readFileSync(stateOf("test-a"), "utf8"));
      if (!isStateFile(state)) throw new Error("this is no state");
      const { resources } = readState("test-a", shownState("test-a", state));
      expect(resources.map(({ address }) => address)).toEqual(["terraform_data.value"]);

      app.write({
        "test-a": { value: { input: "1" } },
        "test-b": { value: { input: "3" }, more: { input: "x", triggers_replace: "1" } },
      });
      const next = await plan();
      expect(next.planned.map(({ isEmpty }) => isEmpty)).toEqual([true, false]);
      expect(verdicts(reviewed(next))).toEqual({
        verdict: "safe",
        changes: ["create terraform_data.more", "update terraform_data.value"],
      });
      app.write({ "test-a": {}, "test-b": { value: { input: "3", triggers_replace: "now" } } });
      const last = await deployed();
      expect(last.code).toBe(0);
      expect(last.reviews[0]?.stacks.flatMap(({ changes }) => changes.map(({ action }) => action))).toEqual([
        "destroy",
        "replace",
      ]);
      expect([app.applied("test-a"), app.applied("test-b")]).toEqual([{}, { value: "3" }]);
    });

    test("a refresh-only plan is read as one, with and without a difference", async () => {
      app.write({ "test-a": { value: { input: "1" } } });
      expect((await deployed()).code).toBe(0);
      const { planned, failed } = await plan({ mode: "refresh-only" });
      expect([planned[0]?.isEmpty, failed]).toEqual([true, []]);
      expect(hasDrift("test-a", planned[0]?.plan)).toBe(false);
      expect(noPlan(planned[0]?.plan)).toMatch(/refresh-only plan/);
    });

    test("what cannot be planned or applied is told in its own words, with the resource", async () => {
      app.write({ "test-a": { value: { input: "${x.y.z}" } } });
      const { failed } = await plan();
      expect(failed).toMatchObject([{ stack: "test-a", step: "plan", kind: "unknown" }]);
      expect(failed[0]?.sentence).toMatch(/^Reference to undeclared resource/);
      const command = "echo no such thing >&2; exit 4";
      app.write({ "test-a": { value: { input: "1", provisioner: [{ "local-exec": { command } }] } } });
      const { code, said } = await deployed();
      expect(code).toBe(1);
      expect(said.join("\n")).toMatch(/local-exec provisioner error \(at terraform_data\.value\)/);
      expect(said.join("\n")).toContain("no such thing");
    });

    test("a stale plan, and a resource that may not be destroyed, are known", async () => {
      app.write({ "test-a": { value: { input: "1", lifecycle: { prevent_destroy: true } } } });
      const stale = await deployed({
        confirm: async () => {
          execFileSync(executable, ["apply", "-auto-approve", "-no-color"], { cwd: folder("test-a") });
          return true;
        },
      });
      expect([stale.code, stale.said.join("\n")]).toEqual([
        1,
        expect.stringContaining(
          "The saved plan is stale, because the state was changed after the plan was made",
        ),
      ]);
      app.write({
        "test-a": { value: { input: "1", triggers_replace: "now", lifecycle: { prevent_destroy: true } } },
      });
      expect((await plan()).failed).toMatchObject([
        {
          kind: "prevented-destroy",
          sentence: expect.stringMatching(/^terraform_data\.value would be destroyed, and is protected/),
        },
      ]);
    });

    test("a state that somebody holds is told with its holder", async () => {
      app.write({
        "test-a": { value: { input: "1", provisioner: [{ "local-exec": { command: HELD } }] } },
      });
      execFileSync(executable, ["init", "-no-color"], { cwd: folder("test-a") });
      const holder = spawn(executable, ["apply", "-auto-approve", "-no-color"], {
        cwd: folder("test-a"),
        stdio: "ignore",
      });
      const ended = new Promise((resolve) => holder.once("close", resolve));
      await until(() => isHeld(folder("test-a")));
      const { failed } = await plan({ lock: true, lockTimeout: 0 });
      const unlocked = await plan();
      release(folder("test-a"));
      await ended;
      expect(failed).toMatchObject([{ step: "plan", kind: "locked" }]);
      expect(failed[0]?.sentence).toMatch(
        /^The state is locked by \S+@\S+ since \d{4}-\d\d-\d\d .*force-unlock /,
      );
      expect(unlocked.failed).toEqual([]);
    });

    (name.startsWith("OpenTofu") ? test : test.skip)(
      "encrypted plans and states are deployed with the key, and named without it",
      async () => {
        const env = { TF_ENCRYPTION: ENCRYPTION };
        app.write({ "test-a": { value: { input: "1" } } });
        const { code, reviews } = await deployed({}, env);
        expect([code, verdicts(reviews[0]).changes]).toEqual([0, ["create terraform_data.value"]]);
        expect((await plan({}, env)).planned.map(({ isEmpty }) => isEmpty)).toEqual([true]);

        const text = readFileSync(stateOf("test-a"), "utf8");
        const state: unknown = JSON.parse(text);
        if (!isStateFile(state)) throw new Error("this is no state");
        expect(() => shownState("a.tfstate", state)).toThrow(
          "a.tfstate is encrypted by OpenTofu: decrypt it with `tofu show -json`, where the encryption of the project is set up (TF_ENCRYPTION), and give what that prints.",
        );
        expect((await plan()).failed).toMatchObject([
          {
            kind: "encrypted",
            sentence:
              "The state or the plan is encrypted, and this run has no encryption set up, or another key: set TF_ENCRYPTION to the configuration with which it was written, then run the same command again.",
          },
        ]);

        const planFile = path.join(app.folder, "a.plan");
        execFileSync(executable, ["plan", `-out=${planFile}`], {
          cwd: folder("test-a"),
          env: { ...process.env, ...env },
        });
        expect(noPlan(JSON.parse(readFileSync(planFile, "utf8")))).toMatch(
          /^this is encrypted by OpenTofu: decrypt it with `tofu show -json`/,
        );
        writeFileSync(planFile, "");
      },
    );
  });
});
