import type { App, TerraformStack } from "cdktf";
import { hasOwnPart } from "../platform/network/has-network.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { checkedWorkloads } from "../platform/preflight/preflight.ts";
import { regionalName } from "../platform/regions/regions.ts";
import type { Workload } from "../platform/schema/environment.ts";
import { connectorStack } from "./connector-stack.ts";
import { PreflightStack } from "./preflight-stack.ts";
import { RegionNetworkStack } from "./region-network-stack.ts";
import { ServiceStack } from "./service-stack.ts";

/** The stacks of the main region that those of a further one come after. */
interface MainStacks {
  readonly network: TerraformStack;
  readonly data: TerraformStack | undefined;
  /** By the name of the service. */
  readonly services: ReadonlyMap<string, TerraformStack>;
  readonly afterTopicsAndBuckets: (stack: TerraformStack, workload: Workload) => void;
}

/** Undefined where the region has nothing of the network, or nothing of it is created here. */
function networkStack(app: App, plan: PlatformPlan): TerraformStack | undefined {
  const { network, natAddresses } = plan;
  if (network.unmanaged !== undefined) return connectorStack(app, plan);
  const { directEgress, connector } = network.addresses;
  return natAddresses > 0 || hasOwnPart({ ...network, addresses: { directEgress, connector } })
    ? new RegionNetworkStack(app, plan)
    : undefined;
}

/**
 * The stacks of a further region, which are deployed without those of any other further one:
 *
 *     network -> network-REGION, data -> preflight-REGION -> service-NAME-REGION
 *
 * @param plan of the region
 * @returns the stacks of its services, by their names in the region: "api-europe-west1"
 */
export function addRegion(app: App, plan: PlatformPlan, main: MainStacks): Map<string, TerraformStack> {
  const own = networkStack(app, plan);
  own?.addDependency(main.network);
  const needed = [own ?? main.network, ...(main.data === undefined ? [] : [main.data])];
  const preflight =
    plan.preflight === undefined || checkedWorkloads(plan).length === 0
      ? undefined
      : new PreflightStack(app, plan, plan.preflight);
  for (const stack of needed) preflight?.addDependency(stack);
  const services = new Map<string, TerraformStack>(
    plan.services.map((service) => [service.name, new ServiceStack(app, plan, service)]),
  );
  for (const service of plan.services) {
    const stack = services.get(service.name);
    if (stack === undefined) continue;
    for (const each of preflight === undefined ? needed : [preflight]) stack.addDependency(each);
    main.afterTopicsAndBuckets(stack, service);
    for (const name of service.dependsOn) {
      const called = services.get(name) ?? main.services.get(name);
      if (called !== undefined) stack.addDependency(called);
    }
  }
  return new Map([...services].map(([name, stack]) => [regionalName(plan, name), stack]));
}
