import {
  type Budget,
  budgetName,
  cacheName,
  headroom,
  instancesAtMost,
  type Share,
  tasksInWords,
} from "../../platform/budgets/connection-budget.ts";
import { directEgressNeeded } from "../../platform/network/address-plan.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { inFurther } from "../../platform/regions/regions.ts";
import { isJob, isWorkerPool, workloads } from "../../platform/schema/environment.ts";
import { count, Keys, percent, Scrolls } from "./text.tsx";

export interface NamedBudget {
  readonly name: string;
  readonly unit: string;
  readonly budget: Budget;
}

/** Everything with shares and a limit, at full scale while revisions overlap. */
export function budgetsOf(plan: PlatformPlan): NamedBudget[] {
  const { databases, caches, connector, furtherConnectors } = plan.connectionBudget;
  const named = (name: string, unit: string, budget: Budget | undefined): NamedBudget[] =>
    budget === undefined ? [] : [{ name, unit, budget }];
  return [
    ...databases.flatMap((budget) => named(budgetName(budget, databases), "connections", budget)),
    ...caches.flatMap((budget) => named(cacheName(budget, caches), "clients", budget)),
    ...named("Connector", "Mbit/s", connector),
    ...furtherConnectors.flatMap(({ connector: { name }, budget }) =>
      named(`Connector ${name}`, "Mbit/s", budget),
    ),
    ...directEgress(plan),
    ...plan.furtherRegions.flatMap((regional) => [
      ...named(`Connector${inFurther(regional)}`, "Mbit/s", regional.connectionBudget.connector),
      ...directEgress(regional),
    ]),
  ];
}

function directEgress(plan: PlatformPlan): NamedBudget[] {
  const { needed, usable } = plan.addressPlan.directEgress;
  if (usable === 0 && needed === 0) return [];
  const { overlappingRevisions } = plan;
  const shares = workloads(plan)
    .filter(({ path }) => path === "direct")
    .map((workload): Share => {
      const { name } = workload;
      if (isJob(workload)) {
        const connections = directEgressNeeded({ services: [], jobs: [workload], overlappingRevisions });
        return { owner: name, connections, sum: `${tasksInWords(workload)}, in blocks of 16` };
      }
      return {
        owner: name,
        connections: directEgressNeeded({
          ...(isWorkerPool(workload) ? { services: [], workerPools: [workload] } : { services: [workload] }),
          overlappingRevisions,
        }),
        sum: `${instancesAtMost(workload)} instances × ${overlappingRevisions} revisions × 2, in blocks of 16`,
      };
    });
  return [
    {
      name: `Direct egress${inFurther(plan)}`,
      unit: "addresses",
      budget: { shares, used: needed, limit: usable },
    },
  ];
}

export function Budgets({
  plan,
  original,
}: {
  readonly plan: PlatformPlan;
  readonly original: PlatformPlan;
}) {
  const before = new Map(budgetsOf(original).map(({ name, budget }) => [name, budget]));
  return (
    <section id="budgets" aria-labelledby="budgets-title">
      <h2 id="budgets-title">Budgets</h2>
      <p class="lead">
        What all services open at full scale while {plan.overlappingRevisions} revisions overlap, against what
        there is.
      </p>
      {budgetsOf(plan).map((named) => (
        <BudgetBar key={named.name} {...named} before={before.get(named.name)} />
      ))}
    </section>
  );
}

/** Segments that a bar can show apart; the smaller shares are one segment. */
const MAX_SEGMENTS = 8;
/** Of a bar; a segment that its name does not fit into has it in the legend only. */
const SHARE_OF_LETTER = 1 / 70;
const SHARE_OF_KEY = 1 / 40;

interface Bar extends NamedBudget {
  readonly before: Budget | undefined;
}

function BudgetBar({ name, unit, budget, before }: Bar) {
  const { used, limit } = budget;
  const left = headroom(budget);
  const isOver = left < 0;
  const whole = Math.max(used, limit, before?.limit ?? 0, before?.used ?? 0, 1);
  const isChanged = before !== undefined && (before.used !== used || before.limit !== limit);
  const segments = segmentsOf(budget.shares);
  return (
    <article class={`budget${isOver ? " over" : ""}`}>
      <header>
        <h3>{name}</h3>
        <span class="figure">
          <strong>{count(used)}</strong> of {count(limit)} {unit}
        </span>
        <span class="headroom">
          {isOver ? (
            <>
              <span aria-hidden="true">▲ </span>
              {count(-left)} {unit} too many
            </>
          ) : (
            `${count(left)} ${unit} free${limit === 0 ? "" : ` (${percent(left / limit)})`}`
          )}
        </span>
      </header>
      <div class="bar" aria-hidden="true">
        {segments.map(({ owner, connections, series }) => (
          <span
            key={owner}
            class={`segment series-${series}`}
            style={{ width: `${(connections / whole) * 100}%` }}
            title={`${owner}: ${count(connections)} ${unit}`}
          >
            {connections / whole > owner.length * SHARE_OF_LETTER && <span>{owner}</span>}
          </span>
        ))}
        <span class="limit" style={{ left: `${(limit / whole) * 100}%` }} />
      </div>
      <Keys
        keys={segments.map(({ connections, start, series }) => ({
          text: String(series + 1),
          center: (start + connections / 2) / whole,
        }))}
        width={SHARE_OF_KEY}
      />
      <ol class="legend">
        {segments.map(({ owner, connections, series }) => (
          <li key={owner}>
            <span class={`key series-${series}`} aria-hidden="true">
              {series + 1}
            </span>
            {owner}: {count(connections)} {unit}
          </li>
        ))}
      </ol>
      {isChanged && (
        <p class="before">
          Before: {count(before.used)} of {count(before.limit)} {unit}
        </p>
      )}
      <details>
        <summary>How it adds up</summary>
        <Scrolls label={`Shares of ${name}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Owner</th>
                <th scope="col" class="number">
                  {unit}
                </th>
                <th scope="col">How</th>
              </tr>
            </thead>
            <tbody>
              {budget.shares.map(({ owner, connections, sum }) => (
                <tr key={owner}>
                  <th scope="row">{owner}</th>
                  <td class="number">{count(connections)}</td>
                  <td>{sum}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
      </details>
    </article>
  );
}

interface Segment extends Pick<Share, "owner" | "connections"> {
  /** Its position, from 0. */
  readonly series: number;
  /** What comes before it. */
  readonly start: number;
}

function segmentsOf(shares: readonly Share[]): Segment[] {
  let start = 0;
  return drawn(shares).map(({ owner, connections }, series) => {
    const segment = { owner, connections, series, start };
    start += connections;
    return segment;
  });
}

function drawn(shares: readonly Share[]): Pick<Share, "owner" | "connections">[] {
  const present = shares.filter(({ connections }) => connections > 0);
  if (present.length <= MAX_SEGMENTS) return present;
  const bySize = [...present].sort((a, b) => b.connections - a.connections);
  const shown = bySize.slice(0, MAX_SEGMENTS - 1);
  const others = bySize.slice(MAX_SEGMENTS - 1);
  return [
    ...shown,
    {
      owner: `${others.length} others`,
      connections: others.reduce((sum, { connections }) => sum + connections, 0),
    },
  ];
}
