import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { removeFolder } from "../platform/remove-folder.ts";
import { unwritable } from "../platform/unwritable.ts";
import { UserError } from "../platform/user-error.ts";
import { outside, rooms } from "../rooms.ts";

interface Manifest {
  readonly stacks?: Readonly<Record<string, { readonly workingDirectory?: string }>>;
}

const PENDING = ".pending";

/**
 * Replaces the previous output. All files are written under temporary names first and renamed afterwards, so that a full
 * disk leaves the previous output unchanged. Terraform's own files in a stack's folder stay; folders of stacks that no
 * longer exist are removed.
 *
 * @param isOurs whether a stack belongs to what was synthesized; others of the previous output are left alone
 * @throws UserError where the folder cannot be written
 */
export function publish(from: string, to: string, isOurs: (stack: string) => boolean): void {
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(from, path.join(entry.parentPath, entry.name)));
  const written: string[] = [];
  try {
    const before = workingDirectories(to);
    for (const file of files) {
      const target = path.join(to, file);
      mkdirSync(path.dirname(target), { recursive: true });
      cpSync(path.join(from, file), target + PENDING);
      written.push(target);
    }
    for (const target of written) renameSync(target + PENDING, target);
    const kept = new Set(workingDirectories(to));
    for (const stale of before.filter((folder) => !kept.has(folder) && isOurs(path.basename(folder)))) {
      removeFolder(path.join(to, stale));
    }
  } catch (error) {
    for (const target of written) rmSync(target + PENDING, { force: true });
    throw unwritable(`output folder ${to}`, error, "choose another with --output, or fix its permissions");
  }
}

/** Stack folders that the output's manifest names; none where there is no readable manifest. */
function workingDirectories(folder: string): string[] {
  const manifest = path.join(folder, "manifest.json");
  if (!existsSync(manifest)) return [];
  try {
    const { stacks = {} } = JSON.parse(readFileSync(manifest, "utf8")) as Manifest;
    return Object.values(stacks)
      .map((stack) => stack.workingDirectory ?? "")
      .filter((directory) => directory.startsWith("stacks/") && !directory.includes(".."));
  } catch {
    return [];
  }
}

/** The output must not be a source folder: files would mix, and stale ones would be deleted. */
export function refuseSourceFolder(output: string, root: string): void {
  const target = path.resolve(output);
  const inside = path.relative(root, target);
  const [room = ""] = inside.split(path.sep);
  if (target === root || (existsSync(path.join(root, room)) && SOURCES.includes(room))) {
    throw new UserError(
      `The output folder ${output} holds sources of this project: choose another with --output, for example cdktf.out.`,
    );
  }
}

const SOURCES = [".git", "docs", "node_modules", "reference", ...Object.keys(rooms), ...outside];
