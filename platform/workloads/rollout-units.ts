import type { PlatformPlan } from "../plan.ts";
import { regionalName } from "../regions/regions.ts";
import type { Service } from "../schema/environment.ts";

/** A service in one of its regions, which is rolled out by itself. */
export interface RolloutUnit {
  /** "api" in the main region, "api-europe-west1" in a further one. */
  readonly name: string;
  /** As it is in this region. */
  readonly service: Service;
  readonly region: string;
  /** Names of the units that it is rolled out after: those that it calls, and itself in the main region. */
  readonly dependsOn: readonly string[];
}

/** Every service in every region, the main region first. */
export function rolloutUnits(
  plan: Pick<PlatformPlan, "services" | "region" | "main" | "furtherRegions">,
): RolloutUnit[] {
  return [plan, ...plan.furtherRegions].flatMap((regional) => {
    const { region, services } = regional;
    const here = new Set(services.map(({ name }) => name));
    const nearest = (name: string): string => (here.has(name) ? regionalName(regional, name) : name);
    return services.map((service) => {
      const name = regionalName(regional, service.name);
      const inMain = name === service.name ? [] : [service.name];
      return { name, service, region, dependsOn: [...inMain, ...service.dependsOn.map(nearest)] };
    });
  });
}
