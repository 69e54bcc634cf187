import { atMostOneOf, conflict, forbidden, form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";
import { absoluteName } from "./dns-record-set.ts";

const ABSOLUTE = { form: "a name with a dot at the end", examples: ["www.example.com."] } as const;
const ZONE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Zones and policies of Cloud DNS. */
export const dnsManagedZone: readonly ResourceType[] = [
  {
    type: "google_dns_managed_zone",
    label: "DNS zone",
    importId: "projects/{project}/managedZones/{name}",
    requiredRole: "roles/dns.admin",
    references: { "private_visibility_config.networks.network_url": ["google_compute_network"] },
    deleteImpact: {
      destroyed: "none of its names resolves any more",
      replaced:
        "none of its names resolves until all its records exist again; a public zone gets other name servers",
    },
    fieldRules: [
      absoluteName("dns_name"),
      {
        id: "reachability/dns-form",
        source: "https://docs.cloud.google.com/dns/docs/reference/rest/v1/managedZones",
        constraints: [
          atMostOneOf(["forwarding_config", "peering_config", "service_directory_config"], {
            because: "a zone forwards or follows another network",
          }),
          forbidden(["forwarding_config", "peering_config", "private_visibility_config"], {
            when: { visibility: ["public", undefined] },
            because: "a public zone answers everybody by itself",
            fix: 'Set visibility = "private".',
          }),
          conflict(
            { visibility: ["private"], "dnssec_config.state": ["on", "transfer"] },
            {
              because: "only public zones are signed",
              fix: "Remove dnssec_config.",
              source: "https://docs.cloud.google.com/dns/docs/dnssec",
            },
          ),
          form("ipv4_address", /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/, {
            within: "forwarding_config.target_name_servers[]",
            form: "an IPv4 address",
            examples: ["10.1.1.1"],
            source: "https://docs.cloud.google.com/dns/docs/zones/forwarding-zones",
          }),
          form("name", ZONE_NAME, {
            form: "1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last",
            examples: ["acme-internal"],
          }),
        ],
      },
    ],
  },
  {
    type: "google_dns_policy",
    label: "DNS policy",
    references: { "networks.network_url": ["google_compute_network"] },
  },
  {
    type: "google_dns_response_policy",
    label: "DNS response policy",
    nameAttribute: "response_policy_name",
    references: { "networks.network_url": ["google_compute_network"] },
  },
  {
    type: "google_dns_response_policy_rule",
    label: "DNS response policy rule",
    nameAttribute: "rule_name",
    references: { response_policy: ["google_dns_response_policy"] },
    fieldRules: [
      {
        id: "reachability/dns-form",
        source: "https://docs.cloud.google.com/dns/docs/zones/manage-response-policies",
        constraints: [
          form("dns_name", /\.$/, ABSOLUTE),
          form("name", /\.$/, { ...ABSOLUTE, within: "local_data.local_datas[]" }),
        ],
      },
    ],
  },
];
