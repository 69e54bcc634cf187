import { cloudRunLimits, cloudSqlLimits, iamLimits, loadBalancerLimits } from "../../resources/limits.ts";
import type { DatabaseInstance } from "../backing-services/databases.ts";
import { domainsOf } from "../edge/domains.ts";
import type { Issue, Path } from "../issue.ts";
import { secretVariable } from "../names.ts";
import type { PlatformPlan } from "../plan.ts";
import { checkedWorkloads } from "../preflight/preflight.ts";
import { type Environment, pathOf, workloads } from "../schema/environment.ts";

export function duplicates(
  plan: Pick<
    Environment,
    | "services"
    | "jobs"
    | "workerPools"
    | "topics"
    | "buckets"
    | "databases"
    | "caches"
    | "secrets"
    | "externalDependencies"
    | "notifications"
    | "network"
  >,
): Issue[] {
  const {
    services,
    jobs = [],
    workerPools = [],
    topics = [],
    buckets = [],
    databases = [],
    caches = [],
    secrets,
    externalDependencies,
    notifications,
    network,
  } = plan;
  const lists: [string, readonly { readonly name: string }[]][] = [
    ["services", services],
    ["jobs", jobs],
    ["workerPools", workerPools],
    ["topics", topics],
    ["buckets", buckets],
    ["databases", databases],
    ["caches", caches],
    ["secrets", secrets],
    ["externalDependencies", externalDependencies],
    ["notifications", notifications],
    ["network.addresses.peered", network.addresses.peered],
    ["network.furtherConnectors", network.furtherConnectors ?? []],
  ];
  return lists.flatMap(([list, items]) =>
    items.flatMap((item, index): Issue[] => {
      const first = items.findIndex((other) => other.name === item.name);
      if (first === index) return [];
      return [
        {
          path: [...list.split("."), index, "name"],
          value: `"${item.name}"`,
          allowed: `${list}[${first}] has this name already`,
          fix: "give each its own name",
          uses: [[...list.split("."), first, "name"]],
        },
      ];
    }),
  );
}

/** Names consist of the prefix and a part: checks the results against the tightest limits. */
export function nameLengths(
  plan: Pick<
    PlatformPlan,
    | "services"
    | "jobs"
    | "workerPools"
    | "databaseInstances"
    | "cacheInstances"
    | "edge"
    | "preflight"
    | "names"
  >,
): Issue[] {
  const { services, databaseInstances, cacheInstances, edge, names } = plan;
  const issues: Issue[] = [];
  for (const workload of workloads(plan).filter(({ serviceAccount }) => serviceAccount === undefined)) {
    const account = names.serviceAccount(workload.name);
    if (account.length <= iamLimits.accountIdHigh.value) continue;
    issues.push({
      path: [...pathOf(plan, workload), "name"],
      value: `"${workload.name}"`,
      allowed: `its service account "${account}" has ${account.length} characters, and Google allows ${iamLimits.accountIdHigh.value}`,
      fix: `shorten it by ${account.length - iamLimits.accountIdHigh.value}`,
    });
  }
  const kinds = [
    ["service", services, names.service],
    ["job", plan.jobs ?? [], names.job],
    ["worker pool", plan.workerPools ?? [], names.workerPool],
  ] as const;
  for (const [kind, workloads, nameOf] of kinds)
    for (const workload of workloads) {
      const name = nameOf(workload.name);
      const longest = cloudRunLimits.serviceNameLength.value;
      // Only with an account of others can a name be this long.
      if (name.length <= longest) continue;
      issues.push({
        path: [...pathOf(plan, workload), "name"],
        value: `"${workload.name}"`,
        allowed: `its ${kind} "${name}" has ${name.length} characters, and Cloud Run allows ${longest}`,
        fix: `shorten it by ${name.length - longest}`,
      });
    }
  for (const workload of checkedWorkloads(plan)) {
    const job = names.preflightJob(workload.name);
    const longest = cloudRunLimits.serviceNameLength.value;
    // Only with an existing service account can a name be this long.
    if (job.length > longest)
      issues.push({
        path: [...pathOf(plan, workload), "name"],
        value: `"${workload.name}"`,
        allowed: `its preflight job "${job}" has ${job.length} characters, and Cloud Run allows ${longest}`,
        fix: `shorten it by ${job.length - longest}`,
      });
  }
  for (const { name, path, socketDirectory, engine } of databaseInstances) {
    const socket = `${socketDirectory}${engine.socketFile}`;
    if (socket.length <= cloudSqlLimits.socketPathLength.value) continue;
    issues.push({
      path: [...path, "name"],
      value: `"${name}"`,
      allowed: `the socket path "${socket}" has ${socket.length} characters, and Linux allows ${cloudSqlLimits.socketPathLength.value}`,
      fix: "shorten the name",
    });
  }
  for (const { name, path } of domainsOf(edge)) {
    // The entries of a further one in the map are named after it, too.
    const certificate = names.certificate(name) + (name === edge?.certificateDomain ? "" : "-names");
    if (certificate.length <= loadBalancerLimits.nameLength.value) continue;
    issues.push({
      path,
      value: `"${name}"`,
      allowed: `the certificate's name "${certificate}" has ${certificate.length} characters, and Google allows ${loadBalancerLimits.nameLength.value}`,
      fix: "shorten the prefix, or choose a shorter domain",
    });
  }
  for (const { name, path, instance, engine } of cacheInstances) {
    if (instance.length <= engine.nameLength) continue;
    issues.push({
      path: [...path, "name"],
      value: `"${name}"`,
      allowed: `"${instance}" has ${instance.length} characters, and Memorystore allows ${engine.nameLength}`,
      fix: "shorten the name",
    });
  }
  return issues;
}

/** Names that collide: of a service and an external dependency, or two secrets in one environment variable. */
export function collidingNames(
  plan: Pick<
    PlatformPlan,
    | "region"
    | "regions"
    | "network"
    | "edge"
    | "services"
    | "jobs"
    | "workerPools"
    | "externalDependencies"
    | "secrets"
    | "databaseInstances"
    | "cacheInstances"
    | "names"
  >,
): Issue[] {
  const {
    services,
    jobs = [],
    workerPools = [],
    externalDependencies,
    secrets,
    databaseInstances,
    cacheInstances,
    names,
  } = plan;
  const serviceNames = services.map(({ name }) => name);
  const external = externalDependencies.flatMap(({ name }, index): Issue[] =>
    serviceNames.includes(name)
      ? [
          {
            path: ["externalDependencies", index, "name"],
            value: `"${name}"`,
            allowed: "a service has this name, so that dependsOn would be ambiguous",
            fix: "give each its own name",
          },
        ]
      : [],
  );
  const bothKinds = [
    ...jobs.map(({ name }, index) => ({ name, path: ["jobs", index, "name"], taken: [services] })),
    ...workerPools.map(({ name }, index) => ({
      name,
      path: ["workerPools", index, "name"],
      taken: [services, jobs],
    })),
  ].flatMap(({ name, path, taken }): Issue[] => {
    const owner = taken.findIndex((others) => others.some((other) => other.name === name));
    if (owner < 0) return [];
    return [
      {
        path,
        value: `"${name}"`,
        allowed: `a ${owner === 0 ? "service" : "job"} has this name, and each has an identity of its own that is named after it`,
        fix: "give each its own name",
      },
    ];
  });
  const ownJobs = new Map([
    [names.watchdog, "the watchdog of rollouts"],
    ...[...services, ...jobs, ...workerPools].map(({ name }): [string, string] => [
      names.preflightJob(name),
      `the preflight of ${name}`,
    ]),
  ]);
  const platformJobs = jobs.flatMap(({ name }, index): Issue[] => {
    const owner = ownJobs.get(names.job(name));
    return owner === undefined
      ? []
      : [
          {
            path: ["jobs", index, "name"],
            value: `"${name}"`,
            allowed: `${names.job(name)} is ${owner}, a job of the platform's own`,
            fix: "choose another name",
          },
        ];
  });
  const variables = secrets.map(({ name }) => secretVariable(name));
  const sameVariable = secrets.flatMap(({ name }, index): Issue[] => {
    const first = variables.indexOf(secretVariable(name));
    const other = secrets[first];
    if (first === index || other === undefined || other.name === name) return [];
    return [
      {
        path: ["secrets", index, "name"],
        value: `"${name}"`,
        allowed: `secret "${other.name}" becomes the same environment variable, ${secretVariable(name)}`,
        fix: "rename one of them",
      },
    ];
  });
  const uses: SecretUse[] = [
    ...databaseInstances.flatMap(({ path, key, settings, replica }): SecretUse[] => [
      // The logins of a replica are those of its primary.
      ...(replica === undefined ? loginSecrets(path, key, settings) : []),
      [[...path, "caSecret"], `${key}.caSecret`, settings.caSecret],
    ]),
    ...cacheInstances.flatMap(({ path, key, settings }): SecretUse[] => [
      [[...path, "authSecret"], `${key}.authSecret`, settings.auth ? settings.authSecret : undefined],
      [[...path, "caSecret"], `${key}.caSecret`, settings.tls ? settings.caSecret : undefined],
    ]),
  ];
  const shared = uses.flatMap(([path, , name], index): Issue[] => {
    const earlier = uses.slice(0, index).find(([, , other]) => name !== undefined && other === name);
    if (earlier === undefined) return [];
    return [
      {
        path,
        value: `"${name}"`,
        allowed: `${earlier[1]} uses this secret, too, and a secret has one value`,
        fix: "declare a secret for each",
      },
    ];
  });
  return [...external, ...bothKinds, ...platformJobs, ...platformAlerts(plan), ...sameVariable, ...shared];
}

/** Alerts of a service are named after it ("web-errors"), and so are those of some parts of the platform. */
function platformAlerts({
  region,
  regions = [],
  network,
  edge,
  services,
}: Pick<Environment, "region" | "regions" | "network" | "edge" | "services">): Issue[] {
  const connectors = [network, ...regions].filter(({ connector }) => connector !== undefined);
  const parts = new Map<string, string>([
    ...(edge === undefined ? [] : [["load-balancer", "the load balancer"] as const]),
    ...(connectors.length === 0 ? [] : [["connector", "the connector"] as const]),
    ...(network.furtherConnectors ?? []).map(
      ({ name }) => [`connector-${name}`, `the connector ${name}`] as const,
    ),
    ...(regions.length === 0
      ? []
      : [region, ...regions.map((further) => further.region)].map(
          (each) => [`region-${each}`, `the region ${each}`] as const,
        )),
  ]);
  return services.flatMap(({ name }, index): Issue[] => {
    const part = parts.get(name);
    return part === undefined
      ? []
      : [
          {
            path: ["services", index, "name"],
            value: `"${name}"`,
            allowed: `alerts of ${part} have this name, and those of a service are named after it`,
            fix: `choose another name, for example "${name}-service"`,
          },
        ];
  });
}

/** The prefix is part of the name of every stack and resource; by default it is the file's name. */
export function invalidPrefix({ prefix, name }: Pick<Environment, "prefix" | "name">): Issue[] {
  if (/^(?!google$)[a-z][a-z0-9]{0,8}$/.test(prefix)) return [];
  return [
    {
      path: ["prefix"],
      value: `"${prefix}"`,
      allowed: `names start with 1 to 9 lower-case letters and digits, a letter first, and not with "google"${prefix === name ? " (without prefix the file's name is taken)" : ""}`,
      fix: 'write for example prefix: "quality"',
    },
  ];
}

type SecretUse = readonly [path: Path, owner: string, secret: string | undefined];

/** The secrets with the passwords of the logins of an instance. */
function loginSecrets(
  path: Path,
  key: string,
  { passwordSecret, furtherUsers = [] }: DatabaseInstance["settings"],
): SecretUse[] {
  return [
    [[...path, "passwordSecret"], `${key}.passwordSecret`, passwordSecret],
    ...furtherUsers.map(
      (login, index): SecretUse => [
        [...path, "furtherUsers", index, "passwordSecret"],
        `${key}.furtherUsers (${login.user})`,
        login.passwordSecret,
      ],
    ),
  ];
}
