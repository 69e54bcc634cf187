import { choice, form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Eventarc trigger. */
export const eventarcTrigger: ResourceType = {
  type: "google_eventarc_trigger",
  label: "trigger",
  references: {
    service_account: ["google_service_account"],
    "destination.cloud_run_service.service": ["google_cloud_run_v2_service", "google_cloud_run_service"],
  },
  fieldRules: [
    {
      id: "service/event-filter",
      why: "Eventarc matches events by attributes of its own, and passes on what is written.",
      source: "https://docs.cloud.google.com/eventarc/docs/event-types",
      constraints: [
        choice("operator", ["match-path-pattern"], { within: "matching_criteria[]" }),
        form("value", /^(?!google\.(storage|pubsub|firestore)\.)[A-Za-z]/, {
          within: "matching_criteria[]",
          when: { attribute: ["type"] },
          form: "an event of Eventarc, not one of first generation functions",
          examples: ["google.cloud.storage.object.v1.finalized"],
        }),
      ],
    },
  ],
};
