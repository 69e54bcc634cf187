import type { Attributes } from "../attributes.ts";
import { base64 } from "../base64.ts";
import {
  anything,
  atLeastOneOf,
  atMostOneOf,
  choice,
  custom,
  duration,
  durationSeconds,
  exactlyOneOf,
  forbidden,
  range,
  required,
  size,
} from "../constraints/index.ts";
import { monitoringLimits as limits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

/** What an uptime check can watch. */
export const uptimeResources = [
  "uptime_url",
  "gce_instance",
  "gae_app",
  "aws_ec2_instance",
  "aws_elb_load_balancer",
  "k8s_service",
  "servicedirectory_service",
  "cloud_run_revision",
];

const CHECKS = ["http_check", "tcp_check"];
const HTTP = "http_check";
const MATCHER = "content_matchers[]";

/** Uptime check of Cloud Monitoring. */
export const monitoringUptimeCheckConfig: ResourceType = {
  type: "google_monitoring_uptime_check_config",
  label: "uptime check",
  nameAttribute: null,
  requiredRole: "roles/monitoring.uptimeCheckConfigEditor",
  deleteImpact: {
    destroyed: "nobody is alerted from outside any more when the service is down",
    replaced: undefined,
  },
  fieldRules: [
    {
      id: "observability/uptime-timing",
      why: "Cloud Monitoring checks at four fixed periods and waits a minute at most; the provider checks neither.",
      fix: "Choose one of the four periods, and a timeout below it.",
      source: limits.uptimePeriods.source,
      constraints: [
        duration("timeout", { low: limits.uptimeTimeoutLow, high: limits.uptimeTimeoutHigh }),
        choice(
          "period",
          limits.uptimePeriods.value.map((seconds) => `${seconds}s`),
        ),
        custom("timeout below period", belowPeriod, { severity: "warning", outcome: "fails at run time" }),
        custom(`no selected_regions, or ${limits.uptimeRegions.value} locations at least`, regions, {
          source: limits.uptimeRegions.source,
        }),
      ],
    },
    {
      id: "observability/uptime-request",
      why: "An uptime check has one target and one kind of request; a GET has no body, and a POST a content type.",
      fix: "Keep one target and one kind of check.",
      source: limits.uptimeContentLength.source,
      constraints: [
        exactlyOneOf(["monitored_resource", "resource_group", "synthetic_monitor"], {
          outcome: "rejected at plan",
        }),
        atMostOneOf(CHECKS),
        atLeastOneOf(CHECKS, { when: { monitored_resource: [anything] } }),
        choice("type", uptimeResources, { within: "monitored_resource" }),
        required(["labels.host"], {
          within: "monitored_resource",
          when: { type: ["uptime_url"] },
          fix: 'Add labels = { host = "api.example.com" }.',
        }),
        choice("monitored_resource.type", ["servicedirectory_service"], {
          when: { checker_type: ["VPC_CHECKERS"] },
          because: "checker_type VPC_CHECKERS reaches a servicedirectory_service only",
          fix: "Remove checker_type.",
        }),
        forbidden(["body"], {
          within: HTTP,
          when: { request_method: [undefined, "GET"] },
          because: "a GET has no body",
          fix: 'Remove body, or set request_method = "POST" and content_type = "URL_ENCODED".',
        }),
        base64("body", { within: HTTP }),
        required(["content_type"], {
          within: HTTP,
          when: { request_method: ["POST"] },
          fix: 'Add content_type, for example "URL_ENCODED".',
        }),
        choice("content_type", ["URL_ENCODED", "USER_PROVIDED"], {
          within: HTTP,
          when: { request_method: ["POST"] },
        }),
        custom("no Content-Type in http_check.headers", contentTypeHeader, { within: HTTP }),
        ...CHECKS.map((within) => range("port", { within, low: 1, high: 65535, zeroIsUnset: true })),
        custom("http_check.use_ssl with port 443, and not with 80", tlsPort, {
          within: HTTP,
          severity: "warning",
          outcome: "fails at run time",
        }),
        size("content", "bytes", { within: MATCHER, high: limits.uptimeContentLength }),
        size("content_matchers", "entries", {
          high: 1,
          severity: "warning",
          outcome: "fails at run time",
          because: "only the first one is evaluated",
          fix: "Keep one, or match all of it with MATCHES_REGEX.",
          source:
            "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.uptimeCheckConfigs#UptimeCheckConfig",
        }),
        atMostOneOf(["status_value", "status_class"], {
          within: "http_check.accepted_response_status_codes[]",
          zeroIsUnset: true,
          because: "a code is accepted by its number or by its class",
        }),
        required(["json_path_matcher"], {
          within: MATCHER,
          when: { matcher: [/JSON_PATH/] },
          fix: 'Add json_path_matcher { json_path = "$.status" }.',
        }),
        custom("content_matchers.content as JSON where the value at a path must equal it", exactJson, {
          within: MATCHER,
          outcome: "fails at run time",
        }),
      ],
    },
  ],
};

function* belowPeriod(check: Attributes) {
  const seconds = durationSeconds(check.string("timeout") ?? "");
  const period = check.isUnknown("period")
    ? undefined
    : durationSeconds(check.string("period") || `${limits.defaultUptimePeriod.value}s`);
  if (
    seconds !== undefined &&
    period !== undefined &&
    seconds >= period &&
    seconds <= limits.uptimeTimeoutHigh.value
  )
    yield {
      found: `timeout is ${seconds} s and period is ${period} s`,
      because: "a slow response overlaps the next check",
      fix: 'Set timeout below period, for example "10s".',
    };
}

function* regions(check: Attributes) {
  const regions = check.get("selected_regions");
  const least = limits.uptimeRegions.value;
  if (!Array.isArray(regions) || regions.length === 0 || regions.length >= least) return;
  // USA stands for three locations.
  if (regions.some((region) => typeof region !== "string" || region === "USA")) return;
  yield {
    found: `selected_regions has ${regions.length} locations`,
    because: `a check needs at least ${least}`,
    fix: `Name at least ${least} regions (USA counts as three), or none.`,
  };
}

function* contentTypeHeader(http: Attributes) {
  const headers = http.isUnknown("headers") ? undefined : http.get("headers");
  if (Object.keys(headers ?? {}).some((name) => name.toLowerCase() === "content-type"))
    yield {
      found: "headers has Content-Type",
      because: "content_type sets it",
      fix: "Set content_type or custom_content_type instead.",
    };
}

function* tlsPort(http: Attributes) {
  const port = http.number("port");
  const ssl = http.boolean("use_ssl") === true;
  const known = http.get("use_ssl") === undefined || http.boolean("use_ssl") !== undefined;
  if (known && ((port === 443 && !ssl) || (port === 80 && ssl)))
    yield {
      found: `port is ${port} and use_ssl is ${ssl}`,
      because: `the check sends ${ssl ? "TLS" : "plain HTTP"}`,
      fix: `Set use_ssl = ${!ssl} or another port.`,
    };
}

function* exactJson(matcher: Attributes) {
  const content = matcher.string("content");
  const json = matcher.get("json_path_matcher.json_matcher");
  const isExact = json !== "REGEX_MATCH" && !matcher.isUnknown("json_path_matcher.json_matcher");
  if (content === undefined || !/JSON_PATH/.test(matcher.string("matcher") ?? "")) return;
  if (matcher.blocks("json_path_matcher").length > 0 && isExact && !isJson(content))
    yield {
      found: `content is ${content}`,
      because: "it is not JSON, and the value at the path never equals it",
      fix: `Write content = ${JSON.stringify(JSON.stringify(content))}.`,
    };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
