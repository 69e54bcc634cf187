import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import path from "node:path";
import { objectOf } from "../graph/index.ts";
import { unwritable } from "../platform/unwritable.ts";

/**
 * - unchanged: its plan was empty, so nothing was applied
 * - applying: Terraform was started; after a kill only the state knows the progress
 */
export type StackStatus = "waiting" | "unchanged" | "applying" | "applied" | "failed";

export interface StackRecord {
  readonly name: string;
  readonly status: StackStatus;
  /** SHA-256 of the Terraform JSON that was planned. */
  readonly json: string;
  /** SHA-256 of the plan file that was reviewed. */
  readonly plan: string;
  /** Why it failed, with the remedy. */
  readonly failure?: string;
  /** Addresses that Terraform was creating when this was written. */
  readonly inFlight?: readonly string[];
}

/** Record of one deployment: reviewed, applied and pending stacks, without values of resources. */
export interface DeploymentRecord {
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** When the last line was written. */
  readonly written: string;
  /** Identifies the reviewed changes. */
  readonly fingerprint: string;
  readonly stacks: readonly StackRecord[];
}

/** Folder of records and plans, within the output folder. */
export function deploymentsFolder(output: string): string {
  return path.join(output, "deployments");
}

function recordFile(output: string, environment: string): string {
  return path.join(deploymentsFolder(output), `${environment}.json`);
}

/** The last record; undefined where there is none, or it cannot be read. */
export function readRecord(output: string, environment: string): DeploymentRecord | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(recordFile(output, environment), "utf8"));
    return isRecord(json) ? json : undefined;
  } catch {
    // The state is the truth; the record is history.
    return undefined;
  }
}

/** It may have been edited, or written by another version. */
function isRecord(json: unknown): json is DeploymentRecord {
  const { started, stacks } = objectOf(json);
  return (
    typeof started === "string" &&
    Array.isArray(stacks) &&
    stacks
      .map(objectOf)
      .every(
        ({ name, status, failure = "", inFlight = [] }) =>
          Array.isArray(inFlight) &&
          [name, status, failure, ...inFlight].every((text) => typeof text === "string"),
      )
  );
}

/** Replaces the record atomically: a crash never leaves half of one. */
export function writeRecord(output: string, record: DeploymentRecord): void {
  const file = recordFile(output, record.environment);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = openSync(`${file}.pending`, "w", 0o600);
    try {
      writeSync(descriptor, `${JSON.stringify(record, undefined, 2)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(`${file}.pending`, file);
  } catch (error) {
    throw unwritable(
      `record of deployments ${file}`,
      error,
      "fix its permissions or free some space, then run the same command again",
    );
  }
}

/** Lines about an unfinished deployment; empty where the last one finished. */
export function unfinishedLines(record: DeploymentRecord | undefined): string[] {
  const left = record?.stacks.filter(({ status }) => status !== "applied" && status !== "unchanged") ?? [];
  if (record === undefined || left.length === 0) return [];
  const applied = record.stacks.filter(({ status }) => status === "applied").map(({ name }) => name);
  return [
    `The deployment of ${record.started} was not finished; what is left is planned and reviewed again.`,
    ...(applied.length > 0 ? [`  applied: ${applied.join(", ")}`] : []),
    ...left.flatMap(({ name, status, failure }) => {
      if (status === "failed") return [`  failed:  ${name}: ${failure?.split("\n")[0] ?? ""}`];
      if (status === "applying") return [`  stopped: ${name}, in the middle; its state has the progress`];
      return [`  waiting: ${name}`];
    }),
  ];
}
