import { missingSeverity, nameOf, nearestHint } from "../../analysis/references/names.ts";
import { type Workload, workloads } from "../../analysis/workload/index.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { cannotTell } from "./cannot-tell.ts";

/** The connector of a workload exists, in its region, and is its only path into the VPC. */
export const connector: Rule = {
  id: "reachability/connector",
  why: "A workload whose connector does not exist, or is of another region, cannot be deployed.",
  limit: "the connector exists in the region of the workload, and is alone in vpc_access",
  fix: "Name a connector of the workload's own region, and write either connector or network_interfaces.",
  source: "https://docs.cloud.google.com/vpc/docs/serverless-vpc-access",
  *check(graph) {
    for (const workload of workloads(graph)) {
      if (workload.vpcAccess.connector === undefined) continue;
      if (workload.vpcAccess.interfaces.length > 0) yield both(workload);
      yield* named(graph, workload);
    }
  },
};

function both({ resource }: Workload): Violation {
  return {
    resource,
    message:
      "vpc_access names a connector and network_interfaces, of which only one is allowed; rejected by the API: the two ways into the VPC exclude each other.",
    fix: "Remove the connector or the network_interfaces block.",
  };
}

function* named(graph: Graph, { resource, vpcAccess: { connector } }: Workload): Iterable<Violation> {
  const target = graph.target(connector, ["google_vpc_access_connector"], resource);
  const region = graph.region(resource);
  if (target.kind === "missing") {
    yield {
      resource,
      severity: missingSeverity(target),
      message: `the connector "${target.name}" is not defined${nearestHint(target)}; rejected by the API: the connector does not exist.`,
      fix: `Name ${target.nearest?.address ?? "a connector that exists"}, by reference rather than by text.`,
    };
    return;
  }
  yield* cannotTell(resource, "the connector", connector, target);
  if (region === undefined) return;
  if (target.kind === "resource") {
    const other = graph.region(target.resource);
    if (other === undefined || other === region) return;
    yield* elsewhere(graph, resource, region, target.resource, other);
    return;
  }
  const written = typeof connector === "string" ? connector : "";
  const other = /\/locations\/([a-z0-9-]+)\/connectors\//.exec(written)?.[1];
  if (isUnknown(connector) || other === undefined || other === region) return;
  yield regionVerdict(resource, `the connector "${written}"`, other, region);
}

/** The end to change is the one that is alone: the connector where no other workload of its region uses it. */
function* elsewhere(
  graph: Graph,
  resource: Resource,
  region: string,
  target: Resource,
  other: string,
): Iterable<Violation> {
  const label = `the connector "${nameOf(target) ?? target.address}" (${target.address})`;
  yield regionVerdict(resource, label, other, region);
  const fits = workloads(graph).some(
    (workload) => graph.region(workload.resource) === other && workload.resource !== resource,
  );
  const alternative = graph
    .all("google_vpc_access_connector")
    .some((candidate) => graph.region(candidate) === region);
  if (fits || alternative) return;
  yield {
    resource: target,
    message: `the connector is in ${other}, but ${resource.address}, which uses it, runs in ${region}; rejected by the API: a connector serves its own region only.`,
    fix: `Set region = "${region}" on the connector, or move the workload.`,
  };
}

function regionVerdict(resource: Resource, label: string, other: string, region: string): Violation {
  return {
    resource,
    message: `it runs in ${region}, but ${label} is in ${other}; rejected by the API: a connector serves its own region only.`,
    fix: `Use a connector in ${region}.`,
  };
}
