#!/usr/bin/env node
/** The program of the package: starts the commands of the project that the working directory is in. */
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { UserError } from "../platform/user-error.ts";
import { runCommand } from "./command.ts";
import { help } from "./help.ts";
import { noteStart } from "./in-child.ts";

/** The first Node that runs TypeScript without an option. */
const OLDEST_NODE = [22, 18] as const;

async function main([first = "help", ...rest]: readonly string[]): Promise<void> {
  if (["help", "--help", "-h"].includes(first)) return console.log(help());
  if (first === "init") {
    const { program } = await import("./init.ts");
    await program.name("npx single-source-platform init").parseAsync([...rest], { from: "user" });
    return;
  }
  const folder = projectFolder(process.cwd());
  if (folder === undefined && first === "verify") {
    const { start } = await import("./verify.ts");
    return start(rest);
  }
  await runCommand(async () => {
    if (folder === undefined)
      throw new UserError(
        `There is no project in ${process.cwd()}: its folder holds main.ts and environments/. "npx single-source-platform init" writes one.`,
      );
    refuseOldNode();
    // As npm does for its scripts; paths to verify are the caller's.
    if (first !== "verify") process.chdir(folder);
    await startMain(path.join(folder, "main.ts"));
    return Number(process.exitCode ?? 0);
  });
}

/** The nearest folder, from the working directory up, that holds a main.ts and environments. */
function projectFolder(from: string): string | undefined {
  const isProject = ["main.ts", "environments"].every((name) => existsSync(path.join(from, name)));
  if (isProject) return from;
  const parent = path.dirname(from);
  return parent === from ? undefined : projectFolder(parent);
}

function refuseOldNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new UserError(
    `Node ${process.versions.node} does not run TypeScript: install Node ${OLDEST_NODE.join(".")} or newer, then run the same command again.`,
  );
}

/** main.ts reads the command from the arguments of the process, as when Node starts it. */
async function startMain(file: string): Promise<void> {
  noteStart();
  process.argv[1] = file;
  // Of a package that CDKTF needs; nothing that a project can change.
  process.noDeprecation = true;
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    const isCode = error instanceof SyntaxError || (error instanceof Error && "code" in error);
    if (!isCode) throw error;
    throw new UserError(
      `main.ts cannot be loaded: ${String(error).split("\n")[0]}. "npm run typecheck" says where.`,
    );
  }
}

void main(process.argv.slice(2));
