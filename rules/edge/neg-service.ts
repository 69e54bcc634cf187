import { isServerless, soleReference } from "../../analysis/load-balancing/load-balancer.ts";
import { missingSeverity, nearestHint } from "../../analysis/references/names.ts";
import { serviceTypes } from "../../analysis/workload/index.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../resources/limits.ts";
import { enumerated } from "../../values/enumerated.ts";
import type { Rule, Violation } from "../rule.ts";

/** A serverless NEG is for a Cloud Run service that exists, in its own region and project. */
export const negService: Rule = {
  id: "edge/neg-service",
  why: "A serverless NEG for a service that does not exist, or is in another region, is created all the same and returns 404 to every request.",
  limit: "a Cloud Run service of the same project and region",
  fix: "Refer to the service: cloud_run { service = google_cloud_run_v2_service.NAME.name }, with its location as the region.",
  source: loadBalancerLimits.serverlessNegsPerRegion.source,
  *check(graph) {
    for (const neg of graph.all("google_compute_region_network_endpoint_group")) {
      if (!isServerless(neg)) continue;
      const written = neg.get("cloud_run.service");
      if (written === undefined || written === "") continue;
      const other = otherKind(graph, neg, written);
      if (other !== undefined && graph.target(written, serviceTypes, neg).kind !== "resource") {
        yield {
          resource: neg,
          message: `cloud_run.service is ${other}; fails at run time: only services take requests.`,
          fix: "Refer to a google_cloud_run_v2_service.",
        };
        continue;
      }
      yield* attribute(neg, written);
      const target = graph.target(written, serviceTypes, neg);
      if (target.kind === "missing") {
        yield {
          resource: neg,
          severity: missingSeverity(target),
          message: `cloud_run.service is "${target.name}", which is not defined${nearestHint(target)}; fails at run time: every request gets 404.`,
        };
      }
      const service = target.kind === "resource" ? target.resource : referred(graph, neg);
      if (service !== undefined) yield* place(graph, neg, service);
      if (typeof written === "string" && target.kind !== "resource") yield* elsewhere(graph, neg, written);
    }
  },
};

/** A NEG takes the name of its service: the form of a literal is in the catalogue, other attributes are rejected too. */
function* attribute(neg: Resource, written: Value): Iterable<Violation> {
  const { address = "", attribute = "" } = soleReference(written) ?? {};
  // A plan does not show whether a function made a name of the id.
  if (neg.change !== undefined || !/google_cloud_run_(v2_)?service\.[^.]+$/.test(address)) return;
  if (!/^(id|uri|uid|self_link)$|^status/.test(attribute)) return;
  yield {
    resource: neg,
    message: `cloud_run.service is the ${attribute} of ${address}; rejected by the API: it must be the name of the service.`,
    fix: `Set service = ${address}.name.`,
  };
}

/** The worker pool or job that the NEG names. */
function otherKind(graph: Graph, neg: Resource, written: Value): string | undefined {
  const referred = [...neg.dependencies].map((address) => graph.at(address, neg));
  return referred.find(
    (other) =>
      /^google_cloud_run_v2_(worker_pool|job)$/.test(other?.type ?? "") &&
      (soleReference(written)?.address === other?.address || written === other?.string("name")),
  )?.address;
}

/** The service that an expression of the NEG refers to: its name alone would be looked for in the project of the NEG. */
function referred(graph: Graph, neg: Resource): Resource | undefined {
  const found = [...neg.dependencies]
    .map((address) => graph.at(address, neg))
    .filter(
      (resource) =>
        resource !== undefined && serviceTypes.includes(resource.type) && resource.mode === "managed",
    );
  return found.length === 1 ? found[0] : undefined;
}

/** A service that runs in several regions has its name in each of them, but not in that of the NEG. */
function* elsewhere(graph: Graph, neg: Resource, name: string): Iterable<Violation> {
  const here = graph.region(neg);
  const services = serviceTypes.flatMap((type) =>
    graph.all(type).filter((service) => service.string("name") === name),
  );
  const regions = services.map((service) => graph.region(service));
  if (here === undefined || services.length < 2 || regions.some((one) => one === undefined || one === here))
    return;
  yield {
    resource: neg,
    message: `region is ${here} and the services named "${name}" are in ${enumerated([...new Set(regions)].map(String))}; fails at run time: the NEG finds no such service in its own region.`,
    fix: `Add a service "${name}" in ${here}, or remove the NEG from its backend service.`,
  };
}

function* place(graph: Graph, neg: Resource, service: Resource): Iterable<Violation> {
  const [here, there] = [graph.region(neg), graph.region(service)];
  if (here !== undefined && there !== undefined && here !== there)
    yield {
      resource: neg,
      message: `region is ${here} and ${service.address} is in ${there}; fails at run time: the NEG finds no such service in its own region.`,
      fix: `Set region = "${there}".`,
    };
  const [own, other] = [graph.project(neg), graph.project(service)];
  if (own !== undefined && other !== undefined && own !== other)
    yield {
      resource: neg,
      message: `project is ${own} and ${service.address} is in ${other}; fails at run time: a serverless NEG serves its own project only.`,
      fix: `Create the NEG in ${other}.`,
    };
}
