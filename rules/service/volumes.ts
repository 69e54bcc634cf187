import type { Rule } from "../rule.ts";
import { workloads } from "./cloud-run.ts";

const SOCKETS = "/cloudsql";

/** Volumes have names of their own, and those of Cloud SQL one place. */
export const volumes: Rule = {
  id: "service/volumes",
  why: "Two volumes of one name are refused, and sockets of Cloud SQL appear under /cloudsql only.",
  limit: "each volume name once; Cloud SQL mounted at /cloudsql",
  fix: "Give each volume a name of its own.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container#VolumeMount",
  example: `volumes {
  name = "sockets"
  cloud_sql_instance { instances = [google_sql_database_instance.main.connection_name] }
}
containers {
  volume_mounts {
    name       = "sockets"
    mount_path = "/sockets"
  }
}`,
  *check(graph) {
    for (const { resource, revision, containers } of workloads(graph)) {
      const blocks = revision.blocks("volumes");
      const names = blocks.map((volume) => volume.string("name"));
      const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
      if (twice !== undefined)
        yield { resource, severity: "error", message: `two volumes are named "${twice}": refused at apply.` };
      const sockets = new Set(
        blocks
          .filter((volume) => volume.blocks("cloud_sql_instance").length > 0)
          .map((volume) => volume.string("name")),
      );
      for (const mount of containers.flatMap((container) => container.blocks("volume_mounts"))) {
        const name = mount.string("name");
        const path = mount.string("mount_path");
        if (name === undefined || !sockets.has(name) || path === undefined || path === "") continue;
        if (path.replace(/\/$/, "") === SOCKETS) continue;
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
