import { shareOf } from "../../analysis/capacity/shares.ts";
import { list } from "../../analysis/lists.ts";
import { coverage } from "../../analysis/network/nat-coverage.ts";
import { attachmentOf } from "../../analysis/network/network.ts";
import { type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { vpcLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";
import { exceeding } from "./exceeding.ts";

/** Cloud NAT has ports for every instance that goes out through it. */
export const natCapacity: Rule = {
  id: "capacity/nat-capacity",
  why: "Each NAT address has 64,512 ports, and each instance takes min_ports_per_vm of them: beyond, instances get none, and their connections to the internet fail.",
  limit:
    "sum of max instances x 2 revisions of Direct VPC egress with ALL_TRAFFIC <= addresses x 64,512 / min_ports_per_vm, where the addresses are given",
  fix: "Add addresses to nat_ips, lower min_ports_per_vm, or turn on dynamic port allocation.",
  source: vpcLimits.natPortsPerAddress.source,
  *check(graph) {
    for (const nat of graph.all("google_compute_router_nat")) {
      const room = roomOf(nat);
      if (room === undefined) continue;
      const shares = workloads(graph).flatMap((workload) => {
        const { interfaces, egress } = workload.vpcAccess;
        const goesOut = interfaces.length > 0 && egress === "ALL_TRAFFIC" && isServed(graph, nat, workload);
        return goesOut ? (shareOf(graph, workload, 1) ?? []) : [];
      });
      yield* exceeding(
        nat,
        shares,
        room.instances,
        (used, sum) =>
          `at full scale during a rollout ${used} instances go out through ${nat.address}: ${sum}; ${room.written} are enough for ${room.instances}; fails at run time: the others reach nothing on the internet.`,
      );
    }
  },
};

/** True where the gateway certainly translates what the workload sends. */
function isServed(graph: Graph, nat: Resource, workload: Workload): boolean {
  const attachment = attachmentOf(graph, workload);
  const region = graph.region(workload.resource);
  if (attachment === undefined || region === undefined) return false;
  return coverage(graph, nat, attachment, region).covers === "yes";
}

/** How many instances get their ports; undefined where addresses are added as they are needed, or something is not known. */
function roomOf(nat: Resource): { readonly instances: number; readonly written: string } | undefined {
  const addresses = nat.get("nat_ips");
  const isManual = nat.string("nat_ip_allocate_option") === "MANUAL_ONLY";
  const dynamic = nat.get("enable_dynamic_port_allocation");
  if (!isManual || !Array.isArray(addresses) || (dynamic !== undefined && dynamic !== false))
    return undefined;
  const written = nat.get("min_ports_per_vm");
  const ports =
    written === undefined || written === 0 ? vpcLimits.natDefaultPorts.value : nat.number("min_ports_per_vm");
  if (ports === undefined || ports <= 0) return undefined;
  const count = list(addresses).length;
  return {
    instances: Math.floor((count * vpcLimits.natPortsPerAddress.value) / ports),
    written: `${count} ${count === 1 ? "address" : "addresses"} at ${ports} ports for each instance`,
  };
}
