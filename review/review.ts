import type { NamesOutside } from "../platform/external-resources.ts";
import type { Environment } from "../platform/schema/environment.ts";
import type { Finding } from "../rules/rule.ts";
import type { WaivedFinding } from "../rules/waivers.ts";
import type { NotServingLatest, RolloutSummary } from "./serving/not-serving-latest.ts";

/** The part of the environment that a review needs. */
export type ReviewedEnvironment = Pick<Environment, "name" | "acknowledgements" | "waivers"> &
  Pick<NamesOutside, "edge" | "network">;

/** One stack as it was planned: the plan's JSON, or why there is none. */
export interface PlannedStack {
  readonly name: string;
  /** What `terraform show -json PLANFILE` printed, parsed; undefined where planning failed. */
  readonly plan: unknown;
  /** One sentence: why the stack could not be planned. */
  readonly failure?: string;
}

export interface ReviewInput {
  /** A whole one has its budgets reviewed with the numbers that only it states: bandwidth, reserve, connections of migrations. */
  readonly environment: ReviewedEnvironment | Environment;
  /** Every stack of the environment, in order of deployment. */
  readonly stacks: readonly PlannedStack[];
  /** YYYY-MM-DD, against which acknowledgements and waivers expire. */
  readonly today: string;
  /** What the ledger of rollouts says. @default nothing is known */
  readonly rollouts?: RolloutSummary | undefined;
  /** Why the plans may not be what would be applied, one sentence each. @default none */
  readonly planWarnings?: readonly string[];
  /** One sentence: which stacks were not planned, and why. @default all were */
  readonly notPlanned?: string | undefined;
}

/**
 * - safe: nothing is destroyed, or everything that is has an acknowledgement
 * - needs acknowledgement: a destructive change that environment.acknowledgements does not cover
 * - refused: a plan failed or cannot be read, or the rule book finds an error in what would be applied
 */
export type Verdict = "safe" | "needs acknowledgement" | "refused";

/** What a plan does to one resource. */
export type Action = "create" | "update" | "replace" | "destroy" | "forget" | "none";

/** The action that an acknowledgement must name. */
export type AcknowledgedAction = Environment["acknowledgements"][number]["action"];

export type Acknowledgement = Environment["acknowledgements"][number];

/** One attribute that changes; sensitive values read "(sensitive)", unknown ones "(known after apply)". */
export interface AttributeChange {
  /** Dotted, with list indexes: "settings.0.tier". */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** True where this change forces the replacement. */
  readonly forcesReplacement: boolean;
}

export interface ReviewedChange {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** True where the new one is created before the old one is destroyed. */
  readonly createBeforeDestroy: boolean;
  /** Id from which it is imported. */
  readonly importedFrom: string | undefined;
  /** The address that it had before. */
  readonly movedFrom: string | undefined;
  /** Key of a leftover of an earlier replacement that failed halfway. */
  readonly deposed: string | undefined;
  readonly attributes: readonly AttributeChange[];
  /** The impact on users and traffic, one sentence each. */
  readonly impact: readonly string[];
}

/** A change that loses data, traffic or protection, whatever Terraform calls it. */
export interface DestructiveChange {
  readonly stack: string;
  readonly address: string;
  /** The action that the acknowledgement must name. */
  readonly action: AcknowledgedAction;
  /** What is lost, one sentence each. */
  readonly consequences: readonly string[];
}

export interface ReviewedDestruction extends DestructiveChange {
  /** What covers it; undefined where nothing does. */
  readonly acknowledgement: Acknowledgement | undefined;
  /** Why a similar acknowledgement does not cover it: expired, another action, or a similar address. */
  readonly notCoveredBecause: string | undefined;
}

export interface UnusedAcknowledgement {
  readonly acknowledgement: Acknowledgement;
  readonly why: string;
}

export interface OutputChange {
  readonly name: string;
  readonly action: "create" | "update" | "delete";
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface StackReview {
  readonly name: string;
  /** Why the stack cannot be judged; undefined where it can. */
  readonly failure: string | undefined;
  readonly changes: readonly ReviewedChange[];
  readonly outputs: readonly OutputChange[];
  /** Resources that stay as they are. */
  readonly unchanged: number;
}

/** A number with its bound. */
export interface Level {
  readonly used: number;
  readonly limit: number;
}

export interface BudgetChange {
  /** "Database connections to google_sql_database_instance.orders". */
  readonly name: string;
  readonly unit: string;
  readonly before: Level | undefined;
  readonly after: Level | undefined;
  /** The sum behind the value after, or why it is unknown. */
  readonly how: string;
}

export interface ReviewedFinding extends Finding {
  /** New with these plans, or existing before them. */
  readonly since: "new" | "existing";
}

export interface EdgeChange {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface Review {
  readonly environment: string;
  readonly verdict: Verdict;
  /** Why the verdict is not "safe", one sentence each. */
  readonly reasons: readonly string[];
  /** Why the plans may not be what would be applied: the verdict is about them all the same. */
  readonly planWarnings: readonly string[];
  /** One sentence: which stacks were not planned, and why; undefined where all were. */
  readonly notPlanned: string | undefined;
  /** One sentence where the plans are made with a newer provider than the states. */
  readonly upgrade: string | undefined;
  /** Checks of the plans that do not hold, one sentence each; they change no verdict, as they stop no apply. */
  readonly failedChecks: readonly string[];
  /** Services whose newest revision does not serve; plans do not show it. */
  readonly notServingLatest: readonly NotServingLatest[];
  readonly stacks: readonly StackReview[];
  readonly destructive: readonly ReviewedDestruction[];
  /** Acknowledgements that cover nothing in these plans. */
  readonly unusedAcknowledgements: readonly UnusedAcknowledgement[];
  readonly budgets: readonly BudgetChange[];
  /** Errors first. Destructive changes (data/replacement) are not repeated here. */
  readonly findings: readonly ReviewedFinding[];
  readonly waived: readonly WaivedFinding[];
  readonly topology: { readonly added: readonly EdgeChange[]; readonly removed: readonly EdgeChange[] };
}
