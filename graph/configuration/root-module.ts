import { dirname, join, resolve } from "node:path";
import { namesIn } from "../files.ts";
import type { GraphOptions } from "../graph.ts";
import type { Input } from "../input.ts";
import { InputError } from "../input-error.ts";
import { lockedVersions, statedVersions } from "../provider-versions.ts";
import type { Rejection } from "../rejection.ts";
import { installedModules, isSourceFile, ModuleLoader } from "./load-module.ts";
import type { ModuleSource, SourceFile } from "./module-source.ts";
import { readConfiguration } from "./read-configuration.ts";
import { variableValues } from "./variable-values.ts";

type Variables = GraphOptions["variables"];

/** The root module in a folder, with the modules that it calls. */
export async function readRootFolder(folder: string, variables: Variables): Promise<Input> {
  const source = await new ModuleLoader(folder, installedModules(folder)).folder(resolve(folder));
  const input = await rootInput(folder, source, variables, folder);
  const units = (await namesIn(folder)).filter((name) => name === "terragrunt.hcl");
  const unread = units.map((name) => `${join(folder, name)} was not read: its inputs are unknown.`);
  const { declarationIssues, ...rest } = input;
  return {
    ...rest,
    unread: [...input.unread, ...unread],
    rejections: [...(input.rejections ?? []), ...declarationIssues],
  };
}

/** A root module of documents that were read; piped in, they have no files of values and no lock file. */
export async function readRootFiles(
  name: string,
  files: readonly SourceFile[],
  folder: string | undefined,
  variables: Variables,
): Promise<RootInput> {
  const loader =
    folder === undefined ? new ModuleLoader(".") : new ModuleLoader(folder, installedModules(folder));
  return rootInput(name, await loader.files(files, resolve(folder ?? ".")), variables, folder);
}

/**
 * A root module of some files of one folder, as a shell expands `*.tf`. Where they refer to what they do not
 * declare, the other files of the folder belong to them.
 */
export async function readRootPaths(paths: readonly string[], variables: Variables): Promise<Input> {
  const folder = dirname(paths[0] ?? "");
  const loader = new ModuleLoader(folder);
  const files = await Promise.all(paths.map((path) => loader.file(path)));
  const name = paths.length === 1 ? (paths[0] ?? "") : folder;
  const input = await readRootFiles(name, files, folder, variables);
  const others = await otherSources(folder, paths);
  const { undeclared } = input;
  if (others.length === 0 || undeclared.length === 0) return input;
  const unread = `${others.join(", ")} of the same module ${others.length === 1 ? "was" : "were"} not read, although ${name} refers to ${undeclared[0]}: verify the whole folder "${folder}".`;
  return { ...input, undeclared: [], unread: [...input.unread, unread] };
}

/** The other files of a root module than those given. */
async function otherSources(folder: string, paths: readonly string[]): Promise<string[]> {
  const given = new Set(paths.map((path) => resolve(path)));
  return (await namesIn(folder)).filter((other) => isSourceFile(other) && !given.has(resolve(folder, other)));
}

interface RootInput extends Input {
  /** What expressions refer to although no module declares it. */
  readonly undeclared: readonly string[];
  /** Of no weight where other files of the module may declare what they name. */
  readonly declarationIssues: readonly Rejection[];
}

/** @throws InputError where a value is made of itself, which Terraform rejects */
async function rootInput(
  name: string,
  source: ModuleSource,
  variables: Variables,
  folder: string | undefined,
): Promise<RootInput> {
  const given = await variableValues(folder, source.variables, variables);
  const read = readConfiguration(source, given.values);
  const {
    resources,
    unread,
    sensitive,
    gaveUp,
    rejections,
    notes,
    versionConstraints,
    cycles,
    undeclared,
    dropped,
    declarationIssues,
  } = read;
  const [first] = cycles;
  if (first !== undefined)
    throw new InputError(
      `${name} is rejected at plan: ${first} refers to itself, directly or through others.`,
    );
  const locked = folder === undefined ? undefined : lockedVersions(folder);
  const stated = statedVersions(name, versionConstraints, locked);
  return {
    name,
    resources,
    unread,
    sensitive,
    gaveUp,
    rejections,
    undeclared,
    dropped,
    declarationIssues,
    providers: stated.providers,
    notes: [...notes, ...given.notes, ...stated.notes],
  };
}
