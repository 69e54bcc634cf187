import { type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** What a container mounts is a volume of its template. */
export const volume: Rule = {
  id: "reachability/volume",
  why: "A container that mounts a volume which the template does not define is refused.",
  limit: "every volume_mounts.name is the name of one of the template's volumes; a mount path holds no colon",
  fix: "Name a volume of the template.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container",
  *check(graph) {
    for (const workload of workloads(graph))
      for (const [message, fix] of violations(workload)) yield { resource: workload.resource, message, fix };
  },
};

function* violations({
  containers,
  volumes,
  volumesKnown,
}: Workload): Iterable<[message: string, fix: string]> {
  const names = volumes.map((block) => block.string("name"));
  const defined = names.map((name) => `"${name}"`);
  for (const mount of containers.flatMap(({ mounts }) => mounts)) {
    const name = mount.string("name");
    const path = mount.string("mount_path");
    if (path?.includes(":"))
      yield [
        `the mount path is "${path}"; rejected by the API: it holds no colon.`,
        "Choose a path without a colon, for example /data.",
      ];
    if (name === undefined || !volumesKnown || names.includes(undefined) || names.includes(name)) continue;
    yield [
      `a container mounts the volume "${name}"; rejected by the API: the template defines ${defined.length === 0 ? "none" : defined.join(" and ")}.`,
      defined.length === 0 ? `Add the volume "${name}".` : `Name ${defined.join(" or ")}.`,
    ];
  }
}
