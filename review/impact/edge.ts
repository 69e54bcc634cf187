import { durations } from "../../resources/index.ts";
import { difference } from "../plan/compare.ts";
import { title } from "../plan/title.ts";
import type { ImpactDescription } from "./impact.ts";

/** What public requests go through. */
export const edge: readonly ImpactDescription[] = [
  {
    types: ["google_compute_managed_ssl_certificate", "google_certificate_manager_certificate"],
    describe: (change) =>
      change.action === "create"
        ? [
            `${title(change, "certificate")} is requested: it is issued only when DNS points here, which takes ${durations.certificateIssued.value}.`,
          ]
        : [],
  },
  {
    types: ["google_compute_backend_service"],
    describe: (change) => {
      if (change.action !== "update") return [];
      const policy = difference(change, "security_policy");
      return policy?.was === "not set"
        ? [`${title(change, "backend")} gets a Cloud Armor policy: requests may be denied from now on.`]
        : [];
    },
  },
  {
    types: ["google_compute_security_policy_rule"],
    describe: (change) => {
      if (change.action !== "update") return [];
      const action = difference(change, "action");
      const preview = difference(change, "preview");
      return [
        ...(action === undefined
          ? []
          : [`Cloud Armor rule ${change.after.string("priority") ?? ""} goes from ${action.text}.`]),
        ...(preview === undefined
          ? []
          : [
              `Cloud Armor rule ${change.after.string("priority") ?? ""} ${preview.now === "true" ? "is only a preview from now on" : "is enforced from now on: requests that it matches are denied"}.`,
            ]),
      ];
    },
  },
];
