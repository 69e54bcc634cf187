import { missingSeverity, nearestHint } from "../../analysis/references/names.ts";
import { namedJob } from "../../analysis/references/scheduled-job.ts";
import { textOf } from "../../analysis/references/text.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const NOT_RUN = /^https:\/\/(?:[a-z0-9-]+-)?run\.googleapis\.com\/.*\/jobs\/[^/:]+$/;

/** A schedule runs a job that exists, where it is. */
export const jobTarget: Rule = {
  id: "reachability/job-target",
  why: "A schedule names its job within a URL, which nothing checks: under another name or in another region every run fails with 404.",
  limit: "the URL of http_target names a Cloud Run job of the input and its region",
  fix: 'Write "https://run.googleapis.com/v2/${google_cloud_run_v2_job.nightly.id}:run".',
  source: "https://docs.cloud.google.com/run/docs/execute/jobs-on-schedule",
  *check(graph) {
    for (const schedule of graph.all("google_cloud_scheduler_job")) {
      const uri = textOf(schedule.get("http_target.uri")) ?? "";
      if (NOT_RUN.test(uri))
        yield {
          resource: schedule,
          message:
            'http_target.uri names a Cloud Run job without ":run"; fails at run time: the URL of a job does not start it.',
        };
      const { region, name } = namedJob(schedule.get("http_target.uri"));
      if (region !== undefined && name !== undefined) yield* evaluate(graph, schedule, region, name);
    }
  },
};

function* evaluate(graph: Graph, schedule: Resource, region: string, name: string): Iterable<Violation> {
  if (!/^[a-z0-9-]+$/.test(name)) return;
  const target = graph.target(name, ["google_cloud_run_v2_job"], schedule);
  if (target.kind === "missing")
    yield {
      resource: schedule,
      severity: missingSeverity(target),
      message: `http_target runs the job "${name}", which is not defined${nearestHint(target)}; fails at run time: every run ends with 404.`,
    };
  if (target.kind !== "resource") return;
  const home = graph.region(target.resource);
  if (home === undefined || home === region) return;
  yield {
    resource: schedule,
    message: `http_target runs the job "${name}" in ${region}, and ${target.resource.address} is in ${home}; fails at run time: every run ends with 404.`,
  };
}
