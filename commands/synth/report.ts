import { messageRoutes } from "../../platform/backing-services/messaging.ts";
import { bucketRows, daysOf } from "../../platform/backing-services/storage.ts";
import { type Budget, budgetName, cacheName, headroom } from "../../platform/budgets/connection-budget.ts";
import { type Deadline, margin, type TimeBudget } from "../../platform/budgets/time-budget.ts";
import { barePaths, targetName } from "../../platform/edge/routes.ts";
import { networkProject } from "../../platform/network/network-project.ts";
import { networkRequirements } from "../../platform/network/network-requirements.ts";
import { connectionKind, peeredRows, reachText } from "../../platform/network/peered.ts";
import { recipients } from "../../platform/operations/recipients.ts";
import type { OwnerRequirement } from "../../platform/owner-requirement.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { regionRows } from "../../platform/regions/region-rows.ts";
import { unusedParts } from "../../platform/unused-parts.ts";
import { accountRequirements } from "../../platform/workloads/foreign-accounts.ts";
import { foreignRepositories } from "../../platform/workloads/foreign-repositories.ts";
import { secretRequirements } from "../../platform/workloads/secrets.ts";
import { containerRows } from "../../platform/workloads/sidecars.ts";
import type { SynthesizedStack } from "../../synthesis/synthesize.ts";
import { formatAddress, rangeSize } from "../../values/ranges.ts";
import { plural } from "../../values/words.ts";
import { colors } from "../colors.ts";
import { shellLines } from "../shell-lines.ts";
import { table } from "../table.ts";

/** Summary of an environment before its deployment. */
export function environmentReport(plan: PlatformPlan, stacks: readonly SynthesizedStack[]): string[] {
  return [
    colors.bold(`${plan.name}  (${plan.project}, ${regionsOf(plan).join(", ")})`),
    "",
    ...stackLines(stacks),
    ...regionLines(plan),
    ...addressLines(plan),
    ...peeredLines(plan),
    ...requirementLines(plan),
    ...repositoryLines(plan),
    ...timeLines(plan.timeBudget),
    ...budgetLines(plan),
    ...hostLines(plan),
    ...containerLines(plan),
    ...topicLines(plan),
    ...eventLines(plan),
    ...bucketLines(plan),
    ...alertLines(plan),
    ...unusedLines(plan),
  ];
}

function heading(title: string): string {
  return `  ${colors.cyan(title)}`;
}

export function stackLines(stacks: readonly SynthesizedStack[]): string[] {
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  return [
    heading(
      `Stacks: ${plural(stacks.length, "stack")}, ${plural(resources, "resource")}, in order of deployment`,
    ),
    ...table(stacks.map((stack) => [stack.name, String(stack.resources), after(stack, stacks)])),
    "",
  ];
}

/** The stacks that it waits for, without those that these wait for. */
function after({ dependencies }: SynthesizedStack, stacks: readonly SynthesizedStack[]): string {
  const earlier = new Set(dependencies.flatMap((name) => earlierThan(name, stacks)));
  const last = dependencies.filter((name) => !earlier.has(name));
  return last.length === 0 ? "" : `after ${last.join(", ")}`;
}

function earlierThan(name: string, stacks: readonly SynthesizedStack[]): readonly string[] {
  const direct = stacks.find((stack) => stack.name === name)?.dependencies ?? [];
  return [...direct, ...direct.flatMap((each) => earlierThan(each, stacks))];
}

/** The main region first. */
function regionsOf({ region, furtherRegions }: Pick<PlatformPlan, "region" | "furtherRegions">): string[] {
  return [region, ...furtherRegions.map((further) => further.region)];
}

function regionLines(plan: Parameters<typeof regionRows>[0]): string[] {
  const rows = regionRows(plan);
  if (rows.length === 0) return [];
  return [
    heading("Regions, the instances of each service there, and where its data is"),
    ...table([
      ["region", "service", "instances", "data"],
      ...rows.map(({ region, service, instances, data }) => [region, service, instances, data]),
    ]),
    "",
  ];
}

function addressLines({
  addressPlan: { allocations, directEgress },
  furtherRegions,
}: Pick<PlatformPlan, "addressPlan" | "furtherRegions">): string[] {
  const used = [
    { where: "", ...directEgress },
    ...furtherRegions.map(({ region, addressPlan }) => ({
      where: ` in ${region}`,
      ...addressPlan.directEgress,
    })),
  ];
  if (allocations.length === 0) return [];
  return [
    heading("Address plan"),
    ...table(
      allocations.map(({ range, owner }) => [
        range.cidr,
        `${formatAddress(range.first)} - ${formatAddress(range.last)}`,
        String(rangeSize(range)),
        owner,
      ]),
    ),
    ...table(
      used
        .filter(({ usable }) => usable > 0)
        .map(({ where, needed, usable }) => [
          `Direct VPC egress${where}:`,
          `${needed} of ${usable} usable addresses at full scale, ${usable - needed} free`,
        ]),
    ),
    "",
  ];
}

function peeredLines(plan: PlatformPlan): string[] {
  const rows = peeredRows(plan);
  if (rows.length === 0) return [];
  return [
    heading("Networks of others, what leads there, and what is called in them"),
    ...table([
      ["network", "range", "by", "reached", "called"],
      ...rows.map(({ network, dependencies, reach }) => [
        network.name,
        network.range,
        connectionKind(network),
        reachText(reach),
        dependencies.join(", ") || "nothing",
      ]),
    ]),
    "",
  ];
}

function requirementLines(plan: PlatformPlan): string[] {
  const network = `Network ${plan.network.unmanaged?.network} of project ${networkProject(plan)}, whose owner does this`;
  return [
    ...ownerLines(network, networkRequirements(plan)),
    ...ownerLines("Service accounts of others, whose owners do this", accountRequirements(plan)),
    ...ownerLines("Secrets of other projects, whose owners do this", secretRequirements(plan)),
  ];
}

/** Commands are printed whole, to be copied. */
function ownerLines(title: string, requirements: readonly OwnerRequirement[]): string[] {
  if (requirements.length === 0) return [];
  return [
    heading(title),
    ...requirements.flatMap(({ requirement, otherwise, commands }) => [
      ...table([[requirement]]),
      ...table([[`otherwise ${otherwise}`]], "      "),
      ...commands.flatMap((command) => shellLines(command, "      ")),
    ]),
    "",
  ];
}

function repositoryLines(plan: PlatformPlan): string[] {
  const repositories = foreignRepositories(plan);
  if (repositories.length === 0) return [];
  return [
    heading("Images of other projects: what an owner of each repository grants once"),
    ...repositories.flatMap(({ project, location, repository, users, command }) => [
      ...table([
        [
          `Cloud Run of ${plan.project} reads ${repository} (${location}) of project ${project}: ${users.join(", ")}`,
        ],
      ]),
      ...table([["otherwise the image is not pulled, and no instance starts"]], "      "),
      ...shellLines(command, "      "),
    ]),
    "",
  ];
}

function timeLines({ chain }: TimeBudget): string[] {
  if (chain.length === 0) return [];
  const platform = chain.filter(({ service }) => service === undefined);
  return [
    heading("Time budget: the platform's deadlines, then what bounds each service"),
    ...table([
      ["deadline", "value", "ends before", "bound", "margin"],
      ...[...platform, ...ofServices(chain)].map((deadline) => [
        deadline.name,
        `${deadline.value} s`,
        deadline.boundName,
        `${deadline.bound} s`,
        `${margin(deadline)} s`,
      ]),
    ]),
    "",
  ];
}

/** The last link of each service's chain: its statement against its request timeout where it has a database. */
function ofServices(chain: readonly Deadline[]): Deadline[] {
  return [
    ...new Map(
      chain.flatMap((deadline) => (deadline.service === undefined ? [] : [[deadline.service, deadline]])),
    ).values(),
  ];
}

function budgetLines({
  connectionBudget: { databases, caches, connector, furtherConnectors },
  furtherRegions,
}: Pick<PlatformPlan, "connectionBudget" | "furtherRegions">): string[] {
  return [
    ...databases.flatMap((budget) =>
      oneBudget(`Connection budget: ${budgetName(budget, databases)} (max_connections)`, budget, ""),
    ),
    ...caches.flatMap((budget) =>
      oneBudget(`Connection budget: ${cacheName(budget, caches)} clients`, budget, ""),
    ),
    ...oneBudget("Connector throughput at full scale", connector, " Mbit/s"),
    ...furtherConnectors.flatMap(({ connector: { name }, budget }) =>
      oneBudget(`Throughput of connector ${name} at full scale`, budget, " Mbit/s"),
    ),
    ...furtherRegions.flatMap(({ region, connectionBudget: there }) => [
      ...oneBudget(`Connector throughput in ${region} at full scale`, there.connector, " Mbit/s"),
      ...there.furtherConnectors.flatMap(({ connector: { name }, budget }) =>
        oneBudget(`Throughput of connector ${name} in ${region} at full scale`, budget, " Mbit/s"),
      ),
    ]),
  ];
}

/** Hosts with several targets; of a host with one there is nothing to tell. */
function hostLines({ hostPlan }: Pick<PlatformPlan, "hostPlan">): string[] {
  const rows = hostPlan
    .filter(({ paths }) => paths.length > 0)
    .flatMap(({ host, fallback, paths }) => [
      ...paths.map(({ target, paths: own, rewrite }) => [
        host,
        own.join(", "),
        `${targetName(target)}${rewrite === undefined ? "" : `, as ${rewrite}`}`,
      ]),
      [host, "everything else", targetName(fallback)],
    ]);
  if (rows.length === 0) return [];
  return [
    heading("Paths of hosts"),
    ...table(rows),
    ...barePaths(hostPlan).flatMap(({ host, path, prefix, prefixTarget, target }) => [
      `    ${host}${path} leads to ${targetName(target)},`,
      `      not to ${targetName(prefixTarget)}: "${prefix}" begins after its slash`,
      `      (add "${path}" to its paths where both are meant)`,
    ]),
    "",
  ];
}

function containerLines(plan: Parameters<typeof containerRows>[0]): string[] {
  const rows = containerRows(plan);
  if (rows.length === 0) return [];
  return [
    heading("Containers of instances with sidecars (at most 8 vCPU and 32 GiB together)"),
    ...table([
      ["workload", "container", "vCPU", "memory", "starts after"],
      ...rows.map(({ workload, container, cpu, memory, startsAfter }) => [
        workload,
        container,
        String(cpu),
        memory,
        startsAfter.join(", "),
      ]),
    ]),
    "",
  ];
}

function topicLines(plan: Parameters<typeof messageRoutes>[0]): string[] {
  const routes = messageRoutes(plan);
  if (routes.length === 0) return [];
  return [
    heading("Topics, who publishes to them, and where Pub/Sub sends the messages"),
    ...table([
      ["topic", "published by", "sent to", "deadline", "attempts"],
      ...routes.map(({ topic, publishers, subscription, event }) => [
        topic,
        publishers.join(", ") || "nobody",
        ...(subscription === undefined
          ? [event === undefined ? "nobody" : `${event.service} ${event.path}, as events`]
          : [
              `${subscription.service} ${subscription.path}`,
              `${subscription.deadline} s`,
              String(subscription.attempts),
            ]),
      ]),
    ]),
    "",
  ];
}

function eventLines({ eventTriggers }: Pick<PlatformPlan, "eventTriggers">): string[] {
  if (eventTriggers.length === 0) return [];
  return [
    heading("Events, and where Eventarc sends them"),
    ...table([
      ["event", "of", "sent to"],
      ...eventTriggers.map(({ event, source, service, path }) => [event, source, `${service} ${path}`]),
    ]),
    "",
  ];
}

function bucketLines(plan: Parameters<typeof bucketRows>[0]): string[] {
  const rows = bucketRows(plan);
  if (rows.length === 0) return [];
  return [
    heading("Buckets, who uses them, and when their objects are deleted"),
    ...table([
      ["bucket", "used by", "to", "mounted at", "versions", "deleted"],
      ...rows.map(({ bucket, use }) => [
        bucket.name,
        use?.workload ?? "nobody",
        use?.access ?? "",
        use?.mount ?? "",
        bucket.versioning ? "kept" : "none",
        daysOf(bucket) === undefined ? "never" : `after ${daysOf(bucket)} days`,
      ]),
    ]),
    "",
  ];
}

function alertLines({ alerts, notifications }: Pick<PlatformPlan, "alerts" | "notifications">): string[] {
  return [
    heading("Alerts and their recipients"),
    ...table(
      (["page", "ticket"] as const).map((severity) => {
        const { names, note } = recipients(notifications, severity);
        const count = alerts.filter((alert) => alert.severity === severity).length;
        const who = names.length === 0 ? "nobody: add notifications" : names.join(", ");
        return [
          severity,
          String(count),
          note === undefined ? who : `${who}, because there are no notifications of this severity`,
        ];
      }),
    ),
    "",
  ];
}

function oneBudget(title: string, budget: Budget | undefined, unit: string): string[] {
  if (budget === undefined) return [];
  const share = budget.limit === 0 ? 0 : Math.round((headroom(budget) / budget.limit) * 100);
  return [
    heading(title),
    ...table([
      ...budget.shares.map((share) => [share.owner, `${share.connections}${unit}`, share.sum]),
      [
        "used",
        `${budget.used}${unit}`,
        `of ${budget.limit}: headroom ${headroom(budget)}${unit} (${share} %)`,
      ],
    ]),
    "",
  ];
}

/** Said and not refused, because it may be on its way in or out. */
function unusedLines(plan: Parameters<typeof unusedParts>[0]): string[] {
  const unused = unusedParts(plan);
  if (unused.length === 0) return [];
  return [
    `  ${colors.yellow("Used by nothing")}`,
    ...unused.flatMap(({ setting, note, fix }) => [`    ${setting} ${note}.`, `      Fix: ${fix}.`]),
    "",
  ];
}
