import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

/** The sources of a plan, in addition to the environment's own file. */
const SOURCES = ["constructs", "main.ts", "mesh", "package-lock.json", "platform", "stacks"];

/**
 * When the environment's file or the code that makes its stacks changed last, in milliseconds. A checkout gives files the
 * time of the checkout: what git holds unchanged is as old as its commit.
 */
export function lastChange(root: string, environment: string): number | undefined {
  const sources = [`environments/${environment}.ts`, ...sharedFolders(root), ...SOURCES];
  const files = sources.flatMap((source) => filesIn(root, source));
  const times = new Map(files.map((file) => [file, statSync(path.join(root, file)).mtimeMs]));
  const dirty = changedInGit(root, sources);
  if (dirty === undefined) return latest([...times.values()]);
  const committed = commitTime(root, sources);
  return latest(
    [...times].map(([file, time]) =>
      committed === undefined || dirty.has(file) ? time : Math.min(time, committed),
    ),
  );
}

/** Folders of environments/ hold what several environments import. */
function sharedFolders(root: string): string[] {
  const folder = path.join(root, "environments");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `environments/${name}`);
}

function latest(times: readonly number[]): number | undefined {
  // Terraform writes whole seconds.
  return times.length === 0 ? undefined : Math.floor(Math.max(...times) / 1000) * 1000;
}

function filesIn(root: string, source: string): string[] {
  const place = path.join(root, source);
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [source];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** Files that differ from the last commit; undefined outside of git. */
function changedInGit(root: string, sources: readonly string[]): Set<string> | undefined {
  const messages = git(root, [
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--",
    ...sources,
  ]);
  if (messages === undefined) return undefined;
  // Git names them from the top of its own folder, which may be above the project's.
  const above = git(root, ["rev-parse", "--show-prefix"])?.trim().length ?? 0;
  return new Set(messages.split("\0").map((line) => line.slice("XY ".length + above)));
}

function commitTime(root: string, sources: readonly string[]): number | undefined {
  const messages = git(root, ["log", "-1", "--format=%ct", "--", ...sources])?.trim();
  return messages === undefined || messages === "" ? undefined : Number(messages) * 1000;
}

function git(root: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", ["-C", root, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    });
  } catch {
    return undefined;
  }
}
