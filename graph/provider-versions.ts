import { join } from "node:path";
import { NEWEST_PROVIDER, VersionRange } from "../resources/versions.ts";
import { textIfThere } from "./files.ts";
import type { Input } from "./input.ts";

/** One statement of `required_providers`, of a module anywhere in the tree. */
export interface VersionConstraint {
  readonly source: string;
  readonly constraint: string;
}

/** The versions of each provider that an input allows, by source; nothing of those for which it states none. */
export interface StatedVersions {
  readonly providers: ReadonlyMap<string, VersionRange>;
  /** Constraints that could not be taken into account, one sentence each. */
  readonly notes: readonly string[];
}

const newest = VersionRange.exactly(NEWEST_PROVIDER);
const GOOGLE = ["hashicorp/google", "hashicorp/google-beta"];

/** "hashicorp/google" of "google", "hashicorp/google" or "registry.terraform.io/hashicorp/google". */
export function providerSource(written: string): string {
  const words = written.trim().toLowerCase().split("/");
  return words.length === 1 ? `hashicorp/${words[0]}` : words.slice(-2).join("/");
}

/**
 * What all constraints together allow, narrowed to the locked version where that is one of them: a lock file that
 * contradicts its configuration is refused by Terraform, and renewed by `terraform init -upgrade`.
 */
export function statedVersions(
  input: string,
  constraints: readonly VersionConstraint[],
  locked: ReadonlyMap<string, string> = new Map(),
): StatedVersions {
  const providers = new Map<string, VersionRange>();
  const notes: string[] = [];
  for (const { source, constraint } of constraints) {
    const range = VersionRange.fromConstraint(constraint);
    const common = range?.intersection(providers.get(source) ?? VersionRange.any);
    if (common === undefined)
      notes.push(`${input}: "${constraint}" is not a version constraint of ${source}, and was left out.`);
    else if (common.isEmpty)
      notes.push(
        `${input}: no version of ${source} satisfies "${constraint}" as well as the other constraints; it was left out.`,
      );
    else providers.set(source, common);
  }
  for (const [source, version] of locked) {
    const stated = providers.get(source);
    if (stated === undefined || stated.allows(version)) providers.set(source, VersionRange.exactly(version));
  }
  return { providers, notes };
}

/** The versions in the `.terraform.lock.hcl` next to an input, by source; empty where there is none. */
export function lockedVersions(folder: string): ReadonlyMap<string, string> {
  const locked = new Map<string, string>();
  const text = textIfThere(join(folder, ".terraform.lock.hcl"));
  // Terraform writes the file, always in this form.
  const blocks = text?.matchAll(/^provider "([^"]+)" \{\s*\n\s*version\s*=\s*"([\d.]+(?:[-+][\w.+-]+)?)"/gm);
  for (const [, source = "", version = ""] of blocks ?? []) locked.set(providerSource(source), version);
  return locked;
}

/** What is taken for a provider of which an input states no version. */
export function assumedVersions(source: string): VersionRange {
  return GOOGLE.includes(source) ? newest : VersionRange.any;
}

/** One sentence for all inputs that use a provider of Google and state no version of it. */
export function versionNotes(inputs: readonly Input[]): string[] {
  return GOOGLE.flatMap((source) => {
    const silent = inputs.filter(
      ({ resources, providers }) =>
        providers?.has(source) !== true && resources.some((resource) => resource.providerSource === source),
    );
    if (silent.length === 0) return [];
    const names = [...new Set(silent.map(({ name }) => name))].join(", ");
    return [
      `No version of the provider ${source} is stated in ${names}: it was checked against ${NEWEST_PROVIDER}, the newest known. State one in required_providers.`,
    ];
  });
}
