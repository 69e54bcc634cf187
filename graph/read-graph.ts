import { basename, dirname, join, resolve } from "node:path";
import { parseHcl, resourceLines } from "./configuration/hcl.ts";
import { installedModules, isSourceFile, ModuleLoader } from "./configuration/load-module.ts";
import type { ModuleSource, SourceFile } from "./configuration/module-source.ts";
import { readConfiguration } from "./configuration/read-configuration.ts";
import { variableValues } from "./configuration/variable-files.ts";
import { kindOf, namesIn, parseJson, readText, STDIN } from "./files.ts";
import type { Graph, GraphOptions } from "./graph.ts";
import type { Input } from "./input.ts";
import { InputError } from "./input-error.ts";
import { isObject, type Json, objectOf, own } from "./json.ts";
import { parseManifests } from "./kubernetes/documents.ts";
import { inputOf, isManifest, manifestsIn, readManifests } from "./kubernetes/manifests.ts";
import { isPlan, readPlan } from "./plan.ts";
import { lockedVersions, statedVersions } from "./provider-versions.ts";
import { ResourceGraph } from "./resource-graph.ts";
import { isState, readState } from "./state.ts";
import { isStateFile, shownState } from "./state-file.ts";
import type { Value } from "./value.ts";

/**
 * Reads files and folders of any kind, told apart by what they hold, into one graph.
 * Throws nothing but InputError.
 */
export async function readGraph(paths: readonly string[], options: GraphOptions = {}): Promise<Graph> {
  const inputs: Input[] = [];
  for (const together of modulesOf(paths)) {
    try {
      inputs.push(...(await readTogether(together)));
    } catch (problem) {
      throw problem instanceof InputError ? problem : unexpected(together[0] ?? "", problem);
    }
  }
  return new ResourceGraph(inputs, options);
}

/** Terraform files of one folder, as a shell writes them out for `*.tf`, are one module; every other path is by itself. */
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

async function readTogether(paths: readonly string[]): Promise<Input[]> {
  const [path = "", ...more] = paths;
  if ((await kindOf(path)) === "folder") return readFolder(path);
  if (more.length === 0) return readFile(path);
  const loader = new ModuleLoader(dirname(path));
  const files: SourceFile[] = [];
  for (const file of paths) files.push(await loader.file(file));
  return [await configurationInput(dirname(path), await loader.files(files, resolve(dirname(path))))];
}

function unexpected(path: string, problem: unknown): InputError {
  const message = problem instanceof Error ? problem.message : String(problem);
  const why = problem instanceof RangeError ? "it is nested too deeply" : message.split("\n")[0];
  return new InputError(`${path} could not be read: ${why}.`);
}

async function readFolder(folder: string): Promise<Input[]> {
  const names = await namesIn(folder);
  if (names.some(isSourceFile)) return [await readModule(folder)];
  if (names.includes("manifest.json")) {
    const manifest = parseJson(join(folder, "manifest.json"), await readText(join(folder, "manifest.json")));
    const stacks = own(objectOf(manifest), "stacks");
    if (isObject(stacks)) return readStacks(folder, stacks);
  }
  if (names.includes("cdktf.json") && names.includes("cdktf.out"))
    return readFolder(join(folder, "cdktf.out"));
  const inputs: Input[] = [];
  for (const name of names.filter((name) => /\.(?:json|tfstate)$/.test(name))) {
    const path = join(folder, name);
    const json = parseJson(path, await readText(path));
    if (isPlan(json) || isState(json) || isStateFile(json) || isTerraform(json))
      inputs.push(await readDocument(path, json));
  }
  if (inputs.length === 0) inputs.push(...(await readManifestFolder(folder)));
  if (inputs.length === 0)
    throw new InputError(
      names.includes("terragrunt.hcl")
        ? `${folder} is a unit of Terragrunt, which generates its Terraform: run \`terragrunt plan -out plan.bin\`, and verify what \`terragrunt show -json plan.bin\` prints.`
        : `${folder} holds neither Terraform (*.tf, *.tf.json, a plan, a cdktf.out) nor Kubernetes objects (*.yaml).`,
    );
  return inputs;
}

async function readManifestFolder(folder: string): Promise<Input[]> {
  const manifests = await readManifests(await manifestsIn(folder), folder);
  return manifests.resources.length + manifests.unread.length === 0 ? [] : [manifests];
}

/**
 * A root module, checked against the lock file in its folder.
 *
 * @throws InputError where a value is made of itself: Terraform would refuse to read it
 */
async function configurationInput(
  name: string,
  source: ModuleSource,
  variables?: ReadonlyMap<string, Value>,
): Promise<Input> {
  const { resources, unread, notes, versionConstraints, circles } = readConfiguration(source, variables);
  const [first] = circles;
  if (first !== undefined)
    throw new InputError(
      `${name} is rejected at plan: ${first} refers to itself, directly or through others.`,
    );
  const locked = source.folder === undefined ? undefined : await lockedVersions(source.folder);
  const stated = statedVersions(name, versionConstraints, locked);
  return { name, resources, unread, providers: stated.providers, notes: [...notes, ...stated.notes] };
}

async function readModule(folder: string): Promise<Input> {
  const source = await new ModuleLoader(folder, await installedModules(folder)).folder(resolve(folder));
  return configurationInput(folder, source, await variableValues(folder));
}

/** All stacks together: what one stack defines, another may name. */
async function readStacks(folder: string, stacks: Json): Promise<Input[]> {
  if (Object.keys(stacks).length === 0)
    throw new InputError(`${folder} holds no stack: its manifest.json is empty. Run \`cdktf synth\` again.`);
  const inputs: Input[] = [];
  for (const [name, stack] of Object.entries(stacks)) {
    const synthesized = own(objectOf(stack), "synthesizedStackPath");
    const path = join(
      folder,
      typeof synthesized === "string" ? synthesized : join("stacks", name, "cdk.tf.json"),
    );
    const json = parseJson(path, await readText(path));
    const source = await new ModuleLoader(dirname(path)).files(
      [{ origin: name, json }],
      resolve(dirname(path)),
    );
    inputs.push(await configurationInput(name, source));
  }
  return inputs;
}

async function readFile(path: string): Promise<Input[]> {
  const text = await readText(path);
  if (text.trim() === "") throw new InputError(`${path} is empty.`);
  if (isManifest(path) || (path === STDIN && !/^\s*[[{]/.test(text)))
    return [await readManifestText(path, text)];
  if (/\.(?:tf|hcl|tofu)$/.test(path) || !/^\s*[[{]/.test(text)) {
    const file = { origin: basename(path), json: await parseHcl(path, text), lines: resourceLines(text) };
    const source = await new ModuleLoader(dirname(path)).files([file], resolve(dirname(path)));
    return [await configurationInput(path, source)];
  }
  const json = parseJson(path, text);
  const stacks = own(objectOf(json), "stacks");
  if (basename(path) === "manifest.json" && isObject(stacks)) return readStacks(dirname(path), stacks);
  return [await readDocument(path, json)];
}

/** The text was read already: what is piped in can be read only once. */
async function readManifestText(path: string, text: string): Promise<Input> {
  const manifests = inputOf(await parseManifests(path, text), path === STDIN ? path : basename(path));
  if (manifests.resources.length + manifests.unread.length === 0)
    throw new InputError(`${path} holds no Kubernetes object: nothing in it has an apiVersion and a kind.`);
  return manifests;
}

async function readDocument(path: string, json: unknown): Promise<Input> {
  const locked = path === STDIN ? undefined : await lockedVersions(dirname(path));
  if (isPlan(json)) return readPlan(path, json, locked);
  if (isState(json)) return readState(path, json, locked);
  if (isStateFile(json)) return readState(path, shownState(path, json), locked);
  if (!isTerraform(json))
    throw new InputError(
      `${path} is neither Terraform JSON nor a plan or state of \`terraform show -json\`.`,
    );
  const source = await new ModuleLoader(dirname(path)).files(
    [{ origin: basename(path), json }],
    resolve(dirname(path)),
  );
  return configurationInput(path, source);
}

function isTerraform(json: unknown): json is Json {
  const sections = ["data", "locals", "module", "output", "provider", "resource", "terraform", "variable"];
  return isObject(json) && sections.some((section) => Object.hasOwn(json, section));
}
