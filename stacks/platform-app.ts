import { App, TerraformStack } from "cdktf";
import { synthesisOf } from "../assertions/asserted-app.ts";
import { topicsOf } from "../platform/backing-services/messaging.ts";
import { usesBuckets } from "../platform/backing-services/storage.ts";
import { hasNetwork } from "../platform/network/has-network.ts";
import { type PlatformPlan, platformPlan } from "../platform/plan.ts";
import { type Environment, type Workload, workloads } from "../platform/schema/environment.ts";
import { hasWatchdog } from "../platform/workloads/rollout.ts";
import { connectorStack } from "./connector-stack.ts";
import { DataStack } from "./data-stack.ts";
import { DeliveryStack } from "./delivery-stack.ts";
import { EdgeStack } from "./edge-stack.ts";
import { FoundationStack } from "./foundation-stack.ts";
import { importExisting } from "./import-existing.ts";
import { JobStack } from "./job-stack.ts";
import { MessagingStack } from "./messaging-stack.ts";
import { NetworkStack } from "./network-stack.ts";
import { OperationsStack } from "./operations-stack.ts";
import { addOwnStacks, type OwnStacks, type PlatformStacks } from "./own-stacks.ts";
import { refuseOwnersReach } from "./owners-reach.ts";
import { PreflightStack } from "./preflight-stack.ts";
import { addRegion } from "./region-stacks.ts";
import { ServiceStack } from "./service-stack.ts";
import { stackContents } from "./stack-contents.ts";
import { StorageStack } from "./storage-stack.ts";
import { WatchdogStack } from "./watchdog-stack.ts";
import { WorkerPoolStack } from "./worker-pool-stack.ts";

/**
 * All stacks of the environments, in the order in which they must be deployed:
 *
 *     foundation -> network -> data -> preflight -> services (auth -> backend -> frontend), jobs, worker pools -> edge, watchdog -> operations -> delivery (by hand)
 *                -> messaging -> services and jobs that use a topic
 *                -> storage -> services and jobs that use a bucket
 *                network -> network, preflight and services of each further region -> edge, watchdog
 *
 * Stacks of what the environment lacks are left out. A project's own stacks come after foundation, and before delivery.
 *
 * @param outdir folder that `app.synth()` writes to
 */
export function platformApp(environments: readonly Environment[], outdir: string, own: OwnStacks = {}): App {
  // Stack traces would put absolute paths into the output.
  const app = new App({ outdir, stackTraces: false });
  // The whole rule book judges the output, with the environment's waivers.
  synthesisOf(app).check = undefined;
  for (const environment of environments) {
    const plan = platformPlan(environment);
    addOwnStacks(app, plan, addEnvironment(app, plan), own);
    addDelivery(app, plan, own);
    importExisting(app, plan);
  }
  if (own.ownStacks === undefined) skipPreparation(app);
  return app;
}

/**
 * CDKTF resolves every stack once more, before it writes the first, to find references to other stacks. The platform's have none,
 * because names are computed; of a hundred services that is an eighth of the synthesis. The rule `schema/undeclared` reports one
 * that an Aspect has added.
 */
function skipPreparation(app: App): void {
  for (const stack of app.node.children.filter((child) => TerraformStack.isStack(child)))
    stack.prepareStack = () => {
      stack.ensureBackendExists();
    };
}

/** Undefined where the environment has no network, or nothing of it is created here. */
function networkStack(app: App, plan: PlatformPlan): TerraformStack | undefined {
  if (plan.network.unmanaged !== undefined) return connectorStack(app, plan);
  return hasNetwork(plan) ? new NetworkStack(app, plan) : undefined;
}

function addEnvironment(app: App, plan: PlatformPlan): PlatformStacks {
  const foundation = new FoundationStack(app, plan);
  const network = networkStack(app, plan);
  network?.addDependency(foundation);
  const connected = network ?? foundation;
  const hasData = plan.databaseInstances.length + plan.cacheInstances.length > 0;
  const data = hasData ? new DataStack(app, plan) : undefined;
  data?.addDependency(connected);
  const messaging = (plan.topics ?? []).length === 0 ? undefined : new MessagingStack(app, plan);
  messaging?.addDependency(foundation);
  const storage = (plan.buckets ?? []).length === 0 ? undefined : new StorageStack(app, plan);
  storage?.addDependency(foundation);
  const afterTopicsAndBuckets = (stack: TerraformStack, workload: Workload): void => {
    if (messaging !== undefined && topicsOf(workload).length > 0) stack.addDependency(messaging);
    if (storage !== undefined && usesBuckets(workload)) stack.addDependency(storage);
  };
  const preflight =
    plan.preflight === undefined || workloads(plan).length === 0
      ? undefined
      : new PreflightStack(app, plan, plan.preflight);
  preflight?.addDependency(data ?? connected);
  const services = new Map<string, TerraformStack>(
    plan.services.map((service) => [service.name, new ServiceStack(app, plan, service)]),
  );
  const after = (stack: TerraformStack, workload: Workload): TerraformStack => {
    stack.addDependency(preflight ?? data ?? connected);
    afterTopicsAndBuckets(stack, workload);
    for (const name of workload.dependsOn) {
      const needed = services.get(name);
      if (needed !== undefined) stack.addDependency(needed);
    }
    return stack;
  };
  const jobs = (plan.jobs ?? []).map((job) => after(new JobStack(app, plan, job), job));
  const pools = (plan.workerPools ?? []).map((pool) => after(new WorkerPoolStack(app, plan, pool), pool));
  const further = new Map(
    plan.furtherRegions.flatMap((regional) => [
      ...addRegion(app, regional, { network: connected, data, services, afterTopicsAndBuckets }),
    ]),
  );
  const isPublic = plan.hostPlan.length > 0;
  const edge = isPublic && plan.edge !== undefined ? new EdgeStack(app, plan, plan.edge) : undefined;
  if (storage !== undefined && (plan.buckets ?? []).some(({ exposure = [] }) => exposure.length > 0))
    edge?.addDependency(storage);
  for (const service of plan.services) {
    const stack = services.get(service.name);
    if (stack === undefined) continue;
    after(stack, service);
    edge?.addDependency(stack);
  }
  for (const stack of further.values()) edge?.addDependency(stack);
  if (plan.state !== undefined && plan.preflight !== undefined && hasWatchdog(plan)) {
    const { bucket } = plan.state;
    const watchdog = new WatchdogStack(app, plan, { image: plan.preflight.image, bucket });
    for (const stack of [...services.values(), ...further.values()]) watchdog.addDependency(stack);
  }
  const operations = new OperationsStack(app, plan);
  for (const stack of [
    ...services.values(),
    ...further.values(),
    ...jobs,
    ...pools,
    messaging,
    storage,
    edge,
  ]) {
    if (stack !== undefined) operations.addDependency(stack);
  }
  const everywhere = new Map([...services, ...further]);
  return { foundation, network: connected, data, messaging, storage, preflight, services: everywhere, edge };
}

/** Last, because the deployer's rights follow from the contents of all other stacks. */
function addDelivery(app: App, plan: PlatformPlan, { deployerRoles }: OwnStacks): void {
  if (plan.delivery === undefined) return;
  const stacks = app.node.children
    .filter((child) => TerraformStack.isStack(child))
    .filter((stack) => stack.node.id.startsWith(`${plan.prefix}-`));
  refuseOwnersReach(plan, stacks);
  const delivery = new DeliveryStack(app, plan, stackContents(stacks), deployerRoles);
  for (const stack of stacks) delivery.addDependency(stack);
}
