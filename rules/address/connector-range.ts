import { connectorSubnets, directSubnets } from "../../analysis/network/entries.ts";
import { claims } from "../../analysis/network/range-fields.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { connectorLimits } from "../../resources/limits.ts";
import { parseRange } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";
import { CONNECTOR } from "./sources.ts";

const PREFIX = connectorLimits.prefix.value;

/** A connector uses a /28 of its own. */
export const connectorRange: Rule = {
  id: "address/connector-range",
  why: "A connector takes a range of exactly 16 addresses, or a subnet of that size that nothing else uses.",
  limit:
    "exactly /28; a subnet also of purpose PRIVATE, in the connector's region, used by that connector alone",
  fix: "Give the connector a free /28 of its own.",
  source: CONNECTOR,
  *check(graph) {
    for (const { resource, kind, range } of claims(graph)) {
      if (kind !== "connector" || range.prefix === PREFIX) continue;
      yield {
        resource,
        message: `ip_cidr_range is ${range.cidr}; rejected by the API: a connector takes exactly a /${PREFIX}.`,
        fix: `Write a free /${PREFIX}, for example ${range.network.replace(/\/.*/, "")}/${PREFIX}.`,
      };
    }
    for (const [subnet, connectors] of connectorSubnets(graph)) yield* inSubnet(graph, subnet, connectors);
    for (const { subnet, workloads } of directSubnets(graph)) {
      const [owner] = connectorSubnets(graph).get(subnet) ?? [];
      if (owner === undefined) continue;
      for (const { resource } of workloads)
        yield {
          resource,
          message: `it takes addresses from ${subnet.address}, which belongs to the connector ${owner.address}; fails at run time: instances fail to start because there are no free addresses.`,
          fix: "Give Direct VPC egress a subnet of its own, a /26 or larger.",
        };
    }
  },
};

function* inSubnet(graph: Graph, subnet: Resource, connectors: readonly Resource[]): Iterable<Violation> {
  const severity = "error" as const;
  const range = parseRange(subnet.get("ip_cidr_range"));
  const purpose = subnet.string("purpose") ?? "";
  const [first] = connectors;
  for (const connector of connectors) {
    if (range !== undefined && range.prefix !== PREFIX) {
      const consequence = `rejected by the API: the subnet of a connector is exactly a /${PREFIX}`;
      yield {
        resource: subnet,
        severity,
        message: `its range ${range.cidr} is a /${range.prefix}, and the connector ${connector.address} uses it; ${consequence}.`,
        fix: `Write a free /${PREFIX}, or give the connector a subnet of its own.`,
      };
      yield {
        resource: connector,
        severity,
        message: `its subnet ${subnet.address} has ${range.cidr}; ${consequence}.`,
        fix: `Name a subnet that is a /${PREFIX}.`,
      };
    }
    if (purpose !== "" && purpose !== "PRIVATE")
      yield {
        resource: connector,
        severity,
        message: `its subnet ${subnet.address} has the purpose ${purpose}; rejected by the API: the subnet of a connector has the purpose PRIVATE.`,
        fix: "Name a subnet of purpose PRIVATE.",
      };
    const [home, region] = [graph.region(subnet), graph.region(connector)];
    if (home !== undefined && region !== undefined && home !== region)
      yield {
        resource: connector,
        severity,
        message: `it is in ${region}, and its subnet ${subnet.address} is in ${home}; rejected by the API: the subnet is not found in ${region}.`,
        fix: `Name a subnet of ${region}.`,
      };
    if (first !== undefined && first !== connector)
      yield {
        resource: connector,
        severity,
        message: `its subnet ${subnet.address} is already used by ${first.address}; rejected by the API: a subnet serves one connector only.`,
      };
  }
}
