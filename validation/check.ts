import type { SymptomId } from "../platform/operations/symptoms.ts";

/** Category of a check. A critical category must pass, independent of the share of the others. */
export const categories = [
  { id: "endpoints", critical: true, title: "Public endpoints respond" },
  { id: "certificates", critical: true, title: "Certificates" },
  { id: "connectivity", critical: true, title: "Connectivity from inside the network" },
  { id: "database", critical: true, title: "Database operations" },
  { id: "start-up", critical: true, title: "Start-up resilience" },
  { id: "contract", critical: true, title: "Effective deadlines and pool sizes" },
  { id: "agents", critical: true, title: "WebSocket and business events" },
  { id: "golden-path", critical: true, title: "Golden path" },
  { id: "latency", critical: false, title: "Latency" },
  { id: "advice", critical: false, title: "Advice of the preflight" },
] as const;

export type Category = (typeof categories)[number]["id"];

export type Fault = "infrastructure" | "application";

export interface Result {
  readonly category: Category;
  /** What was checked: "https://staging.netrasystems.ai/health". Unique within its category. */
  readonly subject: string;
  readonly status: "passed" | "failed" | "skipped";
  /** The finding in one sentence; for a failure, what to fix. Never a secret. */
  readonly why: string;
  /** What is at fault; null where nothing failed. */
  readonly fault: Fault | null;
  /** Page of docs/runbook.md; null where nothing failed. */
  readonly symptom: SymptomId | null;
  readonly seconds: number;
}

/** Checks that run together, one line of the progress. */
export interface Task {
  readonly title: string;
  /**
   * @param signal aborted where the user interrupts
   * @throws UserError where it could not check at all
   */
  run(signal: AbortSignal): Promise<readonly Result[]>;
}

/** Injected clock, in milliseconds. */
export interface Clock {
  now(): number;
  /** Ends early, without an error, where the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

type About = Pick<Result, "category" | "subject" | "seconds">;

export function passed(about: About, why: string): Result {
  return { ...about, status: "passed", why, fault: null, symptom: null };
}

export function failed(about: About, why: string, fault: Fault, symptom: SymptomId): Result {
  return { ...about, status: "failed", why, fault, symptom };
}

export function skipped(about: About, why: string): Result {
  return { ...about, status: "skipped", why, fault: null, symptom: null };
}
