import { realpath } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { isBelow, repositoryOf } from "../boundary.ts";
import { prepareFunctions } from "../expression/yaml.ts";
import { namesIn, parseJson, parseTerraformJson, readText, textIfThere } from "../files.ts";
import { parseHcl } from "../hcl/parse-hcl.ts";
import { objectOf, own } from "../json.ts";
import { type ModuleSource, moduleSource, type SourceFile } from "./module-source.ts";

/** Reads modules from folders; a folder that several calls name is read once. */
export class ModuleLoader {
  readonly #root: string;
  readonly #read = new Map<string, ModuleSource>();
  /** Where `terraform init` put modules of registries, by their dotted call path; empty without it. */
  readonly #installed: ReadonlyMap<string, string>;

  constructor(root: string, installed: ReadonlyMap<string, string> = new Map()) {
    this.#root = root;
    this.#installed = installed;
  }

  async folder(folder: string): Promise<ModuleSource> {
    return this.#folder(folder, [], "");
  }

  /** A root module of given files, whose own module calls are relative to `folder`. */
  async files(files: readonly SourceFile[], folder: string): Promise<ModuleSource> {
    const source = moduleSource(files, folder);
    await this.#children(source, folder, [await real(folder)], "");
    return source;
  }

  async #folder(folder: string, chain: readonly string[], callPath: string): Promise<ModuleSource> {
    const path = await real(folder);
    const known = this.#read.get(path + this.#installedBelow(callPath));
    if (known !== undefined) return known;
    const files: SourceFile[] = [];
    const notes: string[] = [];
    const names = await namesIn(folder);
    for (const name of names.filter(isSourceFile)) {
      const tofu = tofuOf(name, names);
      if (tofu === undefined) files.push(await this.file(join(folder, name)));
      else notes.push(`${join(folder, tofu)} was read in place of ${name}, as OpenTofu does.`);
    }
    const source = moduleSource(files, folder, notes);
    this.#read.set(path + this.#installedBelow(callPath), source);
    await this.#children(source, folder, [...chain, path], callPath);
    return source;
  }

  async file(path: string): Promise<SourceFile> {
    const text = readText(path);
    await prepareFunctions(text);
    const origin = relative(this.#root, path) || path;
    if (path.endsWith(".json")) return { origin, json: parseTerraformJson(path, text) };
    return { origin, ...parseHcl(path, text) };
  }

  async #children(
    source: ModuleSource,
    folder: string,
    chain: readonly string[],
    callPath: string,
  ): Promise<void> {
    for (const [name, body] of source.calls) {
      const path = callPath === "" ? name : `${callPath}.${name}`;
      source.children.set(name, await this.#child(own(body, "source"), folder, chain, path));
    }
  }

  async #child(
    written: unknown,
    folder: string,
    chain: readonly string[],
    callPath: string,
  ): Promise<ModuleSource | string> {
    if (typeof written !== "string") return "has no source";
    const local = /^\.{0,2}\//.test(written) ? resolve(folder, written) : this.#installed.get(callPath);
    if (local === undefined) return `comes from ${kindOfSource(written)}`;
    try {
      const repository = repositoryOf(folder);
      if (repository !== undefined && !isBelow(await real(local), await real(repository)))
        return `is outside of the repository ${repository}`;
      if (chain.includes(await real(local))) return "calls itself";
      const source = await this.#folder(local, chain, callPath);
      return isEmpty(source) ? `has no Terraform in ${written}` : source;
    } catch (error) {
      if (chain.length === 0 || (error as { name?: string }).name !== "InputError") throw error;
      const why = error instanceof Error ? error.message.replace(/\.$/, "") : "";
      return `could not be read (${why})`;
    }
  }

  /** Installed modules are found by call path, so one folder called in two ways may have other children. */
  #installedBelow(callPath: string): string {
    return this.#installed.size === 0 ? "" : ` ${callPath}`;
  }
}

/** The file that OpenTofu reads in place of this one: `main.tofu` for `main.tf`. */
function tofuOf(name: string, names: readonly string[]): string | undefined {
  const tofu = name.replace(/\.tf(\.json)?$/, ".tofu$1");
  return tofu !== name && names.includes(tofu) ? tofu : undefined;
}

/** What Terraform or OpenTofu reads of a folder. */
export function isSourceFile(name: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(name);
}

function isEmpty(source: ModuleSource): boolean {
  return (
    source.resources.length +
      source.calls.size +
      source.outputs.size +
      source.variables.size +
      source.locals.size ===
    0
  );
}

function kindOfSource(written: string): string {
  if (/^git::|^github\.com|^git@|\.git(?:$|\?|\/\/)/.test(written)) return "a git repository";
  return /^(?:[\w.-]+\/)?[\w-]+\/[\w-]+\/[\w-]+(?:\/\/.*)?$/.test(written) ? "a registry" : "elsewhere";
}

async function real(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    return resolve(folder);
  }
}

/** The modules that `terraform init` has put into a folder. */
export function installedModules(root: string): ReadonlyMap<string, string> {
  const path = join(root, ".terraform", "modules", "modules.json");
  const text = textIfThere(path);
  const listed = text === undefined ? undefined : own(objectOf(parseJson(path, text)), "Modules");
  const found = new Map<string, string>();
  for (const entry of Array.isArray(listed) ? listed : []) {
    const { Key, Dir } = objectOf(entry);
    if (typeof Key === "string" && typeof Dir === "string" && Key !== "") found.set(Key, resolve(root, Dir));
  }
  return found;
}
