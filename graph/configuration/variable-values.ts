import { join } from "node:path";
import { refuseDuplicateKeys } from "../duplicate-keys.ts";
import { evaluate } from "../expression/evaluate.ts";
import { parseExpression } from "../expression/parse.ts";
import { HclSyntaxError } from "../expression/syntax.ts";
import { namesIn, parseJson, readGiven, readText } from "../files.ts";
import type { GraphOptions } from "../graph.ts";
import { parseHcl } from "../hcl/parse-hcl.ts";
import { InputError } from "../input-error.ts";
import { type Json, objectOf, own } from "../json.ts";
import type { Value } from "../value.ts";
import { evaluateWritten } from "./body.ts";
import { literalScope } from "./literal-scope.ts";

/** The values of the variables of a root module. */
export interface VariableValues {
  readonly values: ReadonlyMap<string, Value>;
  /** What was assumed about them, one sentence each. */
  readonly notes: readonly string[];
}

/** A file of values: `*.tfvars` or `*.tfvars.json`. */
export function isVariableFile(name: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(name);
}

/**
 * The values in Terraform's order, the last one wins: TF_VAR_*, terraform.tfvars, *.auto.tfvars, then what is given
 * with `--var-file` and `--var`. Where nothing is given, the only other file of the folder counts as given.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export async function variableValues(
  folder: string | undefined,
  declared: ReadonlyMap<string, Json>,
  { environment = {}, given = [] }: NonNullable<GraphOptions["variables"]> = {},
): Promise<VariableValues> {
  const files = await variableFiles(folder, given.length > 0);
  const values = new Map<string, Value>();
  for (const [name, text] of Object.entries(environment))
    if (declared.has(name)) values.set(name, typed(name, text, declared.get(name)));
  for (const path of files.read) for (const [name, value] of valuesIn(path)) values.set(name, value);
  const notes = [...files.notes];
  if (files.only !== undefined) {
    const fault = faultOfValues(files.only);
    notes.push(
      fault === undefined
        ? `${files.only} was read as if given with --var-file, because it is the only such file.`
        : leftOut(fault),
    );
    if (fault === undefined) for (const [name, value] of valuesIn(files.only)) values.set(name, value);
  }
  for (const variable of given) {
    if (variable.kind === "file") {
      for (const [name, value] of valuesIn(variable.path, readGiven)) values.set(name, value);
    } else if (declared.has(variable.name)) {
      values.set(variable.name, typed(variable.name, variable.text, declared.get(variable.name)));
    } else {
      notes.push(
        `${folder ?? "The input"} declares no variable ${variable.name}, which --var gives a value.`,
      );
    }
  }
  return { values, notes };
}

/** Why a file of values that Terraform does not read by itself cannot be read; undefined where it can. */
export function faultOfValues(path: string): string | undefined {
  try {
    valuesIn(path);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** The note about such a file. */
export function leftOut(fault: string): string {
  return `${fault.replace(/\.$/, "")}. It was left out: Terraform does not read it by itself.`;
}

interface VariableFiles {
  /** Those that Terraform reads by itself. */
  readonly read: readonly string[];
  /** The only other one, where nothing is given. */
  readonly only?: string | undefined;
  readonly notes: readonly string[];
}

async function variableFiles(folder: string | undefined, anyGiven: boolean): Promise<VariableFiles> {
  if (folder === undefined) return { read: [], notes: [] };
  const names = (await namesIn(folder)).filter(isVariableFile);
  const automatic = names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name));
  const usual = ["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name));
  const others = names.filter((name) => !automatic.includes(name) && !usual.includes(name));
  const [only] = others;
  const read = [...usual, ...automatic].map((name) => join(folder, name));
  if (anyGiven || only === undefined) return { read, notes: [] };
  if (others.length === 1) return { read, only: join(folder, only), notes: [] };
  const note = `${folder} holds ${others.join(", ")}, of which none was read. Give one with --var-file, for example --var-file ${join(folder, only)}.`;
  return { read, notes: [note] };
}

function valuesIn(path: string, read: (path: string) => string = readText): (readonly [string, Value])[] {
  const text = read(path);
  const json = path.endsWith(".json") ? jsonOf(path, text) : parseHcl(path, text).json;
  return Object.entries(objectOf(json)).map(([name, value]) => [name, evaluateWritten(value, literalScope)]);
}

function jsonOf(path: string, text: string): unknown {
  const json = parseJson(path, text);
  refuseDuplicateKeys(path, text, "keep the one that is meant");
  return json;
}

/**
 * A value of the command line or the environment: text where the variable is text, a number or a boolean, or states no
 * type; an expression where it is anything else.
 */
function typed(name: string, text: string, declared: Json | undefined): Value {
  const type = own(declared ?? {}, "type");
  if (typeof type !== "string" || /^(?:\$\{)?\s*(?:string|number|bool)\s*\}?$/.test(type)) return text;
  try {
    return evaluate(parseExpression(text), literalScope);
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    throw new InputError(
      `The value of the variable ${name}, ${JSON.stringify(text)}, is not an expression of Terraform, for example ["a", "b"]: ${error.message}.`,
    );
  }
}
