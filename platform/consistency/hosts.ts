import { loadBalancerLimits } from "../../resources/limits.ts";
import { enumerated } from "../../values/enumerated.ts";
import { domainOf, domainsOf } from "../domains.ts";
import type { Issue, Path } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";

/** Hosts and paths at the load balancer: each with one service, and covered by the certificate. */
export function hosts({ services, edge }: Pick<Environment, "services" | "edge">): Issue[] {
  const seen = new Map<string, Path>();
  const issues: Issue[] = [];
  services.forEach((service, index) => {
    service.exposure.forEach(({ host, paths }, position) => {
      const path: Path = ["services", index, "exposure", position];
      if (edge !== undefined) issues.push(...uncovered(edge, host, [...path, "host"]));
      if (paths.length === 0) {
        issues.push({
          path: [...path, "paths"],
          value: "[]",
          allowed: "a host without paths matches no request",
          fix: 'write the paths, or leave the key out for "/*"',
        });
      }
      if (`host-${host}`.length > loadBalancerLimits.nameLength.value) {
        issues.push({
          path: [...path, "host"],
          value: `"${host}"`,
          allowed: `the load balancer's path matcher is named after the host, and its name has at most ${loadBalancerLimits.nameLength.value - "host-".length} characters`,
          fix: "choose a shorter host",
        });
      }
      for (const route of paths) {
        const key = `${host}${route}`;
        const earlier = seen.get(key);
        if (earlier !== undefined) {
          issues.push({
            path: [...path, "paths"],
            value: `"${key}"`,
            allowed: `another service has this host and path already (${describe(services, earlier)})`,
            fix: "give each service its own host or paths",
            uses: [earlier],
          });
        }
        seen.set(key, path);
      }
    });
  });
  if (edge?.tls?.minVersion === "TLS_1_3" && edge.tls.profile !== "RESTRICTED")
    issues.push({
      path: ["edge", "tls", "minVersion"],
      value: '"TLS_1_3"',
      allowed: `profile is "${edge.tls.profile}", and the load balancer takes TLS 1.3 as the minimum with "RESTRICTED" only`,
      fix: 'write profile: "RESTRICTED", or minVersion: "TLS_1_2"',
      uses: [["edge", "tls", "profile"]],
    });
  if (edge !== undefined && services.every(({ exposure }) => exposure.length === 0)) {
    issues.push({
      path: ["edge"],
      value: "set",
      allowed: "no service has an exposure, so that there is no load balancer",
      fix: "give a service an exposure, or remove edge",
      uses: [["services"]],
    });
  }
  const fallback = [
    ...new Set(services.flatMap((service) => service.exposure.map(({ host }) => host))),
  ].filter((host) => !seen.has(`${host}/*`));
  for (const host of fallback) {
    const index = services.findIndex((service) =>
      service.exposure.some((exposure) => exposure.host === host),
    );
    issues.push({
      path: ["services", index, "exposure"],
      value: `"${host}"`,
      allowed: 'no service has "/*" of this host, so that its other paths have no backend',
      fix: `give one service { host: "${host}" } without paths`,
    });
  }
  return issues;
}

/** A host that no certificate covers. */
export function uncovered(edge: NonNullable<Environment["edge"]>, host: string, path: Path): Issue[] {
  if (domainOf(edge, host) !== undefined) return [];
  const domains = domainsOf(edge);
  const [{ name } = { name: "" }] = domains;
  const isOne = domains.length === 1;
  return [
    {
      path,
      value: `"${host}"`,
      allowed: isOne
        ? `the certificate covers ${name} and *.${name} (one level) only`
        : `the certificates cover ${enumerated(domains.map((domain) => `${domain.name} and *.${domain.name}`))} (one level) only`,
      fix: isOne
        ? `choose a host directly under ${name}, or change edge.certificateDomain`
        : "choose a host directly under one of them, or add its domain to edge.furtherDomains",
      uses: domains.map((domain) => domain.path),
    },
  ];
}

function describe(services: Environment["services"], path: Path): string {
  const service = services[Number(path[1])];
  return service === undefined ? path.join(".") : `services.${service.name}`;
}
