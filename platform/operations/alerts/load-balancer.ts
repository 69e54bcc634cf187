import type { Alert } from "../alert.ts";
import type { Context } from "../context.ts";
import { percent } from "../shares.ts";
import { atLoadBalancer } from "../traffic.ts";
import { beyond } from "./beyond.ts";
import { burnFactor, burnWindows } from "./burn-rate.ts";

/** What users see: everything that the load balancer answers, whichever service failed. */
export function loadBalancerAlerts(context: Context): Alert[] {
  const { environment, names, windows, project } = context;
  if (environment.services.every(({ exposure }) => exposure.length === 0)) return [];
  const goal = environment.objectives.availability;
  const fast = burnWindows.find(({ id }) => id === "fast");
  const factor = fast === undefined ? 1 : burnFactor({ goal, days: 30 }, fast);
  const errors = Math.round(factor * (1 - goal) * 1e6) / 1e6;
  const { requests, errors: failed, latencies } = atLoadBalancer(names);
  const map = names.edge("lb");
  const slowest = Math.max(
    environment.objectives.latency,
    ...environment.services.map((service) => service.latency ?? environment.objectives.latency),
  );
  const log = (condition: string): string =>
    `gcloud logging read 'resource.type="http_load_balancer" AND resource.labels.url_map_name="${map}" AND ${condition}' --freshness=15m --limit=20 --format="table(httpRequest.status,httpRequest.latency,httpRequest.requestUrl,jsonPayload.statusDetails)" ${project}`;
  const validate = `npm run validate -- ${environment.name}`;
  const services = `gcloud run services list ${context.place}`;
  const byMap = { reducer: "REDUCE_SUM", groupBy: ["resource.label.url_map_name"] } as const;
  return [
    {
      id: "load-balancer-errors",
      severity: "page",
      symptom: "503-with-healthy-containers",
      title: `${percent(errors)} of all requests fail at the load balancer`,
      meaning:
        "Users get 5xx. Requests that find no instance are counted here and nowhere else: containers may all be healthy, as in incident I-2.",
      numbers: [`${factor} times the error budget of ${percent(1 - goal)} (objectives.availability)`],
      commands: [log("httpRequest.status>=500"), services, validate],
      conditions: [
        beyond({
          title: `5xx above ${percent(errors)} of requests`,
          series: failed,
          denominator: requests,
          aggregation: { period: windows.sustained, aligner: "ALIGN_DELTA", ...byMap },
          threshold: errors,
          // One failed request stays in the window for as long as it is wide: at night that would wake somebody.
          duration: windows.sustained,
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
      commands: [log(`httpRequest.latency>"${slowest}s"`), services, validate],
      conditions: [
        beyond({
          title: `95th percentile above ${slowest} s`,
          series: latencies,
          aggregation: {
            period: windows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_PERCENTILE_95",
            groupBy: byMap.groupBy,
          },
          threshold: slowest * 1000,
          duration: windows.sustained,
        }),
      ],
    },
  ];
}
