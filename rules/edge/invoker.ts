import { exposures } from "../../analysis/load-balancing/exposure.ts";
import { follow } from "../../analysis/references/follow.ts";
import { serviceTypes } from "../../analysis/workload/index.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

const GRANTS = ["google_cloud_run_v2_service_iam", "google_cloud_run_service_iam"].flatMap((type) =>
  ["member", "binding", "policy"].map((kind) => `${type}_${kind}`),
);

/** A service that a load balancer serves to the internet may be invoked. */
export const invoker: Rule = {
  id: "edge/invoker",
  why: "Behind an external load balancer without IAP a request has no Google identity: without an invoker grant to allUsers it gets 403.",
  limit: "roles/run.invoker for allUsers, or invoker_iam_disabled, or IAP",
  fix: "Grant roles/run.invoker to allUsers with google_cloud_run_v2_service_iam_member, or set invoker_iam_disabled = true.",
  source: "https://docs.cloud.google.com/run/docs/authenticating/public",
  *check(graph) {
    yield* locations(graph);
    const granted = grantedServices(graph);
    if (granted === undefined) return;
    const seen = new Set<Resource>();
    for (const { workload, backend, reachable } of exposures(graph)) {
      const { resource } = workload;
      if (granted.has(resource) || seen.has(resource)) continue;
      if (
        resource.boolean("invoker_iam_disabled") === true ||
        isUnknown(resource.get("invoker_iam_disabled"))
      )
        continue;
      if (isSet(backend, "iap") || isSet(resource, "iap_enabled")) continue;
      seen.add(resource);
      // Where others are granted here, this one was forgotten; otherwise the grants are defined elsewhere.
      const forgotten = granted.size > 0 && reachable;
      const [other] = granted;
      yield {
        resource,
        severity: forgotten ? "error" : "warning",
        message: forgotten
          ? `no roles/run.invoker for the service behind ${backend.address}, while ${other?.address} has a grant; fails at run time: every request gets 403.`
          : `no roles/run.invoker for the service behind ${backend.address} is defined here; fails at run time: requests without a token get 403.`,
      };
    }
  },
};

/** A grant names its service by name and location: together they must be those of the service. */
function* locations(graph: Graph): Iterable<Violation> {
  for (const grant of graph.all(...GRANTS)) {
    const name = grant.string("name") ?? grant.string("service");
    const here = grant.string("location");
    if (name === undefined || here === undefined) continue;
    const found = graph
      .all(...serviceTypes)
      .filter((each) => each.string("name") === name && graph.project(each) === graph.project(grant));
    const [service] = found;
    const there = service?.string("location");
    if (
      service === undefined ||
      there === undefined ||
      found.some((each) => each.string("location") === undefined)
    )
      continue;
    if (found.some((each) => each.string("location") === here)) continue;
    yield {
      resource: grant,
      message: `location is ${here} and ${service.address} is in ${there}; rejected by the API: there is no such service in ${here}.`,
      fix: `Set location = "${there}".`,
    };
  }
}

/** Services with any grant of their own; undefined where a grant cannot be followed, as it may be for any of them. */
function grantedServices(graph: Graph): Set<Resource> | undefined {
  const granted = new Set<Resource>();
  for (const grant of graph.all(...GRANTS)) {
    // Viewers may not invoke it.
    if (grant.string("role") === "roles/run.viewer") continue;
    const service = follow(graph, grant.get("name") ?? grant.get("service"), serviceTypes, grant);
    if (service === undefined) return undefined;
    granted.add(service);
  }
  return granted;
}
