import { suggestion } from "../values/nearest.ts";
import type { Issue } from "./issue.ts";
import type { MeshEnvironment, MeshHost, MeshRoute } from "./schema/mesh.ts";
import { type Seconds, seconds } from "./units.ts";

/** Timeouts of a route: `timeout` covers every attempt, so that the last one is not cut off. */
export interface RouteTimes {
  readonly tryTimeout: Seconds;
  readonly retries: number;
  readonly timeout: Seconds;
}

export function routeTimes({ deadlines }: MeshEnvironment, route: MeshRoute): RouteTimes {
  const tryTimeout = route.tryTimeout ?? deadlines.tryTimeout;
  const retries = route.retries ?? deadlines.retries;
  return { tryTimeout, retries, timeout: seconds((1 + retries) * tryTimeout) };
}

/** The kubeconfig context that `gcloud container clusters get-credentials` writes for the cluster. */
export function clusterContext({ project, region, mesh }: MeshEnvironment): string {
  return `gke_${project}_${region}_${mesh.cluster}`;
}

/** How the settings of a mesh environment must fit together. */
export function meshIssues(environment: MeshEnvironment): Issue[] {
  const { mesh } = environment;
  return [
    ...uniqueNames(environment),
    ...mesh.hosts.flatMap((host, index) => hostIssues(environment, host, index)),
    ...issuerIssues(environment),
    ...prefixIssue(environment),
  ];
}

function uniqueNames({ mesh }: MeshEnvironment): Issue[] {
  const lists: [string, readonly string[], string][] = [
    ["services", mesh.services.map(({ name }) => name), "name"],
    ["hosts", mesh.hosts.map(({ host }) => host), "host"],
  ];
  const empty: Issue[] =
    mesh.hosts.length > 0
      ? []
      : [
          {
            path: ["mesh", "hosts"],
            value: "[]",
            allowed: "a gateway without a host matches no request",
            fix: "add a host",
          },
        ];
  return [
    ...empty,
    ...lists.flatMap(([list, names, key]) =>
      names.flatMap((name, index): Issue[] => {
        const first = names.indexOf(name);
        if (first === index) return [];
        return [
          {
            path: ["mesh", list, index, key],
            value: `"${name}"`,
            allowed: `mesh.${list}[${first}] has this ${key} already`,
            fix: "keep one of them",
          },
        ];
      }),
    ),
  ];
}

function hostIssues(environment: MeshEnvironment, host: MeshHost, index: number): Issue[] {
  const { mesh, deadlines, objectives } = environment;
  const known = mesh.services.map(({ name }) => name);
  const at = (position: number, key: string) => ["mesh", "hosts", index, "routes", position, key];
  const issues: Issue[] = [];
  if (host.routes.length === 0)
    issues.push({
      path: ["mesh", "hosts", index, "routes"],
      value: "[]",
      allowed: `${host.host} has no route, so that every request to it gets 404`,
      fix: 'add a route, the last one with prefix "/"',
    });
  for (const [position, route] of host.routes.entries()) {
    const path = at(position, "prefix");
    const earlier = host.routes.slice(0, position);
    const broader = earlier.find((other) => matches(other.prefix, route.prefix));
    if (broader !== undefined)
      issues.push({
        path,
        value: `"${route.prefix}"`,
        allowed: `route "${broader.name}" before it matches everything under "${broader.prefix}", so that this one never matches`,
        fix: `move it before route "${broader.name}"`,
        uses: [at(earlier.indexOf(broader), "prefix")],
      });
    if (earlier.some(({ name }) => name === route.name))
      issues.push({
        path: at(position, "name"),
        value: `"${route.name}"`,
        allowed: "another route of this host has this name",
        fix: "give each its own name",
      });
    if (!known.includes(route.service))
      issues.push({
        path: at(position, "service"),
        value: `"${route.service}"`,
        allowed: "a route needs a service of mesh.services",
        fix: suggestion(route.service, known),
      });
    if (route.prefix !== "/" && route.prefix.endsWith("/"))
      issues.push({
        path,
        value: `"${route.prefix}"`,
        allowed: "a prefix has no trailing /, and matches the paths below it",
        fix: `write "${route.prefix.replace(/\/+$/, "")}"`,
      });
    const { tryTimeout } = routeTimes(environment, route);
    if (tryTimeout <= deadlines.connect)
      issues.push({
        path: route.tryTimeout === undefined ? ["deadlines", "tryTimeout"] : at(position, "tryTimeout"),
        value: `${tryTimeout} s`,
        allowed: `one attempt must be longer than the ${deadlines.connect} s of its connection (deadlines.connect)`,
        fix: "raise tryTimeout or lower deadlines.connect",
        uses: [["deadlines", "connect"]],
      });
    if (tryTimeout < objectives.latency)
      issues.push({
        path: route.tryTimeout === undefined ? ["deadlines", "tryTimeout"] : at(position, "tryTimeout"),
        value: `${tryTimeout} s`,
        allowed: `one attempt must be at least the ${objectives.latency} s of the latency objective`,
        fix: "raise tryTimeout or lower objectives.latency",
        uses: [["objectives", "latency"]],
      });
  }
  const last = host.routes.at(-1);
  if (last !== undefined && !host.routes.some(({ prefix }) => prefix === "/"))
    issues.push({
      path: at(host.routes.length - 1, "prefix"),
      value: `"${last.prefix}"`,
      allowed: `no route of ${host.host} matches all other paths, so that they get 404`,
      fix: 'end with a route of prefix "/"',
    });
  if (!host.routes.some(({ prefix }) => matches(prefix, host.latencyPath)))
    issues.push({
      path: ["mesh", "hosts", index, "latencyPath"],
      value: `"${host.latencyPath}"`,
      allowed: "no route of the host matches this path, so that the latency test would measure 404s",
      fix: "write a path that a route matches",
    });
  return issues;
}

/** Whether a route with the prefix matches the path: whole segments only, "/api" does not match "/apis". */
function matches(prefix: string, path: string): boolean {
  return prefix === "/" || path === prefix || path.startsWith(`${prefix}/`);
}

/** Hosts may share a Secret, which has one issuer. */
function issuerIssues({ mesh }: MeshEnvironment): Issue[] {
  return mesh.hosts.flatMap(({ host, tls }, index): Issue[] => {
    const first = mesh.hosts.findIndex(
      (other) => other.tls.secret === tls.secret && other.tls.issuer !== undefined,
    );
    const issuer = mesh.hosts[first]?.tls.issuer;
    if (tls.issuer === undefined || issuer === undefined) return [];
    if (tls.issuer.name === issuer.name && tls.issuer.kind === issuer.kind) return [];
    return [
      {
        path: ["mesh", "hosts", index, "tls", "issuer"],
        value: `${tls.issuer.kind} "${tls.issuer.name}"`,
        allowed: `Secret "${tls.secret}" is issued by ${issuer.kind} "${issuer.name}" already, and ${host} shares it`,
        fix: "name the same issuer, or give the host a Secret of its own",
        uses: [["mesh", "hosts", first, "tls", "issuer"]],
      },
    ];
  });
}

/** The prefix is part of the stack's name. */
function prefixIssue({ prefix, name }: MeshEnvironment): Issue[] {
  if (/^[a-z][a-z0-9]{0,8}$/.test(prefix)) return [];
  return [
    {
      path: ["prefix"],
      value: `"${prefix}"`,
      allowed: `names start with 1 to 9 lower-case letters and digits, a letter first${prefix === name ? " (without prefix the file's name is taken)" : ""}`,
      fix: 'write for example prefix: "meta"',
    },
  ];
}
