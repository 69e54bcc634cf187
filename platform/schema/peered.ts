import { choice, range, text } from "./leaf.ts";
import { section } from "./section.ts";

const networkName = text({
  pattern: /^[a-z][a-z0-9-]*$/,
  allowed: "lower-case letters, digits and hyphens",
  fix: "name the owner, for example office-vpn",
});

/** A range that others own, and that this network must stay clear of. */
export const peered = section({
  name: networkName,
  range: range({ smallest: 32, largest: 8, because: "a range that another network owns" }),
  /**
   * What leads there: VPC Network "peering", a "vpn" or Interconnect, or a hub of Network Connectivity Center ("ncc") of which this
   * network and that one are spokes. @default "peering"
   */
  by: choice(["peering", "vpn", "ncc"]).optional(),
  /** Name of another one of these networks, to which it is connected and this network is not. @default connected to this network */
  behind: networkName.optional(),
});
