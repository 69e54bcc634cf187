import type { Job } from "../../schema/environment.ts";
import type { Alert } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { aboveThreshold } from "./above-threshold.ts";

/** Executions of the environment's jobs that fail. */
export function jobAlerts(context: AlertContext<"jobs">): Alert[] {
  return (context.jobs ?? []).map((job) => failing(context, job));
}

function failing({ names, alertWindows, projectFlag, locationFlags }: AlertContext, job: Job): Alert {
  const name = names.job(job.name);
  return {
    id: `${job.name}-job-failed`,
    severity: "ticket",
    symptom: "job-failed",
    title: `The job ${name} failed`,
    meaning: "An execution ended with a failed task, after its retries: its work was not done.",
    numbers: [
      `tasks of ${job.timeout} s at most, ${job.tasks} in an execution, ${job.retries} retries (jobs.${job.name})`,
      job.schedule === undefined ? "started by hand" : `scheduled at "${job.schedule}" UTC`,
    ],
    commands: [
      `gcloud run jobs describe ${name} ${locationFlags}`,
      `gcloud run jobs executions list --job=${name} --limit=5 ${locationFlags}`,
      `gcloud logging read 'resource.type="cloud_run_job" AND resource.labels.job_name="${name}" AND severity>=ERROR' --freshness=1d --limit=20 ${projectFlag}`,
    ],
    conditions: [
      aboveThreshold({
        title: "an execution failed",
        series: {
          metric: "run.googleapis.com/job/completed_execution_count",
          resource: "cloud_run_job",
          resourceLabels: { job_name: name },
          metricLabels: { result: "failed" },
        },
        aggregation: {
          period: alertWindows.sustained,
          aligner: "ALIGN_DELTA",
          reducer: "REDUCE_SUM",
          groupBy: ["resource.label.job_name"],
        },
        threshold: 0,
      }),
    ],
  };
}
