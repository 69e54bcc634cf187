import { words } from "../plan/compare.ts";
import type { ImpactDescription } from "./impact.ts";

/** google_project_service: an API takes a while to be there everywhere. */
export const api: ImpactDescription = {
  types: ["google_project_service"],
  describe: (change) =>
    change.action === "create"
      ? [`${words(change.after.get("service"))} is enabled; in the first minutes calls may still be refused.`]
      : [],
};
