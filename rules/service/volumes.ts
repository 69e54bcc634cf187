import type { Block, Resource } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { workloads } from "./cloud-run.ts";

/** Volumes have names of their own. */
export const volumes: Rule = {
  id: "service/volumes",
  why: "A mount names its volume, so Cloud Run refuses two volumes of one name.",
  limit:
    "each volume name once, of one content; mounted once at an absolute path, Cloud SQL at /cloudsql; Cloud Storage and NFS in the second generation",
  fix: "Give each volume a name of its own.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container#VolumeMount",
  example: `volumes { name = "data" }
volumes { name = "data" }`,
  *check(graph) {
    for (const { resource, revision, containers } of workloads(graph)) {
      const names = revision.blocks("volumes").map((volume) => volume.string("name"));
      const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
      if (twice !== undefined)
        yield { resource, severity: "error", message: `two volumes are named "${twice}": refused at apply.` };
      yield* kinds(resource, revision);
      for (const container of containers) yield* mounts(resource, revision, container);
    }
  },
};

const KINDS = ["secret", "cloud_sql_instance", "empty_dir", "gcs", "nfs"] as const;

function* kinds(resource: Resource, revision: Block): Iterable<Verdict> {
  const first = revision.string("execution_environment") === "EXECUTION_ENVIRONMENT_GEN1";
  for (const volume of revision.blocks("volumes")) {
    const name = volume.string("name") ?? "?";
    const found = KINDS.filter((kind) => volume.blocks(kind).length > 0);
    if (found.length > 1)
      yield {
        resource,
        severity: "error",
        message: `the volume "${name}" is of ${found.join(" and ")}: refused at apply, a volume has one content.`,
        fix: "Make two volumes of it.",
      };
    const second = found.find((kind) => kind === "gcs" || kind === "nfs");
    if (first && second !== undefined)
      yield {
        resource,
        severity: "error",
        message: `the volume "${name}" is of ${second} in the first generation execution environment: refused at apply, it takes the second.`,
        fix: "Set execution_environment to EXECUTION_ENVIRONMENT_GEN2.",
      };
  }
}

/** R34: sockets of Cloud SQL appear at /cloudsql only. */
function* mounts(resource: Resource, revision: Block, container: Block): Iterable<Verdict> {
  const sockets = revision
    .blocks("volumes")
    .filter((volume) => volume.blocks("cloud_sql_instance").length > 0)
    .map((volume) => volume.string("name"));
  const seen = new Set<string>();
  for (const mount of container.blocks("volume_mounts")) {
    const path = mount.string("mount_path");
    const name = mount.string("name");
    if (path === undefined || path === "") continue;
    if (name !== undefined && sockets.includes(name) && path.replace(/\/$/, "") !== "/cloudsql")
      yield {
        resource,
        severity: "error",
        message: `the Cloud SQL volume "${name}" is mounted at "${path}": refused at apply, its place is /cloudsql.`,
        fix: "Set mount_path to /cloudsql.",
      };
    else if (!path.startsWith("/"))
      yield {
        resource,
        severity: "error",
        message: `mount_path is "${path}": refused at apply, it begins with a slash.`,
        fix: `Write "/${path}".`,
      };
    if (seen.has(path))
      yield {
        resource,
        severity: "error",
        message: `two volumes are mounted at "${path}": refused at apply.`,
        fix: "Mount each at a path of its own.",
      };
    seen.add(path);
  }
}
