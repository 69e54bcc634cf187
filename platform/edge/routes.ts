import type { Environment } from "../schema/environment.ts";

/** What serves a part of a host. */
export type Target = { readonly service: string } | { readonly bucket: string };

/** What serves a host: `paths` first, `fallback` for all other paths. */
export interface HostPlan {
  readonly host: string;
  /** Undefined where nothing has "/*", which is refused. */
  readonly fallback: Target | undefined;
  readonly paths: readonly {
    readonly target: Target;
    readonly paths: readonly string[];
    /** What the target gets in place of the matched path. @default the path as it is */
    readonly rewrite?: string;
  }[];
}

/** Hosts of the load balancer in alphabetical order, each with its services and buckets. */
export function hostPlan({ services, buckets = [] }: Pick<Environment, "services" | "buckets">): HostPlan[] {
  const entries = [
    ...services.flatMap(({ name, exposure }) =>
      exposure.map((entry) => ({ ...entry, target: { service: name } })),
    ),
    ...buckets.flatMap(({ name, exposure = [] }) =>
      exposure.map((entry) => ({ ...entry, target: { bucket: name } })),
    ),
  ];
  const hosts = [...new Set(entries.map(({ host }) => host))].sort();
  return hosts.map((host) => {
    const own = entries.filter((entry) => entry.host === host);
    const written = new Set(own.flatMap(({ paths }) => paths));
    return {
      host,
      fallback: own.find(({ paths }) => paths.includes("/*"))?.target,
      paths: own.flatMap(({ target, paths, rewrite }) => {
        const narrower = paths.filter((path) => path !== "/*");
        if (narrower.length === 0) return [];
        if (rewrite === undefined) return [{ target, paths: narrower }];
        // A service that expects "/" has no path of its own for what is in front of it.
        const bare = narrower.flatMap((path) => bareOf(path) ?? []).filter((path) => !written.has(path));
        return [{ target, paths: [...bare, ...narrower], rewrite }];
      }),
    };
  });
}

/**
 * The service that the load balancer selects for a path of a host: the exact path, else the longest prefix with /*,
 * else the host's fallback. Undefined where nothing is exposed under the host, or a bucket answers.
 */
export function serviceAt(hosts: readonly HostPlan[], host: string, path: string): string | undefined {
  const plan = hosts.find((candidate) => candidate.host === host);
  if (plan === undefined) return undefined;
  const asked = path.replace(/\?.*$/, "");
  const matches = plan.paths.flatMap(({ target, paths }) =>
    paths.filter((rule) => covers(rule, asked)).map((rule) => ({ target, rule })),
  );
  const exact = matches.find(({ rule }) => !rule.endsWith("*"));
  const [longest] = matches.sort((a, b) => b.rule.length - a.rule.length);
  const target = (exact ?? longest)?.target ?? plan.fallback;
  return target !== undefined && "service" in target ? target.service : undefined;
}

/** Every host that the load balancer answers for: those of services and buckets, then those that it redirects. */
export function edgeHosts({
  edge,
  hostPlan: served,
}: Pick<Environment, "edge"> & { readonly hostPlan: readonly HostPlan[] }): string[] {
  return [...served.map(({ host }) => host), ...(edge?.redirects ?? []).map(({ host }) => host)];
}

/** As texts name it: "api", "the bucket assets". */
export function targetName(target: Target | undefined): string {
  if (target === undefined) return "nothing";
  return "service" in target ? target.service : `the bucket ${target.bucket}`;
}

/** The path that a prefix does not match: /api of "/api/*". */
function bareOf(path: string): string | undefined {
  return path.endsWith("/*") && path !== "/*" ? path.slice(0, -2) : undefined;
}

/** A path without its slash at the end, which something else than its prefix answers. */
export interface BarePath {
  readonly host: string;
  /** "/api" */
  readonly path: string;
  readonly prefix: string;
  /** Who answers the prefix, and who the path alone. */
  readonly prefixTarget: Target;
  readonly target: Target | undefined;
}

/** "/api/*" begins at /api/: whose /api alone another service or bucket answers. */
export function barePaths(plan: readonly HostPlan[]): BarePath[] {
  return plan.flatMap(({ host, fallback, paths }) => {
    const rules = paths.flatMap((rule) => rule.paths.map((path) => ({ path, target: rule.target })));
    return rules.flatMap(({ path: prefix, target: prefixTarget }): BarePath[] => {
      const path = bareOf(prefix);
      if (path === undefined) return [];
      const matching = rules.filter(({ path: rule }) => covers(rule, path));
      const [longest] = matching.sort((a, b) => b.path.length - a.path.length);
      const target = longest?.target ?? fallback;
      return targetName(target) === targetName(prefixTarget)
        ? []
        : [{ host, path, prefix, prefixTarget, target }];
    });
  });
}

/** As in Google's URL maps, "/ws/*" matches /ws/ and the paths below it, but not /ws itself. */
function covers(rule: string, path: string): boolean {
  return rule.endsWith("/*") ? path.startsWith(rule.slice(0, -1)) : rule === path;
}
