import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

/** HA VPN over Cloud Interconnect goes through routers of its own. */
export const encryptedAttachment: Rule = {
  id: "reachability/encrypted-attachment",
  why: "A VLAN attachment for HA VPN over Cloud Interconnect takes a router that is made for encrypted attachments, and no other.",
  limit: "encrypted_interconnect_router = true at the router of an attachment with encryption IPSEC",
  fix: "Set encrypted_interconnect_router = true at the router.",
  source: "https://docs.cloud.google.com/network-connectivity/docs/interconnect/how-to/ha-vpn-interconnect",
  *check(graph) {
    for (const attachment of graph.all("google_compute_interconnect_attachment")) {
      if (attachment.string("encryption") !== "IPSEC") continue;
      const router = follow(graph, attachment.get("router"), ["google_compute_router"], attachment);
      const encrypted = router?.get("encrypted_interconnect_router");
      if (router === undefined || (encrypted !== undefined && encrypted !== false)) continue;
      yield {
        resource: attachment,
        message: `encryption is IPSEC, and encrypted_interconnect_router of ${router.address} is not true; rejected by the API: the router is not made for encrypted attachments.`,
      };
    }
  },
};
