import {
  DAYS_OF_DEAD_LETTERS,
  type MessageRoute,
  messageRoutes,
} from "../platform/backing-services/messaging.ts";
import {
  type BucketRow,
  bucketRows,
  DAYS_OF_OLD_VERSIONS,
  daysOf,
} from "../platform/backing-services/storage.ts";
import {
  type Budget,
  budgetName,
  type ConnectionBudget,
  cacheName,
  headroom,
} from "../platform/budgets/connection-budget.ts";
import { margin } from "../platform/budgets/time-budget.ts";
import { targetName } from "../platform/edge/routes.ts";
import { networkProject } from "../platform/network/network-project.ts";
import { networkRequirements } from "../platform/network/network-requirements.ts";
import { connectionKind, peeredRows, reachText } from "../platform/network/peered.ts";
import { recipients } from "../platform/operations/recipients.ts";
import type { OwnerRequirement } from "../platform/owner-requirement.ts";
import { type PlatformPlan, platformPlan } from "../platform/plan.ts";
import { regionRows, regionsText } from "../platform/regions/region-rows.ts";
import { type Bucket, workloads } from "../platform/schema/environment.ts";
import { memoryQuantity } from "../platform/units.ts";
import { probeText } from "../platform/workloads/container-probe.ts";
import type { Variable } from "../platform/workloads/contract.ts";
import { accountRequirements } from "../platform/workloads/foreign-accounts.ts";
import { foreignRepositories } from "../platform/workloads/foreign-repositories.ts";
import { isHttp2, livenessProbe, startupProbe } from "../platform/workloads/probes.ts";
import { secretRequirements } from "../platform/workloads/secrets.ts";
import { containerRows, sidecarVariables } from "../platform/workloads/sidecars.ts";
import { enumerated } from "../values/enumerated.ts";
import { markdownTable } from "../values/markdown-table.ts";
import { rangeSize } from "../values/ranges.ts";
import { healthSchemaDocument } from "./health-schema-document.ts";

/** The page of one environment: its budgets, and the contract to the applications, for people who do not read the code. */
export function environmentPage(plan: PlatformPlan): string {
  return `${[
    `# ${plan.name}`,
    `Generated from \`environments/${plan.name}.ts\` by \`npm run docs\`; a test fails when it is stale.`,
    `Project \`${plan.project}\`, ${regionsText(plan)}, protection ${plan.protection ? "on" : "off"}. Objectives: ${percent(plan.objectives.availability)} of requests succeed, 95th percentile below ${plan.objectives.latency} s.`,
    ...table(
      "## Regions",
      ["region", "service", "instances", "data"],
      regionRows(plan).map(({ region, service, instances, data }) => [
        `\`${region}\``,
        service,
        instances,
        data,
      ]),
    ),
    ...table(
      "## Address plan",
      ["range", "addresses", "owner"],
      plan.addressPlan.allocations.map(({ range, owner }) => [range.cidr, String(rangeSize(range)), owner]),
    ),
    ...table(
      "## Networks of others",
      ["network", "range", "by", "reached", "called there"],
      peeredRows(plan).map(({ network, dependencies, reach }) => [
        network.name,
        network.range,
        connectionKind(network),
        reachText(reach),
        dependencies.join(", ") || "nothing",
      ]),
    ),
    ...networkOwner(plan),
    ...accountOwners(plan),
    ...secretOwners(plan),
    ...repositories(plan),
    ...table(
      "## Time budget",
      ["deadline", "value", "ends before", "bound", "margin"],
      plan.timeBudget.chain.map((link) => [
        link.name,
        `${link.value} s`,
        link.boundName,
        `${link.bound} s`,
        `${margin(link)} s`,
      ]),
    ),
    ...table(
      "## Connection budget",
      ["budget", "owner", "amount", "how it comes about"],
      [
        ...budgets(plan.connectionBudget),
        ...plan.connectionBudget.furtherConnectors.flatMap(({ connector: { name }, budget }) =>
          budgets({ connector: budget }, ` ${name}`),
        ),
        ...plan.furtherRegions.flatMap(({ region, connectionBudget: { connector, furtherConnectors } }) => [
          ...budgets({ connector }, ` in ${region}`),
          ...furtherConnectors.flatMap(({ connector: { name }, budget }) =>
            budgets({ connector: budget }, ` ${name} in ${region}`),
          ),
        ]),
      ],
    ),
    ...table(
      "## Hosts",
      ["host", "path", "service"],
      [
        ...plan.hostPlan.flatMap(({ host, fallback, paths }) => [
          ...paths.flatMap(({ target, paths, rewrite }) =>
            paths.map((path) => [
              host,
              path,
              `${targetName(target)}${rewrite === undefined ? "" : `, which gets it as ${rewrite}${path.endsWith("*") ? "..." : ""}`}`,
            ]),
          ),
          [host, "everything else", targetName(fallback)],
        ]),
        ...(plan.edge?.redirects ?? []).map(({ host, to }) => [host, "everything", `redirected to ${to}`]),
      ],
    ),
    ...table(
      "## Topics",
      ["topic", "published by", "sent to", "path", "deadline", "attempts", "dead letters"],
      messageRoutes(plan).map((route) => messages(plan, route)),
    ),
    ...table(
      "## Events",
      ["trigger", "of", "sent to", "path"],
      plan.eventTriggers.map(({ name, source, service, path }) => [
        `\`${name}\``,
        source,
        service,
        `\`${path}\``,
      ]),
    ),
    ...table(
      "## Buckets",
      ["bucket", "used by", "access", "mounted at", "old versions", "objects deleted"],
      bucketRows(plan).map(({ bucket, use }) => bucketUse(plan, bucket, use)),
    ),
    ...table(
      "## Volumes in memory",
      ["workload", "mounted at", "size", "memory of the container"],
      workloads(plan).flatMap(({ name, memory, inMemoryVolumes = [] }) =>
        inMemoryVolumes.map(({ mount, size }) => [
          name,
          `\`${mount}\``,
          memoryQuantity(size),
          memoryQuantity(memory),
        ]),
      ),
    ),
    ...table(
      "## Services of HTTP/2",
      ["service", "protocol", "start-up", "liveness"],
      plan.services.filter(isHttp2).map((service) => {
        const liveness = livenessProbe(service);
        return [
          service.name,
          service.protocol ?? "",
          probeText(startupProbe(plan.deadlines, service)),
          liveness === undefined ? "not probed" : probeText(liveness),
        ];
      }),
    ),
    ...table(
      "## Containers of instances with sidecars",
      ["workload", "container", "CPU", "memory", "starts after"],
      containerRows(plan).map(({ workload, container, cpu, memory, startsAfter }) => [
        workload,
        container,
        String(cpu),
        memory,
        startsAfter.join(", "),
      ]),
    ),
    "## Who hears of trouble",
    plan.notifications.length === 0
      ? "Nobody."
      : markdownTable(
          ["name", "severity", "address"],
          plan.notifications.map(({ name, severity, email }) => [name, severity, email]),
        ),
    ...(["page", "ticket"] as const).flatMap((severity) =>
      recipients(plan.notifications, severity).note === undefined
        ? []
        : `There are no notifications of severity "${severity}": ${severity === "page" ? "an alert that should wake somebody" : "a ticket"} goes to the others.`,
    ),
    "## Contract to the applications",
    contractText(plan),
    ...workloads(plan).flatMap((workload) => [
      `### ${workload.name}`,
      variables(plan.contract(workload)),
      ...(workload.sidecars ?? [])
        .map((sidecar) => [sidecar.name, sidecarVariables(plan, sidecar)] as const)
        .filter(([, own]) => own.length > 0)
        .flatMap(([sidecar, own]) => [`Its sidecar ${sidecar}:`, variables(own)]),
    ]),
    ...plan.furtherRegions.flatMap(differingVariables),
    ...(plan.services.length === 0
      ? []
      : [
          "### What every service answers at /health/infrastructure",
          `\`\`\`json\n${healthSchemaDocument()}\`\`\``,
        ]),
  ].join("\n\n")}\n`;
}

/** What an application receives in a further region where that differs from the main one: addresses of services there. */
function differingVariables(regional: PlatformPlan): string[] {
  const { main, region, services } = regional;
  const inMain = main === undefined ? regional : platformPlan(main);
  return services.flatMap((service) => {
    const known = new Set(
      inMain.services
        .filter(({ name }) => name === service.name)
        .flatMap((one) => inMain.contract(one).map((variable) => JSON.stringify(variable))),
    );
    const differing = regional.contract(service).filter((variable) => !known.has(JSON.stringify(variable)));
    return differing.length === 0
      ? []
      : [`In ${region} ${service.name} receives in their place:`, variables(differing)];
  });
}

/** What others do in a network that they manage. */
function networkOwner(plan: PlatformPlan): string[] {
  const { unmanaged } = plan.network;
  return ownersPart(networkRequirements(plan), [
    "## What the owner of the network does",
    `The network \`${unmanaged?.network}\` in project \`${networkProject(plan)}\` is managed by others; nothing of it is created, changed or destroyed here. Of what
they grant or keep there, ${plan.preflight === undefined ? "" : "`npm run preflight` and "}the connectivity tests show what is missing.`,
  ]);
}

function accountOwners(plan: PlatformPlan): string[] {
  return ownersPart(accountRequirements(plan), [
    "## What the owners of service accounts do",
    "These accounts are managed by others; nothing of them is created, changed or destroyed here, except their roles on what is here.",
  ]);
}

function secretOwners(plan: PlatformPlan): string[] {
  return ownersPart(secretRequirements(plan), [
    "## What the owners of secrets in other projects do",
    "These secrets are managed by others; nothing of them is created, changed or destroyed here. `npm run secrets` shows which versions are missing.",
  ]);
}

function ownersPart(requirements: readonly OwnerRequirement[], introduction: readonly string[]): string[] {
  if (requirements.length === 0) return [];
  return [
    ...introduction,
    ...requirements.flatMap(({ requirement, otherwise, commands }) => [
      `**${requirement}**; otherwise ${otherwise}.`,
      `\`\`\`\n${commands.join("\n")}\n\`\`\``,
    ]),
  ];
}

function repositories(plan: PlatformPlan): string[] {
  const all = foreignRepositories(plan);
  if (all.length === 0) return [];
  return [
    "## Images of other projects",
    "An owner of each repository lets Cloud Run of this project read it, once; otherwise the image is not pulled, and no instance starts.",
    markdownTable(
      ["repository", "location", "project", "images of"],
      all.map(({ repository, location, project, users }) => [
        repository,
        location,
        project,
        users.join(", "),
      ]),
    ),
    `\`\`\`\n${all.map(({ command }) => command).join("\n")}\n\`\`\``,
  ];
}

/** A table under its heading; nothing where it has no row. */
function table(heading: string, columns: readonly string[], rows: readonly string[][]): string[] {
  return rows.length === 0 ? [] : [heading, markdownTable(columns, rows)];
}

function messages(
  { names }: Pick<PlatformPlan, "names">,
  { topic, publishers, subscription, event }: MessageRoute,
): string[] {
  const ends =
    subscription === undefined
      ? [event?.service ?? "nobody", event === undefined ? "" : `\`${event.path}\`, as events`, "", "", ""]
      : [
          subscription.service,
          `\`${subscription.path}\``,
          `${subscription.deadline} s`,
          String(subscription.attempts),
          `\`${names.deadLetters(topic)}\``,
        ];
  return [`\`${names.topic(topic)}\``, publishers.join(", ") || "nobody", ...ends];
}

function bucketUse({ names }: Pick<PlatformPlan, "names">, bucket: Bucket, use: BucketRow["use"]): string[] {
  const days = daysOf(bucket);
  return [
    `\`${names.bucket(bucket.name)}\``,
    use?.workload ?? "nobody",
    use?.access ?? "",
    use?.mount === undefined ? "" : `\`${use.mount}\``,
    bucket.versioning ? `kept for ${DAYS_OF_OLD_VERSIONS} days` : "none",
    days === undefined ? "never" : `after ${days} days`,
  ];
}

function contractText(
  plan: Pick<
    PlatformPlan,
    "databaseInstances" | "cacheInstances" | "services" | "jobs" | "workerPools" | "subscriptions"
  >,
): string {
  const { databaseInstances, cacheInstances, services, jobs = [], workerPools = [], subscriptions } = plan;
  const all = workloads(plan);
  const isMounted = all.some(({ buckets = [] }) => buckets.some(({ mount }) => mount !== undefined));
  const parts = [
    ...(databaseInstances.length + cacheInstances.length === 0 ? [] : [TLS]),
    ...(databaseInstances.length === 0 ? [] : [INITIALIZATION]),
    ...(all.some(({ databases = [] }) => databases.length > 0) ? [SEVERAL_DATABASES] : []),
    ...(cacheInstances.some(({ engine }) => engine.id === "valkey") ? [VALKEY] : []),
    ...(all.some(({ caches = [] }) => caches.length > 0) ? [SEVERAL_CACHES] : []),
    SHUTDOWN,
    ...(subscriptions.length === 0 ? [] : [MESSAGES]),
    ...(isMounted ? [MOUNTED] : []),
    ...(services.length === 0 ? [] : [IN_FORCE]),
  ];
  const kinds = [
    ...(services.length === 0 ? [] : ["service"]),
    ...(jobs.length === 0 ? [] : ["job"]),
    ...(workerPools.length === 0 ? [] : ["worker pool"]),
  ];
  return `Every ${enumerated(kinds.length === 0 ? ["service"] : kinds)} ${CONTRACT}\n\n${parts.join("\n")}`;
}

const CONTRACT = `receives these environment variables, written from the numbers above. What an application does with
them is its half of the contract: the deadlines and pool sizes it uses are these and no others.`;

const TLS = `- **TLS to the database and the cache**: their certificates do not name the private DNS host. A client verifies that the server's
  certificate is signed by the instance's CA and does not compare host names (PostgreSQL \`sslmode=verify-ca\`; Redis and Valkey: CA from
  \`REDIS_CA_CERTIFICATE\` with the host name check off). Through the Cloud SQL socket the connection is encrypted already.`;

const INITIALIZATION = `- **Initialization**: give up after \`DATABASE_INIT_TIMEOUT_SECONDS\`, try \`DATABASE_INIT_ATTEMPTS\` times, then exit; the start-up
  probe answers 200 only when the dependencies are reached.`;

const SEVERAL_DATABASES = `- **Several databases**: the variables of each start with its name (\`ORDERS_POSTGRES_HOST\`, \`ORDERS_DATABASE_POOL_SIZE\`), the deadlines are the
  same for all. \`/health/infrastructure\` reports the pools under these names, and each database as \`orders-postgres\`.`;

const VALKEY = `- **Valkey** speaks the protocol of Redis, and its variables have the names of those of Redis. With \`REDIS_IAM_AUTH\` AUTH takes an access token of the
  service's own account, from the metadata server, which is valid for an hour: a client asks for one for each new connection. With \`REDIS_CLUSTER\` the client
  is one for clusters, and opens its pool to each node.`;

const SEVERAL_CACHES = `- **Several caches**: the variables of each start with its name (\`SESSIONS_REDIS_HOST\`, \`SESSIONS_REDIS_POOL_SIZE\`).
  \`/health/infrastructure\` reports the pools under these names, and each instance as \`sessions-redis\`.`;

const SHUTDOWN =
  "- **Shutdown**: on SIGTERM finish within `SHUTDOWN_GRACE_SECONDS`; Cloud Run kills after 10 s.";

const MESSAGES = `- **Messages**: Pub/Sub sends each as a POST request to the path of the subscription, with a JSON body whose \`message.data\` is base64. An
  answer of 102, 200, 201, 202 or 204 within the deadline takes it; anything else, or none, and it comes again after 10 to 600 s, until its
  attempts are used up and it becomes a dead letter, kept for ${DAYS_OF_DEAD_LETTERS} days. A message may come twice: handle each \`message.messageId\` once. Cloud Run
  has checked the ID token of these requests; a service that is public checks it itself, in the header \`Authorization\`.`;

const MOUNTED = `- **Mounted buckets**: objects appear as files through Cloud Storage FUSE, which has no file locks: where two instances write one
  file, the last that closes it wins. Each file that is written takes memory of the container until it is closed; an entry that another instance has changed may
  be shown as it was for up to 60 s.`;

const IN_FORCE = `- **What is in force**: \`GET /health/infrastructure\`, under every path that the load balancer sends to the service, says what
  pools and clients really use, 200 where every dependency is up and 503 with the same body where one is not. Its JSON schema is
  below and in [health-infrastructure.schema.json](../health-infrastructure.schema.json); [reference/](../../reference/README.md) holds
  implementations to copy. \`npm run validate\` compares the answer with the numbers above.`;

function budgets(
  {
    databases = [],
    caches = [],
    connector,
  }: Partial<Pick<ConnectionBudget, "databases" | "caches" | "connector">>,
  where = "",
): string[][] {
  const rows = (what: string, budget: Budget | undefined): string[][] =>
    budget === undefined
      ? []
      : [
          ...budget.shares.map(({ owner, connections, sum }) => [what, owner, String(connections), sum]),
          [what, "**used**", `**${budget.used}**`, `of ${budget.limit}: headroom ${headroom(budget)}`],
        ];
  return [
    ...databases.flatMap((budget) => rows(`${budgetName(budget, databases)} connections`, budget)),
    ...caches.flatMap((budget) => rows(`${cacheName(budget, caches)} clients`, budget)),
    ...rows(`connector${where} Mbit/s`, connector),
  ];
}

function variables(contract: readonly Variable[]): string {
  return markdownTable(
    ["variable", "value", "meaning"],
    contract.map(({ name, from, meaning }) => [
      `\`${name}\``,
      "value" in from ? `\`${from.value}\`` : `secret ${from.secret}, version ${from.version}`,
      meaning,
    ]),
  );
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}
