import { rolloutUnits } from "../platform/workloads/rollout-units.ts";
import type { GatewayContext, GoogleContext, RolloutPlan } from "./context.ts";

/** Where a service that a rollout names runs. */
export interface Place {
  /** Plan of its region. */
  readonly platform: RolloutPlan;
  /** Google's APIs in its region. */
  readonly google: GoogleContext;
  /** Name of the service in the environment, without the region. */
  readonly service: string;
}

/** @param name of a service in one region: "api", "api-europe-west1"; one that there is not is taken to be in the main region */
export function placeOf(
  { platform, google }: Pick<GatewayContext, "platform" | "google">,
  name: string,
): Place {
  const unit = rolloutUnits(platform).find((one) => one.name === name);
  const regional = platform.furtherRegions.find(({ region }) => region === unit?.region);
  if (unit === undefined || regional === undefined) return { platform, google, service: name };
  return { platform: regional, google: { ...google, region: regional.region }, service: unit.service.name };
}
