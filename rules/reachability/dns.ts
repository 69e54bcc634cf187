import { memoize } from "../../analysis/memoize.ts";
import {
  type Attachment,
  attachmentOf,
  differ,
  type Network,
  networkLabel,
  networkOf,
} from "../../analysis/network/network.ts";
import { endpointOf, HOLE, textOf } from "../../analysis/references/text.ts";
import { variables, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import { nearestTo } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";

/** A private name resolves only where its zone is attached to the network, and has the record. */
export const dns: Rule = {
  id: "reachability/dns",
  why: "A name in a private zone does not resolve on a network to which the zone is not attached, or without a record: error -3 in the application.",
  limit: "the private zone lists the network that the workload enters, and holds a record of that name",
  fix: "Attach the zone to the network in private_visibility_config, and add the record.",
  source: "https://docs.cloud.google.com/dns/docs/zones",
  *check(graph) {
    for (const zone of graph.all("google_dns_managed_zone")) {
      if (zone.string("visibility") !== "private") continue;
      const suffix = textOf(zone.get("dns_name"))?.toLowerCase().replace(/\.$/, "");
      if (suffix === undefined || suffix === "" || suffix.includes(HOLE)) continue;
      yield* judge(graph, zone, suffix);
    }
  },
};

function* judge(graph: Graph, zone: Resource, suffix: string): Iterable<Violation> {
  const attached = zone
    .blocks("private_visibility_config")
    .flatMap((config) => config.blocks("networks"))
    .map((block) => networkOf(graph, block.get("network_url"), zone));
  const others = ["gke_clusters", "forwarding_config", "peering_config", "service_directory_config"];
  const complete = zone.blocks("private_visibility_config.gke_clusters").length === 0;
  let reported = false;
  for (const { workload, name, host } of lookups(graph)) {
    if (!host.endsWith(`.${suffix}`) || hasCloserZone(graph, zone, suffix, host)) continue;
    if (complete && !reported) {
      const verdict = unattached(zone, attached, attachmentOf(graph, workload), workload, name, host);
      if (verdict !== undefined) yield verdict;
      reported = verdict !== undefined;
    }
    if (others.every((block) => zone.blocks(block).length === 0))
      yield* unrecorded(graph, zone, workload, name, host);
  }
}

interface Lookup {
  readonly workload: Workload;
  /** The variable. */
  readonly name: string;
  readonly host: string;
}

/** Every known host name in the environment of a workload, found once for all zones. */
const lookups = memoize((graph: Graph): readonly Lookup[] =>
  workloads(graph).flatMap((workload) =>
    variables(workload).flatMap(({ name, value }) => {
      const host = endpointOf(value)?.host.replace(/\.$/, "");
      return host === undefined || !host.includes(".") || host.includes(HOLE)
        ? []
        : [{ workload, name, host }];
    }),
  ),
);

function unattached(
  zone: Resource,
  attached: readonly (Network | undefined)[],
  attachment: Attachment | undefined,
  workload: Workload,
  name: string,
  host: string,
): Violation | undefined {
  const network = attachment?.network;
  if (network === undefined || attached.some((candidate) => !differ(candidate, network))) return undefined;
  const lists = attached.flatMap((candidate) => candidate ?? []).map(networkLabel);
  return {
    resource: zone,
    message: `it is attached to ${lists.length === 0 ? "no network" : lists.join(" and ")}, but ${workload.resource.address} looks up ${host} (${name}) on ${networkLabel(network)}; fails at run time: the name does not resolve.`,
    fix: `Add ${networkLabel(network)} to private_visibility_config.`,
  };
}

/** The most specific zone answers; a record in another one is never asked for. */
function hasCloserZone(graph: Graph, zone: Resource, suffix: string, host: string): boolean {
  return graph.all("google_dns_managed_zone").some((other) => {
    const name = textOf(other.get("dns_name"))?.toLowerCase().replace(/\.$/, "") ?? "";
    return (
      other !== zone &&
      (name.includes(HOLE) || (name.length > suffix.length && `.${host}`.endsWith(`.${name}`)))
    );
  });
}

function* unrecorded(
  graph: Graph,
  zone: Resource,
  workload: Workload,
  name: string,
  host: string,
): Iterable<Violation> {
  if (!graph.complete) return;
  const records = graph
    .all("google_dns_record_set")
    .map((record) => ({ record, name: recordName(record.get("name")) }));
  const ours = records.filter(
    (entry) => entry.name === undefined || entry.name.includes(HOLE) || inZone(entry.name, zone),
  );
  // A zone without records of its own is filled by someone else.
  if (ours.length === 0 || ours.some((entry) => entry.name === undefined || entry.name.includes(HOLE)))
    return;
  if (
    ours.some(
      (entry) => entry.name === host || (entry.name?.startsWith("*.") && host.endsWith(entry.name.slice(1))),
    )
  )
    return;
  const near = nearestTo(host, ours, (entry) => entry.name ?? "");
  yield {
    resource: workload.resource,
    message: `${name} names the host ${host}, but ${zone.address} holds no such record${near === undefined ? "" : `; the nearest is ${near.record.address} (${near.name})`}; fails at run time: the name does not resolve.`,
    fix: `Use ${near?.name ?? "a name that exists"}, or add the record.`,
  };
}

function recordName(value: Value | undefined): string | undefined {
  return textOf(value)?.toLowerCase().replace(/\.$/, "");
}

function inZone(name: string, zone: Resource): boolean {
  const suffix = textOf(zone.get("dns_name"))?.toLowerCase().replace(/\.$/, "") ?? "";
  return name === suffix || name.endsWith(`.${suffix}`);
}
