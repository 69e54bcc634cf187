import type { Mistake } from "../platform/mistake.ts";

/** What is wrong in which environment file. */
export interface EnvironmentMistakes {
  readonly environment: string;
  readonly mistakes: readonly Mistake[];
}
