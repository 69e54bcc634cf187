import { type Budget, headroom } from "../platform/connection-budget.ts";
import { markdownTable } from "../platform/markdown-table.ts";
import { listeners } from "../platform/operations/listeners.ts";
import { platformPlan } from "../platform/plan.ts";
import { rangeSize } from "../platform/ranges.ts";
import type { Environment, Service } from "../platform/schema/environment.ts";
import { margin } from "../platform/time-budget.ts";
import { healthSchemaDocument } from "./health-schema-document.ts";

/** The page of one environment: its budgets, and the contract to the applications, for people who do not read the code. */
export function environmentPage(environment: Environment): string {
  return `${[
    `# ${environment.name}`,
    `Generated from \`environments/${environment.name}.ts\` by \`npm run docs\`; a test fails when it is stale.`,
    `Project \`${environment.project}\`, region \`${environment.region}\`, protection ${environment.protection ? "on" : "off"}. Objectives: ${percent(environment.objectives.availability)} of requests succeed, 95th percentile below ${environment.objectives.latency} s.`,
    "## Address plan",
    markdownTable(
      ["range", "addresses", "owner"],
      platformPlan(environment).addressPlan.allocations.map(({ range, owner }) => [
        range.cidr,
        String(rangeSize(range)),
        owner,
      ]),
    ),
    "## Time budget",
    markdownTable(
      ["deadline", "value", "ends before", "bound", "margin"],
      platformPlan(environment).timeBudget.chain.map((link) => [
        link.name,
        `${link.value} s`,
        link.boundName,
        `${link.bound} s`,
        `${margin(link)} s`,
      ]),
    ),
    "## Connection budget",
    budgets(environment),
    "## Hosts",
    markdownTable(
      ["host", "path", "service"],
      platformPlan(environment).hostPlan.flatMap(({ host, fallback, paths }) => [
        ...paths.flatMap((rule) => rule.paths.map((path) => [host, path, rule.service])),
        [host, "everything else", fallback],
      ]),
    ),
    "## Who hears of trouble",
    environment.notifications.length === 0
      ? "Nobody."
      : markdownTable(
          ["name", "severity", "address"],
          environment.notifications.map(({ name, severity, email }) => [name, severity, email]),
        ),
    ...(["page", "ticket"] as const).flatMap((severity) => listeners(environment, severity).note ?? []),
    "## Contract to the applications",
    CONTRACT,
    ...environment.services.flatMap((service) => [`### ${service.name}`, variables(environment, service)]),
    "### What every service answers at /health/infrastructure",
    `\`\`\`json\n${healthSchemaDocument()}\`\`\``,
  ].join("\n\n")}\n`;
}

const CONTRACT = `Every service receives these environment variables, written from the numbers above. What an application does with
them is its half of the contract: the deadlines and pool sizes it uses are these and no others.

- **TLS to the database and Redis**: their certificates do not name the private DNS host. A client verifies that the server's
  certificate is signed by the instance's CA and does not compare host names (PostgreSQL \`sslmode=verify-ca\`; Redis: CA from
  \`REDIS_CA_CERTIFICATE\` with the host name check off). Through the Cloud SQL socket the connection is encrypted already.
- **Initialization**: give up after \`DATABASE_INIT_TIMEOUT_SECONDS\`, try \`DATABASE_INIT_ATTEMPTS\` times, then exit; the start-up
  probe answers 200 only when the dependencies are reached.
- **Shutdown**: on SIGTERM finish within \`SHUTDOWN_GRACE_SECONDS\`; Cloud Run kills after 10 s.
- **What is in force**: \`GET /health/infrastructure\`, under every path that the load balancer sends to the service, says what
  pools and clients really use, 200 where every dependency is up and 503 with the same body where one is not. Its JSON schema stands
  below and in [health-infrastructure.schema.json](../health-infrastructure.schema.json); [reference/](../../reference/README.md) holds
  implementations to copy. \`npm run validate\` compares the answer with the numbers above.`;

function budgets(environment: Environment): string {
  const { database, cache, connector } = platformPlan(environment).connectionBudget;
  const rows = (what: string, budget: Budget): string[][] => [
    ...budget.shares.map(({ owner, connections, sum }) => [what, owner, String(connections), sum]),
    [what, "**used**", `**${budget.used}**`, `of ${budget.limit}: headroom ${headroom(budget)}`],
  ];
  return markdownTable(
    ["budget", "owner", "amount", "how it comes about"],
    [
      ...rows("PostgreSQL connections", database),
      ...rows("Redis clients", cache),
      ...(connector === undefined ? [] : rows("connector Mbit/s", connector)),
    ],
  );
}

function variables(environment: Environment, service: Service): string {
  return markdownTable(
    ["variable", "value", "meaning"],
    platformPlan(environment)
      .contract(service)
      .map(({ name, from, meaning }) => [
        `\`${name}\``,
        "value" in from ? `\`${from.value}\`` : `secret ${from.secret}, version ${from.version}`,
        meaning,
      ]),
  );
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}
