import { seconds } from "../../units.ts";
import type { Alert, Severity } from "../alert.ts";
import { type Context, wholeMinutes } from "../context.ts";
import { logMetrics } from "../log-metrics.ts";
import { probePeriod, type ScheduledProbe, scheduledProbes } from "../scheduled-probe.ts";
import { logged } from "./log-signatures.ts";

/** One failure may be a node that goes away; two of three runs are not. */
const FAILURES = 2;
const RUNS = 3;

/** What the probe inside the network finds, by check and category, and whether it still runs (incident I-2). */
export function preflightAlerts(context: Context): Alert[] {
  const probes = scheduledProbes(context.environment);
  const [first] = probes;
  if (first === undefined) return [];
  return [
    failing(context, first, "page"),
    failing(context, first, "ticket"),
    ...probes.map((probe) => silent(context, probe)),
  ];
}

function failing(context: Context, { job }: ScheduledProbe, severity: Severity): Alert {
  const { environment, place, project } = context;
  const metric = logMetrics(environment)["preflight-failed"];
  const critical = severity === "page";
  return {
    id: critical ? "preflight-critical" : "preflight",
    severity,
    symptom: "preflight-failing",
    title: `The preflight fails${critical ? " at something that services cannot do without" : ""}`,
    meaning: critical
      ? "From inside the network a dependency is out of reach or too slow. The incident names service, category and check; deployments are stopped by the same check."
      : "A check that is not critical fails from inside the network: slower than its target, or something that services can do without for a while.",
    numbers: [
      `${FAILURES} of ${RUNS} runs, one every ${probePeriod} s`,
      `PostgreSQL within ${environment.objectives.databaseMilliseconds} ms, Redis within ${environment.objectives.cacheMilliseconds} ms (objectives)`,
      `connections within ${environment.deadlines.socketConnect} s (deadlines.socketConnect)`,
    ],
    commands: [
      `npm run preflight -- ${environment.name}`,
      `gcloud logging read '${metric.filter}' --freshness=30m --limit=20 --format="value(jsonPayload.preflight.service,jsonPayload.preflight.check,jsonPayload.preflight.why)" ${project}`,
      `gcloud run jobs executions list --job=${job} ${place}`,
    ],
    conditions: [
      logged(context, metric, FAILURES, seconds(probePeriod * RUNS), ["service", "category", "check"], {
        critical: String(critical),
      }),
    ],
  };
}

function silent({ environment, place, project, windows }: Context, { service, job }: ScheduledProbe): Alert {
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
      `gcloud scheduler jobs list --location=${environment.region} ${project}`,
      `gcloud run jobs executions list --job=${job} ${place}`,
      `npm run preflight -- ${environment.name}`,
    ],
    conditions: [
      {
        kind: "absence",
        title: `no run for ${duration} s`,
        series: {
          metric: "run.googleapis.com/job/completed_execution_count",
          resource: "cloud_run_job",
          resourceLabels: { job_name: job },
        },
        aggregation: {
          period: windows.minute,
          aligner: "ALIGN_SUM",
          reducer: "REDUCE_SUM",
          groupBy: ["resource.label.job_name"],
        },
        duration,
      },
    ],
  };
}
