import type { Attributes } from "../attributes.ts";
import { conflict, custom, form } from "../constraints/index.ts";
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
        custom("consumer_accept_lists: projects or networks", mixedLists),
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

/** Consumers are accepted by their project or by their network. */
function* mixedLists(attachment: Attributes) {
  const lists = attachment.blocks("consumer_accept_lists");
  const [byProject, byNetwork] = ["project_id_or_num", "network_url"].map((name) =>
    lists.some((list) => list.get(name) !== undefined && list.get(name) !== ""),
  );
  if (byProject && byNetwork)
    yield {
      found: "consumer_accept_lists has project_id_or_num and network_url",
      because: "an attachment accepts projects or networks",
      fix: "Write all consumers in one way.",
    };
}
