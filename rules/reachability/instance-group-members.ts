import { elements } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import { references } from "../../analysis/references/text.ts";
import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** An unmanaged group holds machines of its own zone. */
export const instanceGroupMembers: Rule = {
  id: "reachability/instance-group-members",
  why: "An unmanaged instance group is in one zone and takes machines of that zone only, all in one network.",
  limit: "instances of google_compute_instance_group are in its zone",
  fix: "Add a group for each zone.",
  source: "https://docs.cloud.google.com/compute/docs/instance-groups/creating-groups-of-unmanaged-instances",
  *check(graph) {
    for (const group of graph.all("google_compute_instance_group")) {
      const zone = zoneIn(group.string("zone") ?? group.provider.string("zone"));
      if (zone === undefined) continue;
      for (const [name, home] of members(graph, group)) {
        if (home === undefined || home === zone) continue;
        yield {
          resource: group,
          message: `instances has ${name} of ${home} and the group is in ${zone}; rejected by the API: it takes machines of its own zone.`,
          fix: `Add a google_compute_instance_group in ${home}.`,
        };
      }
    }
  },
};

/** The machines of a group with their zones. */
function members(graph: Graph, group: Resource): ReadonlyMap<string, string | undefined> {
  const values = elements(group.get("instances")) ?? [];
  // A plan shows of each element what all of them refer to.
  const named = values.flatMap((value) => (isUnknown(value) ? references(value) : []));
  const machines = named.flatMap(({ address }) => graph.at(address, group) ?? []);
  return new Map([
    ...machines.map((machine) => [machine.address, zoneIn(machine.string("zone"))] as const),
    ...values
      .filter((value) => typeof value === "string")
      .map((value) => {
        const machine = follow(graph, value, ["google_compute_instance"], group);
        return machine === undefined
          ? ([`"${value}"`, zoneIn(value)] as const)
          : ([machine.address, zoneIn(machine.string("zone"))] as const);
      }),
  ]);
}

/** The zone of a text that is one, or a self link in one. */
function zoneIn(value: Value | undefined): string | undefined {
  return typeof value === "string"
    ? /(?:^|zones\/)([a-z]+-[a-z]+\d+-[a-z])(?:$|\/)/.exec(value)?.[1]
    : undefined;
}
