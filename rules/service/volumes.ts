import { isQuantity, mebibytes } from "../../analysis/capacity/quantity.ts";
import { type Container, type Workload, workloads } from "../../analysis/workload/index.ts";
import { bucketNameIssue } from "../../resources/bucket-names.ts";
import { holdsPlaceholder } from "../../resources/index.ts";
import { reservedMounts } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

/** Volumes have names of their own. */
export const volumes: Rule = {
  id: "service/volumes",
  why: "A mount names its volume, so Cloud Run rejects two volumes of one name.",
  limit:
    "each volume name once, of one content; of a bucket by its name; mounted once at an absolute path outside of /dev, /proc and /sys, Cloud SQL at /cloudsql; Cloud Storage and NFS in the second generation; a volume in memory within the memory of the containers",
  fix: "Give each volume a name of its own.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container#VolumeMount",
  *check(graph) {
    for (const workload of workloads(graph)) {
      const { resource, volumes, containers } = workload;
      const names = volumes.map((volume) => volume.string("name"));
      const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
      if (twice !== undefined)
        yield {
          resource,
          message: `two volumes are named "${twice}"; rejected by the API: each has a name of its own.`,
        };
      yield* kinds(workload);
      yield* inMemory(workload);
      for (const container of containers) yield* mounts(workload, container);
    }
  },
};

const KINDS = ["secret", "cloud_sql_instance", "empty_dir", "gcs", "nfs"] as const;

function* kinds({ resource, volumes, executionEnvironment }: Workload): Iterable<Violation> {
  for (const volume of volumes) {
    const name = volume.string("name") ?? "?";
    const found = KINDS.filter((kind) => volume.blocks(kind).length > 0);
    if (found.length > 1)
      yield {
        resource,
        message: `the volume "${name}" holds ${found.join(" and ")}; rejected by the API: a volume has one content.`,
        fix: "Make two volumes of it.",
      };
    const second = found.find((kind) => kind === "gcs" || kind === "nfs");
    if (executionEnvironment === "first" && second !== undefined)
      yield {
        resource,
        message: `the volume "${name}" is of ${second} in the first generation execution environment; rejected by the API: it takes the second.`,
        fix: "Set execution_environment to EXECUTION_ENVIRONMENT_GEN2.",
      };
    const bucket = volume.string("gcs.bucket") ?? "";
    const because = bucket === "" || holdsPlaceholder(bucket) ? undefined : bucketNameIssue(bucket);
    if (because !== undefined)
      yield {
        resource,
        message: `the volume "${name}" is of the bucket "${bucket}"; fails at run time: no bucket has this name, as ${because}, and no instance starts.`,
        fix: 'Write the name of a bucket alone, without "gs://" and path: "acme-uploads".',
      };
    const size = volume.get("empty_dir.size_limit");
    if (typeof size === "string" && !holdsPlaceholder(size) && !isQuantity(size))
      yield {
        resource,
        message: `the volume "${name}" has size_limit "${size}"; rejected by the API: it must be a quantity of Kubernetes.`,
        fix: 'Write for example "256Mi".',
      };
  }
}

/** What is written to a volume in memory counts as memory of the instance. */
function* inMemory({ resource, volumes, containers, containersKnown }: Workload): Iterable<Violation> {
  const memories = containers.flatMap(({ memory }) => mebibytes(memory) ?? []);
  if (!containersKnown || memories.length === 0 || memories.length < containers.length) return;
  const total = memories.reduce((sum, memory) => sum + memory);
  for (const volume of volumes) {
    const written = volume.get("empty_dir.size_limit");
    const limit = mebibytes(written);
    if (limit === undefined || limit <= total) continue;
    yield {
      resource,
      severity: "warning",
      message: `the volume "${volume.string("name") ?? "?"}" in memory has size_limit ${String(written)}, and the containers have ${total}Mi together; fails at run time: the instance runs out of memory before the volume is full, and is ended.`,
      fix: `Set size_limit below ${total}Mi, or raise memory.`,
    };
  }
}

/** Sockets of Cloud SQL appear at /cloudsql only. */
function* mounts({ resource, sqlVolumes }: Workload, container: Container): Iterable<Violation> {
  const sockets = sqlVolumes.map(({ name }) => name);
  const seen = new Set<string>();
  for (const mount of container.mounts) {
    const path = mount.string("mount_path");
    const name = mount.string("name");
    if (path === undefined || path === "") continue;
    if (name !== undefined && sockets.includes(name) && path.replace(/\/$/, "") !== "/cloudsql")
      yield {
        resource,
        message: `the Cloud SQL volume "${name}" is mounted at "${path}"; rejected by the API: it belongs at /cloudsql.`,
        fix: "Set mount_path to /cloudsql.",
      };
    else if (!path.startsWith("/"))
      yield {
        resource,
        message: `mount_path is "${path}"; rejected by the API: it begins with a slash.`,
        fix: `Write "/${path}".`,
      };
    const reserved = reservedMounts.value.find((directory) => `${path}/`.startsWith(`${directory}/`));
    if (reserved !== undefined)
      yield {
        resource,
        message: `mount_path is "${path}"; rejected by the API: Cloud Run mounts nothing in ${reserved}.`,
        fix: `Mount it outside of ${reservedMounts.value.join(", ")}, for example at /mnt/files.`,
      };
    if (seen.has(path))
      yield {
        resource,
        message: `two volumes are mounted at "${path}"; rejected by the API: each has a path of its own.`,
        fix: "Mount each at a path of its own.",
      };
    seen.add(path);
  }
}
