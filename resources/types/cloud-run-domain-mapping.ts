import type { ResourceType } from "../resource-type.ts";

/** Domain mapping of Cloud Run. */
export const cloudRunDomainMapping: ResourceType = {
  type: "google_cloud_run_domain_mapping",
  label: "domain mapping",
  deleteImpact: {
    destroyed: "its name leads nowhere any more",
    replaced: "its name leads nowhere until the new one exists and has its certificate",
  },
};
