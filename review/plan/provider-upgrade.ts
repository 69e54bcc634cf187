import { type Json, listOf, objectOf, own } from "../../graph/index.ts";
import { VersionRange } from "../../resources/versions.ts";
import { plural } from "../../values/words.ts";
import { differences } from "./differences.ts";
import { FirstReads } from "./first-reads.ts";
import { rawChange } from "./planned-change.ts";

/**
 * One sentence where plans are made with a newer provider than the states: resources have attributes that the one which
 * wrote their state did not know. Undefined where no plan shows that.
 */
export function providerUpgrade(plans: readonly Json[]): string | undefined {
  let resources = 0;
  let stacks = 0;
  let before: string | undefined;
  const made = new Set<string>();
  for (const plan of plans) {
    const firstReads = new FirstReads(plan);
    const read = listOf(own(plan, "resource_drift"))
      .map(objectOf)
      .flatMap((resource) => {
        const since = differences(rawChange(objectOf(resource.change)))
          .filter((attribute) => firstReads.has(resource, attribute))
          .flatMap(({ path }) => firstReads.readSince(resource, path) ?? []);
        return since.length === 0 ? [] : [{ resource, since }];
      });
    if (read.length > 0) stacks += 1;
    for (const { resource, since } of read) {
      resources += 1;
      made.add(firstReads.constraint(resource) ?? "a newer one");
      for (const release of since)
        if (before === undefined || VersionRange.of({ since: release }).allows(before)) before = release;
    }
  }
  if (before === undefined) return undefined;
  return `The Google provider is upgraded: the states of ${plural(stacks, "stack")} were written before ${before}, and these plans are made with ${[...made].join(" and ")}, which reads attributes of ${plural(resources, "resource")} for the first time. That alone changes nothing (docs/provider.md).`;
}
