import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { z } from "zod";
import { unwritable } from "../platform/unwritable.ts";
import { UserError } from "../platform/user-error.ts";
import { deploymentsFolder } from "./record.ts";

const holderSchema = z.object({ id: z.uuid(), pid: z.int().positive(), since: z.iso.datetime() });

type Holder = z.output<typeof holderSchema>;

/**
 * Prevents a second deployment of the environment from this folder: both would write the same plans and record. Between
 * machines the state lock does that. The lock of a killed process is void.
 *
 * @returns releases the lock
 * @throws UserError where another deployment runs
 */
export function lockMachine(output: string, environment: string): () => void {
  const folder = deploymentsFolder(output);
  const file = path.join(folder, `${environment}.lock`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw unwritable(
      `output folder ${output}`,
      error,
      "choose another with --output, or fix its permissions",
    );
  }
  const own: Holder = { id: randomUUID(), pid: process.pid, since: new Date().toISOString() };
  acquire(file, own, environment);
  return () => rmSync(file, { force: true });
}

/**
 * Creates the lock file, or replaces that of a dead process. Only who holds the right to replace it, a lock named after
 * that very holder, may do so: of many who find a dead holder at once, one replaces it, and the others find a living one.
 */
function acquire(file: string, own: Holder, environment: string): void {
  const draft = `${file}.${own.id}.draft`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    while (!linked(draft, file)) {
      const holder = holderOf(file);
      if (holder === "none") continue;
      if (isAlive(holder.pid))
        throw new UserError(
          `A deployment of ${environment} runs on this machine since ${holder.since} (process ${holder.pid}): wait until it has ended. If that process is not a deployment, remove ${file}.`,
        );
      const right = `${file}.${holder.id}`;
      acquire(right, own, environment);
      try {
        const now = holderOf(file);
        if (now !== "none" && now.id === holder.id) {
          renameSync(draft, file);
          return;
        }
      } finally {
        rmSync(right, { force: true });
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A link is atomic and never replaces a file. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw unwritable(`lock ${to}`, error, "fix its permissions or free some space");
  }
}

function holderOf(file: string): Holder | "none" {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    return codeOf(error) === "ENOENT" ? "none" : DAMAGED;
  }
}

/** What a full disk has left: no process writes half a lock. */
const DAMAGED: Holder = { id: "damaged", pid: 0, since: "" };

function isAlive(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists and belongs to another user.
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
