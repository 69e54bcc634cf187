import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll } from "@jest/globals";
import type { Run } from "./project.ts";
import { NODE, ROOT } from "./root.ts";
import type { CommandRequest } from "./serve-commands.ts";

export interface CommandOptions {
  /** Folder of the project. */
  readonly folder: string;
  /** @default the folder of the project */
  readonly cwd?: string;
  /** @default that of the test */
  readonly env?: NodeJS.ProcessEnv;
}

const SCRIPT = [
  "--disable-warning=DEP0044",
  path.join(ROOT, "tools/start.mjs"),
  "test/support/run-project.ts",
];
/** They start themselves again, with the arguments of their process (commands/in-child.ts). */
const ALONE = ["review", "verify"];

let child: ChildProcess | undefined;
/** Where a command is running: one that a test did not wait for, where its time was over. */
let busy: ChildProcess | undefined;
let output = "";

afterAll(async () => {
  if (output !== "") rmSync(output, { recursive: true });
  if (child === undefined) return;
  child.disconnect();
  await once(child, "exit");
});

/**
 * Runs a command of the platform on a project as npm's scripts do, in a process that goes on to run the other commands of
 * this suite: loading and compiling it takes longer than most commands. A command that ends its process ends it, and the next
 * one gets another.
 *
 * What the commands start writes elsewhere: only output of the process itself is returned.
 */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<Run> {
  const { folder, cwd = folder, env = process.env } = options;
  if (ALONE.includes(args[0] ?? "")) {
    const { status, stdout, stderr } = spawnSync(NODE, [...SCRIPT, folder, ...args], {
      cwd,
      env,
      input: "",
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }
  if (output === "") output = mkdtempSync(path.join(os.tmpdir(), "commands-"));
  const [stdout, stderr] = [path.join(output, "stdout"), path.join(output, "stderr")];
  for (const file of [stdout, stderr]) writeFileSync(file, "");
  if (busy !== undefined) {
    busy.kill("SIGKILL");
    child = undefined;
  }
  child ??= spawn(NODE, SCRIPT, {
    cwd,
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const request: CommandRequest = { folder, args, cwd, env, stdout, stderr };
  const running = child;
  busy = running;
  running.send(request);
  const ended = new AbortController();
  const status: number | null = await Promise.race([
    once(running, "message", ended).then(([code]) => code),
    once(running, "exit", ended).then(([code]) => {
      if (child === running) child = undefined;
      return code;
    }),
  ]);
  ended.abort();
  if (busy === running) busy = undefined;
  return { status, stdout: readFileSync(stdout, "utf8"), stderr: readFileSync(stderr, "utf8") };
}
