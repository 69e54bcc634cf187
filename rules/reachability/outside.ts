import type { Graph } from "../graph/index.ts";
import { endpointOf } from "./text.ts";
import { variables, type Workload } from "./workload.ts";

/** Variables that say who calls or is shown, not what is called. */
const NOT_CALLED =
  /(ORIGIN|CORS|PUBLIC|FRONTEND|REDIRECT|CALLBACK|SITE|BASE|APP_|SELF|ALLOW|TRUST|DOMAIN|ISSUER|AUDIENCE|LOGO|DOCS|HOMEPAGE|COOKIE|BIND|LISTEN|EXTERNAL|CANONICAL|WEB_)/i;
const CALLED = /(^|_)(HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|URL|URI|DSN|SERVER|API)$/i;

/** The first host out on the internet that the environment says the workload connects to. */
export function outsideHost(
  graph: Graph,
  workload: Workload,
  isOutside: (host: string) => boolean,
): string | undefined {
  if (variables(workload).some(({ name }) => /^(https?|all)_proxy$/i.test(name))) return undefined;
  for (const { name, value } of variables(workload)) {
    if (!CALLED.test(name) || NOT_CALLED.test(name)) continue;
    const host = endpointOf(value)?.host;
    if (host !== undefined && isOutside(host) && !isInside(graph, host)) return `${host} (${name})`;
  }
  return undefined;
}

/** True where a zone of the input answers for the name inside the VPC. */
function isInside(graph: Graph, host: string): boolean {
  return graph.all("google_dns_managed_zone").some((zone) => {
    const suffix = zone.string("dns_name")?.replace(/\.$/, "");
    const internal = zone.string("visibility") === "private";
    return internal && suffix !== undefined && (host === suffix || host.endsWith(`.${suffix}`));
  });
}
