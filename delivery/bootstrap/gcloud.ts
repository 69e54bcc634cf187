import { spawnSync } from "node:child_process";
import { UserError } from "../../platform/user-error.ts";

/** Milliseconds for one call; enabling APIs takes a minute or two. */
const DEADLINE = 300_000;
/** Bytes of an answer: more than a state has. */
const MAX_ANSWER = 64 * 1024 * 1024;

export interface Answer {
  readonly isFound: boolean;
  readonly out: string;
}

/**
 * Runs gcloud as the active account.
 *
 * @throws UserError where gcloud is missing, or fails for another reason than a missing resource
 */
export function gcloud(args: readonly string[]): Answer {
  const run = spawnSync("gcloud", args, {
    encoding: "utf8",
    timeout: DEADLINE,
    maxBuffer: MAX_ANSWER,
    env: { ...process.env, CLOUDSDK_CORE_DISABLE_PROMPTS: "1" },
  });
  if (run.error !== undefined) {
    throw new UserError(
      `gcloud did not run (${run.error.message}): install the Google Cloud CLI and run gcloud auth login.`,
    );
  }
  if (run.status === 0) return { isFound: true, out: run.stdout };
  const reason = run.stderr.trim();
  if (/\b404\b|not found/i.test(reason)) return { isFound: false, out: "" };
  throw new UserError(`gcloud ${args.join(" ")} failed:\n${reason}`);
}
