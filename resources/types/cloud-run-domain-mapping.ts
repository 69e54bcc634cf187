import { form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Domain mapping of Cloud Run. */
export const cloudRunDomainMapping: ResourceType = {
  type: "google_cloud_run_domain_mapping",
  label: "domain mapping",
  fieldRules: [
    {
      id: "edge/domain-mapping",
      why: "Cloud Run maps one name, for which it gets a certificate by itself.",
      source: "https://docs.cloud.google.com/run/docs/mapping-custom-domains",
      constraints: [
        form("name", /^(?=.{1,64}$)(?!https?:)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i, {
          form: "a host name without wildcard, scheme and path",
          examples: ["www.example.com"],
        }),
      ],
    },
  ],
  deleteImpact: {
    destroyed: "its name leads nowhere any more",
    replaced: "its name leads nowhere until the new one exists and has its certificate",
  },
};
