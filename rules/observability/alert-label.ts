import { watches } from "../../analysis/monitoring/conditions.ts";
import { equalTo, label, RESOURCE_TYPE } from "../../analysis/monitoring/filter.ts";
import { missingSeverity, nearestHint } from "../../analysis/references/names.ts";
import { serviceTypes } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";
import { FILTER_DOC } from "./sources.ts";

interface Label {
  /** The monitored resource that has the label. */
  readonly resource: string;
  readonly name: string;
  readonly types: readonly string[];
  /** The id of the resource in the value of the label. */
  readonly id?: (value: string) => string;
  /** What every value of the label looks like, and how to say so. */
  readonly form?: RegExp;
  readonly written?: string;
}

const LABELS: readonly Label[] = [
  { resource: "cloud_run_revision", name: "service_name", types: serviceTypes },
  { resource: "cloud_run_job", name: "job_name", types: ["google_cloud_run_v2_job"] },
  {
    resource: "cloud_run_worker_pool",
    name: "worker_pool_name",
    types: ["google_cloud_run_v2_worker_pool"],
  },
  { resource: "pubsub_subscription", name: "subscription_id", types: ["google_pubsub_subscription"] },
  { resource: "pubsub_topic", name: "topic_id", types: ["google_pubsub_topic"] },
  { resource: "vpc_access_connector", name: "connector_name", types: ["google_vpc_access_connector"] },
  {
    resource: "cloudsql_database",
    name: "database_id",
    types: ["google_sql_database_instance"],
    id: (value) => value.replace(/^(.+):([^:]+)$/, "projects/$1/instances/$2"),
    form: /^(?:[^:]+\.[^:]+:)?[^:]+:[^:]+$/,
    written: "PROJECT:INSTANCE",
  },
  {
    resource: "redis_instance",
    name: "instance_id",
    types: ["google_redis_instance"],
    form: /^projects\/[^/]+\/locations\/[^/]+\/instances\/[^/]+$/,
    written: "projects/PROJECT/locations/REGION/instances/INSTANCE",
  },
  { resource: "nat_gateway", name: "gateway_name", types: ["google_compute_router_nat"] },
  {
    resource: "https_lb_rule",
    name: "backend_target_name",
    types: ["google_compute_backend_service", "google_compute_backend_bucket"],
  },
  { resource: "https_lb_rule", name: "url_map_name", types: ["google_compute_url_map"] },
  {
    resource: "https_lb_rule",
    name: "forwarding_rule_name",
    types: ["google_compute_global_forwarding_rule", "google_compute_forwarding_rule"],
  },
];

/** All labels of a monitored resource. */
const OF_RESOURCE: { readonly [resource: string]: readonly string[] } = {
  cloud_run_revision: ["project_id", "service_name", "revision_name", "location", "configuration_name"],
  cloud_run_job: ["project_id", "job_name", "location"],
  cloudsql_database: ["project_id", "database_id", "region"],
  redis_instance: ["project_id", "region", "instance_id", "node_id"],
  pubsub_subscription: ["project_id", "subscription_id"],
  pubsub_topic: ["project_id", "topic_id"],
  vpc_access_connector: ["project_id", "location", "connector_name"],
  nat_gateway: ["project_id", "region", "router_id", "gateway_name"],
};

/** The first label in the filter that the monitored resource lacks. */
function unknownLabel(kind: string, text: string): string | undefined {
  const known = Object.hasOwn(OF_RESOURCE, kind) ? OF_RESOURCE[kind] : undefined;
  const asked = [...text.matchAll(/(?:^|[^\w.])resource\.labels?\.["']?([a-z_]+)/g)].map(
    (match) => match[1] ?? "",
  );
  return known === undefined ? undefined : asked.find((name) => !known.includes(name));
}

/** The resources that an alert or an objective selects by label exist. */
export const alertLabel: Rule = {
  id: "observability/alert-label",
  why: "A condition on a service, database or connector that does not exist is accepted and never fires.",
  limit:
    "service_name, database_id (project:instance), connector_name ... of a resource of the input, where it defines any",
  fix: "Build the filter from the name of the resource.",
  source: FILTER_DOC,
  *check(graph) {
    for (const { policy, label: condition, filter, silence } of watches(graph)) {
      const kind = filter === undefined ? undefined : equalTo(filter, RESOURCE_TYPE);
      if (filter === undefined || kind === undefined) continue;
      const unknown = unknownLabel(kind, filter.text);
      if (unknown !== undefined)
        yield {
          resource: policy,
          message: `${condition} filters by resource.labels.${unknown}; rejected by the API, or ${silence}: ${kind} has ${OF_RESOURCE[kind]?.join(", ")}.`,
          fix: "Use a label of the resource; those of the metric are metric.labels.",
        };
      for (const { resource, name, types, id, form, written } of LABELS) {
        const value = resource === kind ? equalTo(filter, label(name)) : undefined;
        if (value === undefined) continue;
        if (form !== undefined && !form.test(value)) {
          yield {
            resource: policy,
            message: `${condition} watches ${name} "${value}"; fails at run time: Monitoring reports ${written}, so ${silence}.`,
            fix: `Write ${name}="${written}".`,
          };
          continue;
        }
        const target = graph.target(id === undefined ? value : id(value), types, policy);
        if (target.kind !== "missing") continue;
        yield {
          resource: policy,
          severity: missingSeverity(target),
          message: `${condition} watches ${name} "${value}"; fails at run time: ${silence}, as it is not defined${nearestHint(target)}.`,
        };
      }
    }
  },
};
