import { type Call, calls } from "../../analysis/identity/calls.ts";
import {
  agentMayHold,
  type Grant,
  grants,
  type Held,
  holdsRole,
  isAbove,
  runsAs,
} from "../../analysis/identity/grants.ts";
import { nameOf } from "../../analysis/references/names.ts";
import { serviceTypes } from "../../analysis/workload/index.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

const ROLES = [
  "roles/run.invoker",
  "roles/run.servicesInvoker",
  "roles/run.jobsExecutor",
  "roles/run.jobsExecutorWithOverrides",
  "roles/run.developer",
  "roles/run.admin",
  "roles/editor",
  "roles/owner",
];

const JOB = "google_cloud_run_v2_job";

/** Who calls a service that is not public does so with a token of an account that may invoke it. */
export const runInvoker: Rule = {
  id: "identity/run-invoker",
  why: "Cloud Run rejects requests of an account without roles/run.invoker, and those without a token, with 403.",
  limit:
    "roles/run.invoker on the service or job, or on its project, for the account of each subscription, schedule, trigger or workload that calls it",
  fix: "Grant roles/run.invoker on the service to the account of the caller.",
  source: "https://docs.cloud.google.com/run/docs/authenticating/service-to-service",
  *check(graph) {
    for (const call of calls(graph)) if (!isPublic(graph, call.service)) yield* evaluate(graph, call);
    yield* behindProxy(graph);
  },
};

/** Identity-Aware Proxy of a service checks who asks, and calls the service as an account of its own. */
function* behindProxy(graph: Graph): Iterable<Violation> {
  const scopes = ["cloud_run_v2_service", "cloud_run_service"];
  if (!graph.complete || agentMayHold(graph, "gcp-sa-iap", ROLES, scopes)) return;
  for (const service of graph.all("google_cloud_run_v2_service"))
    if (service.boolean("iap_enabled") === true && service.boolean("invoker_iam_disabled") !== true)
      yield {
        resource: service,
        severity: "warning",
        message: `iap_enabled is true, and the service agent of Identity-Aware Proxy has no ${ROLES[0]} on it; fails at run time: every request gets 403.`,
        fix: `Grant ${ROLES[0]} on ${service.address} to "serviceAccount:service-\${data.google_project.this.number}@gcp-sa-iap.iam.gserviceaccount.com".`,
        source: "https://docs.cloud.google.com/run/docs/securing/identity-aware-proxy-cloud-run",
      };
}

function* evaluate(graph: Graph, { caller, service, account, place, certain }: Call): Iterable<Violation> {
  const label = `"${nameOf(service) ?? service.address}" (${service.address})`;
  // The default account of a workload or a trigger may have rights that the input does not show.
  const runsByDefault = /^google_(eventarc_trigger|workflows_workflow)$/.test(caller.type);
  if (account === undefined && (!certain || runsByDefault)) return;
  if (account === undefined) {
    const block = place.split(".")[0] ?? place;
    if (isUnknown(caller.get(`${block}.oidc_token`)) || !graph.complete) return;
    yield {
      resource: caller,
      severity: hasGrant(graph, service) ? "error" : "warning",
      message: `${place} calls the service ${label} without oidc_token, and only accounts may invoke it; fails at run time: every request gets 403.`,
      fix: `Add oidc_token { service_account_email = google_service_account.caller.email } to ${place}, and grant it roles/run.invoker.`,
    };
    return;
  }
  const verb = service.type === JOB ? "runs the job" : "calls the service";
  const identity = runsAs(graph, account, caller);
  if (identity === undefined || mayInvoke(graph, identity, service) !== "no") return;
  yield {
    resource: caller,
    severity: certain || hasGrant(graph, service) ? "error" : "warning",
    message: `${place} ${verb} ${label} as ${identity.address}, which has no ${ROLES[0]} on it; fails at run time: every request gets 403.`,
    fix: `Grant ${ROLES[0]} on ${service.address} to ${identity.address}.`,
  };
}

function mayInvoke(graph: Graph, account: Resource, service: Resource): Held {
  return holdsRole(graph, account, ROLES, (grant) => {
    if (isAbove(grant)) return "yes";
    return targetOf(graph, grant, service);
  });
}

function targetOf(graph: Graph, grant: Grant, service: Resource): Held {
  const [, , kind] = /^cloud_run(_v2)?_(service|job)$/.exec(grant.scope) ?? [];
  if (kind === undefined) return "no";
  const named = grant.resource.get("name") ?? grant.resource.get("service");
  const target = graph.target(named, kind === "job" ? [JOB] : serviceTypes, grant.resource);
  if (target.kind === "resource") return target.resource === service ? "yes" : "no";
  return "maybe";
}

/** True where the input itself states who may invoke the service: then a caller was forgotten. */
function hasGrant(graph: Graph, service: Resource): boolean {
  return grants(graph).some((grant) => !isAbove(grant) && targetOf(graph, grant, service) === "yes");
}

export function isPublic(graph: Graph, service: Resource): boolean {
  const disabled = service.get("invoker_iam_disabled");
  if (
    service.boolean("invoker_iam_disabled") === true ||
    isUnknown(disabled) ||
    isSet(service, "iap_enabled")
  )
    return true;
  return grants(graph).some(
    (grant) =>
      (isAbove(grant) || targetOf(graph, grant, service) !== "no") &&
      grant.principals.some(
        (who) => who === undefined || who === "allUsers" || who === "allAuthenticatedUsers",
      ),
  );
}
