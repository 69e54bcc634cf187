import { exposures } from "../../analysis/load-balancing/exposure.ts";
import type { Rule } from "../rule.ts";

/** No cache in front of a service that people sign in to. */
export const cachedSignIn: Rule = {
  id: "edge/cached-sign-in",
  why: "Identity-Aware Proxy of a Cloud Run service is asked behind the cache: what Cloud CDN has kept is answered without it.",
  limit: "enable_cdn of the backend service, or iap_enabled of the Cloud Run service behind it",
  fix: "Set enable_cdn = false, or serve what everybody may see by a service without iap_enabled.",
  source: "https://docs.cloud.google.com/run/docs/securing/identity-aware-proxy-cloud-run",
  *check(graph) {
    for (const { workload, backend } of exposures(graph)) {
      if (backend.boolean("enable_cdn") !== true || workload.resource.boolean("iap_enabled") !== true)
        continue;
      yield {
        resource: backend,
        message: `enable_cdn is true, and people sign in to ${workload.resource.address} behind it (iap_enabled); is a security risk: kept responses are answered to people who have not signed in.`,
      };
    }
  },
};
