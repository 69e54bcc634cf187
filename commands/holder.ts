import { randomBytes } from "node:crypto";
import os from "node:os";
import process from "node:process";

/** Names this process in what others read: the run in CI or the machine, with a unique number. */
export function holder(env: NodeJS.ProcessEnv = process.env): string {
  const unique = randomBytes(4).toString("hex");
  const place = env.GITHUB_RUN_ID
    ? `github-run-${env.GITHUB_RUN_ID}`
    : env.CLOUD_RUN_EXECUTION || `${os.hostname()}-${process.pid}`;
  return `${place.replaceAll(/[^\w.:-]/g, "-").slice(0, 150)}-${unique}`;
}
