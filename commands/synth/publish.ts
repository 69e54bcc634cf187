import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../platform/sentence.ts";

interface Manifest {
  readonly stacks?: Readonly<Record<string, { readonly workingDirectory?: string }>>;
}

const PENDING = ".pending";

/**
 * Puts a proven output in the place of the previous one. All files are written beside their final names first and
 * renamed after, so that a full disk leaves the previous output as it was. What Terraform keeps in a stack's folder stays;
 * folders of stacks that no longer exist go.
 *
 * @throws UserError where the folder cannot be written
 */
export function publish(from: string, to: string): void {
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
    for (const stale of before.filter((folder) => !kept.has(folder))) {
      rmSync(path.join(to, stale), { recursive: true, force: true });
    }
  } catch (error) {
    for (const target of written) rmSync(target + PENDING, { force: true });
    throw unwritable(to, error);
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

export function unwritable(folder: string, error: unknown): UserError {
  const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return new UserError(
    `The output folder ${folder} cannot be written (${reason}): choose another with --output, or mend its rights.`,
  );
}
