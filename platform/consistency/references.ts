import { suggestion } from "../../values/nearest.ts";
import type { Issue, Path } from "../issue.ts";
import type { Environment, Service } from "../schema/environment.ts";

/** Names of secrets, services and external dependencies that are not declared. */
export function unknownReferences(
  plan: Pick<Environment, "services" | "secrets" | "externalDependencies" | "database" | "cache">,
): Issue[] {
  const { services, secrets, externalDependencies, database, cache } = plan;
  const secretNames = secrets.map(({ name }) => name);
  const dependencies = [...services, ...externalDependencies].map(({ name }) => name);
  const missingSecret = (name: string, path: Path): Issue[] => {
    if (secretNames.includes(name)) return [];
    const nearest = suggestion(name, secretNames);
    return [
      {
        path,
        value: `"${name}"`,
        allowed: "no secret of this name is declared",
        fix: `${nearest}${nearest.endsWith("?") ? "" : "."} Otherwise add { name: "${name}" } to secrets`,
      },
    ];
  };
  return [
    ...missingSecret(database.passwordSecret, ["database", "passwordSecret"]),
    ...(database.caSecret === undefined
      ? missingServerCa(services)
      : missingSecret(database.caSecret, ["database", "caSecret"])),
    ...(cache.auth ? missingSecret(cache.authSecret, ["cache", "authSecret"]) : []),
    ...(cache.tls ? missingSecret(cache.caSecret, ["cache", "caSecret"]) : []),
    ...services.flatMap((service, index) => [
      ...service.secrets.flatMap((name, position) =>
        missingSecret(name, ["services", index, "secrets", position]),
      ),
      ...service.dependsOn.flatMap((name, position): Issue[] => {
        if (dependencies.includes(name))
          return notExposed(services, name, ["services", index, "dependsOn", position]);
        return [
          {
            path: ["services", index, "dependsOn", position],
            value: `"${name}"`,
            allowed: "no service or external dependency of this name is declared",
            fix: suggestion(
              name,
              dependencies.filter((other) => other !== service.name),
            ),
          },
        ];
      }),
    ]),
  ];
}

/** Over TCP a client needs the server's CA to verify it; the socket verifies by itself. */
function missingServerCa(services: readonly Service[]): Issue[] {
  const service = services.find(({ database }) => database?.via === "private-ip");
  if (service === undefined) return [];
  return [
    {
      path: ["database", "caSecret"],
      value: "missing",
      allowed: `${service.name} connects to the database's private address, and cannot verify the server without its CA`,
      fix: 'add caSecret: "postgres-ca", and { name: "postgres-ca" } to secrets',
    },
  ];
}

/** Services call each other through the load balancer: an internal service has no address there. */
function notExposed(services: readonly Service[], name: string, path: Path): Issue[] {
  const index = services.findIndex((service) => service.name === name);
  if (index < 0 || (services[index]?.exposure.length ?? 0) > 0) return [];
  return [
    {
      path,
      value: `"${name}"`,
      allowed: `${name} has no exposure, so that it has no address to call`,
      fix: `give ${name} a host in its exposure, or remove it here`,
      uses: [["services", index, "exposure"]],
    },
  ];
}

/** Services are deployed in the order of their dependencies, which must not be cyclic. */
export function dependencyCycles({ services }: Pick<Environment, "services">): Issue[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const done = new Set<string>();
  const found: Issue[] = [];
  const visit = (service: Service, trail: readonly string[]): void => {
    const start = trail.indexOf(service.name);
    if (start >= 0) {
      const circle = [...trail.slice(start), service.name];
      const index = services.indexOf(service);
      found.push({
        path: ["services", index, "dependsOn"],
        value: circle.join(" -> "),
        allowed: "services with cyclic dependencies have no order of deployment",
        fix: "remove one of these dependencies",
      });
      return;
    }
    if (done.has(service.name)) return;
    for (const name of service.dependsOn) {
      const next = byName.get(name);
      if (next !== undefined) visit(next, [...trail, service.name]);
    }
    done.add(service.name);
  };
  for (const service of byName.values()) visit(service, []);
  return found;
}
