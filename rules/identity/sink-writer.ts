import {
  DATASET_WRITING_ROLES,
  grants,
  OBJECT_WRITING_ROLES,
  PUBLISHING_ROLES,
} from "../../analysis/identity/grants.ts";
import { references } from "../../analysis/references/text.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const SINKS = [
  "google_logging_project_sink",
  "google_logging_folder_sink",
  "google_logging_organization_sink",
  "google_logging_billing_account_sink",
];
/** What a sink writes to, with the roles that let its writer do so; the first is the one to grant. */
const ROLES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  google_pubsub_topic: PUBLISHING_ROLES,
  google_storage_bucket: OBJECT_WRITING_ROLES,
  google_bigquery_dataset: DATASET_WRITING_ROLES,
};

/** A sink of logs writes as an account of its own. */
export const sinkWriter: Rule = {
  id: "identity/sink-writer",
  why: "A sink writes as an account that Google makes for it, and its destination refuses what that account may not write: the logs are lost.",
  limit: "writer_identity of each sink is granted a role on the destination that the input defines",
  fix: "Grant the role on the destination to writer_identity of the sink.",
  source: "https://docs.cloud.google.com/logging/docs/export/configure_export_v2#dest-auth",
  exampleSeverity: "warning",
  *check(graph) {
    if (!graph.complete) return;
    const granted = new Set(
      graph
        .all()
        .filter((resource) => !SINKS.includes(resource.type))
        .flatMap((resource) => [...resource.dependencies]),
    );
    for (const sink of graph.all(...SINKS)) {
      const destination = destinationOf(graph, sink);
      if (destination === undefined) continue;
      const [role, ...others] = ROLES[destination.type] ?? [];
      if (role === undefined) continue;
      // Whatever refers to the sink may grant it the role.
      if (granted.has(blockOf(sink.address)) || granted.has(sink.address)) {
        const wrong = uselessRoles(graph, sink, [role, ...others]);
        if (wrong !== undefined)
          yield {
            resource: sink,
            severity: "warning",
            message: `destination is ${destination.address}, and writer_identity of the sink is granted ${wrong.join(" and ")}, which does not write there; fails at run time: the destination refuses the logs, and they are lost.`,
            fix: `Grant ${role} on ${destination.address} to ${sink.address}.writer_identity.`,
          };
        continue;
      }
      yield {
        resource: sink,
        severity: "warning",
        message: `destination is ${destination.address}, and nothing grants ${role} on it to writer_identity of the sink; fails at run time: the destination refuses the logs, and they are lost.`,
        fix: `Grant ${role} on ${destination.address} to ${sink.address}.writer_identity.`,
      };
    }
  },
};

/** The roles that its writer is granted, where all are known and none of them writes; undefined otherwise. */
function uselessRoles(graph: Graph, sink: Resource, writing: readonly string[]): string[] | undefined {
  const isOf = (resource: Resource) =>
    resource !== sink &&
    [sink.address, blockOf(sink.address)].some((each) => resource.dependencies.has(each));
  const roles = grants(graph)
    .filter(({ resource, members }) => {
      const named = members.flatMap((member) => references(member).map(({ address }) => address));
      return isOf(resource) && named.some((address) => blockOf(address) === blockOf(sink.address));
    })
    .map(({ role }) => role);
  const known = new Set<string>();
  for (const role of roles) {
    if (typeof role !== "string" || !role.startsWith("roles/") || writing.includes(role)) return undefined;
    known.add(role);
  }
  // What refers to the sink and is no grant may give the role in a way of its own: access of a dataset, a module.
  const read = new Set(grants(graph).map(({ resource }) => resource));
  const others = graph.all().some((each) => isOf(each) && !SINKS.includes(each.type) && !read.has(each));
  return others || known.size === 0 ? undefined : [...known];
}

/** What the destination is made of, such as the name of a bucket. */
function destinationOf(graph: Graph, sink: Resource): Resource | undefined {
  for (const address of sink.dependencies) {
    const resource = graph.at(address, sink);
    if (resource !== undefined && Object.hasOwn(ROLES, resource.type)) return resource;
  }
  return undefined;
}

function blockOf(address: string): string {
  return address.replace(/\[[^[]*\]$/, "");
}
