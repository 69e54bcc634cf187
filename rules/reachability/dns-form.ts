import { follow } from "../../analysis/references/follow.ts";
import { HOLE, textOf } from "../../analysis/references/text.ts";
import { takenTwice } from "../../analysis/taken-twice.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** Names of Cloud DNS are absolute, and a record belongs to its zone. */
export const dnsForm: Rule = {
  id: "reachability/dns-form",
  why: "Cloud DNS takes absolute names only, no record outside its zone, and no CNAME beside other records.",
  limit:
    "name and dns_name end with a dot; the record's name is the zone's dns_name or ends with it, and below it for a CNAME",
  fix: "Write the record's name as NAME.DNS_NAME of its zone, with the dot at the end.",
  source: "https://docs.cloud.google.com/dns/docs/records",
  *check(graph) {
    for (const zone of graph.all("google_dns_managed_zone")) yield* absolute(zone, "dns_name");
    for (const record of graph.all("google_dns_record_set")) {
      yield* absolute(record, "name");
      yield* inZone(graph, record);
    }
    yield* notAlone(graph);
  },
};

/** A name that stands for another has no records of its own. */
function* notAlone(graph: Graph): Iterable<Violation> {
  const records = graph.all("google_dns_record_set");
  const isAlias = (record: Resource): boolean => record.string("type") === "CNAME";
  if (!records.some(isAlias)) return;
  const named = (record: Resource): [string | Resource | undefined, string | undefined][] => [
    [
      zoneOf(graph, record),
      record.string("type") === undefined ? undefined : record.string("name")?.toLowerCase(),
    ],
  ];
  for (const { first, second } of takenTwice(graph, records, named)) {
    if (!isAlias(first) && !isAlias(second)) continue;
    yield {
      resource: second,
      message: `it is a ${second.string("type")} record of "${second.string("name")}", of which ${first.address} is a ${first.string("type")} record; rejected by the API: a CNAME stands alone.`,
      fix: "Remove one of the two, or choose another name.",
    };
  }
}

function zoneOf(graph: Graph, record: Resource): string | Resource | undefined {
  return (
    follow(graph, record.get("managed_zone"), ["google_dns_managed_zone"], record) ??
    record.string("managed_zone")
  );
}

function* absolute(resource: Resource, path: string): Iterable<Violation> {
  const name = textOf(resource.get(path));
  if (name === undefined || name === "" || name.endsWith(HOLE) || name.endsWith(".")) return;
  yield {
    resource,
    message: `${path} "${name.replaceAll(HOLE, "?")}" does not end with a dot; rejected by the API: not an absolute name.`,
    fix: "Add the dot at the end.",
  };
}

function* inZone(graph: Graph, record: Resource): Iterable<Violation> {
  const target = graph.target(record.get("managed_zone"), ["google_dns_managed_zone"], record);
  if (target.kind !== "resource") return;
  const elsewhere = ["forwarding_config", "peering_config"].find(
    (path) => target.resource.blocks(path).length > 0,
  );
  if (elsewhere !== undefined)
    yield {
      resource: record,
      message: `its zone ${target.resource.address} has ${elsewhere}; rejected by the API: names of such a zone are answered elsewhere, and it holds no records.`,
      fix: "Write the record where the names are answered, or in a zone of its own below that name.",
      source: "https://docs.cloud.google.com/dns/docs/zones/zones-overview",
    };
  const name = textOf(record.get("name"))?.toLowerCase();
  const suffix = target.resource.string("dns_name")?.toLowerCase();
  if (name === undefined || suffix === undefined || !name.endsWith(".")) return;
  if (name === suffix && record.string("type") === "CNAME")
    yield {
      resource: record,
      message: `it is a CNAME record of "${suffix}", the name of the zone ${target.resource.address} itself; rejected by the API: a zone's own name has NS and SOA records, and a CNAME stands alone.`,
      fix: 'Use A and AAAA records there, or a name below it, for example "www".',
    };
  const end = name.slice(name.lastIndexOf(HOLE) + 1);
  const inside = end === suffix || end.endsWith(`.${suffix}`);
  // Of a name with an unknown beginning only the known end can be compared.
  if (inside || (end !== name && suffix.endsWith(end)) || (end !== name && end.endsWith(suffix))) return;
  yield {
    resource: record,
    message: `its name "${name.replaceAll(HOLE, "?")}" lies outside the zone ${target.resource.address} ("${suffix}"); rejected by the API: invalid name.`,
    fix: `Let the name end with ".${suffix}".`,
  };
}
