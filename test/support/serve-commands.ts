import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { run } from "../../commands/run.ts";

/** A command to run, as commands-in-one-process.ts asks for it. */
export interface CommandRequest {
  /** Folder of the project. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Files that the output is appended to. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs commands that the parent process sends, one at a time, and answers each with its exit code. Ends with the parent. */
export function serveCommands(): void {
  let project = "";
  let runs = 0;
  // Modules are loaded once in a process; environment files of a test change between two commands.
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      return found.url.startsWith(project) ? { ...found, url: `${found.url}?run=${runs}` } : found;
    },
  });
  process.on("message", async (request: CommandRequest) => {
    project = `${pathToFileURL(path.join(request.folder, "environments")).href}/`;
    runs += 1;
    writeTo(process.stdout, request.stdout);
    writeTo(process.stderr, request.stderr);
    process.chdir(request.cwd);
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, request.env);
    process.exitCode = undefined;
    await run({ folder: request.folder }, request.args);
    const status = process.exitCode ?? 0;
    process.exitCode = undefined;
    process.send?.(status);
  });
  process.on("disconnect", () => process.exit());
}

/** Before the command goes on: it may end the process. */
function writeTo(stream: NodeJS.WriteStream, file: string): void {
  stream.write = ((chunk: string | Uint8Array) => {
    appendFileSync(file, chunk);
    return true;
  }) as typeof stream.write;
}
