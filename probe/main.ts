import process from "node:process";
import { preflight } from "./preflight.ts";
import { Interrupted } from "./time.ts";

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => stop.abort(new Interrupted("told to stop")));
// Whoever read the lines has gone: there is nobody left to tell.
process.stdout.on("error", () => process.exit(1));

preflight({
  arguments: process.argv.slice(2),
  variables: process.env,
  terminal: process.stdout.isTTY === true,
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  stop: stop.signal,
})
  // A look-up that hangs in the system's resolver must not hold the program.
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    // A mistake of this program. Its message could quote a value, so only its kind and place are told.
    const [place = ""] = error instanceof Error ? (error.stack?.match(/^\s+at .*$/m) ?? []) : [];
    process.stderr.write(
      `The preflight itself failed: ${error instanceof Error ? error.name : typeof error}${place}\n`,
    );
    process.exit(1);
  });
