import type { Json } from "../synthesized.ts";
import { checkCall } from "./check-call.ts";
import { checkValue } from "./check-value.ts";
import type { ApiDocument, ValueType } from "./document.ts";
import { documentOf } from "./documents.ts";

/** What a resource of Terraform becomes when the provider sends it. */
interface ApiForm {
  readonly api: string;
  readonly schema: string;
  /** Arguments that are no field of the body: parts of the path, and what only the provider knows. */
  readonly apart?: readonly string[];
  /** Arguments that have another place or name in the API. */
  readonly body?: (resource: Json) => object;
}

/** Where the provider's arguments are not the API's fields in another spelling. */
const FORMS: Readonly<Record<string, ApiForm>> = {
  google_monitoring_alert_policy: { api: "monitoring.v3", schema: "AlertPolicy", apart: ["project"] },
  google_monitoring_uptime_check_config: {
    api: "monitoring.v3",
    schema: "UptimeCheckConfig",
    apart: ["project"],
  },
  google_monitoring_notification_channel: {
    api: "monitoring.v3",
    schema: "NotificationChannel",
    apart: ["project", "force_delete"],
  },
  google_monitoring_custom_service: {
    api: "monitoring.v3",
    schema: "Service",
    apart: ["project", "service_id"],
    body: (service) => ({ ...service, custom: {} }),
  },
  google_monitoring_slo: {
    api: "monitoring.v3",
    schema: "ServiceLevelObjective",
    apart: ["project", "service", "slo_id"],
    body: ({ rolling_period_days: days, basic_sli, request_based_sli, windows_based_sli, ...rest }) => ({
      ...rest,
      ...(days === undefined ? {} : { rolling_period: `${days * 86_400}s` }),
      service_level_indicator: {
        ...(basic_sli === undefined ? {} : { basic_sli }),
        ...(request_based_sli === undefined ? {} : { request_based: request_based_sli }),
        ...(windows_based_sli === undefined ? {} : { windows_based: windows_based_sli }),
      },
    }),
  },
  google_monitoring_dashboard: {
    api: "monitoring.v1",
    schema: "Dashboard",
    apart: ["project"],
    body: ({ dashboard_json, ...rest }) => ({ ...rest, ...JSON.parse(dashboard_json) }),
  },
  google_logging_metric: { api: "logging.v2", schema: "LogMetric", apart: ["project"] },
  google_cloud_scheduler_job: {
    api: "cloudscheduler.v1",
    schema: "Job",
    apart: ["project", "region", "paused"],
  },
};

/** Of no API: Terraform's own. */
const META = ["//", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "timeouts"];
/** Whatever is here has to be sent in the form of an API. */
const HELD = /^google_(monitoring|logging|cloud_scheduler)_/;

/**
 * Where monitoring, log metrics and schedules of synthesized stacks are not what Google's APIs take.
 *
 * @param stacks Terraform JSON by stack
 * @returns sentences
 */
export function apiFaults(stacks: Readonly<Record<string, Json>>): string[] {
  return Object.values(stacks).flatMap(({ resource = {} }) =>
    Object.entries<Json>(resource)
      .filter(([type]) => HELD.test(type))
      .flatMap(([type, named]) =>
        Object.entries<Json>(named).flatMap(([name, one]) =>
          faultsOf(type, one).map((fault) => `${type}.${name}: ${fault}`),
        ),
      ),
  );
}

function faultsOf(type: string, resource: Json): string[] {
  const form = FORMS[type];
  if (form === undefined) return ["its form in the API is not stated in test/support/google-api/api-form.ts"];
  const { api, schema, apart = [], body = (one: Json) => one } = form;
  const document = documentOf(api);
  const own = Object.fromEntries(
    Object.entries(body(resource)).filter(([key]) => !META.includes(key) && !apart.includes(key)),
  );
  const sent = sentValue(document, { ref: schema }, own);
  return [...checkValue(document, { ref: schema }, sent, schema), ...calledBy(resource)];
}

/** What Terraform finds out before it sends it. */
const isLater = (value: unknown): boolean => typeof value === "string" && value.includes("${");

/** The JSON that the provider makes of arguments: names in camel case, blocks of which there is one as objects, 64-bit numbers as texts. */
function sentValue(document: ApiDocument, type: ValueType | undefined, value: unknown): unknown {
  if (typeof type !== "object" || type === null)
    return type === "int64" && typeof value === "number" ? String(value) : value;
  if ("list" in type)
    return (Array.isArray(value) ? value : [value]).map((one) => sentValue(document, type.list, one));
  if ("enum" in type || "any" in type) return value;
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof one !== "object" || one === null || Array.isArray(one) || "map" in type) return one;
  const fields = "ref" in type ? (document.schemas[type.ref] ?? {}) : type.fields;
  return Object.fromEntries(
    Object.entries(one).flatMap(([key, inner]) => {
      const field = Object.hasOwn(fields, key) ? key : camelCase(key);
      const of = Object.hasOwn(fields, field) ? fields[field] : undefined;
      return of !== "string" && isLater(inner) ? [] : [[field, sentValue(document, of, inner)]];
    }),
  );
}

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What a schedule asks of Google's APIs. */
function calledBy({ http_target: target }: Json): string[] {
  const [{ uri = "", http_method: method = "POST", body }] = [target ?? {}].flat();
  const { host, pathname, search } = URL.canParse(uri) ? new URL(uri) : { host: "" };
  if (!host.endsWith(".googleapis.com")) return [];
  // A schedule without a body asks for what the method does by itself: every field of its request is optional.
  const sent = body === undefined ? undefined : Buffer.from(body, "base64").toString();
  return checkCall({ method, url: `${pathname}${search}`, body: sent });
}
