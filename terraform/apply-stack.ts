import path from "node:path";
import { listOf, objectOf, own } from "../graph/index.ts";
import type { Terraform } from "./binary.ts";
import { jsonOf } from "./diagnostics.ts";
import { notBegun, type StackFailure, stackFailure } from "./failure.ts";
import type { Interrupt } from "./interrupt.ts";
import { LOCK_TIMEOUT, type PlannedStack } from "./plan-stacks.ts";
import { type Ended, runTerraform } from "./process.ts";

/**
 * - applied: what was to be created is in the state
 * - failed: Terraform ended by itself, and its state has all that it has made
 * - unknown: it was killed, or could not save its state
 */
export type ApplyOutcome = "applied" | "failed" | "unknown";

/** Names what an apply creates where it outlives this machine, until the state does. */
export interface CreationRecord {
  /**
   * Before Terraform starts, with all addresses that it is to create.
   *
   * @returns why nothing may be applied; undefined where it is recorded
   */
  open(creations: readonly string[]): Promise<string | undefined>;
  /** A creation has begun. Returns at once. */
  begun(address: string): void;
  /** After Terraform has ended. */
  close(outcome: ApplyOutcome): Promise<void>;
}

export interface ApplyOptions {
  readonly work: string;
  readonly interrupt: Interrupt;
  readonly log: (line: string) => void;
  readonly record: CreationRecord;
}

/** Applies exactly the saved plan: Terraform refuses it where the state has changed since. */
export async function applyStack(
  terraform: Terraform,
  stack: PlannedStack,
  { work, interrupt, log, record }: ApplyOptions,
): Promise<StackFailure | undefined> {
  const args = [
    "apply",
    "-input=false",
    "-no-color",
    "-json",
    `-lock-timeout=${LOCK_TIMEOUT}s`,
    stack.planFile,
  ];
  const creations = creationsOf(stack.plan);
  const isRecorded = creations.length > 0;
  const refusal = isRecorded ? await record.open(creations) : undefined;
  if (refusal !== undefined)
    return { stack: stack.name, step: "apply", kind: "not-recorded", sentence: refusal };
  // A signal that came meanwhile had no Terraform to reach.
  if (interrupt.isInterrupted) {
    if (isRecorded) await record.close("failed");
    return notBegun(stack, "apply");
  }
  const ended = await runTerraform(terraform, args, {
    folder: stack.folder,
    log: path.join(work, `${stack.name}.apply`),
    interrupt,
    onLine: (line) => {
      const begun = begunCreation(line);
      if (begun !== undefined) record.begun(begun);
      const progress = progressLine(line);
      if (progress !== undefined) log(`  ${stack.name}: ${progress}`);
    },
  });
  const failure =
    ended.code === 0
      ? undefined
      : stackFailure(stack, "apply", `${ended.stdout}\n${ended.stderr}`, terraform);
  if (isRecorded) await record.close(outcomeOf(ended, failure));
  return failure;
}

/** Addresses that a plan creates, also in place of others. */
export function creationsOf(plan: unknown): string[] {
  return listOf(objectOf(plan).resource_changes)
    .map(objectOf)
    .filter(({ change }) => listOf(objectOf(change).actions).includes("create"))
    .map(({ address }) => String(address));
}

/** What Terraform writes where it ends without its state. */
const STATE_LOST = /Two interrupts received|data loss may have occurred/;

function outcomeOf({ code, stdout, stderr }: Ended, failure: StackFailure | undefined): ApplyOutcome {
  if (failure === undefined) return "applied";
  // Terraform ends a failed apply with 1; anything else is a signal, or its own crash.
  const isSaved =
    code === 1 && failure.kind !== "state-not-saved" && !STATE_LOST.test(`${stdout}\n${stderr}`);
  return isSaved ? "failed" : "unknown";
}

/**
 * The address whose creation an event starts. One that completed stays in the record until the end: a state in a bucket is written
 * every 20 s, and not after each resource.
 */
export function begunCreation(line: string): string | undefined {
  const event = objectOf(jsonOf(line));
  const hook = objectOf(event.hook);
  if (event.type !== "apply_start" || hook.action !== "create") return undefined;
  return String(own(objectOf(hook.resource), "addr"));
}

/** Seconds between two progress lines of one resource; Terraform writes one every ten. */
const PROGRESS_INTERVAL = 60;

/** Progress line of a machine-readable event; undefined for other events. */
export function progressLine(line: string): string | undefined {
  const event = objectOf(jsonOf(line));
  const hook = objectOf(event.hook);
  const address = String(own(objectOf(hook.resource), "addr"));
  const seconds = Number(hook.elapsed_seconds);
  switch (event.type) {
    case "apply_start":
      return `${address}: ${String(hook.action)} ...`;
    case "apply_progress":
      return seconds % PROGRESS_INTERVAL < 10 && seconds >= PROGRESS_INTERVAL
        ? `${address}: still running after ${seconds} s`
        : undefined;
    case "provision_progress":
      return `${address}: ${String(hook.output)}`;
    case "apply_complete":
      return `${address}: done after ${seconds} s`;
    case "apply_errored":
      return `${address}: failed after ${seconds} s`;
    default:
      return undefined;
  }
}
