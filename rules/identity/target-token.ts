import { type Call, calls, placeOf } from "../../analysis/identity/calls.ts";
import { list } from "../../analysis/lists.ts";
import { references, textOf } from "../../analysis/references/text.ts";
import { serviceTypes } from "../../analysis/workload/index.ts";
import { type WorkflowCall, workflowCalls } from "../../analysis/workload/workflow.ts";
import type { Block, Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { isPublic } from "./run-invoker.ts";

const SERVICE_HOST = /\.(run\.app|cloudfunctions\.net)$/;

/** Services take OpenID Connect tokens, Google's APIs take access tokens. */
export const targetToken: Rule = {
  id: "identity/target-token",
  why: "Google's APIs reject OpenID Connect tokens, and Cloud Run and functions reject OAuth access tokens.",
  limit:
    "oauth_token for *.googleapis.com, oidc_token for anything else; in Workflows auth of type OAuth2 and OIDC; the audience of a token is the URL of the service",
  fix: "Use oauth_token for an API of Google and oidc_token for a service of your own.",
  source: "https://docs.cloud.google.com/scheduler/docs/http-target-auth",
  *check(graph) {
    for (const job of graph.all("google_cloud_scheduler_job"))
      for (const target of job.blocks("http_target")) yield* evaluate(job, target);
    for (const call of workflowCalls(graph)) yield* ofWorkflow(graph, call);
    for (const call of calls(graph)) yield* audience(call);
  },
};

/** A request of a workflow carries a token where it is told so only. */
function* ofWorkflow(graph: Graph, { workflow, step, url, auth }: WorkflowCall): Iterable<Violation> {
  const host = /^https:\/\/([^/]+)/.exec(url)?.[1] ?? "";
  if (/(^|\.)googleapis\.com$/.test(host)) {
    if (auth === "OAuth2") return;
    yield {
      resource: workflow,
      message: `source_contents: the step ${step} calls the API ${host} ${auth === undefined ? "without auth" : `with auth of type ${auth}`}; fails at run time: Google's APIs take OAuth access tokens, every call gets 401.`,
      fix: "Write auth with type OAuth2.",
    };
    return;
  }
  const service = calls(graph).find(
    (call) => call.caller === workflow && call.place === placeOf(step),
  )?.service;
  if (auth === "OAuth2" && (service !== undefined || SERVICE_HOST.test(host)))
    yield {
      resource: workflow,
      message: `source_contents: the step ${step} calls a Cloud Run service with auth of type OAuth2; fails at run time: the service takes OpenID Connect tokens only, every call gets 401.`,
      fix: "Write auth with type OIDC.",
    };
  if (auth === undefined && service !== undefined && graph.complete && !isPublic(graph, service))
    yield {
      resource: workflow,
      message: `source_contents: the step ${step} calls ${service.address} without auth, and only accounts may invoke it; fails at run time: every call gets 403.`,
      fix: "Write auth with type OIDC.",
    };
}

/** A service takes tokens for its own URL, or for an audience that it states. */
function* audience({ caller, service, place }: Call): Iterable<Violation> {
  const written = caller.get(`${place}.oidc_token.audience`);
  if (typeof written !== "string" || written === "" || /^https?:\/\//.test(written)) return;
  const own = list(service.get("custom_audiences"));
  if (service.isUnknown("custom_audiences") || own.some((each) => typeof each !== "string")) return;
  if (own.includes(written) || !service.type.startsWith("google_cloud_run_v2")) return;
  yield {
    resource: caller,
    message: `${place}.oidc_token.audience is "${written}"; fails at run time: ${service.address} takes tokens for its URL and its custom_audiences only, every call gets 401.`,
    fix: `Set audience = ${service.address}.uri.`,
    source: "https://docs.cloud.google.com/run/docs/configuring/custom-audiences",
  };
}

function* evaluate(job: Resource, target: Block): Iterable<Violation> {
  const uri = target.get("uri");
  const host = /^https:\/\/([^/]+)/.exec(textOf(uri) ?? "")?.[1] ?? "";
  const [oidc, oauth] = ["oidc_token", "oauth_token"].map((name) => target.blocks(name).length > 0);
  if (oidc && /(^|\.)googleapis\.com$/.test(host))
    yield {
      resource: job,
      message: `http_target calls the API ${host} with oidc_token; fails at run time: Google's APIs take OAuth access tokens only, every call gets 401.`,
      fix: "Replace oidc_token by oauth_token { service_account_email = google_service_account.caller.email }.",
    };
  const isService =
    SERVICE_HOST.test(host) ||
    references(uri).some(
      ({ address, attribute }) =>
        /^(uri|urls?\b|status\b.*url)/.test(attribute) &&
        serviceTypes.some((type) => address.includes(`${type}.`)),
    );
  if (oauth && isService)
    yield {
      resource: job,
      message:
        "http_target calls a Cloud Run service with oauth_token; fails at run time: the service takes OpenID Connect tokens only, every call gets 401.",
      fix: "Replace oauth_token by oidc_token { service_account_email = google_service_account.caller.email }.",
    };
}
