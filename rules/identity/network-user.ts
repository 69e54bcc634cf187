import { agentMayHold } from "../../analysis/identity/grants.ts";
import { follow } from "../../analysis/references/follow.ts";
import { textOf } from "../../analysis/references/text.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const AGENT = "serverless-robot-prod";
const ROLES = ["roles/compute.networkUser", "roles/compute.networkAdmin"];

/** In a service project Cloud Run uses subnets of the host project with a role that somebody grants it. */
export const networkUser: Rule = {
  id: "identity/network-user",
  why: "Cloud Run of a service project enters a subnet of the host project as its service agent, which has no right there by itself.",
  limit: `the service agent of Cloud Run in the service project holds ${ROLES[0]} on the subnet or the host project`,
  fix: "Grant the role on the subnet to the service agent of Cloud Run, as the owner of the host project.",
  source: "https://docs.cloud.google.com/run/docs/configuring/shared-vpc-direct-vpc",
  exampleSeverity: "warning",
  *check(graph) {
    const hosts = hostProjects(graph);
    if (hosts.size === 0 || !graph.complete || agentMayHold(graph, AGENT, ROLES, ["compute_subnetwork"]))
      return;
    for (const { resource, vpcAccess } of workloads(graph))
      for (const { subnetwork } of vpcAccess.interfaces) {
        const subnet = follow(graph, subnetwork, ["google_compute_subnetwork"], resource);
        const host =
          subnet === undefined
            ? /(?:^|\/)projects\/([^/]+)\/regions\//.exec(textOf(subnetwork) ?? "")?.[1]
            : graph.project(subnet);
        if (host === undefined || !hosts.has(host) || graph.project(resource) === host) continue;
        yield {
          resource,
          severity: "warning",
          message: `it enters a subnet of the host project "${host}", and no account of ${AGENT}.iam.gserviceaccount.com has ${ROLES[0]} there; rejected by the API: the service agent may not use the subnet.`,
        };
      }
  },
};

/** The host projects to which the input attaches service projects: it then is the place of their grants, too. */
function hostProjects(graph: Graph): ReadonlySet<string> {
  const names = (resource: Resource) => resource.string("host_project") ?? [];
  return new Set(graph.all("google_compute_shared_vpc_service_project").flatMap(names));
}
