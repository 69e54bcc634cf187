import type { ExpectedHealth } from "../platform/health/health-contract.ts";
import type { PreflightPlan } from "../platform/preflight/preflight.ts";
import type { PreflightCategory, PreflightFault } from "../platform/preflight/preflight-result.ts";

/** What a check needs to know: the plan, the variables as the service gets them, and when the program began. */
export interface Context {
  readonly plan: PreflightPlan;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** `performance.now()` at the start. */
  readonly started: number;
  /** Static addresses of Cloud NAT; empty where nobody gave them. */
  readonly expectedAddresses: readonly string[];
  readonly contracts: readonly ContractExpectation[];
  readonly samples: readonly SampledAddress[];
}

/** An endpoint that must say that this is in force. */
export interface ContractExpectation {
  readonly service: string;
  readonly url: string;
  readonly expected: ExpectedHealth;
  /** Revision that must answer: a tag may still point at the old one. @default any */
  readonly revision?: string;
  /** wss:// address that must open, echo a ping and close. @default not tried */
  readonly webSocket?: string;
}

/** An address that is asked over and over for a while. */
export interface SampledAddress {
  /** "candidate", "stable" or "balancer" */
  readonly name: string;
  readonly url: string;
  readonly perSecond: number;
  /** How long. */
  readonly seconds: number;
  /** Longest that one answer may take. */
  readonly answer: number;
  /** Seconds above which an answer is slow. */
  readonly slow: number;
  /** Ends at once where no answer came for so many seconds. */
  readonly outage: number;
  /** wss:// address of which one is opened every second. @default none */
  readonly webSocket?: string;
}

export type Outcome = Passed | Failure;

interface Passed {
  readonly status: "passed";
  readonly why: string;
  /** True where somebody should act although nothing failed. @default false */
  readonly advice?: boolean;
  readonly measured?: Readonly<Record<string, number>>;
}

export interface Failure {
  readonly status: "failed";
  readonly fault: PreflightFault;
  readonly why: string;
  readonly measured?: Readonly<Record<string, number>>;
}

export interface Check {
  /** "database/connect": what, and what of it. */
  readonly name: string;
  readonly category: PreflightCategory;
  /** Checks that must pass before; where one did not, this one is skipped. */
  readonly needs: readonly string[];
  /** Checks that must have ended before, whatever they found. @default none */
  readonly after?: readonly string[];
  /** Longest that it may take. */
  readonly seconds: number;
  /** Ends what it began when the signal says so. */
  readonly run: (signal: AbortSignal) => Promise<Outcome>;
}

export function passed(why: string, measured?: Readonly<Record<string, number>>): Passed {
  return { status: "passed", why, ...(measured === undefined ? {} : { measured }) };
}

/** Nothing failed, and somebody should act before it does. */
export function advised(why: string, measured?: Readonly<Record<string, number>>): Passed {
  return { ...passed(why, measured), advice: true };
}

export function failed(
  fault: PreflightFault,
  why: string,
  measured?: Readonly<Record<string, number>>,
): Failure {
  return { status: "failed", fault, why, ...(measured === undefined ? {} : { measured }) };
}
