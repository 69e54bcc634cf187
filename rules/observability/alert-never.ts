import { ceilingOf as maxConnections } from "../../analysis/capacity/max-connections.ts";
import { type Condition, conditions, type Watch, watches } from "../../analysis/monitoring/conditions.ts";
import { equalTo, type Filter, label, METRIC_TYPE } from "../../analysis/monitoring/filter.ts";
import { follow } from "../../analysis/references/follow.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import { metricNamed } from "../../resources/metrics.ts";
import type { Rule, Violation } from "../rule.ts";
import { METRICS_DOC } from "./sources.ts";

/** An alert can fire: what it compares with can be reached. */
export const alertNever: Rule = {
  id: "observability/alert-never",
  why: "An alert whose threshold lies beyond what the metric can reach, or which watches a label value that is never reported, stays silent through every incident.",
  limit:
    "utilizations between 0 and 1; connector instances below its maximum; connections below max_connections; burn rates below 1 / (1 - goal); evictions unless noeviction; response_code_class 5xx for Cloud Run, 500 for load balancers",
  fix: "Choose a threshold that the metric reaches before the platform is full.",
  source: METRICS_DOC,
  *check(graph) {
    for (const watch of watches(graph)) yield* responseClass(watch);
    for (const condition of conditions(graph)) {
      const { filter } = condition;
      yield* burnRate(graph, condition);
      const metric = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
      if (filter === undefined || metric === undefined) continue;
      if (condition.kind !== "condition_threshold" || condition.block.get("denominator_filter")) continue;
      const threshold = condition.block.number("threshold_value");
      if (threshold === undefined) continue;
      if (condition.block.string("comparison") === "COMPARISON_GT")
        yield* above(graph, condition, metric, threshold);
      if (condition.block.string("comparison") === "COMPARISON_LT")
        yield* below(condition, metric, threshold);
    }
  },
};

/** The most that the metric can reach, and why. */
interface Ceiling {
  readonly value: number;
  readonly because: string;
}

function* above(graph: Graph, condition: Condition, metric: string, threshold: number): Iterable<Violation> {
  const ceiling = ceilingOf(graph, condition, metric);
  if (ceiling === undefined || threshold < ceiling.value) return;
  const atTop = metricNamed(metric)?.ratio === true && threshold === ceiling.value;
  yield {
    resource: condition.policy,
    severity: atTop ? "warning" : "error",
    message: `${condition.label} waits for ${metric} above ${threshold}; fails at run time: ${ceiling.because}, so it never fires.`,
  };
}

function ceilingOf(graph: Graph, { policy, filter, block }: Condition, metric: string): Ceiling | undefined {
  if (filter === undefined) return undefined;
  const aligner = block.string("aggregations.per_series_aligner") ?? "";
  const counted = /SUM|COUNT/.test(`${aligner}${block.string("aggregations.cross_series_reducer") ?? ""}`);
  const known = metricNamed(metric);
  if (known?.ratio === true && !counted && !/RATE|PERCENT_CHANGE|DELTA/.test(aligner))
    return { value: 1, because: "it is a share that ends at 1" };
  if (metric === "vpcaccess.googleapis.com/connector/instances")
    return connectorCeiling(graph, policy, filter, counted);
  if (metric === "redis.googleapis.com/stats/evicted_keys") return evictionCeiling(graph, policy, filter);
  if (metric === "cloudsql.googleapis.com/database/postgresql/num_backends")
    return databaseCeiling(graph, policy, filter);
  return undefined;
}

function connectorCeiling(
  graph: Graph,
  policy: Resource,
  filter: Filter,
  counted: boolean,
): Ceiling | undefined {
  const connector = watched(graph, policy, filter, "connector_name", "google_vpc_access_connector");
  if (connector === undefined || (counted && graph.all(connector.type).length > 1)) return undefined;
  const largest = namedAlike(graph, connector, filter)
    .map((one) => ({ one, most: one.number("max_instances") ?? Number.POSITIVE_INFINITY }))
    .reduce((a, b) => (b.most > a.most ? b : a), { one: connector, most: 0 });
  if (!Number.isFinite(largest.most) || largest.most === 0) return undefined;
  return {
    value: largest.most,
    because: `${largest.one.address} has at most ${largest.most} instances`,
  };
}

/** Connectors of one name in different regions: those in the region of the filter, or all where it names none. */
function namedAlike(graph: Graph, connector: Resource, filter: Filter): readonly Resource[] {
  const name = connector.string("name");
  const location = equalTo(filter, label("location"));
  if (name === undefined) return [connector];
  const alike = graph.all(connector.type).filter((other) => other.string("name") === name);
  if (location === undefined) return alike;
  return alike.filter((other) => graph.region(other) === undefined || graph.region(other) === location);
}

function databaseCeiling(graph: Graph, policy: Resource, filter: Filter): Ceiling | undefined {
  const instance = watched(graph, policy, filter, "database_id", "google_sql_database_instance");
  const most = instance === undefined ? undefined : maxConnections(instance);
  if (instance === undefined || most === undefined) return undefined;
  // Superusers may take the reserved ones, too.
  const value = most.connections + cloudSqlLimits.superuserReservedConnections.value;
  return { value, because: `${instance.address} takes ${most.written}` };
}

/** With noeviction a full Redis refuses writes and keeps every key. */
function evictionCeiling(graph: Graph, policy: Resource, filter: Filter): Ceiling | undefined {
  const redis = watched(graph, policy, filter, "instance_id", "google_redis_instance");
  if (redis?.get("redis_configs.maxmemory-policy") !== "noeviction") return undefined;
  return { value: 0, because: `${redis.address} has maxmemory-policy noeviction` };
}

/** The burn rate of a total failure is the highest there is. */
function* burnRate(graph: Graph, { policy, label: condition, block }: Condition): Iterable<Violation> {
  const threshold = block.number("threshold_value");
  const filter = block.get("filter");
  const text = typeof filter === "string" ? filter : isUnknown(filter) ? filter.parts.join("") : "";
  if (threshold === undefined || !text.includes("select_slo_burn_rate")) return;
  const piece = isUnknown(filter) ? filter.parts.find((part) => isUnknown(part)) : undefined;
  const named = /serviceLevelObjectives\/([^"/]+)"/.exec(text)?.[1];
  const target = graph.target(piece ?? named, ["google_monitoring_slo"], policy);
  const goal = target.kind === "resource" ? target.resource.number("goal") : undefined;
  if (target.kind !== "resource" || goal === undefined || goal >= 1) return;
  const most = 1 / (1 - goal);
  if (threshold < most) return;
  yield {
    resource: policy,
    message: `${condition} waits for a burn rate above ${threshold}; fails at run time: at a goal of ${goal} (${target.resource.address}) a total failure has a burn rate of ${Math.round(most * 100) / 100}, so it never fires.`,
    fix: "Lower threshold_value, or raise the goal.",
  };
}

/** The resource that the filter names by label or, where it names none, the only one of its type. */
function watched(
  graph: Graph,
  policy: Resource,
  filter: Filter,
  name: string,
  type: string,
): Resource | undefined {
  const named = equalTo(filter, label(name));
  if (named !== undefined) return follow(graph, named.slice(named.lastIndexOf(":") + 1), [type], policy);
  const all = graph.all(type);
  return all.length === 1 ? all[0] : undefined;
}

function* below({ policy, label }: Condition, metric: string, threshold: number): Iterable<Violation> {
  const known = metricNamed(metric);
  if (known === undefined || known.value === "BOOL" || threshold > 0) return;
  yield {
    resource: policy,
    message: `${label} waits for ${metric} below ${threshold}; fails at run time: it is never negative, so it never fires.`,
    fix: "Choose a threshold above 0.",
  };
}

/** Cloud Run writes "5xx", load balancers 500. */
function* responseClass({ policy, label: condition, filter, silence }: Watch): Iterable<Violation> {
  const metric = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
  const written = filter === undefined ? undefined : equalTo(filter, label("response_code_class"));
  if (metric === undefined || written === undefined) return;
  const run = metric === "run.googleapis.com/request_count";
  const balancer = metric.startsWith("loadbalancing.googleapis.com/https/");
  const right = run ? /^[1-5]xx$/ : /^(0|[1-5]00)$/;
  if ((!run && !balancer) || right.test(written)) return;
  const digit = /[1-5]/.exec(written)?.[0] ?? "5";
  const meant = run ? `${digit}xx` : `${digit}00`;
  yield {
    resource: policy,
    message: `${condition} watches response_code_class "${written}"; fails at run time: ${run ? "Cloud Run" : "the load balancer"} reports "${meant}", so ${silence}.`,
    fix: `Write response_code_class="${meant}".`,
  };
}
