import type { Environment } from "./schema/environment.ts";

/** Services of a host: `paths` first, `fallback` for all other paths. */
export interface HostPlan {
  readonly host: string;
  readonly fallback: string;
  readonly paths: readonly { readonly service: string; readonly paths: readonly string[] }[];
}

/** Hosts of the load balancer in alphabetical order, each with its services. */
export function hostPlan({ services }: Pick<Environment, "services">): HostPlan[] {
  const entries = services.flatMap((service) =>
    service.exposure.map(({ host, paths }) => ({ host, service: service.name, paths })),
  );
  const hosts = [...new Set(entries.map(({ host }) => host))].sort();
  return hosts.map((host) => {
    const own = entries.filter((entry) => entry.host === host);
    return {
      host,
      fallback: own.find(({ paths }) => paths.includes("/*"))?.service ?? "",
      paths: own.flatMap(({ service, paths }) => {
        const narrower = paths.filter((path) => path !== "/*");
        return narrower.length === 0 ? [] : [{ service, paths: narrower }];
      }),
    };
  });
}

/**
 * The service that the load balancer selects for a path of a host: the exact path, else the longest prefix with /*,
 * else the host's fallback. Undefined where no service is exposed under the host.
 */
export function serviceAt(hosts: readonly HostPlan[], host: string, path: string): string | undefined {
  const plan = hosts.find((candidate) => candidate.host === host);
  if (plan === undefined) return undefined;
  const asked = path.replace(/\?.*$/, "");
  const matches = plan.paths.flatMap(({ service, paths }) =>
    paths.filter((rule) => covers(rule, asked)).map((rule) => ({ service, rule })),
  );
  const exact = matches.find(({ rule }) => !rule.endsWith("*"));
  const [longest] = matches.sort((a, b) => b.rule.length - a.rule.length);
  return (exact ?? longest)?.service ?? plan.fallback;
}

/** As in Google's URL maps, "/ws/*" matches /ws/ and the paths below it, but not /ws itself. */
function covers(rule: string, path: string): boolean {
  return rule.endsWith("/*") ? path.startsWith(rule.slice(0, -1)) : rule === path;
}
