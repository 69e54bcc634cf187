import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { Terraform } from "./binary.ts";
import type { Interrupt } from "./interrupt.ts";

export interface RunOptions {
  readonly folder: string;
  /** Files are this path and ".out" or ".err"; readable for the owner alone. */
  readonly log: string;
  readonly interrupt: Interrupt;
  /** Called with each whole line of standard output while the program runs. */
  readonly onLine?: (line: string) => void;
}

export interface Ended {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds between two reads of the output. */
const POLL_INTERVAL_MS = 100;

/**
 * Runs Terraform in a stack's folder. It writes to files and has a session of its own: where this process is killed, a pipe would
 * break and take Terraform along in the middle of an apply, and a terminal's Ctrl-C would reach it a second time.
 */
export async function runTerraform(
  terraform: Terraform,
  args: readonly string[],
  { folder, log, interrupt, onLine }: RunOptions,
): Promise<Ended> {
  const files = [`${log}.out`, `${log}.err`] as const;
  const [stdout, stderr] = files.map((file) => openSync(file, "w", 0o600));
  try {
    const child = spawn(terraform.command, args, {
      cwd: folder,
      env: terraform.env,
      stdio: ["ignore", stdout, stderr],
      detached: true,
    });
    interrupt.add(child);
    const tail = onLine === undefined ? undefined : new Tail(files[0], onLine);
    const looking = setInterval(() => tail?.read(), POLL_INTERVAL_MS);
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
      });
      tail?.read();
      return { code, stdout: readFileSync(files[0], "utf8"), stderr: readFileSync(files[1], "utf8") };
    } finally {
      clearInterval(looking);
      tail?.close();
    }
  } finally {
    for (const descriptor of [stdout, stderr]) if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Whole lines of a growing file. */
class Tail {
  readonly #descriptor: number;
  readonly #onLine: (line: string) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(file: string, onLine: (line: string) => void) {
    this.#descriptor = openSync(file, "r");
    this.#onLine = onLine;
  }

  read(): void {
    const chunk = Buffer.alloc(65_536);
    for (let size = readSync(this.#descriptor, chunk); size > 0; size = readSync(this.#descriptor, chunk)) {
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, size)]);
      for (let end = this.#rest.indexOf("\n"); end >= 0; end = this.#rest.indexOf("\n")) {
        this.#onLine(this.#rest.toString("utf8", 0, end));
        this.#rest = this.#rest.subarray(end + 1);
      }
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
