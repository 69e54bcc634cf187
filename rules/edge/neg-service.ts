import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { serviceTypes } from "../workload/index.ts";
import { isAbsent, isServerless, text } from "./load-balancer.ts";

/** A serverless NEG names a Cloud Run service that exists, in its own region and project. */
export const negService: Rule = {
  id: "edge/neg-service",
  why: "A serverless NEG that names a service which does not exist, or which runs elsewhere, is created without complaint and answers 404 to every request.",
  limit: "a Cloud Run service of the same project and region",
  fix: "Refer to the service: cloud_run { service = google_cloud_run_v2_service.NAME.name }, with its location as the region.",
  source: loadBalancerLimits.serverlessNegsPerRegion.source,
  example: `resource "google_compute_region_network_endpoint_group" "api" {
  region = "europe-west1"
  cloud_run { service = "api" } # google_cloud_run_v2_service.api is in us-central1
}`,
  *check(graph) {
    for (const neg of graph.all("google_compute_region_network_endpoint_group")) {
      yield* kind(neg);
      if (!isServerless(neg)) continue;
      const written = neg.get("cloud_run.service");
      if (written === undefined || written === "") continue;
      yield* form(neg, written);
      const target = graph.target(written, serviceTypes, neg);
      if (target.kind === "missing") {
        const nearest = target.nearest === undefined ? "" : `; the nearest is ${target.nearest.address}`;
        yield {
          resource: neg,
          severity: "error",
          message: `cloud_run names the service "${target.name}", which is not defined here${nearest}: breaks at run time, every request gets 404.`,
        };
      }
      const service = target.kind === "resource" ? target.resource : referred(graph, neg);
      if (service !== undefined) yield* place(graph, neg, service);
    }
  },
};

/** A NEG takes the bare name of its service: ids and addresses are refused, as they hold slashes. */
function* form(neg: Resource, written: Value): Iterable<Verdict> {
  // A plan does not tell whether a function made something else of the id.
  const whole = isUnknown(written) && neg.change === undefined && written.parts.length === 0;
  const [reference, more] = whole ? written.references : [];
  const attribute =
    more === undefined && /google_cloud_run_(v2_)?service\.[^.]+$/.test(reference?.address ?? "")
      ? reference?.attribute
      : undefined;
  const literal = typeof written === "string" && written.includes("/");
  if (!literal && !/^(id|uri|uid|self_link)$|^status/.test(attribute ?? "")) return;
  yield {
    resource: neg,
    severity: "error",
    message: `cloud_run names its service by ${literal ? `"${written}"` : `the attribute ${attribute}`}: refused at apply, it takes the bare name.`,
    fix: "Refer to the name attribute of the service.",
  };
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

function* place(graph: Graph, neg: Resource, service: Resource): Iterable<Verdict> {
  const [here, there] = [graph.region(neg), graph.region(service)];
  if (here !== undefined && there !== undefined && here !== there)
    yield {
      resource: neg,
      severity: "error",
      message: `the NEG is in ${here}, but ${service.address} runs in ${there}: breaks at run time, the NEG finds no such service in its own region.`,
      fix: `Set region to ${there}.`,
    };
  const [own, other] = [graph.project(neg), graph.project(service)];
  if (own !== undefined && other !== undefined && own !== other)
    yield {
      resource: neg,
      severity: "error",
      message: `the NEG is in project ${own}, but ${service.address} runs in ${other}: breaks at run time, a serverless NEG serves its own project only.`,
      fix: `Create the NEG in ${other}.`,
    };
}

/** The type of the endpoint group and what it points to go together. */
function* kind(neg: Resource): Iterable<Verdict> {
  const type = text(neg, "network_endpoint_type") ?? "SERVERLESS";
  const serverless = ["cloud_run", "cloud_function", "app_engine", "serverless_deployment"];
  const pointsAt = serverless.filter((name) => neg.blocks(name).length > 0);
  if (type !== "SERVERLESS" && pointsAt.length > 0)
    yield {
      resource: neg,
      severity: "error",
      message: `network_endpoint_type is ${type}, but ${pointsAt[0]} is set: refused at apply, only a SERVERLESS group points at it.`,
      fix: `Set network_endpoint_type to SERVERLESS or remove ${pointsAt[0]}.`,
    };
  if (pointsAt.length > 1)
    yield {
      resource: neg,
      severity: "error",
      message: `${pointsAt.join(" and ")} are both set: refused at plan, a group points at one of them.`,
      fix: "Keep one of them.",
    };
  const known =
    neg.get("network_endpoint_type") === undefined || typeof neg.get("network_endpoint_type") === "string";
  if (
    known &&
    type === "SERVERLESS" &&
    serverless.every((name) => isAbsent(neg, name)) &&
    neg.get("id") === undefined
  )
    yield {
      resource: neg,
      severity: "error",
      message:
        "the serverless NEG points at nothing: refused at apply, it needs cloud_run, cloud_function or app_engine.",
      fix: "Add cloud_run { service = ... }.",
    };
}
