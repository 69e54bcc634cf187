import { basename, dirname, join, relative, resolve } from "node:path";
import { isSourceFile } from "./configuration/load-module.ts";
import { readRootFiles, readRootFolder, readRootPaths } from "./configuration/root-module.ts";
import { isVariableFile } from "./configuration/variable-values.ts";
import { refuseDuplicateKeys } from "./duplicate-keys.ts";
import { prepareFunctions } from "./expression/yaml.ts";
import { kindOf, namesIn, parseJson, parseTerraformJson, readGiven, readText, STDIN } from "./files.ts";
import type { Graph, GraphOptions } from "./graph.ts";
import { parseHcl } from "./hcl/parse-hcl.ts";
import type { Input } from "./input.ts";
import { InputError } from "./input-error.ts";
import { isObject, type Json, objectOf, own } from "./json.ts";
import { parseManifests } from "./kubernetes/documents.ts";
import { filesBelow, inputOf, isManifest, readManifests } from "./kubernetes/manifests.ts";
import { isPlan, readPlan } from "./plan.ts";
import { lockedVersions } from "./provider-versions.ts";
import { ResourceGraph } from "./resource-graph.ts";
import { isState, readState } from "./state.ts";
import { isStateFile, shownState } from "./state-file.ts";

/** Terraform writes each key once. */
const SHOW_AGAIN = "write it again with `terraform show -json`";

/**
 * Reads files and folders of any kind, recognized by their content, into one graph. Files of variable values
 * (`prod.tfvars`) count as given with `-var-file`.
 * Throws nothing but InputError.
 */
export async function readGraph(paths: readonly string[], options: GraphOptions = {}): Promise<Graph> {
  const files = paths.filter(isVariableFile);
  const others = paths.filter((path) => !isVariableFile(path));
  if (files.length > 0 && others.length === 0)
    throw new InputError(
      `${files.join(", ")} holds values of variables only: give the folder of its module as well.`,
    );
  const { environment, given = [] } = options.variables ?? {};
  const asGiven = files.map((path) => ({ kind: "file", path }) as const);
  const reader = new InputReader({ ...(environment && { environment }), given: [...asGiven, ...given] });
  return new ResourceGraph(await reader.read(others), options);
}

/** Terraform files of one folder, as a shell expands `*.tf`, are one module; every other path is by itself. */
function modulesOf(paths: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const path of withoutRepetition(paths)) {
    const key = isSourceFile(path) ? `${dirname(path)}/*` : path;
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  return [...groups.values()];
}

/** A path given twice would clash with itself. */
function withoutRepetition(paths: readonly string[]): string[] {
  return [...new Map(paths.map((path) => [path === STDIN ? path : resolve(path), path])).values()];
}

function unexpected(path: string, error: unknown): InputError {
  const message = error instanceof Error ? error.message : String(error);
  const why = error instanceof RangeError ? "it is nested too deeply" : message.split("\n")[0];
  return new InputError(`${path} could not be read: ${why}.`);
}

class InputReader {
  readonly #variables: GraphOptions["variables"];

  constructor(variables: GraphOptions["variables"]) {
    this.#variables = variables;
  }

  async read(paths: readonly string[]): Promise<Input[]> {
    const inputs: Input[] = [];
    for (const module of modulesOf(paths)) {
      try {
        inputs.push(...(await this.#module(module)));
      } catch (error) {
        throw error instanceof InputError ? error : unexpected(module[0] ?? "", error);
      }
    }
    return inputs;
  }

  async #module(paths: readonly string[]): Promise<Input[]> {
    const [path = ""] = paths;
    if ((await kindOf(path)) === "folder") return this.#folder(path);
    return isSourceFile(path) ? [await readRootPaths(paths, this.#variables)] : this.#file(path);
  }

  async #folder(folder: string): Promise<Input[]> {
    const names = await namesIn(folder);
    if (names.some(isSourceFile))
      return withNotes([await readRootFolder(folder, this.#variables)], hiddenBy("Terraform", folder, names));
    const stacks = stacksOf(folder, names);
    if (stacks !== undefined)
      return withNotes(await this.#stacks(folder, stacks), hiddenBy("stacks of cdktf", folder, names));
    if (names.includes("cdktf.json") && names.includes("cdktf.out"))
      return this.#folder(join(folder, "cdktf.out"));
    const inputs: Input[] = [];
    for (const name of names.filter((name) => /\.(?:json|tfstate)$/.test(name))) {
      const path = join(folder, name);
      const text = readText(path);
      const json = parseJson(path, text);
      if (isPlan(json) || isState(json) || isStateFile(json) || isTerraform(json))
        inputs.push(await this.#document(path, json, text));
    }
    if (inputs.length > 0) return withNotes(inputs, hiddenBy("Terraform in JSON", folder, names));
    const manifests = await readManifestFolder(folder);
    if (manifests.length === 0) throw nothingIn(folder, names);
    return withNotes(manifests, await terraformBelow(folder));
  }

  /** All stacks together: what one stack defines, another may name. */
  async #stacks(folder: string, stacks: Json): Promise<Input[]> {
    if (Object.keys(stacks).length === 0)
      throw new InputError(
        `${folder} holds no stack: its manifest.json is empty. Run \`cdktf synth\` again.`,
      );
    const inputs: Input[] = [];
    const paths = new Set<string>();
    for (const [name, stack] of Object.entries(stacks)) {
      const synthesized = own(objectOf(stack), "synthesizedStackPath");
      const path = join(
        folder,
        typeof synthesized === "string" ? synthesized : join("stacks", name, "cdk.tf.json"),
      );
      paths.add(path);
      const text = readText(path, folder);
      await prepareFunctions(text);
      const file = { origin: name, json: parseTerraformJson(path, text) };
      inputs.push(await readRootFiles(name, [file], dirname(path), this.#variables));
    }
    return [...inputs, ...(await notOfManifest(folder, paths))];
  }

  async #file(path: string): Promise<Input[]> {
    const text = readGiven(path);
    await prepareFunctions(text);
    if (text.trim() === "") throw new InputError(`${path} is empty.`);
    const isJson = /^\s*[[{]/.test(text);
    if (isManifest(path) || (path === STDIN && !isJson)) return [await readManifestText(path, text)];
    if (path.endsWith(".hcl") || !isJson) {
      const file = { origin: basename(path), ...parseHcl(path, text) };
      const input = await readRootFiles(path, [file], dirname(path), this.#variables);
      return [{ ...input, undeclared: [] }];
    }
    const json = parseJson(path, text);
    const stacks = own(objectOf(json), "stacks");
    if (basename(path) === "manifest.json" && isObject(stacks)) return this.#stacks(dirname(path), stacks);
    return [await this.#document(path, json, text)];
  }

  async #document(path: string, json: unknown, text: string): Promise<Input> {
    const locked = path === STDIN ? undefined : lockedVersions(dirname(path));
    if (isPlan(json) || isState(json) || isStateFile(json)) refuseDuplicateKeys(path, text, SHOW_AGAIN);
    if (isPlan(json)) return readPlan(path, json, locked);
    if (isState(json)) return readState(path, json, locked);
    if (isStateFile(json)) return readState(path, shownState(path, json), locked);
    if (!isTerraform(json))
      throw new InputError(
        `${path} is neither Terraform JSON nor a plan or state of \`terraform show -json\`.`,
      );
    refuseDuplicateKeys(path, text);
    const file = { origin: basename(path), json };
    const folder = path === STDIN ? undefined : dirname(path);
    // A document by itself may be a part of a module.
    return { ...(await readRootFiles(path, [file], folder, this.#variables)), undeclared: [] };
  }
}

/** One kind of input in a folder hides the others next to it. */
function hiddenBy(kind: string, folder: string, names: readonly string[]): string[] {
  const objects = names.filter(
    (name) => isManifest(name) && /^apiVersion:.*\S/m.test(readText(join(folder, name))),
  );
  const synthesized = kind === "Terraform" ? synthesizedIn(folder, names) : [];
  return [
    ...(objects.length === 0
      ? []
      : [
          `${folder} holds Kubernetes objects next to ${kind}, which were not read: verify ${objects.join(", ")} by name.`,
        ]),
    ...synthesized.map(
      (name) =>
        `${folder} holds stacks of cdktf next to ${kind}, which were not read: verify ${name} by name.`,
    ),
  ];
}

/** What a folder of stacks holds in addition to those files. Modules that cdktf copied lie deeper. */
async function notOfManifest(folder: string, stacks: ReadonlySet<string>): Promise<Input[]> {
  const folders = new Set([...stacks].map((path) => dirname(path)));
  const others = (await filesBelow(folder, isSourceFile)).filter((path) => !stacks.has(path));
  const unread = others
    .filter((path) => basename(path) === "cdk.tf.json" && !folders.has(dirname(path)))
    .map((path) => `${path} was not read: manifest.json names no such stack.`);
  const gaveUp = others
    .filter((path) => folders.has(dirname(path)))
    .map((path) => `${path} was not read, and Terraform applies it with the stack: cdktf did not write it.`);
  return unread.length + gaveUp.length === 0 ? [] : [{ name: folder, resources: [], unread, gaveUp }];
}

/** What holds stacks of cdktf in the folder; a file of that name may be anything else, and need not be JSON. */
function synthesizedIn(folder: string, names: readonly string[]): string[] {
  const isOfCdktf = (name: string): boolean => /"stacks"\s*:\s*\{\s*"/.test(readText(join(folder, name)));
  return [
    ...names.filter((name) => name === "manifest.json" && isOfCdktf(name)),
    ...names.filter((name) => name === "cdktf.out" && names.includes("cdktf.json")),
  ];
}

/** Terraform in folders below Kubernetes objects, which are read recursively while modules are not. */
async function terraformBelow(folder: string): Promise<string[]> {
  const folders = new Set((await filesBelow(folder, isSourceFile)).map((path) => dirname(path)));
  return [...folders].map(
    (path) =>
      `${folder} holds Terraform below Kubernetes objects, which was not read: verify ${relative(folder, path)} by name.`,
  );
}

/** Stacks that a manifest.json of cdktf in the folder names; undefined where there is none. */
function stacksOf(folder: string, names: readonly string[]): Json | undefined {
  if (!names.includes("manifest.json")) return undefined;
  const path = join(folder, "manifest.json");
  const stacks = own(objectOf(parseJson(path, readText(path))), "stacks");
  return isObject(stacks) ? stacks : undefined;
}

function withNotes(inputs: readonly Input[], notes: readonly string[]): Input[] {
  return notes.length === 0
    ? [...inputs]
    : inputs.map((input, index) =>
        index === 0 ? { ...input, notes: [...(input.notes ?? []), ...notes] } : input,
      );
}

async function readManifestFolder(folder: string): Promise<Input[]> {
  const manifests = await readManifests(await filesBelow(folder, isManifest), folder);
  return manifests.resources.length + manifests.unread.length === 0 ? [] : [manifests];
}

/** Takes the text, since standard input can be read only once. */
async function readManifestText(path: string, text: string): Promise<Input> {
  const manifests = inputOf(await parseManifests(path, text), path === STDIN ? path : basename(path));
  if (manifests.resources.length + manifests.unread.length === 0)
    throw new InputError(`${path} holds no Kubernetes object: nothing in it has an apiVersion and a kind.`);
  return manifests;
}

function nothingIn(folder: string, names: readonly string[]): InputError {
  return new InputError(
    names.includes("terragrunt.hcl")
      ? `${folder} is a unit of Terragrunt, which generates its Terraform: run \`terragrunt plan -out plan.bin\`, and verify what \`terragrunt show -json plan.bin\` prints.`
      : `${folder} holds neither Terraform (*.tf, *.tf.json, a plan, a cdktf.out) nor Kubernetes objects (*.yaml).`,
  );
}

function isTerraform(json: unknown): json is Json {
  const sections = ["data", "locals", "module", "output", "provider", "resource", "terraform", "variable"];
  return isObject(json) && sections.some((section) => Object.hasOwn(json, section));
}
