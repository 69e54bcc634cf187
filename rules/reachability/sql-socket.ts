import { HOLE, textOf } from "../../analysis/references/text.ts";
import { type Container, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Value } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

const POSTGRES = String(cloudSqlLimits.postgresPort.value);
const INSTANCE = ["google_sql_database_instance"];

/** A socket path under /cloudsql exists only where the volume with that instance is mounted. */
export const sqlSocket: Rule = {
  id: "reachability/sql-socket",
  why: "The sockets of Cloud SQL are made by a volume; without it, or mounted elsewhere, the path does not exist.",
  limit:
    "a volume with cloud_sql_instance that holds the instance, mounted at /cloudsql in the container whose environment names the socket",
  fix: "Add the cloud_sql_instance volume and mount it at /cloudsql.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/connect-run",
  *check(graph) {
    for (const workload of workloads(graph)) {
      if (workload.resource.type.startsWith("google_cloudfunctions")) continue;
      for (const container of workload.containers) yield* sockets(graph, workload, container);
    }
  },
};

function broken({ resource }: Workload, message: string, fix: string): Violation {
  return { resource, message, fix };
}

function* sockets(graph: Graph, workload: Workload, container: Container): Iterable<Violation> {
  const used = container.env.flatMap(({ name, value }) => {
    const connection = socketIn(value);
    return connection === undefined ? [] : [{ name, connection }];
  });
  const elsewhere = container.env.flatMap(({ name, value }) => [
    ...astray(workload, name, textOf(value) ?? ""),
  ]);
  if (used.length + elsewhere.length === 0 || hasProxy(workload)) return;
  yield* elsewhere;
  const [first] = used;
  if (first === undefined) return;
  const knative = workload.resource.type === "google_cloud_run_service";
  if (workload.sqlVolumes.length === 0) {
    if (knative || workload.resource.get("template") !== undefined)
      yield broken(
        workload,
        `${first.name} names a socket under /cloudsql, but ${knative ? "the annotation run.googleapis.com/cloudsql-instances is missing" : "there is no volume with cloud_sql_instance"}; fails at run time: the socket does not exist.`,
        knative
          ? "Add the annotation with the connection name."
          : "Add the volume and mount it at /cloudsql.",
      );
    return;
  }
  if (!knative && !container.mounts.some((mount) => isMountOf(workload, mount.string("name")))) {
    yield broken(
      workload,
      `${first.name} names a socket under /cloudsql, but the container does not mount the Cloud SQL volume; fails at run time: the socket does not exist.`,
      "Add volume_mounts with mount_path /cloudsql.",
    );
  }
  const held = workload.sqlVolumes.flatMap(({ instances }) => instances);
  for (const { name, connection } of used) {
    if (connection === HOLE || connection.includes(HOLE) || holds(graph, workload, held, connection))
      continue;
    yield broken(
      workload,
      `${name} names the socket of "${connection}", but the Cloud SQL volume holds ${held.map((instance) => `"${textOf(instance)?.replaceAll(HOLE, "?")}"`).join(" and ")}; fails at run time: the socket does not exist.`,
      "Name the same instance in both places.",
    );
  }
}

/** A socket next to the one that Cloud Run makes: in another folder, or with another file name. */
function* astray(workload: Workload, name: string, text: string): Iterable<Violation> {
  const folder = /^(\/(?!cloudsql\/)(?:[\w.-]+\/)*)[^/]+:[a-z]+-[a-z]+\d+:[^/:]+/.exec(text)?.[1];
  const made = workload.containers
    .flatMap(({ mounts }) => mounts)
    .some((mount) => folder?.startsWith(mount.string("mount_path") ?? "/") === true);
  if (folder !== undefined && workload.sqlVolumes.length > 0 && !made)
    yield broken(
      workload,
      `${name} names a socket in ${folder}, but Cloud Run makes it in /cloudsql; fails at run time: the socket does not exist.`,
      "Begin the path with /cloudsql/.",
    );
  const port = /\/cloudsql\/.*\/\.s\.PGSQL\.(\d+)/.exec(text)?.[1];
  if (port !== undefined && port !== POSTGRES)
    yield broken(
      workload,
      `${name} ends with .s.PGSQL.${port}, but the socket is called .s.PGSQL.${POSTGRES}; fails at run time: the socket does not exist.`,
      `End it with .s.PGSQL.${POSTGRES}.`,
    );
}

function socketIn(value: Value | undefined): string | undefined {
  return /(?:^|=|@|%40)\/?(?:\/|%2F)cloudsql(?:\/|%2F)([^/?&\s]+)/i.exec(textOf(value) ?? "")?.[1];
}

/** The Auth Proxy as a sidecar, or another volume, may make sockets at that path too. */
function hasProxy(workload: Workload): boolean {
  const volumes = workload.sqlVolumes.map(({ name }) => name);
  const mounted = workload.containers
    .flatMap((container) => container.mounts)
    .some(
      (mount) =>
        (mount.string("mount_path") ?? "").startsWith("/cloudsql") && !volumes.includes(mount.string("name")),
    );
  return mounted || JSON.stringify(workload.resource.values).includes("cloud-sql-proxy");
}

function isMountOf(workload: Workload, name: string | undefined): boolean {
  return (
    workload.sqlVolumes.some((volume) => volume.name === undefined || volume.name === name) ||
    name === undefined
  );
}

function holds(graph: Graph, workload: Workload, held: readonly Value[], connection: string): boolean {
  const wanted = graph.target(connection, INSTANCE, workload.resource);
  return held.some((instance) => {
    const text = textOf(instance);
    if (text === connection) return true;
    const target = graph.target(instance, INSTANCE, workload.resource);
    if (target.kind === "resource" && wanted.kind === "resource") return target.resource === wanted.resource;
    return text === undefined || text.includes(HOLE);
  });
}
