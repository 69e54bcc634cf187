import type { Graph } from "../../graph/index.ts";
import { wellKnownPorts } from "../../resources/limits.ts";
import { isOutside } from "../network/addresses.ts";
import { variables, type Workload } from "../workload/index.ts";
import { endpointOf, portOf } from "./text.ts";

/** Variables that say who calls or is shown, not what is called. */
const NOT_CALLED =
  /(ORIGIN|CORS|PUBLIC|FRONTEND|REDIRECT|CALLBACK|SITE|BASE|APP_|SELF|ALLOW|TRUST|DOMAIN|ISSUER|AUDIENCE|LOGO|DOCS|HOMEPAGE|COOKIE|BIND|LISTEN|EXTERNAL|CANONICAL|WEB_)/i;
const CALLED = /(^|_)(HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|URL|URI|DSN|SERVER|API)$/i;

/** A server out on the internet, with the port of its URL; that of https where that is not known. */
export interface OutsideEndpoint {
  readonly label: string;
  readonly port: number;
}

/** The first server out on the internet that the environment says the workload connects to. */
export function outsideEndpoint(graph: Graph, workload: Workload): OutsideEndpoint | undefined {
  if (variables(workload).some(({ name }) => /^(https?|all)_proxy$/i.test(name))) return undefined;
  for (const { name, value } of variables(workload)) {
    if (!CALLED.test(name) || NOT_CALLED.test(name)) continue;
    const endpoint = endpointOf(value);
    if (endpoint === undefined || !isOutside(endpoint.host) || isInside(graph, endpoint.host)) continue;
    const port = portOf(endpoint) ?? wellKnownPorts.value.https;
    return { label: `${endpoint.host} (${name})`, port };
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
