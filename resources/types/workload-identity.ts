import { custom, form } from "../constraints/index.ts";
import { projectPermissions } from "../custom-role.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "identities that sign in through it lose access; its name is blocked for 30 days",
  replaced:
    "identities that sign in through it lose access; its name is blocked for 30 days, so that creation fails unless the name changes",
};

function federationId(attribute: string): FieldRule {
  return {
    id: "identity/pool-id",
    why: "The provider rejects ids of pools and of their providers that are not of Google's form.",
    source: "https://docs.cloud.google.com/iam/docs/manage-workload-identity-pools-providers",
    constraints: [
      form(attribute, /^(?!gcp-)[a-z0-9-]{4,32}$/, {
        outcome: "rejected at plan",
        form: '4 to 32 lower-case letters, digits and hyphens, and not "gcp-" at the beginning',
        examples: ["github-deploy"],
      }),
    ],
  };
}

const federation: FieldRule = {
  id: "identity/federation-shape",
  why: "A provider of a pool trusts one issuer, which it names in the form that its tokens have.",
  source: "https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-other-providers",
  constraints: [
    form("oidc.issuer_uri", /^https:\/\/[^\s/]+/, {
      form: "an https:// URL",
      examples: ["https://token.actions.githubusercontent.com"],
    }),
    custom("attribute_mapping: google.subject among its keys", function* (provider) {
      const mapping = provider.isUnknown("attribute_mapping") ? undefined : provider.get("attribute_mapping");
      const keys = Object.keys(mapping ?? {});
      if (keys.length > 0 && !keys.includes("google.subject"))
        yield {
          found: `attribute_mapping has ${keys.join(", ")}`,
          because: "every identity has google.subject",
          fix: 'Add "google.subject" = "assertion.sub".',
        };
    }),
    form("aws.account_id", /^\d{12}$/, { form: "12 digits", examples: ["123456789012"] }),
  ],
};

const roleId: FieldRule = {
  id: "identity/custom-role-id",
  why: "IAM rejects the id of a custom role that is not of its form.",
  source: "https://docs.cloud.google.com/iam/docs/creating-custom-roles",
  constraints: [
    form("role_id", /^[A-Za-z0-9_.]{3,64}$/, {
      outcome: "rejected at plan",
      form: "3 to 64 letters, digits, underscores and dots",
      examples: ["trafficMover"],
    }),
  ],
};

/** Identities and roles whose names stay blocked after a deletion. */
export const workloadIdentity: readonly ResourceType[] = [
  {
    type: "google_iam_workload_identity_pool",
    label: "identity",
    nameAttribute: "workload_identity_pool_id",
    deleteImpact,
    fieldRules: [federationId("workload_identity_pool_id")],
  },
  {
    type: "google_iam_workload_identity_pool_provider",
    label: "identity",
    deleteImpact,
    fieldRules: [federationId("workload_identity_pool_provider_id"), federation],
  },
  {
    type: "google_project_iam_custom_role",
    label: "identity",
    nameAttribute: "role_id",
    deleteImpact,
    fieldRules: [roleId, projectPermissions],
  },
];
