import { title } from "../plan/title.ts";
import type { ImpactDescription } from "./impact.ts";

/** Secrets hold nothing until a person adds a version. */
export const secret: ImpactDescription = {
  types: ["google_secret_manager_secret"],
  describe: (change) =>
    change.action === "create"
      ? [
          `${title(change, "secret")} is created empty: a person adds its value (\`npm run secrets\`) before a service reads it.`,
        ]
      : [],
};
