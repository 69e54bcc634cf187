import process from "node:process";
import type { RunOptions } from "./index.ts";

/** Options from the process. Colours only on a terminal, and not with NO_COLOR. */
export function processOptions(version: string): RunOptions {
  const { NO_COLOR = "", TERM = "" } = process.env;
  // Readers such as head and less close the pipe early; that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    cwd: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
    variables: Object.fromEntries(
      Object.entries(process.env).flatMap(([key, value]) =>
        key.startsWith("TF_VAR_") && value !== undefined ? [[key.slice("TF_VAR_".length), value]] : [],
      ),
    ),
    colors: process.stdout.isTTY === true && NO_COLOR === "" && TERM !== "dumb",
    version,
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
  };
}
