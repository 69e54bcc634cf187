import { platformNames } from "../../names.ts";
import type { Environment } from "../../schema/environment.ts";
import type { Aggregation } from "../alert.ts";
import type { Line } from "./widget.ts";

/** A series of one service's revisions. */
export function ofRevisions(
  environment: Environment,
  service: string,
  metric: string,
  legend: string,
  aggregation: Aggregation,
): Line {
  return {
    legend,
    query: {
      kind: "series",
      series: {
        metric,
        resource: "cloud_run_revision",
        resourceLabels: { service_name: platformNames(environment).service(service) },
      },
      aggregation,
    },
  };
}
