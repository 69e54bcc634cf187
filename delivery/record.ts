import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { unwritable } from "../platform/unwritable.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * - unchanged: its plan was empty, so nothing was applied
 * - applying: Terraform was started; after a kill only the state knows the progress
 */
const status = z.enum(["waiting", "unchanged", "applying", "applied", "failed"]);

const stackRecord = z.object({
  name: z.string(),
  status,
  /** SHA-256 of the Terraform JSON that was planned. */
  json: z.string(),
  /** SHA-256 of the plan file that was reviewed. */
  plan: z.string(),
  /** Why it failed, with the remedy. */
  failure: z.string().optional(),
});

/** Record of one deployment: reviewed, applied and pending stacks, without values of resources. */
const deploymentRecord = z.object({
  environment: z.string(),
  started: z.iso.datetime(),
  /** When the last line was written. */
  written: z.iso.datetime(),
  /** Identifies the reviewed changes. */
  fingerprint: z.string(),
  stacks: z.array(stackRecord),
});

export type StackRecord = Readonly<z.output<typeof stackRecord>>;
export type DeploymentRecord = Readonly<z.output<typeof deploymentRecord>>;

/** Folder of records and plans, within the output folder. */
export function deploymentsFolder(output: string): string {
  return path.join(output, "deployments");
}

function recordFile(output: string, environment: string): string {
  return path.join(deploymentsFolder(output), `${environment}.json`);
}

/** The last record; "damaged" where it cannot be read. The states are the truth: it is history. */
export function readRecord(output: string, environment: string): DeploymentRecord | "damaged" | undefined {
  const file = recordFile(output, environment);
  if (!existsSync(file)) return undefined;
  try {
    return deploymentRecord.safeParse(JSON.parse(readFileSync(file, "utf8"))).data ?? "damaged";
  } catch {
    return "damaged";
  }
}

/** Replaces the record atomically: a crash never leaves half of one. */
export function writeRecord(output: string, record: DeploymentRecord): void {
  const file = recordFile(output, record.environment);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    replaceFile(file, `${JSON.stringify(record, undefined, 2)}\n`);
  } catch (error) {
    throw unwritable(
      `record of deployments ${file}`,
      error,
      "fix its permissions or free some space, then run the same command again",
    );
  }
}

/** Lines about an unfinished deployment; empty where the last one finished. */
export function unfinishedLines(record: DeploymentRecord | "damaged" | undefined): string[] {
  if (record === "damaged")
    return [
      "The record of the last deployment is damaged: what it applied is not known. The states are the truth: what is left is planned and reviewed.",
    ];
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
