import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** Resources that belong to the project of their network, and the attribute that names it. */
const OF_NETWORK: Readonly<Record<string, string>> = {
  google_compute_firewall: "network",
  google_compute_ha_vpn_gateway: "network",
  google_compute_route: "network",
  google_compute_router: "network",
  google_compute_subnetwork: "network",
  google_compute_vpn_gateway: "network",
};

/** What a service project may have on the network of a host project, and what belongs to the host project itself. */
export const sharedVpc: Rule = {
  id: "reachability/shared-vpc",
  why: "With Shared VPC the network belongs to the host project: not everything of a service project may name it.",
  limit:
    "Redis with DIRECT_PEERING, a connector with network, and subnets, routes, routers, VPN gateways and firewall rules are in the project of their network",
  fix: 'Set project to that of the network, for example project = "acme-host".',
  source: "https://docs.cloud.google.com/memorystore/docs/redis/networking",
  *check(graph) {
    for (const redis of graph.all("google_redis_instance")) {
      const mode = redis.get("connect_mode") || "DIRECT_PEERING";
      if (mode === "DIRECT_PEERING")
        yield* foreign(graph, redis, "authorized_network", {
          because: "with DIRECT_PEERING (the default) the network must be of the same project",
          fix: 'Set connect_mode = "PRIVATE_SERVICE_ACCESS", which works with Shared VPC.',
        });
    }
    for (const connector of graph.all("google_vpc_access_connector"))
      yield* foreign(graph, connector, "network", {
        because: "a connector enters a network of another project only by a subnet of it",
        fix: 'Replace network and ip_cidr_range by subnet { name = "connector" project_id = "acme-host" }, a /28 of the host project.',
        source: "https://docs.cloud.google.com/vpc/docs/serverless-vpc-access",
      });
    for (const address of graph.all("google_compute_global_address"))
      if (address.string("purpose") === "VPC_PEERING") yield* foreign(graph, address, "network", ofNetwork);
    for (const [type, attribute] of Object.entries(OF_NETWORK))
      for (const resource of graph.all(type)) yield* foreign(graph, resource, attribute, ofNetwork);
  },
};

interface Reason {
  readonly because: string;
  readonly fix?: string;
  readonly source?: string;
}

const ofNetwork: Reason = {
  because: "cross-project references to the network are not allowed here",
  source: "https://docs.cloud.google.com/vpc/docs/shared-vpc",
};

function* foreign(
  graph: Graph,
  resource: Resource,
  attribute: string,
  { because, ...rest }: Reason,
): Iterable<Violation> {
  const own = graph.project(resource);
  const owner = projectOfNetwork(graph, resource.get(attribute), resource);
  // A number and a name may be of one project.
  if (own === undefined || owner === undefined || own === owner || [own, owner].some(isNumber)) return;
  yield {
    resource,
    message: `${attribute} is of the project "${owner}", but the project here is "${own}"; rejected by the API: ${because}.`,
    ...rest,
  };
}

function isNumber(project: string): boolean {
  return /^\d+$/.test(project);
}

function projectOfNetwork(graph: Graph, value: Value | undefined, from: Resource): string | undefined {
  if (typeof value === "string" && value.includes("/"))
    return /(?:^|\/)projects\/([^/]+)\/global\/networks\//.exec(value)?.[1];
  const target = graph.target(value, ["google_compute_network"], from);
  return target.kind === "resource" && typeof value !== "string" ? graph.project(target.resource) : undefined;
}
