import type { Issue, Path } from "../issue.ts";
import { suggestion } from "../nearest.ts";
import type { Environment, Service } from "../schema/environment.ts";

/** What a service may name in `dependsOn`. */
function dependencies(environment: Environment): string[] {
  return [...environment.services, ...environment.externalDependencies].map(({ name }) => name);
}

/** Names that nothing in the environment carries. */
export function danglingNames(environment: Environment): Issue[] {
  const secrets = environment.secrets.map(({ name }) => name);
  const missingSecret = (name: string, path: Path): Issue[] =>
    secrets.includes(name)
      ? []
      : [
          {
            path,
            value: `"${name}"`,
            allowed: "no secret of this name is declared",
            fix: `${suggestion(name, secrets)}${suggestion(name, secrets).endsWith("?") ? "" : "."} Otherwise add { name: "${name}" } to secrets`,
          },
        ];
  return [
    ...missingSecret(environment.database.passwordSecret, ["database", "passwordSecret"]),
    ...(environment.database.caSecret === undefined
      ? unverifiable(environment)
      : missingSecret(environment.database.caSecret, ["database", "caSecret"])),
    ...(environment.cache.auth ? missingSecret(environment.cache.authSecret, ["cache", "authSecret"]) : []),
    ...(environment.cache.tls ? missingSecret(environment.cache.caSecret, ["cache", "caSecret"]) : []),
    ...environment.services.flatMap((service, index) => [
      ...service.secrets.flatMap((name, position) =>
        missingSecret(name, ["services", index, "secrets", position]),
      ),
      ...service.dependsOn.flatMap((name, position): Issue[] => {
        const known = dependencies(environment);
        if (known.includes(name))
          return unreachable(environment, name, ["services", index, "dependsOn", position]);
        return [
          {
            path: ["services", index, "dependsOn", position],
            value: `"${name}"`,
            allowed: "no service or external dependency of this name is declared",
            fix: suggestion(
              name,
              known.filter((other) => other !== service.name),
            ),
          },
        ];
      }),
    ]),
  ];
}

/** Over TCP a client proves the server by its CA, which it must be given; the socket does that by itself. */
function unverifiable(environment: Environment): Issue[] {
  const service = environment.services.find(({ database }) => database?.via === "private-ip");
  if (service === undefined) return [];
  return [
    {
      path: ["database", "caSecret"],
      value: "missing",
      allowed: `${service.name} reaches the database by its private address, and without the server's CA it cannot tell whom it talks to`,
      fix: 'add caSecret: "postgres-ca", and { name: "postgres-ca" } to secrets',
    },
  ];
}

/** Services call each other through the load balancer: one that is not public has no address to call. */
function unreachable(environment: Environment, name: string, path: Path): Issue[] {
  const index = environment.services.findIndex((service) => service.name === name);
  if (index < 0 || (environment.services[index]?.exposure.length ?? 0) > 0) return [];
  return [
    {
      path,
      value: `"${name}"`,
      allowed: `${name} has no exposure, so there is no address to call it at`,
      fix: `give ${name} a host in its exposure, or remove it here`,
      uses: [["services", index, "exposure"]],
    },
  ];
}

/** Services are deployed in the order of their dependencies, which a circle does not have. */
export function cycles(environment: Environment): Issue[] {
  const services = new Map(environment.services.map((service) => [service.name, service]));
  const done = new Set<string>();
  const found: Issue[] = [];
  const visit = (service: Service, trail: readonly string[]): void => {
    const start = trail.indexOf(service.name);
    if (start >= 0) {
      const circle = [...trail.slice(start), service.name];
      const index = environment.services.indexOf(service);
      found.push({
        path: ["services", index, "dependsOn"],
        value: circle.join(" -> "),
        allowed: "services that depend on each other in a circle have no order of deployment",
        fix: "remove one of these dependencies",
      });
      return;
    }
    if (done.has(service.name)) return;
    for (const name of service.dependsOn) {
      const next = services.get(name);
      if (next !== undefined) visit(next, [...trail, service.name]);
    }
    done.add(service.name);
  };
  for (const service of services.values()) visit(service, []);
  return found;
}
