import { monitoringLimits } from "../../../resources/limits.ts";
import { longestPause } from "../../../values/cron-times.ts";
import type { Job } from "../../schema/environment.ts";
import { type Seconds, seconds } from "../../units.ts";
import type { Alert } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { aboveThreshold } from "./above-threshold.ts";

/** Executions of the environment's jobs that fail, and schedules that do not start any. */
export function jobAlerts(context: AlertContext<"jobs">): Alert[] {
  return (context.jobs ?? []).flatMap((job) => [
    failing(context, job),
    ...(job.schedule === undefined ? [] : notStarted(context, job, job.schedule)),
    ...(job.schedule === undefined ? [] : silent(context, job, job.schedule)),
  ]);
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

const HOUR = 3600;

/** The scheduler's own log says that it could not start an execution; a paused schedule logs nothing, and is found as drift. */
function notStarted(
  { names, region, projectFlag, locationFlags }: AlertContext,
  job: Job,
  schedule: string,
): Alert[] {
  const name = names.job(job.name);
  const filter = `resource.type="cloud_scheduler_job" AND resource.labels.job_id="${name}" AND severity>=ERROR`;
  return [
    {
      id: `${job.name}-job-not-started`,
      severity: "ticket",
      symptom: "job-not-run",
      title: `The schedule of the job ${name} could not start it`,
      meaning:
        "Cloud Scheduler asked Cloud Run for an execution and was refused: the work of this run is not done.",
      numbers: [`scheduled at "${schedule}" UTC (jobs.${job.name}.schedule)`],
      commands: [
        `gcloud scheduler jobs describe ${name} --location=${region} ${projectFlag}`,
        `gcloud logging read '${filter}' --freshness=1d --limit=20 ${projectFlag}`,
        `gcloud run jobs executions list --job=${name} --limit=5 ${locationFlags}`,
      ],
      conditions: [
        {
          kind: "log",
          title: "the scheduler logs an error",
          filter,
          every: seconds(HOUR),
          autoClose: seconds(24 * HOUR),
        },
      ],
    },
  ];
}

/** How long no execution may end: the longest pause of the schedule, and the time that one may take, with its retries. */
export function longestSilence(job: Job, schedule: string): Seconds | undefined {
  const pause = longestPause(schedule);
  if (pause === undefined) return undefined;
  const rounds = Math.ceil(job.tasks / Math.max(1, Math.min(job.tasks, job.parallelism)));
  const silence = pause + job.timeout * (job.retries + 1) * rounds + START;
  // Monitoring sees no longer absence: a nightly job is watched by its failures, its scheduler and the drift watch.
  return silence > monitoringLimits.absenceDurationHigh.value
    ? undefined
    : seconds(Math.ceil(silence / MINUTE) * MINUTE);
}

const MINUTE = 60;
/** Time for the start of an execution, and for its metric to arrive. */
const START = 10 * MINUTE;

function silent(
  { names, region, alertWindows, projectFlag, locationFlags }: AlertContext,
  job: Job,
  schedule: string,
): Alert[] {
  const name = names.job(job.name);
  const duration = longestSilence(job, schedule);
  if (duration === undefined) return [];
  return [
    {
      id: `${job.name}-job-silent`,
      severity: "ticket",
      symptom: "job-not-run",
      title: `The job ${name} does not run`,
      meaning:
        "No execution has ended for longer than its schedule and its timeout allow: the schedule is paused or gone, or executions hang.",
      numbers: [
        `scheduled at "${schedule}" UTC (jobs.${job.name}.schedule)`,
        `an execution takes ${job.timeout} s at most for each try of its tasks, so that ${duration} s without one are too many`,
      ],
      commands: [
        `gcloud scheduler jobs describe ${name} --location=${region} ${projectFlag}`,
        `gcloud run jobs executions list --job=${name} --limit=5 ${locationFlags}`,
        `gcloud logging read 'resource.type="cloud_scheduler_job" AND resource.labels.job_id="${name}"' --freshness=1d --limit=20 ${projectFlag}`,
      ],
      conditions: [
        {
          kind: "absence",
          title: `no execution has ended for ${duration} s`,
          series: {
            metric: "run.googleapis.com/job/completed_execution_count",
            resource: "cloud_run_job",
            resourceLabels: { job_name: name },
          },
          aggregation: {
            period: alertWindows.minute,
            aligner: "ALIGN_SUM",
            reducer: "REDUCE_SUM",
            groupBy: ["resource.label.job_name"],
          },
          duration,
        },
      ],
    },
  ];
}
