import { parseRange } from "../../values/ranges.ts";
import { accountEmailForm } from "../account-email.ts";
import type { Attributes } from "../attributes.ts";
import {
  anything,
  atLeastOneOf,
  custom,
  exactlyOneOf,
  forbidden,
  form,
  range,
} from "../constraints/index.ts";
import { vpcLimits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => firewallEffect(before, "permanently"),
  replaced: ({ before }) => firewallEffect(before, "until the new one exists"),
};

/** Words that the API knows; all other protocols are numbers. */
const PROTOCOL = /^(tcp|udp|icmp|icmpv6|esp|ah|sctp|ipip|all|\d{1,2}|1\d\d|2[0-4]\d|25[0-5])$/i;
const PORT_HIGH = 65535;

const SOURCES = ["source_ranges", "source_tags", "source_service_accounts"];

/** Firewall rules. */
export const computeFirewall: readonly ResourceType[] = [
  {
    type: "google_compute_firewall",
    label: "firewall rule",
    nameScope: "project",
    requiredRole: "roles/compute.securityAdmin",
    references: {
      network: ["google_compute_network"],
      source_service_accounts: ["google_service_account"],
      target_service_accounts: ["google_service_account"],
    },
    deleteImpact,
    fieldRules: [
      {
        id: "reachability/firewall-shape",
        why: "The provider or the API rejects a firewall rule whose parts contradict each other.",
        fix: "Keep the parts that belong to the rule's direction.",
        source: "https://docs.cloud.google.com/firewall/docs/firewalls",
        constraints: [
          exactlyOneOf(["allow", "deny"], {
            fix: "Keep allow or deny; split the rule where both are meant.",
          }),
          forbidden(SOURCES, {
            when: { direction: ["EGRESS"] },
            because: "sources belong to INGRESS rules",
            fix: 'Use destination_ranges, for example ["10.0.0.0/8"].',
          }),
          // Before 4.0.0 the provider took every source where none was set.
          atLeastOneOf([...SOURCES, "destination_ranges"], {
            when: { direction: ["INGRESS", undefined] },
            since: "4.0.0",
            severity: "warning",
            outcome: "rejected at plan",
            fix: 'Set source_ranges, for example ["10.0.0.0/8"].',
          }),
          forbidden(["destination_ranges"], {
            when: {
              direction: ["INGRESS", undefined],
              ...Object.fromEntries(SOURCES.map((source) => [source, [undefined]])),
            },
            because: `an INGRESS rule (the default direction) has one of ${SOURCES.join(", ")}`,
            fix: 'Set direction = "EGRESS", or add source_ranges.',
          }),
          ...["source_tags", "target_tags"].map((tags) =>
            forbidden(["source_service_accounts", "target_service_accounts"], {
              when: { [tags]: [anything] },
              because: "tags and service accounts exclude each other",
              fix: "Use either tags or service accounts.",
            }),
          ),
          custom("source_ranges, destination_ranges: all of IPv4 or all of IPv6", mixedRanges, {
            source: "https://docs.cloud.google.com/firewall/docs/firewalls#ipv6-support",
          }),
          ...["allow[]", "deny[]"].flatMap((within) => [
            form("protocol", PROTOCOL, {
              within,
              form: "tcp, udp, icmp, esp, ah, sctp, ipip, all or the number of an IP protocol",
              examples: ["tcp"],
            }),
            custom(`ports: a port or a range of ports, 0 to ${PORT_HIGH}`, ports, { within }),
            forbidden(["ports"], {
              within,
              when: { protocol: ["icmp", "icmpv6", "esp", "ah", "ipip", "all"] },
              because: "only tcp, udp and sctp have ports",
              fix: 'Remove ports, or set protocol = "tcp".',
            }),
          ]),
          ...["source_service_accounts", "target_service_accounts"].map((attribute) =>
            form(attribute, accountEmailForm, {
              form: "the e-mail of a service account",
              examples: ["orders@acme-dev.iam.gserviceaccount.com"],
            }),
          ),
          ...["source_tags", "target_tags"].map((attribute) =>
            form(attribute, /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, {
              form: "1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last",
              examples: ["web"],
              source: "https://docs.cloud.google.com/vpc/docs/add-remove-network-tags",
            }),
          ),
          custom("source_ranges and destination_ranges: addresses or ranges in CIDR form", ranges),
          range("priority", { low: 0, high: vpcLimits.firewallPriorityHigh, unit: "" }),
        ],
      },
    ],
  },
];

function* ports(part: Attributes) {
  for (const port of listOf(part, "ports")) {
    const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(port) ?? [];
    if (low !== undefined && Number(low) <= Number(high) && Number(high) <= PORT_HIGH) continue;
    yield {
      found: `ports contains "${port}"`,
      because: `a port is a number up to ${PORT_HIGH}, or a range of them, the lower one first`,
      fix: 'Write for example "5432" or "8000-8100", each as an entry of its own.',
    };
  }
}

function* ranges(rule: Attributes) {
  for (const attribute of ["source_ranges", "destination_ranges"])
    for (const range of listOf(rule, attribute)) {
      // IPv6 is left to the API, and so are host bits, which it cuts off.
      if (range.includes(":") || parseRange(range.includes("/") ? range : `${range}/32`) !== undefined)
        continue;
      yield {
        found: `${attribute} contains "${range}"`,
        because: "it is neither an address nor a range in CIDR form",
        fix: 'Write for example "10.20.0.0/16".',
      };
    }
}

function listOf(block: Attributes, attribute: string): string[] {
  const list = block.get(attribute);
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

function firewallEffect(before: Attributes, howLong: string): string {
  return before.blocks("deny").length > 0
    ? `what it denied is let through ${howLong}`
    : `what it allowed is dropped ${howLong}, unless another rule allows it`;
}

function* mixedRanges(firewall: Attributes) {
  const ranges = ["source_ranges", "destination_ranges"].flatMap((attribute) => {
    const written = firewall.get(attribute);
    return Array.isArray(written) ? written.filter((range) => typeof range === "string") : [];
  });
  const sixth = ranges.find((range) => range.includes(":"));
  const fourth = ranges.find((range) => /^[\d.]+(\/\d+)?$/.test(range));
  if (sixth === undefined || fourth === undefined) return;
  yield {
    found: `the ranges have ${fourth} and ${sixth}`,
    because: "a rule is for IPv4 or for IPv6",
    fix: "Write a rule for each.",
  };
}
