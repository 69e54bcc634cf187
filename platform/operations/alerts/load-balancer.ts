import type { Alert } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { latencyOf } from "../objectives.ts";
import { percent } from "../thresholds.ts";
import { atLoadBalancer } from "../traffic.ts";
import { aboveThreshold } from "./above-threshold.ts";
import { errorThreshold } from "./burn-rate.ts";

/** Errors and latency at the load balancer, as users see them. */
export function loadBalancerAlerts(context: AlertContext<"services" | "edge" | "objectives">): Alert[] {
  const { names, alertWindows, projectFlag } = context;
  if (context.edge === undefined) return [];
  // Buckets may be all that is behind it.
  const hasServices = context.services.length > 0;
  const goal = context.objectives.availability;
  const { factor, errors } = errorThreshold(goal, "fast");
  const { requests, errors: failed, latencies } = atLoadBalancer(names);
  const map = names.edge("lb");
  const slowest = Math.max(
    context.objectives.latency,
    ...context.services.map((service) => latencyOf(context.objectives, service)),
  );
  const log = (condition: string): string =>
    `gcloud logging read 'resource.type="http_load_balancer" AND resource.labels.url_map_name="${map}" AND ${condition}' --freshness=15m --limit=20 --format="table(httpRequest.status,httpRequest.latency,httpRequest.requestUrl,jsonPayload.statusDetails)" ${projectFlag}`;
  const validate = context.checkCommands.outside;
  const behind = hasServices
    ? `gcloud run services list ${context.locationFlags}`
    : `gcloud compute backend-buckets list ${projectFlag}`;
  const byMap = { reducer: "REDUCE_SUM", groupBy: ["resource.label.url_map_name"] } as const;
  const both: Alert[] = [
    {
      id: "load-balancer-errors",
      severity: "page",
      symptom: hasServices ? "503-with-healthy-containers" : "endpoint-down",
      title: `${percent(errors)} of all requests fail at the load balancer`,
      meaning: hasServices
        ? "Users get 5xx. Requests that find no instance are counted here and nowhere else: containers may all be healthy."
        : "Users get 5xx of buckets: the load balancer may not read them, or Cloud Storage fails.",
      numbers: [`${factor} times the error budget of ${percent(1 - goal)} (objectives.availability)`],
      commands: [log("httpRequest.status>=500"), behind, validate],
      conditions: [
        aboveThreshold({
          title: `5xx above ${percent(errors)} of requests`,
          series: failed,
          denominator: requests,
          aggregation: { period: alertWindows.sustained, aligner: "ALIGN_DELTA", ...byMap },
          threshold: errors,
          // One failed request stays in the window for its whole width: at night it would page somebody.
          duration: alertWindows.sustained,
        }),
      ],
    },
    {
      id: "load-balancer-latency",
      severity: "ticket",
      symptom: "requests-slow",
      title: `Requests take longer than ${slowest} s`,
      meaning: "The 95th percentile over all services, as users see it, is above the objective.",
      numbers: [`${slowest} s, the slowest that any service may be (objectives.latency, services.*.latency)`],
      commands: [log(`httpRequest.latency>"${slowest}s"`), behind, validate],
      conditions: [
        aboveThreshold({
          title: `95th percentile above ${slowest} s`,
          series: latencies,
          aggregation: {
            period: alertWindows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_PERCENTILE_95",
            groupBy: byMap.groupBy,
          },
          threshold: slowest * 1000,
          duration: alertWindows.sustained,
        }),
      ],
    },
  ];
  return both.filter(({ symptom }) => hasServices || symptom !== "requests-slow");
}
