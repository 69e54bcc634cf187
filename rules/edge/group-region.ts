import { groupManagerTypes } from "../../analysis/load-balancing/instance-groups.ts";
import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { regionForm, zoneForm } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

const GROUPS = [...groupManagerTypes, "google_compute_instance_group"];

/** A regional backend service has instance groups of its region. */
export const groupRegion: Rule = {
  id: "edge/group-region",
  why: "A regional load balancer sends requests to instance groups of its own region; the provider takes any group.",
  limit: "the instance groups of a google_compute_region_backend_service are in its region",
  fix: "Name a group of the region of the backend service.",
  source: "https://docs.cloud.google.com/load-balancing/docs/backend-service#backends",
  *check(graph) {
    for (const service of graph.all("google_compute_region_backend_service")) {
      const region = graph.region(service);
      if (region === undefined || !regionForm.test(region)) continue;
      for (const backend of service.blocks("backend")) {
        const group = groupOf(graph, backend.get("group"), service);
        const there = group === undefined ? undefined : placeOf(graph, group);
        if (group === undefined || there === undefined) continue;
        if ((zoneForm.exec(there)?.[1] ?? there) !== region)
          yield {
            resource: service,
            message: `it is in ${region}, and its instance group ${group.address} in ${there}; rejected by the API: a regional backend service has groups of its own region.`,
          };
      }
    }
  },
};

/** The group that a backend names, by `self_link` or `id` of its own or by `instance_group` of its manager. */
function groupOf(graph: Graph, value: Value | undefined, from: Resource): Resource | undefined {
  const target = graph.target(value, GROUPS, from);
  if (target.kind === "resource") return target.resource;
  const [reference, ...others] = isUnknown(value) ? value.references : [];
  const found = reference === undefined || others.length > 0 ? undefined : graph.at(reference.address, from);
  return found !== undefined && GROUPS.includes(found.type) ? found : undefined;
}

/** The zone of a zonal group, the region of a regional one; undefined where it is not known. */
function placeOf(graph: Graph, group: Resource): string | undefined {
  const place = group.type.includes("_region_")
    ? graph.region(group)
    : (group.string("zone") ?? group.provider.string("zone"));
  const name = place?.split("/").at(-1);
  return name !== undefined && (zoneForm.test(name) || regionForm.test(name)) ? name : undefined;
}
