import { missingSeverity, nearestHint } from "../../analysis/references/names.ts";
import { serviceTypes } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** A trigger of Eventarc leads to a service that exists, where it is. */
export const triggerTarget: Rule = {
  id: "reachability/trigger-target",
  why: "A trigger names its Cloud Run service and the region of that service in two attributes, which nothing compares.",
  limit: "destination.cloud_run_service names a service of the input and its region",
  fix: "Refer to both: service = google_cloud_run_v2_service.NAME.name, region = google_cloud_run_v2_service.NAME.location.",
  source: "https://docs.cloud.google.com/eventarc/standard/docs/run/route-trigger-eventarc",
  *check(graph) {
    for (const trigger of graph.all("google_eventarc_trigger")) yield* evaluate(graph, trigger);
  },
};

function* evaluate(graph: Graph, trigger: Resource): Iterable<Violation> {
  const destination = "destination.cloud_run_service";
  const target = graph.target(trigger.get(`${destination}.service`), serviceTypes, trigger);
  if (target.kind === "missing")
    yield {
      resource: trigger,
      severity: missingSeverity(target),
      message: `${destination}.service is "${target.name}", which is not defined${nearestHint(target)}; rejected by the API: the service does not exist.`,
    };
  if (target.kind !== "resource") return;
  // Without a region the trigger looks in its own location.
  const written = trigger.get(`${destination}.region`);
  const region = written === undefined ? trigger.string("location") : trigger.string(`${destination}.region`);
  const home = graph.region(target.resource);
  if (region === undefined || home === undefined || region === home || region === "global") return;
  yield {
    resource: trigger,
    message: `${destination} looks for ${target.resource.address} in ${region}, and it is in ${home}; rejected by the API: the service does not exist there.`,
    fix: `Set region = "${home}".`,
  };
}
