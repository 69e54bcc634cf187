import { type Environment, type Workload, workloads } from "../schema/environment.ts";

/** The account that others manage and a workload runs as; undefined where it has one of its own. */
export function foreignAccountOf(
  environment: Pick<Environment, "services" | "jobs" | "workerPools" | "main">,
  name: string,
): Workload["serviceAccount"] {
  return workloads(environment.main ?? environment).find((workload) => workload.name === name)
    ?.serviceAccount;
}

/** Project of an e-mail ID@PROJECT.iam.gserviceaccount.com. */
export function projectOfAccount(email: string): string {
  return /@([^.]+)\./.exec(email)?.[1] ?? "";
}
