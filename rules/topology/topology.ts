import type { Block, Graph, Resource, Value } from "../../graph/index.ts";
import { needsOfVariable } from "../reachability/needs.ts";
import { serviceTypes, variables, type Workload, workloadOf, workloads } from "../workload/index.ts";

/** A box of the picture. */
export interface Node {
  readonly id: string;
  readonly layer: Layer;
  /** Lines of the box, the first one bold. */
  readonly lines: readonly string[];
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export type Layer = "edge" | "services" | "network" | "data";

export interface Topology {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

interface Kind {
  readonly layer: Layer;
  /** What a person calls it. */
  readonly noun: string;
  /** What the box says under its name. */
  readonly details: (resource: Resource) => readonly (string | undefined)[];
  /** Where its arrows go: attribute path, types of the target, label. */
  readonly links: readonly {
    readonly path: string;
    readonly to: readonly string[];
    readonly label?: string;
  }[];
}

const NETWORK = "google_compute_network";

/** The resources that a person would draw on a whiteboard, and the attributes that connect them. */
const KINDS: Readonly<Record<string, Kind>> = {
  google_compute_global_forwarding_rule: {
    layer: "edge",
    noun: "forwarding rule",
    details: (rule) => [`port ${rule.string("port_range") ?? "?"}`],
    links: [
      { path: "target", to: ["google_compute_target_https_proxy", "google_compute_target_http_proxy"] },
    ],
  },
  google_compute_target_https_proxy: {
    layer: "edge",
    noun: "HTTPS proxy",
    details: () => ["TLS"],
    links: [{ path: "url_map", to: ["google_compute_url_map"] }],
  },
  google_compute_target_http_proxy: {
    layer: "edge",
    noun: "HTTP proxy",
    details: () => [],
    links: [{ path: "url_map", to: ["google_compute_url_map"] }],
  },
  google_compute_url_map: {
    layer: "edge",
    noun: "URL map",
    details: (map) => [map.blocks("default_url_redirect").length > 0 ? "redirects to HTTPS" : hosts(map)],
    links: [
      { path: "path_matcher.default_service", to: ["google_compute_backend_service"] },
      { path: "path_matcher.path_rule.service", to: ["google_compute_backend_service"] },
    ],
  },
  google_compute_backend_service: {
    layer: "edge",
    noun: "backend service",
    details: () => [],
    links: [{ path: "backend.group", to: ["google_compute_region_network_endpoint_group"] }],
  },
  google_compute_region_network_endpoint_group: {
    layer: "edge",
    noun: "serverless NEG",
    details: (group) => [group.string("region")],
    links: [{ path: "cloud_run.service", to: serviceTypes }],
  },
  google_vpc_access_connector: {
    layer: "network",
    noun: "VPC connector",
    details: (connector) => [
      connector.string("ip_cidr_range"),
      `${connector.number("min_instances") ?? "?"} to ${connector.number("max_instances") ?? "?"} instances`,
    ],
    links: [{ path: "network", to: [NETWORK] }],
  },
  google_compute_subnetwork: {
    layer: "network",
    noun: "subnet",
    details: (subnet) => [subnet.string("ip_cidr_range")],
    links: [{ path: "network", to: [NETWORK] }],
  },
  google_compute_router_nat: {
    layer: "network",
    noun: "Cloud NAT",
    details: () => ["to the internet"],
    links: [{ path: "router", to: ["google_compute_router"] }],
  },
  google_compute_router: {
    layer: "network",
    noun: "router",
    details: () => [],
    links: [{ path: "network", to: [NETWORK] }],
  },
  [NETWORK]: { layer: "network", noun: "VPC network", details: () => [], links: [] },
  google_sql_database_instance: {
    layer: "data",
    noun: "Cloud SQL",
    details: (database) => [database.string("database_version"), database.string("settings.tier")],
    links: [{ path: "settings.ip_configuration.private_network", to: [NETWORK], label: "private address" }],
  },
  google_redis_instance: {
    layer: "data",
    noun: "Redis",
    details: (redis) => [
      redis.string("tier"),
      redis.string("transit_encryption_mode") === "SERVER_AUTHENTICATION" ? "TLS 6378" : "6379",
    ],
    links: [{ path: "authorized_network", to: [NETWORK], label: "private address" }],
  },
};

/** What the resource graph connects, read from what will be applied. */
export function topology(graph: Graph): Topology {
  const running = workloads(graph);
  const drawn = [...graph.all(...Object.keys(KINDS)), ...running.map(({ resource }) => resource)];
  const ids = new Map(drawn.map((resource, index) => [resource, `n${index}`]));
  const edge = (from: Resource, value: Value | undefined, to: readonly string[], label = ""): Edge[] => {
    const target = graph.target(value, to, from);
    const id = target.kind === "resource" ? ids.get(target.resource) : undefined;
    return id === undefined ? [] : [{ from: ids.get(from) ?? "", to: id, label }];
  };
  const edges = drawn.flatMap((from) =>
    (KINDS[from.type]?.links ?? []).flatMap(({ path, to, label }) =>
      valuesAt(from, path).flatMap((value) => edge(from, value, to, label)),
    ),
  );
  const ofWorkloads = running.flatMap(({ resource, vpcAccess, sqlVolumes }) => [
    ...edge(resource, vpcAccess.connector, ["google_vpc_access_connector"]),
    ...vpcAccess.interfaces.flatMap(({ subnetwork }) =>
      edge(resource, subnetwork, ["google_compute_subnetwork"]),
    ),
    ...sqlVolumes
      .flatMap(({ instances }) => instances)
      .flatMap((instance) => edge(resource, instance, ["google_sql_database_instance"], "socket")),
  ]);
  // From the environment to the server, through the private DNS name that holds its address.
  const named = running.flatMap((workload) =>
    variables(workload).flatMap((variable) =>
      needsOfVariable(graph, workload, variable).flatMap(({ target }): Edge[] => {
        const to = ids.get(target);
        return to === undefined ? [] : [{ from: ids.get(workload.resource) ?? "", to, label: variable.name }];
      }),
    ),
  );
  return {
    nodes: drawn.map((resource) => nodeOf(resource, ids.get(resource) ?? "")),
    edges: unique([...edges, ...ofWorkloads, ...named]),
  };
}

function nodeOf(resource: Resource, id: string): Node {
  const workload = workloadOf(resource);
  const kind = KINDS[resource.type];
  const details = workload === undefined ? (kind?.details(resource) ?? []) : detailsOf(workload);
  const lines = [
    resource.string("name") ?? resource.address,
    workload?.label ?? kind?.noun ?? resource.type,
    ...details,
  ];
  return {
    id,
    layer: kind?.layer ?? "services",
    lines: lines.filter((line): line is string => line !== undefined),
  };
}

function detailsOf({ resource, kind, scaling, timeout, vpcAccess }: Workload): (string | undefined)[] {
  return [
    `${resource.number("scaling.min_instance_count") ?? scaling.min ?? 0} to ${scaling.max ?? "?"} ${kind === "job" ? "tasks" : "instances"}`,
    timeout === undefined ? undefined : `timeout ${timeout.seconds ?? "?"}s`,
    vpcAccess.attached ? vpcAccess.egress : undefined,
  ];
}

function hosts(map: Resource): string {
  return map
    .blocks("host_rule")
    .flatMap((rule) => rule.get("hosts") ?? [])
    .flat()
    .filter((host) => typeof host === "string")
    .join(", ");
}

/** All values at a path whose steps may each be a list of blocks. */
function valuesAt(block: Block, path: string): Value[] {
  const [step = "", ...rest] = path.split(".");
  if (rest.length > 0) return block.blocks(step).flatMap((inner) => valuesAt(inner, rest.join(".")));
  const value = block.get(step);
  if (value === undefined) return [];
  return Array.isArray(value) ? [...(value as readonly Value[])] : [value];
}

function unique(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.label}`, edge])).values()];
}
