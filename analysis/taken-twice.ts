import type { Graph, Resource } from "../graph/index.ts";
import { mayExclude } from "./exclusive.ts";

/** What a resource takes for itself: texts, and other resources. Undefined among them where it is not known. */
export type Taken = readonly (string | Resource | undefined)[];

/**
 * Of resources of which each takes something that only one can have, those that come second, with the first. What is not
 * known is not compared, nor are resources of different stacks or ones that may exist only without each other.
 */
export function* takenTwice(
  graph: Graph,
  resources: readonly Resource[],
  takes: (resource: Resource) => Iterable<Taken>,
): Iterable<{ readonly first: Resource; readonly second: Resource }> {
  if (resources.length < 2) return;
  const firsts = new Map<string, Resource>();
  for (const second of resources)
    for (const taken of takes(second)) {
      if (taken.includes(undefined)) continue;
      const key = JSON.stringify(
        taken.map((part) => (typeof part === "object" ? graph.key(part.address, part) : part)),
      );
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, second);
      else if (first !== second && graph.together(first, second) && !mayExclude(first, second))
        yield { first, second };
    }
}
