import { follow } from "../../analysis/references/follow.ts";
import { valuesAt } from "../../analysis/references/references.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import { zoneForm } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** A machine has disks of its own zone. */
export const diskZone: Rule = {
  id: "reachability/disk-zone",
  why: "A zonal disk is attached to machines of its own zone only.",
  limit: "disks of google_compute_instance and google_compute_attached_disk are in the zone of the machine",
  fix: "Create the disk in the zone of the machine.",
  source: "https://docs.cloud.google.com/compute/docs/disks",
  *check(graph) {
    for (const machine of graph.all("google_compute_instance"))
      for (const path of ["attached_disk.source", "boot_disk.source"])
        for (const disk of valuesAt(machine, path)) yield* evaluate(graph, machine, machine, disk);
    for (const attached of graph.all("google_compute_attached_disk")) {
      const machine = follow(graph, attached.get("instance"), ["google_compute_instance"], attached);
      if (machine !== undefined) yield* evaluate(graph, attached, machine, attached.get("disk"));
    }
  },
};

function* evaluate(
  graph: Graph,
  resource: Resource,
  machine: Resource,
  value: Value | undefined,
): Iterable<Violation> {
  const disk = follow(graph, value, ["google_compute_disk"], resource);
  const [home, zone] = [zoneOf(machine), disk && zoneOf(disk)];
  if (disk === undefined || home === undefined || zone === undefined || home === zone) return;
  yield {
    resource,
    message: `${resource === machine ? "it" : machine.address} is in ${home}, and its disk ${disk.address} is in ${zone}; rejected by the API: a disk is attached in its own zone.`,
    fix: `Set zone = "${home}" of the disk, or of both.`,
  };
}

function zoneOf(resource: Resource): string | undefined {
  const zone = (resource.string("zone") ?? "").split("/").at(-1) ?? "";
  return zoneForm.test(zone) ? zone : undefined;
}
