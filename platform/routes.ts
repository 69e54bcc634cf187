import type { Environment } from "./schema/environment.ts";

/** Which service answers a host: `paths` first, everything else goes to `fallback`. */
export interface HostPlan {
  readonly host: string;
  readonly fallback: string;
  readonly paths: readonly { readonly service: string; readonly paths: readonly string[] }[];
}

/** Hosts of the load balancer in alphabetical order, each with its services. */
export function hostPlan(environment: Environment): HostPlan[] {
  const entries = environment.services.flatMap((service) =>
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
