import type { Graph, Resource } from "../../graph/index.ts";
import { list } from "../lists.ts";
import { nameOf } from "../references/names.ts";
import { type Attachment, differ, networkLabel, networkOf, same } from "./network.ts";

/** Whether a NAT serves who enters the VPC at some place, and if not, why. */
export type Coverage =
  | { readonly covers: "yes" | "maybe" }
  | { readonly covers: "no"; readonly because: string };

/** A NAT serves one region of the network of its router, all subnets there or a list of them. */
export function coverage(graph: Graph, resource: Resource, attachment: Attachment, region: string): Coverage {
  const router = graph.target(resource.get("router"), ["google_compute_router"], resource);
  const own = graph.region(resource);
  if (own !== undefined && own !== region) return { covers: "no", because: `is in ${own}` };
  if (router.kind === "unknown") return { covers: "maybe" };
  if (router.kind === "missing" && !router.certain) return { covers: "maybe" };
  if (router.kind === "missing")
    return { covers: "no", because: `names the router "${router.name}", which is not defined` };
  const home = networkOf(graph, router.resource.get("network"), router.resource);
  if (home === undefined) return { covers: "maybe" };
  if (differ(home, attachment.network)) return { covers: "no", because: `depends on ${networkLabel(home)}` };
  if (!same(home, attachment.network)) return { covers: "maybe" };
  return listed(graph, resource, attachment);
}

function listed(graph: Graph, resource: Resource, attachment: Attachment): Coverage {
  const mode = resource.get("source_subnetwork_ip_ranges_to_nat");
  if (mode !== "LIST_OF_SUBNETWORKS") return { covers: typeof mode === "string" ? "yes" : "maybe" };
  const entries = resource.blocks("subnetwork");
  if (entries.length !== list(resource.get("subnetwork")).length) return { covers: "maybe" };
  const targets = entries.map((entry) =>
    graph.target(entry.get("name"), ["google_compute_subnetwork"], resource),
  );
  if (targets.some((target) => target.kind === "unknown")) return { covers: "maybe" };
  const { subnetwork, connector } = attachment;
  if (subnetwork !== undefined) {
    const covered = targets.some((target) => target.kind === "resource" && target.resource === subnetwork);
    return covered
      ? { covers: "yes" }
      : { covers: "no", because: `lists subnets without "${nameOf(subnetwork) ?? subnetwork.address}"` };
  }
  return connector?.string("ip_cidr_range") === undefined
    ? { covers: "maybe" }
    : {
        covers: "no",
        because: `lists subnets, among which the connector's own ${connector.string("ip_cidr_range")} cannot be`,
      };
}
