import { platformNames } from "../../names.ts";
import type { Environment, Service } from "../../schema/environment.ts";
import type { Aggregation } from "../alert.ts";
import { context } from "../context.ts";
import { latencyOf } from "../objectives.ts";
import { atCloudRun, atLoadBalancer, type Traffic } from "../traffic.ts";
import type { Chart } from "./widget.ts";

/** All requests at the load balancer, by class of their status. */
export function atEdge(environment: Environment): Chart[] {
  if (environment.services.every(({ exposure }) => exposure.length === 0)) return [];
  return [byClass(environment, "Requests at the load balancer", atLoadBalancer(platformNames(environment)))];
}

/** Requests of one service, where the load balancer and where Cloud Run count them: the difference found no instance. */
export function ofService(environment: Environment, service: Service): Chart[] {
  const names = platformNames(environment);
  const atEdge =
    service.exposure.length === 0
      ? []
      : [
          byClass(
            environment,
            "Requests at the load balancer",
            atLoadBalancer(names, { backend_target_name: names.edge(service.name) }),
          ),
        ];
  return [...atEdge, byClass(environment, "Requests at Cloud Run", atCloudRun(names, service))];
}

/** Half of the successful requests, and 95% of them, against the objective. */
export function latencies(environment: Environment, service: Service): Chart {
  const { windows } = context(environment);
  const objective = latencyOf(environment, service);
  const percentile = (reducer: NonNullable<Aggregation["reducer"]>, legend: string) => ({
    legend,
    query: {
      kind: "series",
      series: atCloudRun(platformNames(environment), service).latencies,
      aggregation: {
        period: windows.sustained,
        aligner: "ALIGN_DELTA",
        reducer,
        groupBy: ["resource.label.service_name"],
      },
    } as const,
  });
  return {
    kind: "chart",
    title: "Latency of successful requests",
    unit: "ms",
    lines: [
      percentile("REDUCE_PERCENTILE_95", "95th percentile"),
      percentile("REDUCE_PERCENTILE_50", "50th percentile"),
    ],
    budgets: [{ value: objective * 1000, label: `objective of the 95th percentile: ${objective} s` }],
  };
}

function byClass(environment: Environment, title: string, { requests }: Traffic): Chart {
  const { windows } = context(environment);
  return {
    kind: "chart",
    title,
    unit: "requests/s",
    stacked: true,
    lines: [
      {
        legend: "${metric.labels.response_code_class}",
        query: {
          kind: "series",
          series: requests,
          aggregation: {
            period: windows.minute,
            aligner: "ALIGN_RATE",
            reducer: "REDUCE_SUM",
            groupBy: ["metric.label.response_code_class"],
          },
        },
      },
    ],
    budgets: [],
  };
}
