import type { Attributes } from "../attributes.ts";
import { anything, choice, custom, forbidden, form, range, required } from "../constraints/index.ts";
import { hybridLimits as limits } from "../limits.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const cutOff = { destroyed: "the networks behind it can no longer be reached" } as const;
const HA = { vpn_gateway: [anything] } as const;

const BFD = "https://docs.cloud.google.com/network-connectivity/docs/router/concepts/bfd";

const RULE = { id: "reachability/hybrid-shape", source: limits.peerInterfaces.source } as const;

const tunnel: FieldRule = {
  ...RULE,
  why: "The provider lets combinations of tunnels, gateways and attachments pass that the API rejects.",
  constraints: [
    required(["router"], {
      when: HA,
      because: "HA VPN exchanges its routes by BGP",
      fix: "Set router = google_compute_router.vpn.id.",
    }),
    required(["vpn_gateway_interface"], {
      when: HA,
      because: "the tunnel leaves by one of the gateway's two interfaces",
      fix: "Set vpn_gateway_interface to 0 or 1.",
    }),
    range("vpn_gateway_interface", { low: 0, high: limits.gatewayInterfaces.value - 1, step: 1 }),
    required(["peer_gcp_gateway"], {
      when: { ...HA, peer_external_gateway: [undefined] },
      because: "a tunnel of HA VPN needs its other end",
      fix: "Set peer_gcp_gateway or peer_external_gateway.",
    }),
    required(["peer_external_gateway_interface"], {
      when: { peer_external_gateway: [anything] },
      because: "the other end is one interface of that gateway",
      fix: "Set peer_external_gateway_interface, for example to 0.",
    }),
    required(["peer_ip"], {
      when: { target_vpn_gateway: [anything] },
      because: "Classic VPN is given the address of its peer",
      fix: "Set peer_ip.",
    }),
    forbidden(["peer_ip"], {
      when: HA,
      because: "HA VPN takes the address of its peer from the peer gateway",
      fix: "Remove peer_ip.",
    }),
    required(["vpn_gateway"], {
      when: { target_vpn_gateway: [undefined] },
      because: "a tunnel starts at a gateway",
      fix: "Set vpn_gateway = google_compute_ha_vpn_gateway.main.id.",
    }),
    choice("ike_version", ["1", "2"]),
    custom("local_traffic_selector and remote_traffic_selector: not with a router", routedSelectors, {
      source:
        "https://docs.cloud.google.com/network-connectivity/docs/vpn/concepts/choosing-networks-routing",
    }),
  ],
};

/** A router learns which ranges go through the tunnel; what it shows then is everything. */
function* routedSelectors(tunnel: Attributes) {
  if (tunnel.get("router") === undefined) return;
  for (const attribute of ["local_traffic_selector", "remote_traffic_selector"]) {
    const ranges = tunnel.get(attribute);
    const narrow = (Array.isArray(ranges) ? ranges : []).find(
      (range) => typeof range === "string" && range !== "0.0.0.0/0" && range !== "::/0",
    );
    if (narrow !== undefined)
      yield {
        found: `${attribute} has ${String(narrow)} with router`,
        because: "a tunnel with a router takes its ranges from BGP",
        fix: `Remove ${attribute}.`,
      };
  }
}

function* candidates(attachment: Attributes) {
  const subnets = attachment.get("candidate_subnets");
  for (const subnet of Array.isArray(subnets) ? subnets : []) {
    if (typeof subnet !== "string") continue;
    const prefix = Number(/^169\.254\.\d+\.\d+\/(\d+)$/.exec(subnet)?.[1]);
    if (prefix >= 16 && prefix <= 29) continue;
    yield {
      found: `candidate_subnets has "${subnet}"`,
      because: "sessions run in link-local ranges of /29 or larger",
      fix: 'Write for example "169.254.10.0/29".',
    };
  }
}

const attachment: FieldRule = {
  ...RULE,
  source: limits.vlanHigh.source,
  constraints: [
    required(["interconnect"], {
      when: { type: ["DEDICATED", undefined] },
      because: "a dedicated attachment is made on an interconnect",
      fix: 'Set interconnect, or type = "PARTNER".',
    }),
    forbidden(["interconnect", "vlan_tag8021q"], {
      when: { type: ["PARTNER"] },
      because: "the partner makes the connection and chooses the VLAN",
      fix: "Remove it.",
    }),
    range("vlan_tag8021q", { low: limits.vlanLow, high: limits.vlanHigh, step: 1 }),
    choice("mtu", limits.mtu.value.map(String)),
    required(["encryption"], {
      when: { ipsec_internal_addresses: [anything] },
      severity: "warning",
      because: "only attachments for HA VPN have addresses of their own",
      fix: 'Set encryption = "IPSEC", or remove ipsec_internal_addresses.',
      source:
        "https://docs.cloud.google.com/network-connectivity/docs/interconnect/how-to/ha-vpn-interconnect",
    }),
    custom("candidate_subnets: within 169.254.0.0/16, /29 or larger", candidates),
  ],
};

function isPrivateAsn(asn: number): boolean {
  return (
    asn === limits.partnerAsn.value ||
    limits.privateAsn.value.some(([low, high]) => asn >= low && asn <= high)
  );
}

/** Ranges that a router or a session tells its peers. */
function advertisedRanges(block: "" | "bgp.") {
  return [
    form("range", /^(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?$|^[0-9a-f:]*:[0-9a-f:]*(?:\/\d{1,3})?$/i, {
      within: `${block}advertised_ip_ranges[]`,
      form: "an address or a range in CIDR form",
      examples: ["10.0.0.0/8"],
      source: "https://docs.cloud.google.com/network-connectivity/docs/router/how-to/advertising-custom-ip",
    }),
  ];
}

/** BGP of Cloud Router. */
export const routerFields: FieldRule = {
  ...RULE,
  source: limits.privateAsn.source,
  constraints: [
    custom(
      `bgp.asn: a private ASN (RFC 6996), or ${limits.partnerAsn.value} for Partner Interconnect`,
      function* (router: Attributes) {
        const asn = router.number("bgp.asn");
        if (asn !== undefined && !isPrivateAsn(asn))
          yield {
            found: `bgp.asn is ${asn}`,
            because: `it must be private (${limits.privateAsn.value.map((ends) => ends.join(" to ")).join(", ")}) or ${limits.partnerAsn.value}`,
            fix: `Set bgp.asn to a private number, for example ${limits.privateAsn.value[0][0]}.`,
          };
      },
    ),
    ...advertisedRanges("bgp."),
    range("bgp.keepalive_interval", { low: limits.keepaliveLow, high: limits.keepaliveHigh }),
    forbidden(["bgp.advertised_ip_ranges", "bgp.advertised_groups"], {
      when: { "bgp.advertise_mode": ["DEFAULT", undefined], bgp: [anything] },
      because: "own routes are advertised in CUSTOM mode only",
      fix: 'Set advertise_mode = "CUSTOM", or remove them.',
    }),
  ],
};

/** Cloud VPN and Cloud Interconnect, and the sessions of Cloud Router over them. */
export const hybridConnectivity: readonly ResourceType[] = [
  {
    type: "google_compute_ha_vpn_gateway",
    label: "HA VPN gateway",
    nameScope: "region",
    collection: "vpnGateways",
    references: { network: ["google_compute_network"] },
    deleteImpact: cutOff,
  },
  {
    type: "google_compute_external_vpn_gateway",
    label: "peer VPN gateway",
    nameScope: "project",
    collection: "externalVpnGateways",
    fieldRules: [
      {
        ...RULE,
        constraints: [
          custom("interface: as many as redundancy_type says, numbered from 0", wrongInterfaces),
          form("ip_address", /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/, {
            within: "interface[]",
            form: "an IPv4 address",
            examples: ["203.0.113.7"],
          }),
        ],
      },
    ],
  },
  {
    type: "google_compute_vpn_tunnel",
    label: "VPN tunnel",
    nameScope: "region",
    collection: "vpnTunnels",
    references: {
      vpn_gateway: ["google_compute_ha_vpn_gateway"],
      peer_gcp_gateway: ["google_compute_ha_vpn_gateway"],
      peer_external_gateway: ["google_compute_external_vpn_gateway"],
      target_vpn_gateway: ["google_compute_vpn_gateway"],
      router: ["google_compute_router"],
    },
    deleteImpact: cutOff,
    fieldRules: [tunnel],
  },
  {
    type: "google_compute_interconnect_attachment",
    label: "VLAN attachment",
    nameScope: "region",
    references: { router: ["google_compute_router"] },
    deleteImpact: cutOff,
    fieldRules: [attachment],
  },
  {
    type: "google_compute_router_interface",
    label: "router interface",
    references: {
      router: ["google_compute_router"],
      vpn_tunnel: ["google_compute_vpn_tunnel"],
      interconnect_attachment: ["google_compute_interconnect_attachment"],
    },
    deleteImpact: cutOff,
  },
  {
    type: "google_compute_router_peer",
    label: "BGP session",
    references: { router: ["google_compute_router"], interface: ["google_compute_router_interface"] },
    deleteImpact: cutOff,
    fieldRules: [
      {
        ...RULE,
        source: limits.privateAsn.source,
        constraints: [
          forbidden(["advertised_ip_ranges", "advertised_groups"], {
            when: { advertise_mode: ["DEFAULT", undefined] },
            because: "own routes are advertised in CUSTOM mode only",
            fix: 'Set advertise_mode = "CUSTOM", or remove them.',
          }),
          ...["min_receive_interval", "min_transmit_interval"].map((attribute) =>
            range(attribute, { within: "bfd", low: 1000, high: 30_000, unit: "ms", source: BFD }),
          ),
          range("advertised_route_priority", { low: 0, high: 65_535 }),
          ...advertisedRanges(""),
          range("multiplier", { within: "bfd", low: 5, high: 16, source: BFD }),
        ],
      },
    ],
  },
];

function* wrongInterfaces(gateway: Attributes) {
  const redundancy = gateway.string("redundancy_type") ?? "";
  const wanted = limits.peerInterfaces.value[redundancy];
  const found = gateway.entries("interface");
  if (wanted === undefined || found === undefined) return;
  if (found !== wanted)
    yield {
      found: `redundancy_type is "${redundancy}" with ${found} ${found === 1 ? "interface" : "interfaces"}`,
      because: `it has exactly ${wanted}`,
      fix: `Write ${wanted} interface ${wanted === 1 ? "block" : "blocks"}, or another redundancy_type.`,
    };
  for (const id of gateway.blocks("interface").map((block) => block.number("id")))
    if (id !== undefined && id >= wanted)
      yield {
        found: `interface.id is ${id} with redundancy_type "${redundancy}"`,
        because: `interfaces are numbered from 0 to ${wanted - 1}`,
        fix: `Set id to ${wanted - 1} or less.`,
      };
}
