import { words } from "../plan/compare.ts";
import type { Meaning } from "./meaning.ts";

/** google_project_service: an API takes a while to be there everywhere. */
export const api: Meaning = {
  types: ["google_project_service"],
  tell: (change) =>
    change.action === "create"
      ? [`${words(change.after.get("service"))} is enabled; in the first minutes calls may still be refused.`]
      : [],
};
