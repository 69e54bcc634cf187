import { MonitoringUptimeCheckConfig } from "@cdktf/provider-google/lib/monitoring-uptime-check-config/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import type { Seconds } from "../../platform/units.ts";

export interface UptimeCheckProps {
  readonly displayName: string;
  readonly project: string;
  /** Host at the load balancer: run.app addresses return 404 to the public. */
  readonly host: string;
  readonly path: string;
  /** 60, 300, 600 or 900 s. */
  readonly period: Seconds;
  /** 1 to 60 s, below the period. */
  readonly timeout: Seconds;
  /** At least three locations; USA counts as three. */
  readonly regions: readonly string[];
  /** JSON path in the body and the text that it must have. @default any body */
  readonly content?: { readonly path: string; readonly text: string };
}

/**
 * Requests an HTTPS address from several parts of the world, and checks certificate, status and body.
 *
 *     uptime check -> host -> load balancer -> service
 */
export class UptimeCheck extends AssertedConstruct {
  readonly resource: MonitoringUptimeCheckConfig;

  constructor(scope: Construct, id: string, props: UptimeCheckProps) {
    super(scope, id);
    const { content } = props;
    this.resource = new MonitoringUptimeCheckConfig(this, "Resource", {
      displayName: props.displayName,
      period: `${props.period}s`,
      timeout: `${props.timeout}s`,
      selectedRegions: [...props.regions],
      checkerType: "STATIC_IP_CHECKERS",
      logCheckFailures: true,
      monitoredResource: { type: "uptime_url", labels: { project_id: props.project, host: props.host } },
      httpCheck: {
        path: props.path,
        port: 443,
        useSsl: true,
        validateSsl: true,
        requestMethod: "GET",
        acceptedResponseStatusCodes: [{ statusClass: "STATUS_CLASS_2XX" }],
      },
      ...(content === undefined
        ? {}
        : {
            contentMatchers: [
              {
                content: JSON.stringify(content.text),
                matcher: "MATCHES_JSON_PATH",
                jsonPathMatcher: { jsonPath: content.path, jsonMatcher: "EXACT_MATCH" },
              },
            ],
          }),
    });
  }
}
