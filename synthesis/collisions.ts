import { formatPath } from "../platform/environment.ts";
import type { Path, ReportedIssue } from "../platform/issue.ts";
import { type AnyEnvironment, isMesh } from "../platform/schema/mesh.ts";
import type { EnvironmentIssues } from "./environment-issues.ts";

/** Collisions of two environments: the same project, prefix or public host. */
export function collisions(environments: readonly AnyEnvironment[]): EnvironmentIssues[] {
  const found: EnvironmentIssues[] = [];
  const owners = new Map<string, string>();
  const claim = (environment: AnyEnvironment, key: string, issue: (owner: string) => ReportedIssue): void => {
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, environment.name);
    else if (owner !== environment.name)
      found.push({ environment: environment.name, issues: [issue(owner)] });
  };
  for (const environment of environments) {
    claim(environment, `project ${environment.project}`, (owner) => ({
      path: "project",
      value: `"${environment.project}"`,
      allowed: `environment "${owner}" is in this project, and one project holds one environment`,
      fix: "give each environment its own project",
    }));
    claim(environment, `prefix ${environment.prefix}`, (owner) => ({
      path: "prefix",
      value: `"${environment.prefix}"`,
      allowed: `the stacks of environment "${owner}" have this prefix`,
      fix: "give each environment its own prefix",
    }));
    for (const { host, path } of hostsOf(environment)) {
      claim(environment, `host ${host}`, (owner) => ({
        path: formatPath(path, environment),
        value: `"${host}"`,
        allowed: `environment "${owner}" serves this host, and DNS can point to one of them only`,
        fix: "give each environment its own hosts",
      }));
    }
  }
  return found;
}

/** Every public host of an environment, and its path in the file. */
function hostsOf(environment: AnyEnvironment): { readonly host: string; readonly path: Path }[] {
  if (isMesh(environment))
    return environment.mesh.hosts.map(({ host }, index) => ({
      host,
      path: ["mesh", "hosts", index, "host"],
    }));
  return environment.services.flatMap((service, index) =>
    service.exposure.map(({ host }, position) => ({
      host,
      path: ["services", index, "exposure", position, "host"],
    })),
  );
}
