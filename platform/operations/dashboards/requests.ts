import type { Service } from "../../schema/environment.ts";
import type { Aggregation } from "../alert.ts";
import type { OperationsContext } from "../context.ts";
import { latencyOf } from "../objectives.ts";
import { atCloudRun, atLoadBalancer, type Traffic } from "../traffic.ts";
import type { Chart } from "./widget.ts";

type Parts = Pick<OperationsContext, "names" | "alertWindows">;

/** All requests at the load balancer, by class of their status. */
export function loadBalancerRequests({
  edge,
  names,
  alertWindows,
}: Parts & Pick<OperationsContext, "edge">): Chart[] {
  if (edge === undefined) return [];
  return [requestsByStatusClass(alertWindows, "Requests at the load balancer", atLoadBalancer(names))];
}

/** Requests of one service as the load balancer and as Cloud Run count them: the difference found no instance. */
export function serviceRequests({ names, alertWindows }: Parts, service: Service): Chart[] {
  const atEdge =
    service.exposure.length === 0
      ? []
      : [
          requestsByStatusClass(
            alertWindows,
            "Requests at the load balancer",
            atLoadBalancer(names, { backend_target_name: names.edge(service.name) }),
          ),
        ];
  return [
    ...atEdge,
    requestsByStatusClass(alertWindows, "Requests at Cloud Run", atCloudRun(names, service)),
  ];
}

/** Median and 95th percentile of successful requests, against the objective. */
export function latencies(
  { names, alertWindows, objectives }: Parts & Pick<OperationsContext, "objectives">,
  service: Service,
): Chart {
  const objective = latencyOf(objectives, service);
  const percentile = (reducer: NonNullable<Aggregation["reducer"]>, legend: string) => ({
    legend,
    query: {
      kind: "series",
      series: atCloudRun(names, service).latencies,
      aggregation: {
        period: alertWindows.sustained,
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

function requestsByStatusClass(
  { minute }: Parts["alertWindows"],
  title: string,
  { requests }: Traffic,
): Chart {
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
            period: minute,
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
