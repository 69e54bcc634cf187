import { type CacheInstance, type CacheUse, cacheInstances, cacheUses } from "./backing-services/caches.ts";
import {
  type DatabaseInstance,
  type DatabaseUse,
  databaseInstances,
  databaseUses,
} from "./backing-services/databases.ts";
import { type EventTrigger, eventTriggers } from "./backing-services/events.ts";
import { type Subscription, subscriptions } from "./backing-services/messaging.ts";
import { type ConnectionBudget, connectionBudget, regionalBudget } from "./budgets/connection-budget.ts";
import { type TimeBudget, timeBudget } from "./budgets/time-budget.ts";
import { type HostPlan, hostPlan } from "./edge/routes.ts";
import { existingSlots, regionalSlots, type Slot } from "./existing/slots.ts";
import { type ExpectedHealth, expectedHealth } from "./health/health-contract.ts";
import { type PlatformNames, platformNames } from "./names.ts";
import { type AddressPlan, addressPlan } from "./network/address-plan.ts";
import { type EgressMode, type EgressRule, egressMode, egressRules, natAddresses } from "./network/egress.ts";
import type { Alert } from "./operations/alert.ts";
import { alerts } from "./operations/alerts/index.ts";
import { type ConnectivityTest, connectivityTests } from "./operations/connectivity-tests.ts";
import { type AlertWindows, alertWindows, type CheckCommands, checkCommands } from "./operations/context.ts";
import { dashboards } from "./operations/dashboards/index.ts";
import type { Dashboard } from "./operations/dashboards/widget.ts";
import { type LogMetrics, logMetrics } from "./operations/log-metrics.ts";
import { type Objective, serviceObjectives } from "./operations/objectives.ts";
import { type ScheduledProbe, scheduledProbes } from "./operations/scheduled-probes.ts";
import { type UptimeCheck, uptimeChecks } from "./operations/uptime-checks.ts";
import { type PreflightPlan, preflightPlan } from "./preflight/preflight.ts";
import { regionalEnvironment } from "./regions/regions.ts";
import type { Environment, Service, Workload } from "./schema/environment.ts";
import { contract, type Variable } from "./workloads/contract.ts";
import { watchdogEnvironment } from "./workloads/rollout.ts";

/** Everything that is derived from the settings of an environment. */
interface DerivedParts {
  readonly names: PlatformNames;
  /** Plans of the further regions: what is in a region is that region's, everything else that of the environment. */
  readonly furtherRegions: readonly PlatformPlan[];
  readonly addressPlan: AddressPlan;
  readonly timeBudget: TimeBudget;
  /** Cloud SQL instances. */
  readonly databaseInstances: readonly DatabaseInstance[];
  /** Databases that a service or a job uses. */
  readonly databaseUses: (workload: Workload) => readonly DatabaseUse[];
  /** Redis instances. */
  readonly cacheInstances: readonly CacheInstance[];
  /** Redis instances that a service or a job uses. */
  readonly cacheUses: (workload: Workload) => readonly CacheUse[];
  readonly connectionBudget: ConnectionBudget;
  /** Hosts of the load balancer and the services behind them. */
  readonly hostPlan: readonly HostPlan[];
  /** Egress that the firewall allows. */
  readonly egressRules: readonly EgressRule[];
  /** Static addresses of Cloud NAT; 0 where there is none. */
  readonly natAddresses: number;
  /** Which traffic of a service or a job is routed through the network. */
  readonly egressMode: (workload: Workload) => EgressMode;
  /** Subscriptions of services to topics. */
  readonly subscriptions: readonly Subscription[];
  /** Triggers of Eventarc. */
  readonly eventTriggers: readonly EventTrigger[];
  /** Environment variables that a service or a job receives. */
  readonly contract: (workload: Workload) => readonly Variable[];
  /** Expectations of the preflight of a service. */
  readonly preflightPlan: (workload: Workload) => PreflightPlan;
  /** Expected response of a service at /health/infrastructure. */
  readonly expectedHealth: (service: Service) => ExpectedHealth;
  /** The part of the environment that the rollback watchdog reads. */
  readonly watchdogEnvironment: Environment;
  readonly projectFlag: string;
  readonly locationFlags: string;
  readonly alertWindows: AlertWindows;
  readonly checkCommands: CheckCommands;
  readonly serviceObjectives: readonly Objective[];
  readonly logMetrics: LogMetrics;
  readonly uptimeChecks: readonly UptimeCheck[];
  readonly connectivityTests: readonly ConnectivityTest[];
  /** Preflights that Cloud Scheduler runs. */
  readonly scheduledProbes: readonly ScheduledProbe[];
  readonly alerts: readonly Alert[];
  readonly dashboards: readonly Dashboard[];
  /** Everything that the environment creates and could import instead. */
  readonly existingSlots: readonly Slot[];
}

/**
 * An environment with everything derived from it. A signature names the parts that its module depends on,
 * `Pick<PlatformPlan, "services" | "connectionBudget">`.
 */
export type PlatformPlan = Readonly<Environment> & DerivedParts;

/** Identity and names of the environment, and the parts named. */
export type PlanParts<Part extends keyof PlatformPlan = never> = Pick<
  PlatformPlan,
  "name" | "prefix" | "project" | "region" | "main" | "names" | Part
>;

const plans = new WeakMap<Environment, PlatformPlan>();

/**
 * The plan of an environment, the same one at every call. Each part is computed when it is first read, so that the
 * checks of an invalid environment use the parts that they need.
 */
export function platformPlan(environment: Environment): PlatformPlan {
  const known = plans.get(environment);
  if (known !== undefined) return known;
  const plan: PlatformPlan = withDerived<Environment, DerivedParts>(environment, {
    names: () => platformNames(environment),
    furtherRegions: () =>
      (environment.regions ?? []).map((further) => platformPlan(regionalEnvironment(environment, further))),
    addressPlan: () => addressPlan(environment),
    timeBudget: () => timeBudget(environment),
    databaseInstances: () =>
      environment.main === undefined
        ? databaseInstances(environment)
        : platformPlan(environment.main).databaseInstances,
    databaseUses: () => memoized((workload) => databaseUses(plan.databaseInstances, workload)),
    cacheInstances: () =>
      environment.main === undefined
        ? cacheInstances(environment)
        : platformPlan(environment.main).cacheInstances,
    cacheUses: () => memoized((workload) => cacheUses(plan.cacheInstances, workload)),
    connectionBudget: () =>
      environment.main === undefined
        ? connectionBudget(plan)
        : regionalBudget(environment, platformPlan(environment.main).connectionBudget),
    hostPlan: () => hostPlan(environment),
    egressRules: () => egressRules(environment),
    natAddresses: () => natAddresses(environment),
    egressMode: () => memoized((service) => egressMode(environment.externalDependencies, service)),
    subscriptions: () => subscriptions(plan),
    eventTriggers: () => eventTriggers(plan),
    contract: () => memoized((service) => contract(plan, service)),
    preflightPlan: () => memoized((workload) => preflightPlan(plan, workload)),
    expectedHealth: () => memoized((service) => expectedHealth(plan, service)),
    watchdogEnvironment: () => watchdogEnvironment(environment),
    projectFlag: () => `--project=${environment.project}`,
    locationFlags: () => `--region=${environment.region} ${plan.projectFlag}`,
    alertWindows: () => alertWindows(environment.deadlines, plan.timeBudget),
    checkCommands: () => checkCommands(plan),
    serviceObjectives: () => serviceObjectives(plan),
    logMetrics: () => logMetrics(plan),
    uptimeChecks: () => [
      ...uptimeChecks(plan),
      ...plan.furtherRegions.flatMap((regional) => regional.uptimeChecks),
    ],
    connectivityTests: () => [
      ...connectivityTests(plan),
      ...plan.furtherRegions.flatMap((regional) => regional.connectivityTests),
    ],
    scheduledProbes: () => scheduledProbes(plan),
    alerts: () => alerts(plan),
    dashboards: () => dashboards(plan),
    existingSlots: () => (environment.main === undefined ? existingSlots(plan) : regionalSlots(plan)),
  });
  plans.set(environment, plan);
  plans.set(plan, plan);
  return plan;
}

function withDerived<Given extends object, Derived>(
  given: Given,
  parts: { readonly [Part in keyof Derived]: () => Derived[Part] },
): Given & Derived {
  const whole = { ...given } as Given & Derived;
  for (const part of Object.keys(parts) as (keyof Derived & string)[]) {
    const derive = memoized(parts[part]);
    Object.defineProperty(whole, part, { enumerable: true, get: () => derive(part) });
  }
  return whole;
}

/** Keeps the results of a function, one for each argument. */
function memoized<Argument, Result>(compute: (argument: Argument) => Result): (argument: Argument) => Result {
  const results = new Map<Argument, Result>();
  return (argument) => {
    const known = results.get(argument);
    if (known !== undefined) return known;
    const result = compute(argument);
    results.set(argument, result);
    return result;
  };
}
