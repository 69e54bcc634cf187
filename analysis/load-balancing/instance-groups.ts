import type { Graph, Resource } from "../../graph/index.ts";
import { follow } from "../references/follow.ts";

export const groupManagerTypes = [
  "google_compute_instance_group_manager",
  "google_compute_region_instance_group_manager",
] as const;
const TEMPLATES = ["google_compute_instance_template", "google_compute_region_instance_template"];

/** A managed instance group behind a backend service, with the template of its VMs where the input defines it. */
export interface InstanceGroup {
  readonly manager: Resource;
  readonly template: Resource | undefined;
}

/** The managed instance groups of a backend service, which names them by `instance_group` of their manager. */
export function instanceGroupsOf(graph: Graph, service: Resource): InstanceGroup[] {
  return service.blocks("backend").flatMap((backend) => {
    const manager = follow(graph, backend.get("group"), groupManagerTypes, service);
    if (manager === undefined) return [];
    const [version] = manager.blocks("version");
    return [{ manager, template: follow(graph, version?.get("instance_template"), TEMPLATES, manager) }];
  });
}
