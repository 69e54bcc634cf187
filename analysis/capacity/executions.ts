import type { Graph } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import { runsAtOnce } from "../../values/cron-times.ts";
import { memoize } from "../memoize.ts";
import { scheduledJob } from "../references/scheduled-job.ts";
import { count, type Workload } from "../workload/index.ts";

/** Executions of a job that run at once because one takes longer than its schedule pauses; 1 where that is not known. */
export function executionsAtOnce(graph: Graph, workload: Workload): number {
  const schedules =
    workload.kind === "job" ? (schedulesByJob(graph).get(workload.resource.address) ?? []) : [];
  const length = longest(workload);
  if (length === undefined) return 1;
  return Math.max(
    1,
    schedules.reduce((sum, schedule) => sum + runsAtOnce(schedule, length), 0),
  );
}

const schedulesByJob = memoize((graph: Graph): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const scheduler of graph.all("google_cloud_scheduler_job")) {
    const job = scheduledJob(graph, scheduler.get("http_target.uri"), scheduler);
    const schedule = scheduler.string("schedule");
    if (job === undefined || schedule === undefined || scheduler.boolean("paused") === true) continue;
    found.set(job.address, [...(found.get(job.address) ?? []), schedule]);
  }
  return found;
});

/** Longest execution in seconds: every attempt of every task takes its whole timeout, as many at once as may. */
function longest({ resource, timeout, scaling }: Workload): number | undefined {
  const retries = resource.get("template.template.max_retries");
  const tasks = resource.get("template.task_count");
  const attempts =
    1 + (retries === undefined ? cloudRunLimits.defaultTaskRetries.value : (count(retries) ?? Number.NaN));
  const rounds = Math.ceil(
    (tasks === undefined ? 1 : (count(tasks) ?? Number.NaN)) / (scaling.max ?? Number.NaN),
  );
  const length = (timeout?.seconds ?? Number.NaN) * attempts * rounds;
  return Number.isNaN(length) ? undefined : length;
}
