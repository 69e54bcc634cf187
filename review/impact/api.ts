import { valueText } from "../plan/compare.ts";
import type { ImpactDescription } from "./impact.ts";

/** google_project_service: an enabled API takes minutes to work everywhere. */
export const api: ImpactDescription = {
  types: ["google_project_service"],
  describe: (change) =>
    change.action === "create"
      ? [
          `${valueText(change.after.get("service"))} is enabled; calls may still be rejected in the first minutes.`,
        ]
      : [],
};
