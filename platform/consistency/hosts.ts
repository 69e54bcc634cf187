import { loadBalancerLimits } from "../../resources/limits.ts";
import { enumerated } from "../../values/enumerated.ts";
import { domainOf, domainsOf } from "../edge/domains.ts";
import type { Issue, Path } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";

/** A host of a service or of a bucket, and where it is written. */
interface Entry {
  readonly host: string;
  readonly paths: readonly string[];
  readonly rewrite: string | undefined;
  readonly path: Path;
  /** "services.web", "buckets.assets". */
  readonly owner: string;
}

type Plan = Pick<Environment, "services" | "buckets" | "edge">;

function entriesOf({ services, buckets = [] }: Plan): Entry[] {
  const all = [
    ...services.map(({ name, exposure }, index) => ({ list: "services", name, exposure, index })),
    ...buckets.map(({ name, exposure = [] }, index) => ({ list: "buckets", name, exposure, index })),
  ];
  return all.flatMap(({ list, name, exposure, index }) =>
    exposure.map(({ host, paths, rewrite }, position) => ({
      host,
      paths,
      rewrite,
      path: [list, index, "exposure", position],
      owner: `${list}.${name}`,
    })),
  );
}

/** Hosts and paths at the load balancer: each with one service or bucket, and covered by the certificate. */
export function hosts(plan: Plan): Issue[] {
  const { edge } = plan;
  const entries = entriesOf(plan);
  const seen = new Map<string, Entry>();
  const issues: Issue[] = [];
  for (const entry of entries) {
    const { host, paths, path } = entry;
    if (edge !== undefined) issues.push(...uncovered(edge, host, [...path, "host"]));
    if (paths.length === 0) {
      issues.push({
        path: [...path, "paths"],
        value: "[]",
        allowed: "a host without paths matches no request",
        fix: 'write the paths, or leave the key out for "/*"',
      });
    }
    if (entry.rewrite !== undefined && paths.includes("/*")) {
      issues.push({
        path: [...path, "rewrite"],
        value: `"${entry.rewrite}"`,
        allowed: 'paths has "/*", of which nothing is left to replace',
        fix: 'remove it, or write a narrower path like "/api/*"',
        uses: [[...path, "paths"]],
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
          allowed: `another ${earlier.path[0] === "services" ? "service" : "bucket"} has this host and path already (${earlier.owner})`,
          fix: "give each its own host or paths",
          uses: [earlier.path],
        });
      }
      seen.set(key, entry);
    }
  }
  if (edge?.tls?.minVersion === "TLS_1_3" && edge.tls.profile !== "RESTRICTED")
    issues.push({
      path: ["edge", "tls", "minVersion"],
      value: '"TLS_1_3"',
      allowed: `profile is "${edge.tls.profile}", and the load balancer takes TLS 1.3 as the minimum with "RESTRICTED" only`,
      fix: 'write profile: "RESTRICTED", or minVersion: "TLS_1_2"',
      uses: [["edge", "tls", "profile"]],
    });
  if (edge !== undefined && entries.length === 0) {
    issues.push({
      path: ["edge"],
      value: "set",
      allowed: "no service has an exposure, so that there is no load balancer",
      fix: "give a service an exposure, or remove edge",
      uses: [["services"], ["buckets"]],
    });
  }
  for (const host of new Set(entries.map((entry) => entry.host))) {
    const first = entries.find((entry) => entry.host === host);
    if (first === undefined || seen.has(`${host}/*`)) continue;
    issues.push({
      path: first.path.slice(0, -1),
      value: `"${host}"`,
      allowed: 'no service has "/*" of this host, so that its other paths have no backend',
      fix: `give one service or bucket { host: "${host}" } without paths`,
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
