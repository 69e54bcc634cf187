import { describe, expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { NETWORK, network, said } from "./support.ts";

type Changes = Readonly<Record<string, object>>;

function vpn(changes: Changes = {}): Resources {
  const region = "europe-west1";
  const router = "${google_compute_router.vpn.name}";
  const all: Resources = {
    google_compute_network: network,
    google_compute_ha_vpn_gateway: { main: { name: "main", network: NETWORK, region } },
    google_compute_external_vpn_gateway: {
      office: {
        name: "office",
        redundancy_type: "SINGLE_IP_INTERNALLY_REDUNDANT",
        interface: { id: 0, ip_address: "198.51.100.7" },
      },
    },
    google_compute_router: { vpn: { name: "vpn", network: NETWORK, region, bgp: { asn: 64514 } } },
    google_compute_vpn_tunnel: {
      office: {
        name: "office",
        region,
        vpn_gateway: "${google_compute_ha_vpn_gateway.main.id}",
        vpn_gateway_interface: 0,
        peer_external_gateway: "${google_compute_external_vpn_gateway.office.id}",
        peer_external_gateway_interface: 0,
        router: "${google_compute_router.vpn.id}",
        shared_secret: "${var.shared_secret}",
      },
    },
    google_compute_router_interface: {
      office: {
        name: "office",
        router,
        region,
        ip_range: "169.254.1.1/30",
        vpn_tunnel: "${google_compute_vpn_tunnel.office.name}",
      },
    },
    google_compute_router_peer: {
      office: {
        name: "office",
        router,
        region,
        interface: "${google_compute_router_interface.office.name}",
        peer_ip_address: "169.254.1.2",
        peer_asn: 64515,
      },
    },
  };
  return Object.fromEntries(
    Object.entries(all).map(([type, resources]) => [
      type,
      Object.fromEntries(
        Object.entries(resources).map(([name, values]) => [
          name,
          { ...(values as object), ...changes[type] },
        ]),
      ),
    ]),
  );
}

const SECRET = { variable: { shared_secret: { type: "string", sensitive: true } } };
const first = (changes: Changes) => said(vpn(changes), SECRET)[0] ?? "";

/** The kind: a VPN whose parts do not belong together, or whose BGP session never comes up. */
describe("HA VPN", () => {
  test("holds where everything fits", () => {
    expect(said(vpn(), SECRET)).toEqual([]);
  });

  test.each([
    [
      "google_compute_router",
      { region: "europe-west4" },
      /^reachability\/vpn-tunnel .*its router google_compute_router.vpn in europe-west4/,
    ],
    ["google_compute_router", { bgp: undefined }, /^reachability\/vpn-tunnel .*has no bgp block/],
    [
      "google_compute_router",
      { network: "projects/acme-dev/global/networks/default" },
      /^reachability\/vpn-tunnel .*on network "main", and its router/,
    ],
    ["google_compute_router", { bgp: { asn: 15169 } }, /^reachability\/hybrid-shape .*bgp.asn is 15169/],
    [
      "google_compute_vpn_tunnel",
      { vpn_gateway_interface: 2 },
      /^reachability\/hybrid-shape .*vpn_gateway_interface is 2/,
    ],
    [
      "google_compute_vpn_tunnel",
      { vpn_gateway_interface: undefined },
      /^reachability\/hybrid-shape .*vpn_gateway_interface/,
    ],
    ["google_compute_vpn_tunnel", { router: undefined }, /^reachability\/hybrid-shape .*router/],
    [
      "google_compute_vpn_tunnel",
      { peer_external_gateway_interface: 1 },
      /^reachability\/vpn-tunnel .*peer_external_gateway_interface is 1, and google_compute_external_vpn_gateway.office has only 0/,
    ],
    [
      "google_compute_vpn_tunnel",
      { peer_external_gateway: undefined, peer_external_gateway_interface: undefined },
      /^reachability\/hybrid-shape .*peer_gcp_gateway/,
    ],
    [
      "google_compute_external_vpn_gateway",
      { redundancy_type: "TWO_IPS_REDUNDANCY" },
      /^reachability\/hybrid-shape .*with 1 interface; rejected by the API: it has exactly 2/,
    ],
    [
      "google_compute_router_interface",
      { ip_range: "10.0.0.1/30" },
      /^reachability\/bgp-session .*it lies in 169.254.0.0\/16/,
    ],
    [
      "google_compute_router_peer",
      { peer_ip_address: "169.254.2.2" },
      /^reachability\/bgp-session .*peer_ip_address is 169.254.2.2, and google_compute_router_interface.office has 169.254.1.1\/30/,
    ],
    [
      "google_compute_router_peer",
      { peer_ip_address: "169.254.1.1" },
      /^reachability\/bgp-session .*the address of google_compute_router_interface.office itself/,
    ],
    [
      "google_compute_router_peer",
      { peer_asn: 64514 },
      /^reachability\/bgp-session .*peer_asn is 64514, which is the asn of google_compute_router.vpn as well/,
    ],
    [
      "google_compute_router_peer",
      { advertised_groups: ["ALL_SUBNETS"] },
      /^reachability\/hybrid-shape .*advertised_groups/,
    ],
  ])("is refused where %s has %j", (type, change, line) => {
    expect(first({ [type]: change })).toMatch(line);
  });

  test("reaches a gateway of Google Cloud in the same region, and not itself", () => {
    const toItself = {
      peer_external_gateway: undefined,
      peer_external_gateway_interface: undefined,
      peer_gcp_gateway: "${google_compute_ha_vpn_gateway.main.id}",
    };
    expect(first({ google_compute_vpn_tunnel: toItself })).toMatch(/a gateway is not its own peer/);
  });

  test("Interconnect attachments are dedicated or a partner's", () => {
    const attachment = (values: object) =>
      said({
        google_compute_interconnect_attachment: {
          main: {
            name: "main",
            region: "europe-west1",
            router: "projects/acme-dev/regions/europe-west1/routers/r",
            ...values,
          },
        },
      });
    expect(attachment({ type: "PARTNER", edge_availability_domain: "AVAILABILITY_DOMAIN_1" })).toEqual([]);
    expect(attachment({ type: "DEDICATED" })[0]).toMatch(/reachability\/hybrid-shape .*interconnect/);
    expect(attachment({ type: "PARTNER", vlan_tag8021q: 100 })[0]).toMatch(/vlan_tag8021q/);
    expect(attachment({ type: "DEDICATED", interconnect: "i", vlan_tag8021q: 5000 })[0]).toMatch(/5000/);
  });
});

test("a VLAN attachment of a partner is on a router with the number that partners expect", () => {
  const attachment = (type: string, asn: unknown) =>
    said({
      google_compute_network: network,
      google_compute_router: {
        main: { name: "main", network: NETWORK, region: "europe-west1", bgp: { asn } },
      },
      google_compute_interconnect_attachment: {
        main: {
          name: "main",
          type,
          region: "europe-west1",
          router: "${google_compute_router.main.id}",
          ...(type === "DEDICATED" ? { interconnect: "projects/acme-dev/global/interconnects/main" } : {}),
        },
      },
    });
  expect(attachment("PARTNER", 16550)).toEqual([]);
  expect(attachment("DEDICATED", 64514)).toEqual([]);
  expect(attachment("PARTNER", 64514)).toEqual([
    'reachability/bgp-session google_compute_interconnect_attachment.main: type is "PARTNER", and bgp.asn of its router google_compute_router.main is 64514; rejected by the API: Partner Interconnect takes a router with the ASN 16550.',
  ]);
});
