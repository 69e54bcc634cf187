import type { ResourceType } from "../resource-type.ts";

/** Eventarc trigger. */
export const eventarcTrigger: ResourceType = {
  type: "google_eventarc_trigger",
  label: "trigger",
  references: {
    service_account: ["google_service_account"],
    "destination.cloud_run_service.service": ["google_cloud_run_v2_service", "google_cloud_run_service"],
  },
};
