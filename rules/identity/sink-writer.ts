import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const SINKS = [
  "google_logging_project_sink",
  "google_logging_folder_sink",
  "google_logging_organization_sink",
  "google_logging_billing_account_sink",
];
/** What a sink writes to, with the role that its writer needs there. */
const ROLES: Readonly<Record<string, string>> = {
  google_pubsub_topic: "roles/pubsub.publisher",
  google_storage_bucket: "roles/storage.objectCreator",
  google_bigquery_dataset: "roles/bigquery.dataEditor",
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
      // Whatever refers to the sink may grant it the role.
      if (destination === undefined || granted.has(blockOf(sink.address)) || granted.has(sink.address))
        continue;
      const role = ROLES[destination.type];
      yield {
        resource: sink,
        severity: "warning",
        message: `destination is ${destination.address}, and nothing grants ${role} on it to writer_identity of the sink; fails at run time: the destination refuses the logs, and they are lost.`,
        fix: `Grant ${role} on ${destination.address} to ${sink.address}.writer_identity.`,
      };
    }
  },
};

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
