import type { Problem } from "./problem.ts";
import type { Environment } from "./schema/environment.ts";

/** A waiver holds until the end of its last day. */
export function expiredWaivers(environment: Environment, today: string): Problem[] {
  return environment.waivers.flatMap((waiver, index): Problem[] =>
    waiver.expires >= today
      ? []
      : [
          {
            path: ["waivers", index, "expires"],
            value: `"${waiver.expires}"`,
            allowed: `the waiver of ${waiver.rule} at ${waiver.address} has expired`,
            fix: "mend what it covers and remove it, or decide anew and write a later date",
          },
        ],
  );
}
