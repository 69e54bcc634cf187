import type { Block, Resource } from "../../graph/index.ts";
import { references, textOf } from "../reachability/text.ts";
import type { Rule, Violation } from "../rule.ts";
import { serviceTypes } from "../workload/index.ts";

/** Services take OpenID Connect tokens, Google's APIs take access tokens. */
export const targetToken: Rule = {
  id: "identity/target-token",
  why: "Google's APIs reject OpenID Connect tokens, and Cloud Run and functions reject OAuth access tokens.",
  limit: "oauth_token for *.googleapis.com, oidc_token for anything else",
  fix: "Use oauth_token for an API of Google and oidc_token for a service of your own.",
  source: "https://docs.cloud.google.com/scheduler/docs/http-target-auth",
  *check(graph) {
    for (const job of graph.all("google_cloud_scheduler_job"))
      for (const target of job.blocks("http_target")) yield* evaluate(job, target);
  },
};

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
    /\.(run\.app|cloudfunctions\.net)$/.test(host) ||
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
