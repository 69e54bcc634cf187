import { regionLabels } from "../../regions/regions.ts";
import type { Alert } from "../alert.ts";
import type { OperationsContext } from "../context.ts";
import { percent } from "../thresholds.ts";
import { aboveThreshold } from "./above-threshold.ts";
import { errorThreshold } from "./burn-rate.ts";

/** Each region of several: the requests that fail there, of all services together. */
export function regionAlerts(context: OperationsContext): Alert[] {
  const { furtherRegions } = context;
  if (furtherRegions.length === 0) return [];
  return [context, ...furtherRegions]
    .filter(({ services }) => services.length > 0)
    .map((place) => failing(place, context.name));
}

function failing(place: OperationsContext, environment: string): Alert {
  const { region, alertWindows, locationFlags, projectFlag } = place;
  const goal = place.objectives.availability;
  const { factor, errors } = errorThreshold(goal, "fast");
  const requests = {
    metric: "run.googleapis.com/request_count",
    resource: "cloud_run_revision",
    resourceLabels: regionLabels(place),
  };
  return {
    id: `region-${region}-errors`,
    severity: "page",
    symptom: "region-down",
    title: `${region}: ${percent(errors)} of all requests fail`,
    meaning:
      "Where several services fail in one region and none elsewhere, it is the region, or what all of them use there. The load balancer leaves out a service that fails in a region; calls between services stay in theirs.",
    numbers: [
      `${factor} times the error budget of ${percent(1 - goal)} (objectives.availability), over all services of the region`,
    ],
    commands: [
      `gcloud run services list ${locationFlags}`,
      `gcloud logging read 'resource.type="cloud_run_revision" AND resource.labels.location="${region}" AND severity>=ERROR' --freshness=15m --limit=20 ${projectFlag}`,
      `npm run validate -- ${environment}`,
    ],
    conditions: [
      aboveThreshold({
        title: `5xx above ${percent(errors)} of requests in ${region}`,
        series: { ...requests, metricLabels: { response_code_class: "5xx" } },
        denominator: requests,
        aggregation: {
          period: alertWindows.sustained,
          aligner: "ALIGN_DELTA",
          reducer: "REDUCE_SUM",
          groupBy: ["resource.label.location"],
        },
        threshold: errors,
        duration: alertWindows.sustained,
      }),
    ],
  };
}
