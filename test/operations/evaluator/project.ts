import type { SeriesFilter } from "./filter.ts";
import { promqlSpelling } from "./log-series.ts";

// biome-ignore lint/suspicious/noExplicitAny: Terraform JSON of any shape, as it was synthesized
export type Json = any;

/** The synthesized stacks of one environment, by the name of the stack. */
export type Stacks = Readonly<Record<string, Json>>;

export function resourcesOf(stacks: Stacks, type: string): [name: string, resource: Json][] {
  return Object.values(stacks).flatMap(
    (stack) => Object.entries(stack.resource?.[type] ?? {}) as [string, Json][],
  );
}

/** The resource that "${type.name.attribute}" refers to. */
export function referred(stacks: Stacks, reference: string): Json {
  const match = /^\$\{(\w+)\.([\w-]+)\.\w+\}$/.exec(reference);
  const found = resourcesOf(stacks, match?.[1] ?? "").find(([name]) => name === match?.[2]);
  if (found === undefined) throw new Error(`${reference} refers to nothing that is defined`);
  return found[1];
}

export function logMetricSpelled(stacks: Stacks, promql: string): Json | undefined {
  return resourcesOf(stacks, "google_logging_metric").find(
    ([, metric]) => promqlSpelling(metric.name) === promql,
  )?.[1];
}

function only(stacks: Stacks, type: string): Json {
  const [first] = resourcesOf(stacks, type);
  if (first === undefined) throw new Error(`there is no ${type}: it never fires`);
  return first[1];
}

function named(stacks: Stacks, type: string, name: string | undefined): Json {
  const found = resourcesOf(stacks, type).find(([, resource]) => resource.name === name);
  if (found === undefined) throw new Error(`there is no ${type} named ${name}: it never fires`);
  return found[1];
}

const LARGEST_REDIS = 65000;
const SUPERUSERS = 3;
const PORTS_OF_AN_ADDRESS = 64512;

/** The most that the watched resource can report, from what is really deployed; also finds what does not exist. */
export function mostReported(stacks: Stacks, filter: SeriesFilter): number {
  const { metric, resourceLabels: labels } = filter;
  switch (filter.resource) {
    case "vpc_access_connector": {
      const connector = named(stacks, "google_vpc_access_connector", labels.connector_name);
      return metric.endsWith("/instances") ? connector.max_instances : Number.POSITIVE_INFINITY;
    }
    case "cloudsql_database": {
      const [project, name] = (labels.database_id ?? "").split(":");
      const database = named(stacks, "google_sql_database_instance", name);
      if (project !== providerProject(stacks))
        throw new Error(`${labels.database_id} is of another project: it never fires`);
      const flag = database.settings.database_flags.find((each: Json) => each.name === "max_connections");
      return metric.endsWith("/num_backends") ? Number(flag.value) + SUPERUSERS : Number.POSITIVE_INFINITY;
    }
    case "cloud_run_revision": {
      const service = named(stacks, "google_cloud_run_v2_service", labels.service_name);
      return metric.endsWith("/instance_count")
        ? service.template.scaling.max_instance_count
        : Number.POSITIVE_INFINITY;
    }
    case "redis_instance": {
      const redis = named(stacks, "google_redis_instance", labels.instance_id?.split("/").at(-1));
      const evicts = redis.redis_configs?.["maxmemory-policy"] !== "noeviction";
      if (metric.endsWith("/evicted_keys") && !evicts) return 0;
      return metric.endsWith("/connected") ? LARGEST_REDIS : Number.POSITIVE_INFINITY;
    }
    case "nat_gateway": {
      const nat = named(stacks, "google_compute_router_nat", labels.gateway_name);
      if (metric.endsWith("/allocated_ports")) return nat.nat_ips.length * PORTS_OF_AN_ADDRESS;
      return metric.endsWith("/port_usage") ? nat.max_ports_per_vm : Number.POSITIVE_INFINITY;
    }
    case "https_lb_rule": {
      named(stacks, "google_compute_url_map", labels.url_map_name);
      if (labels.backend_target_name !== undefined)
        named(stacks, "google_compute_backend_service", labels.backend_target_name);
      return Number.POSITIVE_INFINITY;
    }
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function providerProject(stacks: Stacks): string {
  return Object.values(stacks)[0]?.provider.google[0].project ?? only(stacks, "google_project").project_id;
}
