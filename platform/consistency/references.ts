import { suggestion } from "../../values/nearest.ts";
import { type CacheSections, writtenCaches } from "../backing-services/caches.ts";
import {
  type DatabaseSections,
  impliedInstance,
  type WrittenDatabase,
  writtenDatabases,
} from "../backing-services/databases.ts";
import type { Issue, Path } from "../issue.ts";
import { type Environment, pathOf, type Service, workloads } from "../schema/environment.ts";
import { nearestOrNew } from "./undeclared.ts";

/** Names of secrets, services, sections and external dependencies that are not declared. */
export function unknownReferences(
  plan: Pick<
    Environment,
    "project" | "services" | "jobs" | "workerPools" | "secrets" | "externalDependencies" | "edge"
  > &
    DatabaseSections &
    CacheSections,
): Issue[] {
  const { project, services, jobs = [], workerPools = [], secrets, externalDependencies } = plan;
  const secretNames = secrets.map(({ name }) => name);
  const dependencies = [...services, ...externalDependencies].map(({ name }) => name);
  const missingSecret = (name: string, path: Path): Issue[] => {
    if (secretNames.includes(name)) return [];
    return [
      {
        path,
        value: `"${name}"`,
        allowed: "no secret of this name is declared",
        fix: nearestOrNew(name, secretNames, "secrets"),
      },
    ];
  };
  return [
    ...writtenDatabases(plan).flatMap((written) => {
      const { path, settings, replica } = written;
      const { passwordSecret, furtherUsers = [], caSecret } = settings;
      return [
        // A replica has the logins of its primary.
        ...(replica === undefined
          ? [
              ...missingSecret(passwordSecret, [...path, "passwordSecret"]),
              ...furtherUsers.flatMap((login, index) =>
                missingSecret(login.passwordSecret, [...path, "furtherUsers", index, "passwordSecret"]),
              ),
            ]
          : []),
        ...(caSecret === undefined
          ? missingServerCa(plan, written)
          : missingSecret(caSecret, [...path, "caSecret"])),
      ];
    }),
    ...writtenCaches(plan).flatMap(({ path, settings, engine }) => [
      ...(settings.auth && settings.authSecret !== undefined && engine.id === "redis"
        ? missingSecret(settings.authSecret, [...path, "authSecret"])
        : []),
      ...(settings.tls && settings.caSecret !== undefined
        ? missingSecret(settings.caSecret, [...path, "caSecret"])
        : []),
    ]),
    ...missingSections(plan),
    ...workloads(plan).flatMap((service) => [
      ...service.secrets.flatMap((name, position) =>
        missingSecret(name, [...pathOf(plan, service), "secrets", position]),
      ),
      ...(service.sidecars ?? []).flatMap((sidecar, index) =>
        sidecar.secrets.flatMap((name, position) =>
          missingSecret(name, [...pathOf(plan, service), "sidecars", index, "secrets", position]),
        ),
      ),
      ...service.dependsOn.flatMap((name, position): Issue[] => {
        if (dependencies.includes(name)) return [];
        const path = [...pathOf(plan, service), "dependsOn", position];
        const other = jobs.some((job) => job.name === name)
          ? "job"
          : workerPools.some((pool) => pool.name === name)
            ? "worker pool"
            : undefined;
        if (other !== undefined)
          return [
            {
              path,
              value: `"${name}"`,
              allowed: `this is a ${other}, which has no address to call it at`,
              fix: "remove it",
            },
          ];
        return [
          {
            path,
            value: `"${name}"`,
            allowed: "no service or external dependency of this name is declared",
            fix: callable(
              name,
              dependencies.filter((other) => other !== service.name),
            ),
          },
        ];
      }),
      ...(service.roles ?? []).flatMap((role, position): Issue[] => {
        const [kind, owner] = role.split("/");
        if (kind !== "projects" || owner === project) return [];
        return [
          {
            path: [...pathOf(plan, service), "roles", position],
            value: `"${role}"`,
            allowed: `a custom role of project "${owner}" cannot be granted in "${project}"`,
            fix: "create it in this project or in the organization",
            uses: [["project"]],
          },
        ];
      }),
    ]),
  ];
}

/** What a service uses of the environment, and the environment does not have. */
function missingSections(
  plan: Pick<Environment, "services" | "jobs" | "workerPools" | "buckets" | "edge">,
): Issue[] {
  return [...bucketsWithoutEdge(plan), ...servicesWithoutEdge(plan)];
}

function bucketsWithoutEdge({ buckets = [], edge }: Pick<Environment, "buckets" | "edge">): Issue[] {
  return buckets.flatMap(({ exposure = [] }, index): Issue[] =>
    exposure.length === 0 || edge !== undefined
      ? []
      : [
          {
            path: ["buckets", index, "exposure"],
            value: "set",
            allowed: 'this environment has no load balancer: it has no section "edge"',
            fix: 'add the section "edge", or remove it here',
            uses: [["edge"]],
          },
        ],
  );
}

function servicesWithoutEdge({ services, edge }: Pick<Environment, "services" | "edge">): Issue[] {
  return services.flatMap(({ exposure }, index): Issue[] =>
    exposure.length === 0 || edge !== undefined
      ? []
      : [
          {
            path: ["services", index, "exposure"],
            value: "set",
            allowed: 'this environment has no load balancer: it has no section "edge"',
            fix: 'add the section "edge", or remove it here',
            uses: [["edge"]],
          },
        ],
  );
}

function callable(name: string, dependencies: readonly string[]): string {
  return dependencies.length === 0
    ? "add it to services or to externalDependencies, or remove it here"
    : suggestion(name, dependencies);
}

/** Over TCP a client needs the server's CA to verify it; the socket verifies by itself. */
function missingServerCa(
  plan: Pick<Environment, "services" | "jobs" | "workerPools"> & DatabaseSections,
  { name, path, key, engine }: WrittenDatabase,
): Issue[] {
  const implied = impliedInstance(writtenDatabases(plan));
  const service = workloads(plan).find(({ database, databases = [] }) =>
    [...(database === undefined ? [] : [database]), ...databases].some(
      ({ via, instance = implied }) => via !== "socket" && instance === name,
    ),
  );
  if (service === undefined) return [];
  const secret = `${key === "database" ? engine.id : name}-ca`;
  return [
    {
      path: [...path, "caSecret"],
      value: "missing",
      allowed: `${service.name} connects to the database's private address, and cannot verify the server without its CA`,
      fix: `add caSecret: "${secret}", and { name: "${secret}" } to secrets`,
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
