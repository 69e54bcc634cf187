import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../platform/user-error.ts";
import { providerVersions } from "./provider-versions.ts";
import { fileHash, type StackFolder, stackFolders } from "./stack-folders.ts";

export interface ChangedStacks {
  /** Those that differ from the base, and those that come after one that does, in order of deployment. */
  readonly changed: readonly StackFolder[];
  /** All others: neither they nor what they come after differs. */
  readonly unchanged: readonly StackFolder[];
}

/**
 * Compares what was synthesized with what the base gives, file by file: the Terraform JSON and what lies next to it, without what
 * Terraform writes there itself. Of a lock file, the versions of the providers count.
 *
 * @param base output folder of the base: cdktf.out of the commit that a change starts from
 * @throws UserError where nothing is synthesized there
 */
export function changedStacks(stacks: readonly StackFolder[], base: string): ChangedStacks {
  if (!existsSync(path.join(base, "manifest.json")))
    throw new UserError(
      `${base} holds no synthesized stacks: check out the base, and run npm start -- --output ${base} there.`,
    );
  const before = new Map(stackFolders(base, () => true).map((stack) => [stack.name, stack]));
  const changed = new Set<string>();
  for (const stack of stacks) {
    const earlier = before.get(stack.name);
    const isChanged =
      earlier === undefined ||
      earlier.hash !== stack.hash ||
      contentsOf(earlier.folder) !== contentsOf(stack.folder) ||
      versionsOf(earlier.folder) !== versionsOf(stack.folder) ||
      stack.dependencies.join(" ") !== earlier.dependencies.join(" ") ||
      stack.dependencies.some((name) => changed.has(name));
    if (isChanged) changed.add(stack.name);
  }
  return {
    changed: stacks.filter(({ name }) => changed.has(name)),
    unchanged: stacks.filter(({ name }) => !changed.has(name)),
  };
}

/** Names and hashes of what synth writes into a stack's folder, at any depth and whatever their names. */
function contentsOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        !OF_TERRAFORM.test(file) && statSync(path.join(folder, file), { throwIfNoEntry: false })?.isFile(),
    )
    .sort()
    .map((file) => `${file} ${fileHash(path.join(folder, file))}`)
    .join("\n");
}

const versionsOf = (folder: string): string =>
  [...providerVersions(folder)]
    .map((pair) => pair.join(" "))
    .sort()
    .join("\n");

/** What Terraform and its plans leave in a stack's folder; init adds checksums to the lock file. */
const OF_TERRAFORM =
  /^(\.terraform(\/|\.lock\.hcl$|\.tfstate)|\.?terraform\.tfstate|errored\.tfstate$|plan$)/;
