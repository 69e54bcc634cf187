import { byText } from "../values/by-text.ts";
import { isNearMiss, nearest } from "../values/nearest.ts";

/** The form of a region, "europe-west1". Multi-regions like "eu" have another. */
export const regionForm = /^[a-z]+-[a-z]+\d+$/;

/** The form of a zone, "europe-west1-b", with its region as the first group. */
export const zoneForm = /^([a-z]+-[a-z]+\d+)-[a-z]$/;

/**
 * Regions of Google Cloud. New ones come every year, so that a name that is not here is not wrong by itself.
 * https://docs.cloud.google.com/compute/docs/regions-zones
 */
const regions: readonly string[] = Object.entries({
  "africa-south": [1],
  "asia-east": [1, 2],
  "asia-northeast": [1, 2, 3],
  "asia-south": [1, 2],
  "asia-southeast": [1, 2, 3],
  "australia-southeast": [1, 2],
  "europe-central": [2],
  "europe-north": [1, 2],
  "europe-southwest": [1],
  "europe-west": [1, 2, 3, 4, 6, 8, 9, 10, 12],
  "me-central": [1, 2],
  "me-west": [1],
  "northamerica-northeast": [1, 2],
  "northamerica-south": [1],
  "southamerica-east": [1],
  "southamerica-west": [1],
  "us-central": [1],
  "us-east": [1, 4, 5],
  "us-south": [1],
  "us-west": [1, 2, 3, 4],
}).flatMap(([place, numbers]) => numbers.map((number) => `${place}${number}`));

const places: ReadonlySet<string> = new Set(regions.map(placeOf));

function placeOf(region: string): string {
  return region.replace(/\d+$/, "");
}

/**
 * The region that was meant by a text that is certainly none: "us-central1" by "us-centrall", "us_central1" and "us-central".
 * Undefined for a region that exists or may be new, and for other places.
 */
export const meantRegion: (text: string) => string | undefined = byText((text) => {
  const written = text.toLowerCase();
  const place = placeOf(written);
  const isMeant = places.has(place)
    ? place === written
    : [...places].some((known) => isNearMiss(place, known));
  return isMeant ? nearest(written, regions) : undefined;
});

/** The region that is written nearly like a text, or an example of one. */
export function nearestRegion(text: string): string {
  return nearest(text.toLowerCase(), regions) ?? "europe-west1";
}

/** The region of a place: of a zone the one that it is in, of a region itself; undefined of anything else. */
export function regionOfPlace(place: string | undefined): string | undefined {
  const region = zoneForm.exec(place ?? "")?.[1] ?? place;
  return region !== undefined && regionForm.test(region) ? region : undefined;
}
