import type { WorkerPool } from "../../schema/environment.ts";
import type { Alert } from "../alert.ts";
import type { AlertContext } from "../context.ts";

/** Worker pools whose instances do not run. */
export function workerPoolAlerts(context: AlertContext<"workerPools">): Alert[] {
  return (context.workerPools ?? []).map((pool) => missing(context, pool));
}

function missing(
  { names, alertWindows, projectFlag, locationFlags }: AlertContext,
  { name: own, instanceCount }: WorkerPool,
): Alert {
  const name = names.workerPool(own);
  return {
    id: `${own}-workers-missing`,
    severity: "ticket",
    symptom: "workers-missing",
    title: `The worker pool ${name} has fewer instances than it should`,
    meaning:
      "Instances do not start, or end again and again: the work that the others do not fetch waits. Nothing restarts a worker pool but Cloud Run itself.",
    numbers: [`${instanceCount} instances (workerPools.${own}.instanceCount)`],
    commands: [
      `gcloud run worker-pools describe ${name} ${locationFlags}`,
      `gcloud run worker-pools revisions list --worker-pool=${name} ${locationFlags}`,
      `gcloud logging read 'resource.type="cloud_run_worker_pool" AND resource.labels.worker_pool_name="${name}" AND severity>=ERROR' --freshness=1d --limit=20 ${projectFlag}`,
    ],
    conditions: [
      {
        kind: "threshold",
        title: `fewer than ${instanceCount} instances`,
        series: {
          metric: "run.googleapis.com/container/instance_count",
          resource: "cloud_run_worker_pool",
          resourceLabels: { worker_pool_name: name },
        },
        aggregation: {
          period: alertWindows.minute,
          aligner: "ALIGN_MAX",
          reducer: "REDUCE_SUM",
          groupBy: ["resource.label.worker_pool_name"],
        },
        comparison: "COMPARISON_LT",
        threshold: instanceCount,
        duration: alertWindows.startup,
        // A pool without instances may report nothing.
        missingData: "EVALUATION_MISSING_DATA_ACTIVE",
      },
    ],
  };
}
