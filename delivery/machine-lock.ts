import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { UserError } from "../platform/user-error.ts";
import { deploymentsFolder } from "./record.ts";

interface Holder {
  readonly pid: number;
  readonly since: string;
}

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
  const own = `${file}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(own, JSON.stringify({ pid: process.pid, since: new Date().toISOString() } satisfies Holder));
  try {
    if (!linked(own, file)) {
      refuseLiving(file, environment);
      // Another process may have taken over the lock of the dead one by now: then it gets it back.
      const moved = `${file}.dead.${process.pid}`;
      renameSync(file, moved);
      const holder = holderOf(moved);
      if (holder !== undefined && isAlive(holder.pid)) linked(moved, file);
      rmSync(moved, { force: true });
      if (!linked(own, file)) refuseLiving(file, environment);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** A link is atomic and never replaces a file. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function refuseLiving(file: string, environment: string): void {
  const holder = holderOf(file);
  if (holder === undefined || !isAlive(holder.pid)) return;
  throw new UserError(
    `A deployment of ${environment} runs on this machine since ${holder.since} (process ${holder.pid}): wait until it has ended. If that process is not a deployment, remove ${file}.`,
  );
}

function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists and belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
