import { addressRange } from "../../analysis/network/addresses.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import { contains, parseRange } from "../../values/ranges.ts";
import type { Rule } from "../rule.ts";
import { SUBNETS } from "./sources.ts";

/** An internal address that is written as a literal, and the subnet that it is to come from. */
interface Written {
  readonly resource: Resource;
  readonly attribute: string;
  readonly address: string;
  readonly subnetwork: Value | undefined;
}

/** A reserved internal address lies in the primary range of its subnet. */
export const withinSubnet: Rule = {
  id: "address/within-subnet",
  why: "An internal address comes from the primary range of the subnet that it names; the two are written in different places and drift.",
  limit: "the address lies in ip_cidr_range of the subnet, and is none of its four reserved addresses",
  fix: "Write an address of the subnet, or leave it out and let Google choose one.",
  source: SUBNETS,
  *check(graph) {
    for (const { resource, attribute, address, subnetwork } of written(graph)) {
      const single = addressRange(address);
      const target = graph.target(subnetwork, ["google_compute_subnetwork"], resource);
      if (single === undefined || target.kind !== "resource") continue;
      const range = parseRange(target.resource.get("ip_cidr_range"));
      if (range === undefined) continue;
      const reserved = [range.first, range.first + 1, range.last - 1, range.last].includes(single.first);
      if (contains(range, single) && !reserved) continue;
      yield {
        resource,
        message: `${attribute} ${address} ${reserved ? "is one of the four reserved addresses" : "lies outside"} of ${range.cidr}, the range of ${target.resource.address}; rejected by the API: not a usable address of that subnet.`,
      };
    }
  },
};

function* written(graph: Graph): Iterable<Written> {
  for (const resource of graph.all("google_compute_address")) {
    const address = resource.string("address");
    const purpose = resource.string("purpose") ?? "";
    if (address === undefined || (purpose !== "" && purpose !== "GCE_ENDPOINT")) continue;
    yield { resource, attribute: "address", address, subnetwork: resource.get("subnetwork") };
  }
  for (const resource of graph.all("google_compute_instance")) {
    for (const block of resource.blocks("network_interface").slice(0, 8)) {
      const address = block.string("network_ip");
      if (address !== undefined)
        yield { resource, attribute: "network_ip", address, subnetwork: block.get("subnetwork") };
    }
  }
  for (const resource of graph.all("google_compute_forwarding_rule")) {
    const address = resource.string("ip_address");
    if (address !== undefined)
      yield { resource, attribute: "ip_address", address, subnetwork: resource.get("subnetwork") };
  }
}
