import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { listOf, objectOf, own } from "../graph/index.ts";
import { plural } from "../values/words.ts";

/**
 * Stacks that are no longer in the app and still have resources: they keep running and costing money, and no plan shows them. Only
 * local states are read; states in a bucket are not listed.
 *
 * @param folder folder of local states, next to the output folder
 * @param prefix prefix of the environment's stacks, hyphen included
 */
export function orphanedStacks(folder: string, prefix: string, stacks: readonly string[]): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const name = /^terraform\.([\w.-]+)\.tfstate$/.exec(file)?.[1];
      if (name === undefined || !name.startsWith(prefix) || stacks.includes(name)) return [];
      const count = managedResources(path.join(folder, file));
      if (count === undefined)
        return [
          `${file} cannot be read: whether stack ${name}, which is not in the app, still has resources is not known.`,
        ];
      if (count === 0) return [];
      return `Stack ${name} is no longer in the app, and ${plural(count, "resource")} of it in ${file} still exist: put it back into the environment, destroy it with npx cdktf destroy ${name} --ignore-missing-stack-dependencies, and remove it again.`;
    });
}

/** How many a state has; undefined where it cannot be read. */
function managedResources(file: string): number | undefined {
  try {
    const state: unknown = JSON.parse(readFileSync(file, "utf8"));
    const resources = own(objectOf(state), "resources");
    if (!Array.isArray(resources)) return undefined;
    return listOf(resources).filter((resource) => own(objectOf(resource), "mode") === "managed").length;
  } catch {
    return undefined;
  }
}
