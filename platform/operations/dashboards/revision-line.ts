import type { PlatformNames } from "../../names.ts";
import type { Aggregation } from "../alert.ts";
import type { Line } from "./widget.ts";

/** A series of one service's revisions. */
export function revisionLine(
  names: PlatformNames,
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
        resourceLabels: { service_name: names.service(service) },
      },
      aggregation,
    },
  };
}
