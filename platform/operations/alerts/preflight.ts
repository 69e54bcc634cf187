import { regionLabels } from "../../regions/regions.ts";
import { seconds } from "../../units.ts";
import type { Alert, Severity } from "../alert.ts";
import { type AlertContext, wholeMinutes } from "../context.ts";
import type { LogMetric } from "../log-metrics.ts";
import { probePeriod, type ScheduledProbe } from "../scheduled-probes.ts";
import { logged } from "./log-signatures.ts";

/** One failure may be a restarted node; two of three runs are not. */
const FAILED_RUNS = 2;
const RUNS = 3;

/** Failed checks of the scheduled preflight, by category, and missing runs (incident I-2). */
type Parts = AlertContext<"region" | "deadlines" | "objectives" | "logMetrics">;

export function preflightAlerts(context: Parts & AlertContext<"scheduledProbes">): Alert[] {
  const { scheduledProbes: probes } = context;
  const [first] = probes;
  const metric = context.logMetrics["preflight-failed"];
  if (first === undefined || metric === undefined) return [];
  return [
    failing(context, metric, first, "page"),
    failing(context, metric, first, "ticket"),
    ...silentPreflights(context),
  ];
}

/** Where nobody looks from inside the network any more. */
export function silentPreflights(context: Parts & AlertContext<"scheduledProbes">): Alert[] {
  return context.scheduledProbes.map((probe) => silent(context, probe));
}

function failing(context: Parts, metric: LogMetric, { job }: ScheduledProbe, severity: Severity): Alert {
  const { locationFlags, projectFlag } = context;
  const critical = severity === "page";
  return {
    id: critical ? "preflight-critical" : "preflight",
    severity,
    symptom: "preflight-failing",
    title: `The preflight fails${critical ? " at something that services cannot do without" : ""}`,
    meaning: critical
      ? "From inside the network a dependency is out of reach or too slow. The incident names the category; the second command says which services and checks. Deployments are stopped by the same checks."
      : "A check that is not critical fails from inside the network: slower than its target, or something that services can do without for a while.",
    numbers: [
      `${FAILED_RUNS} of ${RUNS} runs, one every ${probePeriod} s`,
      `PostgreSQL within ${context.objectives.databaseMilliseconds} ms, Redis within ${context.objectives.cacheMilliseconds} ms (objectives)`,
      `connections within ${context.deadlines.socketConnect} s (deadlines.socketConnect)`,
    ],
    commands: [
      context.checkCommands.inside,
      `gcloud logging read '${metric.filter}' --freshness=30m --limit=20 --format="value(jsonPayload.preflight.service,jsonPayload.preflight.check,jsonPayload.preflight.why)" ${projectFlag}`,
      `gcloud run jobs executions list --job=${job} ${locationFlags}`,
    ],
    conditions: [
      // The most frequent failure of a category: one missing dependency fails a dozen checks at once.
      logged(context, metric, FAILED_RUNS, seconds(probePeriod * RUNS), ["category"], {
        aggregate: "max",
        labels: { critical: String(critical) },
      }),
    ],
  };
}

function silent(context: Parts, { service, job }: ScheduledProbe): Alert {
  const { region, checkCommands, locationFlags, projectFlag, alertWindows } = context;
  const duration = wholeMinutes(probePeriod * RUNS);
  return {
    id: `${service}-preflight-silent`,
    severity: "ticket",
    symptom: "preflight-failing",
    title: `The preflight of ${service} does not run`,
    meaning:
      "Nobody looks from inside the network any more: the schedule is paused, or the job cannot be started.",
    numbers: [`no run finished for ${duration} s, ${RUNS} periods of ${probePeriod} s`],
    commands: [
      `gcloud scheduler jobs list --location=${region} ${projectFlag}`,
      `gcloud run jobs executions list --job=${job} ${locationFlags}`,
      checkCommands.inside,
    ],
    conditions: [
      {
        kind: "absence",
        title: `no run for ${duration} s`,
        series: {
          metric: "run.googleapis.com/job/completed_execution_count",
          resource: "cloud_run_job",
          resourceLabels: { job_name: job, ...regionLabels(context) },
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
  };
}
