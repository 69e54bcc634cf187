import { follow } from "../../analysis/references/follow.ts";
import { nameOf } from "../../analysis/references/names.ts";
import { isCreated } from "../../analysis/references/order.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const SECRET = ["google_secret_manager_secret"];

/** A secret has a value before a workload reads it. */
export const secretValue: Rule = {
  id: "identity/secret-value",
  why: "A secret is created empty: a revision that reads it in the same apply does not become ready until somebody adds a version.",
  limit:
    "a google_secret_manager_secret_version of each secret that the same apply creates and a workload reads",
  fix: "Add a google_secret_manager_secret_version, or create the secret in a stack that is applied first and give it its value before this one.",
  source: "https://docs.cloud.google.com/secret-manager/docs/add-secret-version",
  exampleSeverity: "warning",
  *check(graph) {
    if (!graph.complete) return;
    const versions = graph
      .all("google_secret_manager_secret_version")
      .map((version) => follow(graph, version.get("secret"), SECRET, version));
    // A version of a secret that is not known may be of any.
    if (!versions.includes(undefined)) yield* evaluate(graph, new Set(versions));
  },
};

function* evaluate(graph: Graph, filled: ReadonlySet<Resource | undefined>): Iterable<Violation> {
  for (const { resource, secrets } of workloads(graph)) {
    const reported = new Set<Resource>();
    for (const { place, secret: written } of secrets) {
      const secret = follow(graph, written, SECRET, resource);
      if (secret === undefined || filled.has(secret) || reported.has(secret)) continue;
      if (!graph.together(resource, secret) || !isCreated(secret)) continue;
      reported.add(secret);
      yield {
        resource,
        severity: "warning",
        message: `${place} reads the secret "${nameOf(secret) ?? secret.address}" (${secret.address}), which the same apply creates without a version; rejected by the API: there is no value yet, and the revision does not become ready.`,
      };
    }
  }
}
