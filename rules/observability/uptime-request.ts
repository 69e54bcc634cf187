import { monitoringLimits } from "../../platform/limits.ts";
import type { Resource } from "../graph/graph.ts";
import type { Rule, Verdict } from "../rule.ts";

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
      const asked = ["http_check", "tcp_check"].filter((name) => check.blocks(name).length > 0);
      if (asked.length > 1)
        yield {
          resource: check,
          severity: "error",
          message: "http_check and tcp_check are both set: refused at apply.",
        };
      yield* request(check);
    }
  },
};

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
  const port = http.number("port");
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
