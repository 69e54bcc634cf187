import type { Issue } from "./issue.ts";
import type { Environment } from "./schema/environment.ts";

/** A waiver is valid until the end of its last day. */
export function expiredWaivers(environment: Pick<Environment, "waivers">, today: string): Issue[] {
  return environment.waivers.flatMap((waiver, index): Issue[] =>
    waiver.expires >= today && isDay(waiver.expires)
      ? []
      : [
          {
            path: ["waivers", index, "expires"],
            value: `"${waiver.expires}"`,
            allowed: isDay(waiver.expires)
              ? `the waiver of ${waiver.rule} at ${waiver.address} has expired`
              : "this date does not exist",
            fix: "fix the finding and remove the waiver, or decide again and write a later date",
          },
        ],
  );
}

/** False for a day like 2027-02-31, which would roll over into the next month. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
