import type { Graph, Resource } from "../../graph/index.ts";
import { factsOf, type TypeFacts } from "../../resources/facts/index.ts";
import type { VersionRange } from "../../resources/versions.ts";

/** A resource of Google's provider as it is written, with what is known of its type. */
export interface Subject {
  readonly resource: Resource;
  readonly provider: "google" | "google-beta";
  /** Undefined where no version of the provider has the type. */
  readonly facts: TypeFacts | undefined;
  /** The versions that the input allows: the newest known one where it states none. */
  readonly versions: VersionRange;
  /** False where the input states no version. */
  readonly isStated: boolean;
}

const known = new WeakMap<Graph, readonly Subject[]>();

/** The resources of Google's providers that a configuration holds: what a plan or a state holds, the provider has checked. */
export function subjects(graph: Graph): readonly Subject[] {
  const found = known.get(graph) ?? graph.all().flatMap((resource) => subjectOf(resource, graph) ?? []);
  known.set(graph, found);
  return found;
}

function subjectOf(resource: Resource, graph: Graph): Subject | undefined {
  const provider = /^hashicorp\/(google|google-beta)$/.exec(resource.providerSource)?.[1];
  if (provider !== "google" && provider !== "google-beta") return undefined;
  if (!resource.type.startsWith("google_") || graph.isFromProvider(resource)) return undefined;
  return {
    resource,
    provider,
    facts: factsOf(resource.type, provider),
    versions: graph.providerVersions(resource),
    isStated: graph.statesProviderVersion(resource),
  };
}
