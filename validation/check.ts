import type { SymptomId } from "../platform/operations/symptoms.ts";

/** What a check belongs to. A critical category must pass whatever the share of the others is. */
export const categories = [
  { id: "endpoints", critical: true, title: "Public endpoints answer" },
  { id: "certificates", critical: true, title: "Certificates" },
  { id: "connectivity", critical: true, title: "Connectivity, seen from inside the network" },
  { id: "database", critical: true, title: "Database operations" },
  { id: "start-up", critical: true, title: "Start-up resilience" },
  { id: "contract", critical: true, title: "Deadlines and pool sizes in force" },
  { id: "agents", critical: true, title: "WebSocket and business events" },
  { id: "golden-path", critical: true, title: "Golden path" },
  { id: "latency", critical: false, title: "Latency" },
  { id: "advice", critical: false, title: "Advice of the preflight" },
] as const;

export type Category = (typeof categories)[number]["id"];

export type Fault = "infrastructure" | "application";

export interface Result {
  readonly category: Category;
  /** What was looked at: "https://staging.netrasystems.ai/health". Unique within its category. */
  readonly subject: string;
  readonly status: "passed" | "failed" | "skipped";
  /** What was found, in one sentence; where it failed, what to mend. Never a secret. */
  readonly why: string;
  /** Who can mend it; null where nothing failed. */
  readonly fault: Fault | null;
  /** Page of docs/runbook.md; null where nothing failed. */
  readonly symptom: SymptomId | null;
  readonly seconds: number;
}

/** Some checks that are made together, one line of the progress. */
export interface Task {
  readonly title: string;
  /**
   * @param signal aborted where the user interrupts
   * @throws UserError where it could not check at all
   */
  run(signal: AbortSignal): Promise<readonly Result[]>;
}

/** Time as the checks see it; tests bring their own. Milliseconds. */
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
