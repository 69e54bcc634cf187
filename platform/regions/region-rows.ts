import { enumerated } from "../../values/enumerated.ts";
import type { Environment } from "../schema/environment.ts";
import { bucketsOf, dataOf } from "./region-data.ts";
import { servicesIn } from "./regions.ts";

/** A service in a region, as reports and documents list it. */
export interface RegionRow {
  readonly region: string;
  readonly service: string;
  /** "0 to 5" */
  readonly instances: string;
  /** Where the data is that it uses; empty where it uses none. */
  readonly data: string;
}

/** One row for each service in each region, the main one first; none where there is one region. */
export function regionRows(environment: Pick<Environment, "region" | "regions" | "services">): RegionRow[] {
  const { region: main, regions = [] } = environment;
  if (regions.length === 0) return [];
  const rows = (region: string, place: string): RegionRow[] =>
    servicesIn(environment, region).map((service) => ({
      region,
      service: service.name,
      instances: `${service.instances.min} to ${service.instances.max}`,
      data: dataOf(service).length + bucketsOf(service).length === 0 ? "" : place,
    }));
  return [
    ...rows(main, "here"),
    ...regions.flatMap(({ region, remoteData }) =>
      rows(
        region,
        remoteData === undefined
          ? `in ${main}`
          : `in ${main}, ${remoteData.roundTripMilliseconds} ms away: ${remoteData.reason}`,
      ),
    ),
  ];
}

/** "region `us-central1`", or "regions `us-central1` (main) and `europe-west1`". */
export function regionsText({ region, regions = [] }: Pick<Environment, "region" | "regions">): string {
  if (regions.length === 0) return `region \`${region}\``;
  return `regions ${enumerated([`\`${region}\` (main)`, ...regions.map((further) => `\`${further.region}\``)])}`;
}
