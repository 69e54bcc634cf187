import type { Graph, Resource, Value } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";
import { plural } from "../../values/words.ts";
import { calls } from "../identity/calls.ts";
import { coverage } from "../network/nat-coverage.ts";
import { attachmentOf } from "../network/network.ts";
import { referredCallee, serviceInAddress, servicesByAddress } from "../references/callee.ts";
import { nameOf } from "../references/names.ts";
import { needsOfVariable } from "../references/needs.ts";
import { references } from "../references/references.ts";
import { variables, type Workload, workloadOf, workloads } from "../workload/index.ts";
import { outsideNetworks } from "./outside.ts";
import type { Edge, Layer, Node, Topology } from "./picture.ts";

const TOPIC = "google_pubsub_topic";
const SUBSCRIPTION = "google_pubsub_subscription";
const BUCKET = "google_storage_bucket";
const TRIGGER = "google_eventarc_trigger";

/** The resources that a person would draw on a whiteboard, and what their boxes say under the name. */
const KINDS: Readonly<
  Record<string, { layer: Layer; details?: (resource: Resource) => readonly (string | undefined)[] }>
> = {
  google_compute_global_forwarding_rule: {
    layer: "edge",
    details: (rule) => [`port ${rule.string("port_range") ?? "?"}`],
  },
  google_compute_target_https_proxy: { layer: "edge", details: () => ["TLS"] },
  google_compute_target_http_proxy: { layer: "edge" },
  google_compute_url_map: {
    layer: "edge",
    details: (map) => [map.blocks("default_url_redirect").length > 0 ? "redirects to HTTPS" : hosts(map)],
  },
  google_compute_backend_service: {
    layer: "edge",
    details: (service) => [service.boolean("enable_cdn") === true ? "Cloud CDN" : undefined],
  },
  google_compute_backend_bucket: {
    layer: "edge",
    details: (bucket) => [bucket.boolean("enable_cdn") === true ? "Cloud CDN" : undefined],
  },
  google_compute_region_network_endpoint_group: {
    layer: "edge",
    details: (group) => [group.string("region")],
  },
  google_vpc_access_connector: {
    layer: "network",
    details: (connector) => [
      connector.string("ip_cidr_range"),
      `${connector.number("min_instances") ?? "?"} to ${connector.number("max_instances") ?? "?"} instances`,
    ],
  },
  google_compute_subnetwork: { layer: "network", details: (subnet) => [subnet.string("ip_cidr_range")] },
  google_compute_router_nat: { layer: "network", details: () => ["to the internet"] },
  google_compute_router: { layer: "network" },
  google_compute_network: { layer: "network" },
  google_sql_database_instance: {
    layer: "data",
    details: (database) => [database.string("database_version"), database.string("settings.tier")],
  },
  google_redis_instance: {
    layer: "data",
    details: (redis) => [
      redis.string("tier"),
      redis.string("transit_encryption_mode") === "SERVER_AUTHENTICATION" ? "TLS 6378" : "6379",
    ],
  },
  google_memorystore_instance: {
    layer: "data",
    details: (valkey) => [
      `${valkey.number("shard_count") ?? "?"} x ${valkey.string("node_type") ?? "?"}`,
      valkey.string("transit_encryption_mode") === "SERVER_AUTHENTICATION" ? "TLS 6379" : "6379",
    ],
  },
  // With the services, from which messages come and to which they go.
  [TOPIC]: { layer: "services", details: () => ["topic"] },
  [SUBSCRIPTION]: {
    layer: "services",
    details: (subscription) => [
      subscription.blocks("push_config").length > 0 ? "push subscription" : "subscription",
      `deadline ${subscription.number("ack_deadline_seconds") ?? "?"}s`,
    ],
  },
  [TRIGGER]: {
    layer: "services",
    details: (trigger) => ["Eventarc", eventType(trigger)?.replace(/^google\.cloud\.|\.v1\b/g, "")],
  },
  [BUCKET]: { layer: "data", details: (bucket) => [bucket.string("location")] },
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
  // Messages flow against these references, and what a bucket refers to is no address.
  const wired = Object.keys(KINDS).filter(
    (type) => type !== SUBSCRIPTION && type !== BUCKET && type !== TRIGGER,
  );
  const edges = [...references(graph, wired)].flatMap(({ resource, values, types }) => {
    const label = KINDS[resource.type]?.layer === "data" ? "private address" : "";
    return values.flatMap((value) => edge(resource, value, types, label));
  });
  const ofWorkloads = running.flatMap(({ resource, vpcAccess, sqlVolumes }) => [
    ...edge(resource, vpcAccess.connector, ["google_vpc_access_connector"]),
    ...vpcAccess.interfaces.flatMap(({ subnetwork }) =>
      edge(resource, subnetwork, ["google_compute_subnetwork"]),
    ),
    ...sqlVolumes
      .flatMap(({ instances }) => instances)
      .flatMap((instance) => edge(resource, instance, ["google_sql_database_instance"], "socket")),
  ]);
  const stored = running.flatMap((workload) => {
    const { resource } = workload;
    const mounted = workload.volumes.flatMap((volume) =>
      edge(resource, volume.get("gcs.bucket"), [BUCKET], "mounted"),
    );
    const passed = variables(workload)
      // A plain word may be the name of a bucket by chance.
      .filter(({ name, value }) => typeof value !== "string" || /bucket/i.test(name) || /^gs:/.test(value))
      .flatMap(({ name, value }) => edge(resource, value, [BUCKET], name))
      .filter(({ to }) => !mounted.some((one) => one.to === to));
    return [...mounted, ...passed];
  });
  // From the environment to the server, through the private DNS name that holds its address.
  const named = running.flatMap((workload) =>
    variables(workload).flatMap((variable) =>
      needsOfVariable(graph, workload, variable).flatMap(({ target }): Edge[] => {
        const to = ids.get(target);
        return to === undefined ? [] : [{ from: ids.get(workload.resource) ?? "", to, label: variable.name }];
      }),
    ),
  );
  const known = servicesByAddress(graph);
  const called = running.flatMap((workload) =>
    variables(workload).flatMap(({ name, value }): Edge[] => {
      const { resource } = workload;
      const address = serviceInAddress(value);
      const callee =
        address === undefined
          ? referredCallee(graph, value, resource)
          : known.get(`${address.service} ${address.region}`);
      const to = callee === undefined || callee === resource ? undefined : ids.get(callee);
      return to === undefined ? [] : [{ from: ids.get(resource) ?? "", to, label: name }];
    }),
  );
  const outside = outsideNetworks(graph, running, ids);
  return {
    nodes: [
      ...drawn.map((resource) =>
        nodeOf(resource, ids.get(resource) ?? "", regionText(graph, resource, drawn)),
      ),
      ...outside.nodes,
    ],
    edges: unique([
      ...edges,
      ...ofWorkloads,
      ...stored,
      ...named,
      ...called,
      ...messages(graph, running, ids),
      ...toInternet(graph, running, ids),
      ...outside.edges,
    ]),
  };
}

function eventType(trigger: Resource): string | undefined {
  return trigger
    .blocks("matching_criteria")
    .find((criterion) => criterion.string("attribute") === "type")
    ?.string("value");
}

/** From what publishes to the topic, from there to each subscription, and on to the service or to the dead letters. */
function messages(
  graph: Graph,
  running: readonly Workload[],
  ids: ReadonlyMap<Resource, string>,
): readonly Edge[] {
  const edge = (from: Resource | undefined, to: Resource | undefined, label = ""): Edge[] => {
    const [start, end] = [from && ids.get(from), to && ids.get(to)];
    return start === undefined || end === undefined ? [] : [{ from: start, to: end, label }];
  };
  const topicOf = (value: Value | undefined, from: Resource): Resource | undefined => {
    const target = graph.target(value, [TOPIC], from);
    return target.kind === "resource" ? target.resource : undefined;
  };
  const published = running.flatMap((workload) =>
    variables(workload)
      // A plain word may be the name of a topic by chance.
      .filter(({ value }) => typeof value !== "string" || /^projects\/[^/]+\/topics\//.test(value))
      .flatMap(({ name, value }) => edge(workload.resource, topicOf(value, workload.resource), name)),
  );
  const delivered = graph
    .all(SUBSCRIPTION)
    .flatMap((subscription) => [
      ...edge(topicOf(subscription.get("topic"), subscription), subscription),
      ...edge(
        subscription,
        topicOf(subscription.get("dead_letter_policy.dead_letter_topic"), subscription),
        "dead letters",
      ),
    ]);
  const pushed = calls(graph)
    .filter(({ caller, place }) => caller.type === SUBSCRIPTION && place === "push_config")
    .flatMap(({ caller, service }) => edge(caller, service, "push"));
  const sent = graph.all(TRIGGER).flatMap((trigger) => [
    ...edge(topicOf(trigger.get("transport.pubsub.topic"), trigger), trigger),
    ...trigger
      .blocks("matching_criteria")
      .filter((criterion) => criterion.string("attribute") === "bucket")
      .flatMap((criterion) => {
        const target = graph.target(criterion.get("value"), [BUCKET], trigger);
        return target.kind === "resource" ? edge(target.resource, trigger) : [];
      }),
  ]);
  const received = calls(graph)
    .filter(({ caller }) => caller.type === TRIGGER)
    .flatMap(({ caller, service }) => edge(caller, service, "event"));
  return [...published, ...delivered, ...pushed, ...sent, ...received];
}

/** From a workload that sends all its traffic through the network to the Cloud NAT that lets it out. */
function toInternet(
  graph: Graph,
  running: readonly Workload[],
  ids: ReadonlyMap<Resource, string>,
): readonly Edge[] {
  const nats = graph.all("google_compute_router_nat");
  return running.flatMap((workload) => {
    const attachment = attachmentOf(graph, workload);
    const region = graph.region(workload.resource);
    if (workload.vpcAccess.egress !== "ALL_TRAFFIC" || attachment === undefined || region === undefined)
      return [];
    return nats
      .filter((nat) => coverage(graph, nat, attachment, region).covers === "yes")
      .map((nat) => ({
        from: ids.get(workload.resource) ?? "",
        to: ids.get(nat) ?? "",
        label: "internet",
      }));
  });
}

/** The region of what another one of the same type and name is in another region; nothing for all else. */
function regionText(graph: Graph, resource: Resource, drawn: readonly Resource[]): readonly string[] {
  const name = nameOf(resource);
  const region = graph.region(resource);
  // A NEG says its region anyway.
  if (name === undefined || region === undefined || resource.type.endsWith("_network_endpoint_group"))
    return [];
  const isShared = drawn.some(
    (other) => other.type === resource.type && nameOf(other) === name && graph.region(other) !== region,
  );
  return isShared ? [region] : [];
}

function nodeOf(resource: Resource, id: string, where: readonly string[]): Node {
  const workload = workloadOf(resource);
  const kind = KINDS[resource.type];
  const details = workload === undefined ? (kind?.details?.(resource) ?? []) : detailsOf(workload);
  const lines = [
    titleOf(resource),
    workload?.label ?? resourceType(resource.type)?.label ?? resource.type,
    ...details,
    ...where,
  ];
  return {
    id,
    resource,
    layer: kind?.layer ?? "services",
    lines: lines.filter((line): line is string => line !== undefined),
  };
}

function detailsOf({ resource, kind, scaling, timeout, vpcAccess }: Workload): (string | undefined)[] {
  return [
    kind === "job"
      ? `${scaling.max === undefined ? "? tasks" : plural(scaling.max, "task")} at once`
      : instances(resource.number("scaling.min_instance_count") ?? scaling.min ?? 0, scaling.max),
    timeout === undefined ? undefined : `timeout ${timeout.seconds ?? "?"}s`,
    vpcAccess.attached ? vpcAccess.egress : undefined,
  ];
}

/** Its name as it is written, whatever stands in it. */
function titleOf(resource: Resource): string {
  const attribute = resourceType(resource.type)?.nameAttribute ?? "name";
  return resource.string(attribute) ?? resource.string("name") ?? resource.address;
}

function instances(least: number, most: number | undefined): string {
  return least === most ? plural(most, "instance") : `${least} to ${most ?? "?"} instances`;
}

function hosts(map: Resource): string {
  return map
    .blocks("host_rule")
    .flatMap((rule) => rule.get("hosts") ?? [])
    .flat()
    .filter((host) => typeof host === "string")
    .join(", ");
}

function unique(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.label}`, edge])).values()];
}
