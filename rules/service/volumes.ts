import { isUnknown } from "../graph/graph.ts";
import type { Rule } from "../rule.ts";
import { workloads } from "./cloud-run.ts";

const SOCKETS = "/cloudsql";

/** Every mount names a volume of the revision. */
export const volumes: Rule = {
  id: "service/volumes",
  why: "A mount of a volume that the revision does not have is refused, and sockets of Cloud SQL appear under /cloudsql only.",
  limit:
    "volume_mounts.name among volumes; each volume name once; mount_path without colon; Cloud SQL at /cloudsql",
  fix: "Name a volume of the same template.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container#VolumeMount",
  example: `volumes { name = "cloudsql" }
containers {
  volume_mounts {
    name       = "cloud-sql"
    mount_path = "/cloudsql"
  }
}`,
  *check(graph) {
    for (const { resource, revision, containers } of workloads(graph)) {
      const blocks = revision.blocks("volumes");
      const names = blocks.map((volume) => volume.string("name"));
      const allKnown =
        !isUnknown(revision.get("volumes")) &&
        !names.includes(undefined) &&
        revision.get("dynamic") === undefined;
      const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
      if (twice !== undefined)
        yield { resource, severity: "error", message: `two volumes are named "${twice}": refused at apply.` };
      for (const mount of containers.flatMap((container) => container.blocks("volume_mounts"))) {
        const name = mount.string("name");
        const path = mount.string("mount_path");
        if (allKnown && name !== undefined && !names.includes(name))
          yield {
            resource,
            severity: "error",
            message: `a container mounts the volume "${name}", but the revision has ${names.length === 0 ? "none" : names.map((each) => `"${each}"`).join(", ")}: refused at apply.`,
          };
        if (path?.includes(":"))
          yield {
            resource,
            severity: "error",
            message: `mount_path "${path}" holds a colon: refused at apply.`,
            fix: "Write a plain path.",
          };
        const sockets = blocks.some(
          (volume) => volume.string("name") === name && volume.blocks("cloud_sql_instance").length > 0,
        );
        if (sockets && path !== undefined && path !== "" && path.replace(/\/$/, "") !== SOCKETS)
          yield {
            resource,
            severity: "error",
            message: `the Cloud SQL volume "${name}" is mounted at "${path}": refused at apply, its place is ${SOCKETS}.`,
            fix: `Set mount_path to ${SOCKETS}.`,
          };
      }
    }
  },
};
