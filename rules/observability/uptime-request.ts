import { type Block, isUnknown, type Resource } from "../../graph/index.ts";
import { monitoringLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { uptimeResources } from "./metrics.ts";

const TARGETS = ["monitored_resource", "resource_group", "synthetic_monitor"] as const;

/** What an uptime check sends. */
export const uptimeRequest: Rule = {
  id: "observability/uptime-request",
  why: "An uptime check has one target and asks by HTTP or TCP; a GET carries no body, a POST says what it carries.",
  limit: `one of ${TARGETS.join(", ")}; http_check or tcp_check; body with POST only, ${monitoringLimits.uptimeContentLength.value} bytes`,
  fix: "Keep one target and one kind of check.",
  source: monitoringLimits.uptimeContentLength.source,
  example: `http_check {
  request_method = "GET"
  body           = "e30="
}`,
  *check(graph) {
    for (const check of graph.all("google_monitoring_uptime_check_config")) {
      const targets = TARGETS.filter((name) => check.blocks(name).length > 0);
      if (targets.length > 1)
        yield {
          resource: check,
          severity: "error",
          message: `${targets.join(" and ")} are both set: refused at plan.`,
        };
      yield* target(check);
      const asked = ["http_check", "tcp_check"].filter((name) => check.blocks(name).length > 0);
      if (asked.length > 1)
        yield {
          resource: check,
          severity: "error",
          message: "http_check and tcp_check are both set: refused at apply.",
        };
      const unsure = ["http_check", "tcp_check", "dynamic"].some((name) => isUnknown(check.get(name)));
      if (
        asked.length === 0 &&
        !unsure &&
        check.get("dynamic") === undefined &&
        check.blocks("monitored_resource").length > 0
      )
        yield {
          resource: check,
          severity: "error",
          message: "neither http_check nor tcp_check is set: refused at apply, the check asks nothing.",
          fix: "Add http_check or tcp_check.",
        };
      yield* request(check);
    }
  },
};

function* target(check: Resource): Iterable<Verdict> {
  const monitored = check.blocks("monitored_resource")[0];
  if (monitored === undefined) return;
  const type = monitored.string("type");
  if (type && !uptimeResources.includes(type))
    yield {
      resource: check,
      severity: "error",
      message: `monitored_resource is of type "${type}": refused at apply, it is one of ${uptimeResources.join(", ")}.`,
      fix: 'Write type = "uptime_url".',
    };
  const labels = monitored.get("labels");
  if (type === "uptime_url" && !isUnknown(labels) && monitored.get("labels.host") === undefined)
    yield {
      resource: check,
      severity: "error",
      message: "monitored_resource is an uptime_url without the label host: refused at apply.",
      fix: 'Add labels = { host = "..." }.',
    };
  if (
    check.string("checker_type") === "VPC_CHECKERS" &&
    type !== undefined &&
    type !== "servicedirectory_service"
  )
    yield {
      resource: check,
      severity: "error",
      message: `checker_type is VPC_CHECKERS, but monitored_resource is a ${type}: refused at apply, they reach a servicedirectory_service only.`,
      fix: "Remove checker_type.",
    };
}

function* request(check: Resource): Iterable<Verdict> {
  const http = check.blocks("http_check")[0];
  if (http === undefined) return;
  const method = http.get("request_method");
  const hasBody = http.get("body") !== undefined && http.get("body") !== "";
  const type = http.get("content_type");
  if (hasBody && (method === undefined || method === "GET"))
    yield {
      resource: check,
      severity: "error",
      message: "body is set on a GET: refused at apply.",
      fix: "Remove body, or set request_method to POST with a content_type.",
    };
  if (method === "POST" && (type === undefined || type === "" || type === "TYPE_UNSPECIFIED"))
    yield {
      resource: check,
      severity: "error",
      message: "request_method is POST without content_type: refused at apply.",
      fix: "Add content_type.",
    };
  for (const matcher of check.blocks("content_matchers")) {
    const json = /JSON_PATH/.test(matcher.string("matcher") ?? "");
    const content = matcher.string("content");
    if (json && content !== undefined && isExact(matcher) && !isJson(content))
      yield {
        resource: check,
        severity: "error",
        message: `content of a content_matcher is ${content}, which is no JSON: breaks at run time, the value at its path is compared as JSON and never equal.`,
        fix: `Write content = ${JSON.stringify(JSON.stringify(content))}.`,
      };
    if (
      json &&
      matcher.blocks("json_path_matcher").length === 0 &&
      !isUnknown(matcher.get("json_path_matcher"))
    )
      yield {
        resource: check,
        severity: "error",
        message: `a content_matcher is ${matcher.string("matcher")} without json_path_matcher: refused at apply.`,
        fix: "Add json_path_matcher { json_path = ... }.",
      };
    const bytes = Buffer.byteLength(matcher.string("content") ?? "");
    const most = monitoringLimits.uptimeContentLength.value;
    if (bytes > most)
      yield {
        resource: check,
        severity: "error",
        message: `content of a content_matcher has ${bytes} bytes, above ${most}: refused at apply.`,
        fix: "Match a shorter part.",
      };
  }
  const headers = http.get("headers");
  if (
    typeof headers === "object" &&
    Object.keys(headers).some((name) => name.toLowerCase() === "content-type")
  )
    yield {
      resource: check,
      severity: "error",
      message: "headers holds Content-Type: refused at apply, it is set by content_type.",
      fix: "Use content_type, or custom_content_type.",
    };
  const port = http.number("port");
  if (port !== undefined && (port < 0 || port > 65535))
    yield {
      resource: check,
      severity: "error",
      message: `port is ${port}, outside 1 to 65535: refused at apply.`,
      fix: "Write 443.",
    };
  const ssl = http.boolean("use_ssl") === true;
  const known = http.get("use_ssl") === undefined || http.boolean("use_ssl") !== undefined;
  if (known && ((port === 443 && !ssl) || (port === 80 && ssl)))
    yield {
      resource: check,
      severity: "warning",
      message: `the check speaks ${ssl ? "TLS" : "plain HTTP"} to port ${port}.`,
      fix: `Set use_ssl = ${!ssl} or another port.`,
    };
}

function isExact(matcher: Block): boolean {
  const [path] = matcher.blocks("json_path_matcher");
  return (
    path !== undefined && path.get("json_matcher") !== "REGEX_MATCH" && !isUnknown(path.get("json_matcher"))
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
