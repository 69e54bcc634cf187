import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { readText, withinBoundary } from "../graph/index.ts";
import { UserError } from "../platform/user-error.ts";
import { isRecord } from "../values/is-record.ts";

/** What `.verify.yaml` may say; each is the command line's option of that name, which wins. */
export interface Settings {
  readonly "fail-on"?: string;
  readonly rule?: readonly string[];
  readonly skip?: readonly string[];
  readonly external?: readonly string[];
  readonly "var-file"?: readonly string[];
  readonly complete?: boolean;
  readonly baseline?: string;
  /** What of it decides a verdict and is seen nowhere else in the report, one sentence each. */
  readonly notes?: readonly string[];
}

const FILE = ".verify.yaml";
const LISTS = ["rule", "skip", "external", "var-file"];
const TEXTS = ["fail-on", "baseline"];

/**
 * The settings in the verified folders; paths in them are relative to their folder.
 *
 * @throws UserError where they are invalid, or two folders have some
 * @throws InputError where a path in them leads out of the repository, or out of the folder where there is none
 */
export async function settingsIn(paths: readonly string[], cwd: string): Promise<Settings> {
  const files = paths
    .filter((given) => statSync(path.resolve(cwd, given), { throwIfNoEntry: false })?.isDirectory())
    .map((folder) => path.join(folder, FILE))
    .filter((file) => existsSync(path.resolve(cwd, file)));
  const [file, other] = files;
  if (file === undefined) return {};
  if (other !== undefined)
    throw new UserError(`${file} and ${other} both have settings: verify one folder at a time.`);
  const settings = await parsed(file, cwd);
  const folder = path.dirname(file);
  const beside = (name: string): string => {
    const named = path.join(folder, name);
    const absolute = path.resolve(cwd, named);
    const there = statSync(absolute, { throwIfNoEntry: false });
    if (there !== undefined) withinBoundary(absolute, path.resolve(cwd, folder));
    // A pipe that nobody writes to would never be read to its end.
    if (there?.isFile() === false) throw new UserError(`${file} names ${name}, which is no regular file.`);
    return named;
  };
  return {
    ...settings,
    notes: notesOf(file, settings),
    ...(settings["var-file"] && { "var-file": settings["var-file"].map(beside) }),
    ...(settings.baseline !== undefined && { baseline: beside(settings.baseline) }),
  };
}

function notesOf(file: string, { external = [], complete, "var-file": values = [] }: Settings): string[] {
  return [
    ...(external.length > 0 ? [`${file} says that these exist elsewhere: ${external.join(", ")}.`] : []),
    ...(complete === true ? [`${file} says that what is not defined here does not exist.`] : []),
    ...(values.length > 0 ? [`${file} takes values of variables from ${values.join(", ")}.`] : []),
  ];
}

async function parsed(file: string, cwd: string): Promise<Settings> {
  const { parse } = await import("yaml");
  const text = readText(path.resolve(cwd, file));
  let settings: unknown;
  try {
    settings = parse(text) ?? {};
  } catch (error) {
    throw new UserError(
      `${file} is not YAML: ${error instanceof Error ? error.message.split("\n")[0] : error}.`,
    );
  }
  if (!isRecord(settings)) throw new UserError(`${file} is not a map of options.`);
  for (const [key, value] of Object.entries(settings)) {
    if (key === "rules")
      throw new UserError(
        `${file} has "rules": rules of your own run code, and are given on the command line only.`,
      );
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
    if (
      LISTS.includes(key)
        ? isList
        : TEXTS.includes(key)
          ? typeof value === "string"
          : key === "complete" && typeof value === "boolean"
    )
      continue;
    if (![...LISTS, ...TEXTS, "complete"].includes(key))
      throw new UserError(`${file} has "${key}": known are ${[...TEXTS, ...LISTS, "complete"].join(", ")}.`);
    throw new UserError(
      `${file}: "${key}" is not ${LISTS.includes(key) ? "a list of texts" : TEXTS.includes(key) ? "a text" : "true or false"}.`,
    );
  }
  return settings;
}
