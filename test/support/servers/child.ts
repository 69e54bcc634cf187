import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** A server program that a test started. */
export interface Child {
  readonly process: ChildProcess;
  /** Ends it, and waits until it has gone. Does nothing where it already has. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a program and waits until it prints a text that says it is ready; throws with its output where it ends before. */
export async function startChild(
  command: readonly string[],
  ready: string | RegExp,
  options: SpawnOptions = {},
  heard: (output: string) => void = () => {},
): Promise<Child> {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async (signal: NodeJS.Signals = "SIGKILL"): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  // Nothing that a test started outlives it, even where the test itself is ended.
  process.once("exit", () => child.kill("SIGKILL"));
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (part: Buffer): void => {
      output += part.toString();
      if (typeof ready === "string" ? !output.includes(ready) : !ready.test(output)) return;
      heard(output);
      resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    child.once("close", (status) => reject(new Error(`${file} ended with ${status}: ${output}`)));
  });
  return { process: child, stop };
}
