import { mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { removeFolder } from "../platform/remove-folder.ts";
import { unwritable } from "../platform/unwritable.ts";
import { applyStack, creationsOf } from "../terraform/apply-stack.ts";
import type { Terraform } from "../terraform/binary.ts";
import { failureLines } from "../terraform/failure.ts";
import type { Interrupt } from "../terraform/interrupt.ts";
import { type PlannedStack, planStacks } from "../terraform/plan-stacks.ts";
import { fileHash, type StackFolder } from "../terraform/stack-folders.ts";
import { plural } from "../values/words.ts";
import { fingerprint } from "./fingerprint.ts";
import { creationRecord, forget, type RecordOptions } from "./in-flight/creations.ts";
import type { InFlightStore, StoredRecord } from "./in-flight/store.ts";
import { lockMachine } from "./machine-lock.ts";
import {
  type DeploymentRecord,
  deploymentsFolder,
  readRecord,
  type StackRecord,
  unfinishedLines,
  writeRecord,
} from "./record.ts";
import { type Place, takeoverLines } from "./takeover.ts";

export interface Deployment {
  /** Name of the environment. */
  readonly environment: string;
  /** In order of deployment. */
  readonly stacks: readonly StackFolder[];
  /** Output folder of the synthesis. */
  readonly output: string;
  readonly terraform: Terraform;
  readonly place: Place;
  readonly interrupt: Interrupt;
  /** Keeps what is being created until it is in the state. */
  readonly inFlight: Omit<RecordOptions, "log">;
  /** Reviews and shows the plans; true where they may be applied. */
  readonly review: (planned: readonly PlannedStack[]) => boolean;
  /** Asks for confirmation. */
  readonly confirm: () => Promise<boolean>;
  /** Why the reviewed plans may not be applied any more; asked before each stack. @default they always may */
  readonly outdated?: () => Promise<string | undefined>;
  /** Fingerprint of the review that was approved: other changes are refused. */
  readonly approved?: string | undefined;
  /** Plan and review, and apply nothing. */
  readonly planOnly: boolean;
  readonly log: (line: string) => void;
}

/**
 * Plans all stacks, has them reviewed, and applies exactly the reviewed plans in order. The next run continues one that
 * was interrupted: the states are the truth, and what they lack is planned and reviewed again.
 *
 * @returns the exit code: 0 deployed, 1 refused, failed or stopped, 2 could not be planned
 * @throws UserError where another deployment of the environment runs on this machine
 */
export async function deploy(deployment: Deployment): Promise<0 | 1 | 2> {
  const { output, environment } = deployment;
  const unlock = lockMachine(output, environment);
  const plans = path.resolve(deploymentsFolder(output), environment);
  try {
    // A run that was killed may have left its plans, which hold secrets.
    removePlans(plans);
    return await planAndApply(deployment, newRunFolder(plans));
  } finally {
    try {
      removePlans(plans);
    } finally {
      unlock();
    }
  }
}

/** A folder of this run alone: the Terraform of a run that was killed goes on, and writes its plan where that run told it to. */
function newRunFolder(plans: string): string {
  try {
    mkdirSync(plans, { recursive: true, mode: 0o700 });
    return mkdtempSync(path.join(plans, "run-"));
  } catch (error) {
    throw unwritable(`folder of plans ${plans}`, error, "fix its permissions or free some space");
  }
}

function removePlans(plans: string): void {
  try {
    removeFolder(plans);
  } catch (error) {
    throw unwritable(`folder of plans ${plans}`, error, "remove it, because plans hold secrets");
  }
}

async function planAndApply(deployment: Deployment, work: string): Promise<0 | 1 | 2> {
  const { environment, stacks, output, terraform, interrupt, log, approved, planOnly } = deployment;
  const before = readRecord(output, environment);
  for (const line of unfinishedLines(before)) log(line);
  log(`Planning ${plural(stacks.length, "stack")} with ${terraform.product} ${terraform.version} ...`);
  const outcome = await planStacks(terraform, stacks, {
    work,
    interrupt,
    // A principal that only plans may not create the lock; a plan that raced an apply has another fingerprint.
    lock: !planOnly,
    progress: ({ stack, step }) => {
      if (step === "planned" || step === "failed") log(`  ${stack}: ${step}`);
    },
  });
  if (interrupt.isInterrupted) {
    log("Interrupted: nothing was applied.");
    return 1;
  }
  if (outcome.failed.length > 0) {
    for (const line of failureLines(outcome.failed)) log(line);
    log(`Nothing was applied: ${plural(outcome.failed.length, "stack")} could not be planned.`);
    return 2;
  }
  const records = await readRecords(deployment.inFlight.store, outcome.planned);
  const isAllowed = deployment.review(outcome.planned);
  // After the review, next to the question, and once it knows what is secret in addresses.
  for (const line of takeoverLines(records, outcome.planned, deployment.place, terraform.command)) log(line);
  if (!isAllowed) {
    log("Refused: nothing was applied.");
    return 1;
  }
  const reviewed = fingerprint(outcome.planned);
  log(`Fingerprint of these changes: ${reviewed}`);
  const isEmpty = outcome.planned.every((stack) => stack.isEmpty);
  if (planOnly) {
    if (isEmpty) log("Nothing to change.");
    return 0;
  }
  if (approved !== undefined && approved !== reviewed) {
    log(
      `Refused: what was approved (${approved}) is not what would be applied now (${reviewed}): the code or the platform has changed since. Review and approve again.`,
    );
    return 1;
  }
  const journal = new Journal(output, environment, reviewed, outcome.planned);
  if (isEmpty) {
    journal.write();
    await forgetSettled(deployment, outcome.planned, records);
    log("Nothing to change.");
    return 0;
  }
  if (!(await deployment.confirm()) || interrupt.isInterrupted) {
    log("Nothing was applied.");
    return 1;
  }
  journal.write();
  await forgetSettled(deployment, outcome.planned, records);
  return applyAll(deployment, outcome.planned, journal, work, records);
}

/** After the plans: a deployment that was still at work had the lock of its state until its record was empty or complete. */
async function readRecords(
  store: InFlightStore,
  planned: readonly PlannedStack[],
): Promise<ReadonlyMap<string, StoredRecord>> {
  return new Map(await Promise.all(planned.map(async ({ name }) => [name, await store.read(name)] as const)));
}

async function forgetSettled(
  { inFlight, log }: Deployment,
  planned: readonly PlannedStack[],
  records: ReadonlyMap<string, StoredRecord>,
): Promise<void> {
  for (const stack of planned) {
    const found = records.get(stack.name);
    // The others' records are written anew when they are applied.
    if (found !== undefined && creationsOf(stack.plan).length === 0)
      await forget(stack, found, { ...inFlight, log });
  }
}

async function applyAll(
  { terraform, interrupt, log, outdated: overtaken, inFlight }: Deployment,
  planned: readonly PlannedStack[],
  journal: Journal,
  work: string,
  records: ReadonlyMap<string, StoredRecord>,
): Promise<0 | 1> {
  for (const stack of planned.filter(({ isEmpty }) => !isEmpty)) {
    if (interrupt.isInterrupted) {
      log(`Stopped before ${stack.name}; run the same command again to continue.`);
      return 1;
    }
    const outdated = journal.outdated(stack) ?? (await overtaken?.());
    if (outdated !== undefined) {
      log(outdated);
      return 1;
    }
    log(`Applying ${stack.name} ...`);
    journal.set(stack.name, { status: "applying" });
    const found = records.get(stack.name) ?? (await inFlight.store.read(stack.name));
    const record = creationRecord(stack, found, { ...inFlight, log });
    const failure = await applyStack(terraform, stack, { work, interrupt, log, record });
    if (failure !== undefined) {
      journal.set(stack.name, { status: "failed", failure: failure.sentence });
      for (const line of failureLines([failure])) log(line);
      log("Stopped. What was applied stays; run the same command again to continue.");
      return 1;
    }
    journal.set(stack.name, { status: "applied" });
    log(`Applied ${stack.name}.`);
  }
  log("Deployed.");
  return 0;
}

/** The record of this deployment, written at every step. */
class Journal {
  readonly #output: string;
  #record: DeploymentRecord;

  constructor(output: string, environment: string, reviewed: string, planned: readonly PlannedStack[]) {
    this.#output = output;
    const started = new Date().toISOString();
    this.#record = {
      environment,
      started,
      written: started,
      fingerprint: reviewed,
      stacks: planned.map(({ name, hash, planFile, isEmpty }) => ({
        name,
        status: isEmpty ? "unchanged" : "waiting",
        json: hash,
        plan: fileHash(planFile),
      })),
    };
  }

  write(): void {
    writeRecord(this.#output, this.#record);
  }

  set(stack: string, change: Partial<StackRecord>): void {
    this.#record = {
      ...this.#record,
      written: new Date().toISOString(),
      stacks: this.#record.stacks.map((record) =>
        record.name === stack ? { ...record, ...change } : record,
      ),
    };
    this.write();
  }

  /** Why the reviewed plan may not be applied any more; undefined where it may. */
  outdated({ name, folder, planFile }: PlannedStack): string | undefined {
    const reviewed = this.#record.stacks.find((record) => record.name === name);
    if (reviewed?.json !== fileHash(path.join(folder, "cdk.tf.json"))) {
      return `Stopped before ${name}: its plan is older than the code, which was synthesized again meanwhile. Run the same command again: it plans and reviews again.`;
    }
    if (reviewed.plan !== fileHash(planFile)) {
      return `Stopped before ${name}: its plan file is not the one that was reviewed. Run the same command again: it plans and reviews again.`;
    }
    return undefined;
  }
}
