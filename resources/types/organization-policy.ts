import { form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

const RULE = {
  id: "identity/organization-name",
  why: "Resource Manager takes the full names of policies and of what a tag is bound to; the provider passes on any text.",
} as const;

/** Policies of an organization, and tags that they refer to. */
export const organizationPolicy: readonly ResourceType[] = [
  {
    type: "google_org_policy_policy",
    label: "organization policy",
    nameAttribute: null,
    deleteImpact: { destroyed: "what it forbade is allowed again" },
    fieldRules: [
      {
        ...RULE,
        source:
          "https://docs.cloud.google.com/resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies",
        constraints: [
          form("name", /^(projects|folders|organizations)\/[^/]+\/policies\/[^/]+$/, {
            form: "the name of the project, folder or organization, and policies/CONSTRAINT",
            examples: ["projects/acme-orders/policies/run.allowedIngress"],
          }),
          form("parent", /^(projects|folders|organizations)\/[^/]+$/, {
            form: "projects/ID, folders/NUMBER or organizations/NUMBER",
            examples: ["projects/acme-orders"],
          }),
        ],
      },
    ],
  },
  {
    type: "google_tags_tag_binding",
    label: "tag binding",
    nameAttribute: null,
    fieldRules: [
      {
        ...RULE,
        source:
          "https://docs.cloud.google.com/resource-manager/docs/tags/tags-creating-and-managing#attaching",
        constraints: [
          form("parent", /^\/\/[a-z]+\.googleapis\.com\/./, {
            form: "the full name of a resource, which begins with //",
            examples: ["//cloudresourcemanager.googleapis.com/projects/123456789012"],
          }),
          form("tag_value", /^tagValues\/\d+$|^\d+\/[^/\0]+\/[^/\0]+$|^[a-z][a-z0-9-]+\/[^/\0]+\/[^/\0]+$/, {
            form: "tagValues/NUMBER",
            examples: ["tagValues/281478409127147"],
          }),
        ],
      },
    ],
  },
];
