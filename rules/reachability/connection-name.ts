import { connectionIn } from "../../analysis/references/connections.ts";
import { follow } from "../../analysis/references/follow.ts";
import { missingSeverity, nameOf, nearestHint } from "../../analysis/references/names.ts";
import { variables, workloads } from "../../analysis/workload/index.ts";
import { usersOf } from "../../analysis/workload/users.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import { nearest } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";
import { cannotTell } from "./cannot-tell.ts";

const INSTANCE = ["google_sql_database_instance"];
/** Every place that names a Cloud SQL instance names one that exists. */
export const connectionName: Rule = {
  id: "reachability/connection-name",
  why: "Two places that call the database by different names drift apart, and one of them names nothing.",
  limit: "project:region:instance of a google_sql_database_instance of the input",
  fix: "Refer to the connection_name attribute of the instance.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/connect-run",
  *check(graph) {
    for (const workload of workloads(graph)) {
      for (const volume of workload.sqlVolumes) {
        for (const instance of volume.instances)
          yield* judge(
            graph,
            workload.resource,
            "its Cloud SQL volume",
            instance,
            "rejected by the API: the instance is not found",
          );
        yield* short(workload.resource, volume.instances);
      }
      for (const { name, value } of variables(workload)) {
        const named = connectionIn(name, value);
        if (named !== undefined)
          yield* judge(graph, workload.resource, name, named, "fails at run time: there is no such instance");
      }
    }
  },
};

function* judge(
  graph: Graph,
  resource: Resource,
  place: string,
  value: Value,
  effect: string,
): Iterable<Violation> {
  const target = graph.target(value, INSTANCE, resource);
  const twin = target.kind === "unknown" ? twinOf(graph, value, resource) : undefined;
  if (twin !== undefined) {
    yield {
      resource,
      message: `${place} names the Cloud SQL instance "${value}", but ${twin.address} of that name and region is in project ${graph.project(twin)}; ${effect}.`,
      fix: `Use ${twin.address}.connection_name.`,
    };
    return;
  }
  if (target.kind === "unknown" && typeof value === "string" && isMisordered(value)) {
    yield {
      resource,
      message: `${place} names "${value}", which lacks a region between project and instance; ${effect}.`,
      fix: "Write project:region:instance.",
    };
    return;
  }
  yield* cannotTell(resource, "the Cloud SQL instance", value, target);
  if (target.kind !== "missing") return;
  const near = target.nearest;
  const isTwice = !isMountedWith(graph, resource, value, near) && isOtherName(graph, resource, place, near);
  const elsewhere = near !== undefined && nameOf(near) === target.name;
  const written = typeof value === "string" ? value : target.name;
  yield {
    resource,
    severity: isTwice ? "error" : missingSeverity(target),
    message: `${place} names the Cloud SQL instance "${written}", ${
      elsewhere
        ? `but ${near.address} is "${[graph.project(near) ?? "PROJECT", graph.region(near) ?? "REGION", target.name].join(":")}"`
        : `which is not defined${nearestHint(isTwice ? { ...target, certain: true } : target)}`
    }; ${effect}.`,
    fix: near === undefined ? "Name an instance that exists." : `Use ${near.address}.connection_name.`,
  };
}

const REGION = /^[a-z]+(-[a-z]+)+\d+$/;

/** True where a region is in another place than the second of three. */
function isMisordered(value: string): boolean {
  const parts = value.split(":");
  return parts.length === 3 && !REGION.test(parts[1] ?? "") && parts.some((part) => REGION.test(part));
}

/** An instance of the same name and region in the workload's own project, where the written project differs by a typing error. */
function twinOf(graph: Graph, value: Value, resource: Resource): Resource | undefined {
  const [name, region, ...rest] = typeof value === "string" ? value.split(":").reverse() : [];
  const written = rest.reverse().join(":");
  return graph.all(...INSTANCE).find((instance) => {
    const project = graph.project(instance);
    return (
      project !== undefined &&
      project === graph.project(resource) &&
      instance.string("name") === name &&
      graph.region(instance) === region &&
      written !== project &&
      nearest(written, [project]) !== undefined
    );
  });
}

function* short(resource: Resource, instances: readonly Value[]): Iterable<Violation> {
  for (const instance of instances) {
    if (typeof instance !== "string" || instance === "" || instance.split(":").length > 2) continue;
    yield {
      resource,
      message: `its Cloud SQL volume names "${instance}", which is no connection name; rejected by the API: project:region:instance is expected.`,
    };
  }
}

/** True where the workload mounts the sockets of both: it has two databases, of which one is not defined here. */
function isMountedWith(
  graph: Graph,
  resource: Resource,
  named: Value,
  instance: Resource | undefined,
): boolean {
  const mounted = workloads(graph)
    .filter((workload) => workload.resource === resource)
    .flatMap(({ sqlVolumes }) => sqlVolumes.flatMap(({ instances }) => instances));
  return (
    mounted.includes(named) &&
    mounted.some((one) => instance !== undefined && follow(graph, one, INSTANCE, resource) === instance)
  );
}

/**
 * True where the one instance of the region is meant: nothing else names it, the same workload does in another place, or
 * another one in the same variable.
 */
function isOtherName(
  graph: Graph,
  resource: Resource,
  place: string,
  instance: Resource | undefined,
): boolean {
  const primaries = graph.all(...INSTANCE).filter((one) => (one.get("master_instance_name") ?? "") === "");
  if (instance === undefined || primaries.length !== 1 || primaries[0] !== instance) return false;
  if (graph.region(instance) !== graph.region(resource)) return false;
  const users = usersOf(graph).get(instance) ?? [];
  if (users.length === 0 || users.includes(resource.string("name") ?? resource.address)) return true;
  return workloads(graph).some((workload) =>
    variables(workload).some(({ name, value }) => {
      const named = name === place ? connectionIn(name, value) : undefined;
      const target = named === undefined ? undefined : graph.target(named, INSTANCE, workload.resource);
      return target?.kind === "resource" && target.resource === instance;
    }),
  );
}
