import {
  differ,
  type Network,
  networkLabel,
  networkOf,
  networkOfServer,
  same,
} from "../../analysis/network/network.ts";
import { networkKey } from "../../analysis/network/network-key.ts";
import { unordered } from "../../analysis/references/order.ts";
import { takenTwice } from "../../analysis/taken-twice.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { resourceTypes } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

const POLICY = "google_network_connectivity_service_connection_policy";

/** Of subnets that take no endpoints. */
const PURPOSES = /^(PRIVATE_SERVICE_CONNECT|REGIONAL_MANAGED_PROXY|GLOBAL_MANAGED_PROXY|PRIVATE_NAT)$/;

/** A cluster of Memorystore gets its endpoints from a service connection policy of its network and region. */
export const connectionPolicy: Rule = {
  id: "reachability/connection-policy",
  why: "Memorystore makes the endpoints of a cluster by a service connection policy; without one, or before it exists, the creation fails.",
  limit:
    "a google_network_connectivity_service_connection_policy of the network, the region and the service class, before the cluster",
  fix: "Add the policy, and let the cluster depend on it.",
  source: "https://docs.cloud.google.com/memorystore/docs/cluster/networking",
  *check(graph) {
    const policies = graph.all(POLICY).map((policy) => policyOf(graph, policy));
    for (const { type, server } of resourceTypes) {
      if (server?.serviceClass === undefined) continue;
      for (const cluster of graph.all(type)) yield* evaluate(graph, cluster, server.serviceClass, policies);
    }
    for (const policy of policies) yield* foreignSubnets(graph, policy);
    for (const { first, second } of takenTwice(graph, graph.all(POLICY), (policy) => [
      [
        networkKey(graph, policy.get("network"), policy),
        policy.string("location"),
        policy.string("service_class"),
      ],
    ]))
      yield {
        resource: second,
        message: `network, location and service_class are those of ${first.address}; rejected by the API: a network has one policy of a class in a region.`,
        fix: "Write the subnets into one policy.",
      };
  },
};

interface Policy {
  readonly resource: Resource;
  readonly serviceClass: string | undefined;
  readonly region: string | undefined;
  readonly network: Network | undefined;
}

function policyOf(graph: Graph, resource: Resource): Policy {
  return {
    resource,
    serviceClass: resource.string("service_class"),
    region: resource.string("location"),
    network: networkOf(graph, resource.get("network"), resource),
  };
}

function* evaluate(
  graph: Graph,
  cluster: Resource,
  serviceClass: string,
  policies: readonly Policy[],
): Iterable<Violation> {
  const network = networkOfServer(graph, cluster);
  const region = graph.region(cluster);
  const fits = (policy: Policy): boolean =>
    (policy.serviceClass === undefined || policy.serviceClass === serviceClass) &&
    (policy.region === undefined || region === undefined || policy.region === region) &&
    !differ(policy.network, network);
  const own = policies.filter(fits);
  const [first] = own;
  if (first !== undefined) {
    if (!own.every(({ resource }) => unordered(graph, cluster, resource))) return;
    yield {
      resource: cluster,
      message: `nothing makes it wait for ${first.resource.address}, so both are created at the same time; rejected by the API: the network has no service connection policy yet.`,
      fix: `Add depends_on = [${first.resource.address}].`,
    };
    return;
  }
  // The policy of a network that others own is often theirs as well.
  if (network?.resource === undefined || !graph.complete) return;
  const near = policies.find((policy) => same(policy.network, network)) ?? policies[0];
  yield {
    resource: cluster,
    message: `${networkLabel(network)} has no service connection policy of class ${serviceClass}${region === undefined ? "" : ` in ${region}`}${near === undefined ? "" : ` (${near.resource.address} is of class ${near.serviceClass ?? "?"} in ${near.region ?? "?"} on ${near.network === undefined ? "another network" : networkLabel(near.network)})`}; rejected by the API: its endpoints cannot be made.`,
    fix: `Add a ${POLICY} with service_class = "${serviceClass}"${region === undefined ? "" : ` and location = "${region}"`} on ${networkLabel(network)}, and let ${cluster.address} depend on it.`,
  };
}

/** The endpoints take their addresses from subnets of the policy's own network and region. */
function* foreignSubnets(graph: Graph, { resource, region, network }: Policy): Iterable<Violation> {
  const named = resource.get("psc_config.subnetworks");
  for (const value of Array.isArray(named) ? named : []) {
    const target = graph.target(value, ["google_compute_subnetwork"], resource);
    if (target.kind !== "resource") continue;
    const home = graph.region(target.resource);
    const its = networkOf(graph, target.resource.get("network"), target.resource);
    const wrong =
      region !== undefined && home !== undefined && region !== home
        ? `in ${home}, and the policy in ${region}`
        : its !== undefined && network !== undefined && differ(its, network)
          ? `on ${networkLabel(its)}, and the policy on ${networkLabel(network)}`
          : PURPOSES.test(target.resource.string("purpose") ?? "")
            ? `of purpose ${target.resource.string("purpose")}, and not an ordinary one`
            : undefined;
    if (wrong === undefined) continue;
    yield {
      resource,
      message: `psc_config.subnetworks names ${target.resource.address}, which is ${wrong}; rejected by the API: a policy takes subnets of its own network and region.`,
      fix: "Name a subnet of the policy's network and region.",
    };
  }
}
