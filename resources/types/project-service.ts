import { isNearMiss } from "../../values/nearest.ts";
import type { Attributes } from "../attributes.ts";
import { custom, form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

const GOOGLE = "googleapis.com";

/** API of a project. */
export const projectService: ResourceType = {
  type: "google_project_service",
  label: "API",
  nameAttribute: "service",
  requiredRole: "roles/serviceusage.serviceUsageAdmin",
  fieldRules: [
    {
      id: "service/api-enabled",
      source: "https://docs.cloud.google.com/service-usage/docs/enable-disable",
      constraints: [
        form("service", /^(?!.*\.googleapis\.(?!com$))(?!.*\.google\.com$)[a-z0-9-]+(\.[a-z0-9-]+)+$/, {
          form: "the host name of an API",
          examples: ["run.googleapis.com"],
        }),
        custom("service: ends with .googleapis.com where it is an API of Google", misspeltDomain),
      ],
    },
  ],
  deleteImpact: {
    destroyed: ({ before }) => {
      const api = before.string("service") ?? "the API";
      return before.boolean("disable_on_destroy") === false
        ? `${api} stays enabled, but Terraform no longer manages it`
        : `${api} is disabled, and what it runs stops working`;
    },
    replaced: ({ before }) =>
      before.boolean("disable_on_destroy") === false
        ? undefined
        : `${before.string("service") ?? "the API"} is disabled for a moment, and what it runs stops working`,
  },
};

function* misspeltDomain(api: Attributes) {
  const service = api.string("service") ?? "";
  const [, name = "", domain = ""] = /^(.+)\.([^.]+\.[^.]+)$/.exec(service) ?? [];
  if (domain === GOOGLE || !isNearMiss(domain, GOOGLE)) return;
  yield {
    found: `service is "${service}"`,
    because: `no API is at ${domain}`,
    fix: `Write "${name}.${GOOGLE}".`,
  };
}
