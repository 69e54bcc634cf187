import { lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { isSourceFile, isVariableFile, namesIn } from "../graph/index.ts";

/** Values of the variables of one environment. */
export interface EnvironmentValues {
  /** As reports name it: "dev.tfvars", "envs/prod". */
  readonly name: string;
  /** In the order in which they are given. */
  readonly files: readonly string[];
}

/** A folder with more is a collection of something else. */
const MAX_ENVIRONMENTS = 20;

/** Terraform reads these by itself. */
const AUTOMATIC = /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/;

/**
 * The environments of a root module, where there are several: `dev.tfvars` beside it, `envs/dev.tfvars` below it, or
 * `envs/dev/*.tfvars`, which belong together. Folders with Terraform of their own are other root modules.
 *
 * @returns empty where there is no choice to make
 */
export async function environmentsOf(folder: string): Promise<readonly EnvironmentValues[]> {
  if (!isFolder(folder)) return [];
  const names = await namesIn(folder);
  if (!names.some(isSourceFile)) return [];
  const beside = names
    .filter((name) => isVariableFile(name) && !AUTOMATIC.test(name))
    .map((name) => ({ name, files: [join(folder, name)] }));
  const below = await Promise.all(
    foldersIn(folder, names).map(async (name): Promise<EnvironmentValues[]> => {
      const inner = await namesIn(join(folder, name));
      if (inner.some(isSourceFile)) return [];
      const each = inner.filter(isVariableFile).map((file) => ({
        name: `${name}/${file}`,
        files: [join(folder, name, file)],
      }));
      const groups = await Promise.all(
        foldersIn(join(folder, name), inner).map((group) => together(folder, `${name}/${group}`)),
      );
      return [...each, ...groups.flat()];
    }),
  );
  const all = [...beside, ...below.flat()];
  return all.length > 1 && all.length <= MAX_ENVIRONMENTS ? all : [];
}

/** All files of values of one folder, for one environment. */
async function together(folder: string, name: string): Promise<EnvironmentValues[]> {
  const names = await namesIn(join(folder, name));
  const files = names.filter(isVariableFile).map((file) => join(folder, name, file));
  return files.length === 0 || names.some(isSourceFile) ? [] : [{ name, files }];
}

function foldersIn(folder: string, names: readonly string[]): string[] {
  // Links lead elsewhere, and are read only where they are named.
  return names.filter((name) => lstatSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory());
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
