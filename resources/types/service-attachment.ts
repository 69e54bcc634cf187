import { conflict, form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** What a producer publishes through Private Service Connect. */
export const serviceAttachment: ResourceType = {
  type: "google_compute_service_attachment",
  label: "service attachment",
  nameScope: "region",
  collection: "serviceAttachments",
  references: {
    nat_subnets: ["google_compute_subnetwork"],
    target_service: ["google_compute_forwarding_rule"],
  },
  deleteImpact: { destroyed: "no endpoint of its consumers answers any more" },
  fieldRules: [
    {
      id: "reachability/service-attachment",
      source: "https://docs.cloud.google.com/vpc/docs/manage-security-private-service-connect-producers",
      constraints: [
        form("domain_names", /\.$/, {
          form: "a domain with a dot at the end",
          examples: ["orders.acme.com."],
          source: "https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-producer",
        }),
        conflict(
          {
            connection_preference: ["ACCEPT_MANUAL"],
            consumer_accept_lists: [undefined],
          },
          {
            severity: "warning",
            outcome: "fails at run time",
            because: "nobody is accepted, so that every endpoint stays pending",
            fix: "Add consumer_accept_lists, or set connection_preference to ACCEPT_AUTOMATIC.",
          },
        ),
      ],
    },
  ],
};
