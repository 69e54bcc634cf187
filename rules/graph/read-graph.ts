import { basename, dirname, join, resolve } from "node:path";
import { parseHcl, resourceLines } from "./configuration/hcl.ts";
import { installedModules, ModuleLoader } from "./configuration/load-module.ts";
import { readConfiguration } from "./configuration/read-configuration.ts";
import { variableValues } from "./configuration/variable-files.ts";
import { kindOf, namesIn, parseJson, readText } from "./files.ts";
import type { Graph, GraphOptions } from "./index.ts";
import { InputError } from "./input-error.ts";
import { isObject, type Json, objectOf, own } from "./json.ts";
import { isPlan, readPlan } from "./plan.ts";
import { type Input, ResourceGraph } from "./resource-graph.ts";
import { isState, readState } from "./state.ts";

/**
 * Reads files and folders of any of the five kinds, told apart by what they hold, into one graph.
 * Throws nothing but InputError.
 */
export async function readGraph(paths: readonly string[], options: GraphOptions = {}): Promise<Graph> {
  const inputs: Input[] = [];
  for (const path of paths) {
    try {
      inputs.push(...((await kindOf(path)) === "folder" ? await readFolder(path) : await readFile(path)));
    } catch (problem) {
      if (problem instanceof InputError) throw problem;
      const why =
        problem instanceof RangeError
          ? "it is nested too deeply"
          : problem instanceof Error
            ? problem.message
            : String(problem);
      throw new InputError(`${path} could not be read: ${why.split("\n")[0]}.`);
    }
  }
  return new ResourceGraph(inputs, options);
}

async function readFolder(folder: string): Promise<Input[]> {
  const names = await namesIn(folder);
  if (names.includes("manifest.json")) {
    const manifest = parseJson(join(folder, "manifest.json"), await readText(join(folder, "manifest.json")));
    const stacks = own(objectOf(manifest), "stacks");
    if (isObject(stacks)) return readStacks(folder, stacks);
  }
  if (names.some((name) => /\.tf(?:\.json)?$/.test(name))) return [await readModule(folder)];
  const inputs: Input[] = [];
  for (const name of names.filter((name) => name.endsWith(".json"))) {
    const path = join(folder, name);
    const json = parseJson(path, await readText(path));
    if (isPlan(json) || isState(json) || isTerraform(json)) inputs.push(await readDocument(path, json));
  }
  if (inputs.length === 0)
    throw new InputError(`${folder} holds no Terraform: no *.tf, no *.tf.json, no plan, no cdktf.out.`);
  return inputs;
}

async function readModule(folder: string): Promise<Input> {
  const source = await new ModuleLoader(folder, await installedModules(folder)).folder(resolve(folder));
  return readConfiguration(source, await variableValues(folder));
}

/** All stacks together: what one stack defines, another may name. */
async function readStacks(folder: string, stacks: Json): Promise<Input[]> {
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
    inputs.push(readConfiguration(source));
  }
  return inputs;
}

async function readFile(path: string): Promise<Input[]> {
  const text = await readText(path);
  if (text.trim() === "") throw new InputError(`${path} is empty.`);
  if (/\.(?:tf|hcl|tofu)$/.test(path) || !/^\s*[[{]/.test(text)) {
    const file = { origin: basename(path), json: await parseHcl(path, text), lines: resourceLines(text) };
    const source = await new ModuleLoader(dirname(path)).files([file], resolve(dirname(path)));
    return [readConfiguration(source)];
  }
  const json = parseJson(path, text);
  const stacks = own(objectOf(json), "stacks");
  if (basename(path) === "manifest.json" && isObject(stacks)) return readStacks(dirname(path), stacks);
  return [await readDocument(path, json)];
}

async function readDocument(path: string, json: unknown): Promise<Input> {
  if (isPlan(json)) return readPlan(path, json);
  if (isState(json)) return readState(path, json);
  if (isObject(json) && Array.isArray(json.resources) && "serial" in json) {
    throw new InputError(`${path} is a state file; give the output of \`terraform show -json\` instead.`);
  }
  if (!isTerraform(json))
    throw new InputError(
      `${path} is neither Terraform JSON nor a plan or state of \`terraform show -json\`.`,
    );
  const source = await new ModuleLoader(dirname(path)).files(
    [{ origin: basename(path), json }],
    resolve(dirname(path)),
  );
  return readConfiguration(source);
}

function isTerraform(json: unknown): json is Json {
  const sections = ["data", "locals", "module", "output", "provider", "resource", "terraform", "variable"];
  return isObject(json) && sections.some((section) => Object.hasOwn(json, section));
}
