import { type ExpectedHealth, HEALTH_PATH } from "../../platform/health/health-contract.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { checkedWorkloads } from "../../platform/preflight/preflight.ts";
import type { PreflightResult } from "../../platform/preflight/preflight-result.ts";
import type { Service } from "../../platform/schema/environment.ts";
import { failed, passed, type Result, skipped, type Task } from "../check.ts";
import { contractTask, healthAddress } from "./contract.ts";

/** A running service whose endpoint is checked from inside the network, as input of the preflight. */
export interface InternalContract {
  readonly service: string;
  readonly url: string;
  readonly expected: ExpectedHealth;
}

export interface Inside {
  /**
   * Address of a service within Google's network; undefined where it requires authentication.
   *
   * @throws UserError where it does not exist, or Google does not answer
   */
  address(service: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Runs a preflight job for these endpoints only.
   *
   * @param from service whose job it is
   * @throws UserError where it cannot run, or logs no results
   */
  contracts(
    from: string,
    contracts: readonly InternalContract[],
    signal: AbortSignal,
  ): Promise<readonly PreflightResult[]>;
}

/**
 * The effective settings of services without an endpoint behind the load balancer. Their own URL admits only requests from
 * the network: from a job that sends all its traffic there.
 */
export function internalContractTasks(
  plan: Pick<
    PlatformPlan,
    "egressMode" | "expectedHealth" | "hostPlan" | "preflight" | "services" | "jobs" | "workerPools"
  >,
  inside: Inside,
): Task[] {
  const from = checkedWorkloads(plan).find((service) => plan.egressMode(service) === "ALL_TRAFFIC");
  return plan.services
    .filter((service) => healthAddress(plan, service) === undefined)
    .map((service) => {
      if (from === undefined)
        return contractTask(service, () => [
          skipped(about(service), `${NO_ROUTE}, and no service sends all its traffic through the network`),
        ]);
      return contractTask(service, async (signal) => [await asked(plan, service, from.name, inside, signal)]);
    });
}

const NO_ROUTE = `the load balancer has no route to its own ${HEALTH_PATH}`;

const about = ({ name }: Service) => ({ category: "contract", subject: name, seconds: 0 }) as const;

async function asked(
  plan: Pick<PlatformPlan, "expectedHealth">,
  service: Service,
  from: string,
  inside: Inside,
  signal: AbortSignal,
): Promise<Result> {
  const address = await inside.address(service.name, signal);
  if (address === undefined) return skipped(about(service), `${NO_ROUTE}, and it requires authentication`);
  const contract: InternalContract = {
    service: service.name,
    url: `${address}${HEALTH_PATH}`,
    expected: plan.expectedHealth(service),
  };
  const results = await inside.contracts(from, [contract], signal);
  const found = results.find(({ check }) => check === `contract/${service.name}`);
  if (found === undefined || found.status === "skipped")
    return skipped(
      about(service),
      found?.why ?? "the preflight has no result for it: its image is older than this checkout",
    );
  const own = { ...about(service), seconds: found.seconds };
  if (found.status === "passed") return passed(own, found.why);
  return failed(own, found.why, found.fault ?? "application", "start-up-timeouts");
}
