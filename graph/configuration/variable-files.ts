import { join } from "node:path";
import { namesIn, parseJson, readText } from "../files.ts";
import { objectOf } from "../json.ts";
import type { Value } from "../value.ts";
import { evaluateWritten } from "./body.ts";
import { parseHcl } from "./hcl.ts";
import { literalScope } from "./literal-scope.ts";

/**
 * The values that a folder gives to the variables of its root module, in the order in which Terraform reads the
 * files. A single file of another name (`dev.tfvars`) counts too: it is there to be given with `-var-file`.
 */
export async function variableValues(folder: string): Promise<ReadonlyMap<string, Value>> {
  const names = (await namesIn(folder)).filter((name) => /\.tfvars(?:\.json)?$/.test(name));
  const automatic = names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name));
  const usual = ["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name));
  const others = names.filter((name) => !automatic.includes(name) && !usual.includes(name));
  const values = new Map<string, Value>();
  for (const name of [...usual, ...automatic, ...(others.length === 1 ? others : [])]) {
    const path = join(folder, name);
    const text = await readText(path);
    const json = name.endsWith(".json") ? parseJson(path, text) : await parseHcl(path, text);
    for (const [variable, value] of Object.entries(objectOf(json)))
      values.set(variable, evaluateWritten(value, literalScope));
  }
  return values;
}
