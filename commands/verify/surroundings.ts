import process from "node:process";
import type { Surroundings } from "./index.ts";

/** The world of a process. Colour only on a terminal, and not where the person asked for none. */
export function processSurroundings(version: string): Surroundings {
  const { NO_COLOR = "", TERM = "" } = process.env;
  // A reader that has seen enough (head, less) closes the pipe; that is no failure.
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
    complain: (text) => void process.stderr.write(text),
  };
}
