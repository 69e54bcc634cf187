/** Settings of the reconcile loop. Durations in milliseconds. */
export interface Settings {
  /** "watchdog" only rolls back. */
  readonly mode: "rollout" | "watchdog";
  /** Unique for the process. */
  readonly holder: string;
  /** Image by digest that the environment states, by service. */
  readonly images: Readonly<Record<string, string>>;
  /** How long each step is watched. */
  readonly soak: number;
  /** What Cloud Monitoring may lag behind: no soak passes before `soak` + `lag`. */
  readonly lag: number;
  /** How long after `soak` + `lag` a verdict may stay inconclusive before the rollout is rolled back. */
  readonly inconclusive: number;
  /** Until a new revision is ready. */
  readonly ready: number;
  /** Until a written split takes effect. */
  readonly effective: number;
  /** How long a process may go without renewing its lease before another one, or the watchdog, takes over. */
  readonly lease: number;
  /** Longest apply or plan; the lease covers it. */
  readonly apply: number;
  /** Longest run of the probe job; the lease covers it. */
  readonly gate: number;
  /** Between two iterations. */
  readonly interval: number;
}
