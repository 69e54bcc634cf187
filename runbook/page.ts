import type { PlatformPlan } from "../platform/plan.ts";
import type { Service } from "../platform/schema/environment.ts";
import { enumerated } from "../values/enumerated.ts";

/** What a page of the runbook adds to its alerts, for a tired reader: first action first. */
export interface Page {
  /** Two sentences: what is broken, and what it usually is. */
  readonly means: string;
  /** In this order. */
  readonly first: readonly Step[];
  /** What to change for good, with the key of environments/<name>.ts. */
  readonly fix: readonly string[];
  /** Services whose last deployment may be the cause. @default nothing was deployed that could be taken back */
  readonly rollback?: readonly Service[];
  /** Ids of the rules that refuse what leads here, before it is applied. */
  readonly rules: readonly string[];
  /** When to escalate, and to whom. */
  readonly escalate: string;
  /** Part of the platform's dashboard to look at: "The edge". */
  readonly section: string;
}

export interface Step {
  readonly say: string;
  /** @default nothing to run */
  readonly run?: readonly string[];
}

/** What the pages of one environment are written from: its plan, and commands that can be copied. */
export interface RunbookContext extends PlatformPlan {
  /** Entries of the last half hour. */
  logs(filter: string, format?: string): string;
  /** Errors of a service. */
  errors(service: Service): string;
  readonly validateCommand: string;
  readonly preflightCommand: string;
  readonly driftCommand: string;
  readonly deployCommand: string;
  /** Where the numbers are written. */
  readonly file: string;
  /** What of this the environment has: its pages speak of nothing else. */
  readonly has: Readonly<Record<"database" | "cache" | "connector" | "preflight", boolean>>;
  /** "Redis", "Valkey" or "Redis and Valkey". */
  readonly cacheLabel: string;
}

export function runbookContext(plan: PlatformPlan): RunbookContext {
  const { name: environment, names, projectFlag } = plan;
  const logs = (filter: string, format?: string): string =>
    `gcloud logging read '${filter}' --freshness=30m --limit=20${format === undefined ? "" : ` --format="${format}"`} ${projectFlag}`;
  return {
    ...plan,
    logs,
    errors: ({ name }) =>
      logs(
        `resource.type="cloud_run_revision" AND resource.labels.service_name="${names.service(name)}" AND severity>=ERROR`,
      ),
    validateCommand: `npm run validate -- ${environment}`,
    preflightCommand: `npm run preflight -- ${environment}`,
    driftCommand: `npm run drift -- ${environment}`,
    deployCommand: `npm run deploy -- ${environment}`,
    file: `environments/${environment}.ts`,
    has: {
      database: plan.databaseInstances.length > 0,
      cache: plan.cacheInstances.length > 0,
      connector: [plan, ...plan.furtherRegions].some(({ network }) => network.connector !== undefined),
      preflight: plan.preflight !== undefined,
    },
    cacheLabel: enumerated([...new Set(plan.cacheInstances.map(({ engine }) => engine.label))]),
  };
}

/** The texts whose condition holds. */
export function where(...texts: readonly (readonly [isSo: boolean, text: string])[]): string[] {
  return texts.flatMap(([isSo, text]) => (isSo ? [text] : []));
}
