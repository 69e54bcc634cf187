import { duration, range } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Seconds. */
const DAY = 86_400;

/** How Certificate Manager has private certificates issued. */
export const certificateIssuanceConfig: ResourceType = {
  type: "google_certificate_manager_certificate_issuance_config",
  label: "certificate issuance",
  fieldRules: [
    {
      id: "edge/certificate-issuance",
      why: "Certificate Manager issues private certificates for three to four weeks; the provider takes any time.",
      source: "https://docs.cloud.google.com/certificate-manager/docs/deploy-google-managed-cas",
      constraints: [
        duration("lifetime", { low: 21 * DAY, high: 30 * DAY }),
        range("rotation_window_percentage", { low: 1, high: 99, unit: "percent" }),
      ],
    },
  ],
};
