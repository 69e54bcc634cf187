import type { Attributes } from "../attributes.ts";
import type { Location } from "../constraints/constraint.ts";
import {
  anything,
  atLeastOneOf,
  atMostOneOf,
  conflict,
  custom,
  forbidden,
  form,
} from "../constraints/index.ts";
import { loadBalancerLimits as limits } from "../limits.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  safe: "names a service for a backend; the API rejects the deletion of one that is in use",
};

const SERVERLESS = ["cloud_run", "cloud_function", "app_engine", "serverless_deployment"];

const URL_MASKS = "https://docs.cloud.google.com/load-balancing/docs/negs/serverless-neg-concepts#url_masks";
/** Blocks that take a mask, each with the attribute that a mask stands in for. */
const MASKS = [
  ["cloud_run", "service"],
  ["cloud_function", "function"],
] as const;

const negService: FieldRule = {
  id: "edge/neg-service",
  source: limits.serverlessNegsPerRegion.source,
  constraints: [
    form("cloud_run.service", /^[^/\p{Cc}]+$/u, {
      form: "the name of the service",
      examples: ["api"],
    }),
    forbidden(SERVERLESS, {
      when: {
        network_endpoint_type: [
          "INTERNET_FQDN_PORT",
          "INTERNET_IP_PORT",
          "PRIVATE_SERVICE_CONNECT",
          "GCE_VM_IP_PORTMAP",
        ],
      },
      because: "only a SERVERLESS group has such a block",
      fix: 'Set network_endpoint_type = "SERVERLESS", or remove the block.',
    }),
    ...MASKS.flatMap(([within, name]) => [
      conflict(
        { [name]: [anything], url_mask: [anything] },
        {
          within,
          because: "either one is named or the address tells which",
          fix: `Remove ${name} or url_mask.`,
          source: URL_MASKS,
        },
      ),
      form("url_mask", new RegExp(`<${name}>`), {
        within,
        form: `a mask that holds <${name}>`,
        examples: [`<${name}>.example.com`],
        source: URL_MASKS,
      }),
    ]),
    atMostOneOf(SERVERLESS, { outcome: "rejected at plan" }),
    // A group that exists has an id.
    atLeastOneOf(SERVERLESS, {
      when: { network_endpoint_type: ["SERVERLESS", undefined], id: [undefined] },
      because: "a serverless group has one of them",
      fix: "Add cloud_run with the name of a service, for example google_cloud_run_v2_service.api.name.",
    }),
  ],
};

function* otherRegion(group: Attributes, { region }: Location) {
  const target = group.string("psc_target_service") ?? "";
  const [, ofTarget] = /\/regions\/([a-z0-9-]+)\/serviceAttachments\//.exec(target) ?? [];
  if (region === undefined || ofTarget === undefined || ofTarget === region) return;
  yield {
    found: `psc_target_service is in ${ofTarget} and the group in ${region}`,
    because: "a backend reaches a published service of its own region",
    fix: `Set region = "${ofTarget}".`,
  };
}

/** Network endpoint groups. */
export const computeNetworkEndpointGroups: readonly ResourceType[] = [
  {
    type: "google_compute_region_network_endpoint_group",
    label: "network endpoint group",
    nameScope: "region",
    collection: "networkEndpointGroups",
    requiredRole: "roles/compute.loadBalancerAdmin",
    references: { "cloud_run.service": ["google_cloud_run_v2_service", "google_cloud_run_service"] },
    deleteImpact,
    fieldRules: [
      negService,
      {
        id: "reachability/psc-endpoint",
        source: "https://docs.cloud.google.com/vpc/docs/private-service-connect-backends",
        constraints: [custom("psc_target_service: a service attachment of the same region", otherRegion)],
      },
    ],
  },
  {
    type: "google_compute_network_endpoint_group",
    label: "network endpoint group",
    nameScope: "zone",
    deleteImpact,
    fieldRules: [
      {
        id: "edge/neg-service",
        source: "https://docs.cloud.google.com/load-balancing/docs/negs/zonal-neg-concepts",
        constraints: [
          forbidden(["default_port"], {
            when: { network_endpoint_type: ["GCE_VM_IP"] },
            because: "its endpoints are addresses without ports",
            fix: 'Remove default_port, or set network_endpoint_type = "GCE_VM_IP_PORT".',
          }),
        ],
      },
    ],
  },
  {
    type: "google_compute_global_network_endpoint_group",
    label: "network endpoint group",
    nameScope: "project",
    deleteImpact,
  },
];
