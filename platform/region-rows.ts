import { enumerated } from "../values/enumerated.ts";
import { plural } from "../values/words.ts";
import { servicesIn } from "./regions.ts";
import type { Environment } from "./schema/environment.ts";

/** What runs in a region, as reports and documents list it. */
export interface RegionRow {
  readonly region: string;
  /** "api 0 to 5 instances" */
  readonly instances: readonly string[];
  /** Where the data is that its services use. */
  readonly data: string;
}

/** One row for each region, the main one first; none where there is one region. */
export function regionRows(environment: Pick<Environment, "region" | "regions" | "services">): RegionRow[] {
  const { region: main, regions = [] } = environment;
  if (regions.length === 0) return [];
  const row = (region: string, data: string): RegionRow => ({
    region,
    instances: servicesIn(environment, region).map(
      ({ name, instances: { min, max } }) => `${name} ${min} to ${plural(max, "instance")}`,
    ),
    data,
  });
  return [
    row(main, "here"),
    ...regions.map(({ region, remoteData }) =>
      row(
        region,
        remoteData === undefined
          ? "none is used"
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
