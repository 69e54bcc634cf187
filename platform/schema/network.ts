import { z } from "zod";
import { directEgressLimits, memorystoreLimits } from "../../resources/limits.ts";
import { connector, connectorRange } from "./connector.ts";
import { furtherConnector } from "./further-connector.ts";
import { count, range } from "./leaf.ts";
import { peered } from "./peered.ts";
import { section } from "./section.ts";
import { unmanagedNetwork } from "./unmanaged-network.ts";

/** Prefix length; a larger subnet would take most of a private range. */
export const WIDEST_DIRECT_EGRESS = 16;

/** Static addresses of one Cloud NAT. */
export const MOST_NAT_ADDRESSES = 16;

/** Subnet of Cloud Run instances with Direct VPC egress. */
export const directRange = range({
  smallest: directEgressLimits.largestPrefix.value,
  largest: WIDEST_DIRECT_EGRESS,
  because: "Direct VPC egress needs a /26 or larger",
});
const privateServicesRange = range({
  smallest: 22,
  largest: 12,
  because: "private services access takes a free /24 for each service and region",
});
const privateServiceConnectRange = range({
  smallest: memorystoreLimits.policyPrefixHigh.value,
  largest: WIDEST_DIRECT_EGRESS,
  because: "the endpoints of Memorystore for Valkey take 2 addresses for each instance",
});
/** Every range of the VPC network by the name of its slot, never by its position in a list. */
const addresses = section({
  /** The connector's own /28. Leave out where the environment has no connector. */
  connector: connectorRange.optional(),
  /** Subnet of Cloud Run instances with Direct VPC egress, /26 or larger. Leave out where no service uses it. */
  directEgress: directRange.optional(),
  /**
   * Allocated to Google for Cloud SQL and Redis; a free /24 for each service and region, /16 to /20 recommended. Leave out
   * where the environment has neither.
   */
  privateServices: privateServicesRange.optional(),
  /**
   * Subnet of the endpoints of Memorystore for Valkey, /29 or larger: 2 addresses for each instance. Leave out where the
   * environment has none.
   */
  privateServiceConnect: privateServiceConnectRange.optional(),
  /** Ranges of networks that this one is connected to, which others own and this network must stay clear of. @default none */
  peered: z.array(peered).default([]),
});

export const nat = section({
  /**
   * Static outside addresses, so that others can admit this platform by address. @default 1 where a service reaches the
   * internet through the network, otherwise there is no Cloud NAT
   */
  addresses: count({ from: 1, to: MOST_NAT_ADDRESSES, unit: "addresses" }).optional(),
});

export const network = section({
  addresses,
  /** Serverless VPC Access connector. Leave out where every service uses path "direct". */
  connector: connector.optional(),
  /**
   * Connectors in addition to it, each for the services and jobs that name it (`connector`). Worth their price where one load must not
   * take the throughput of another. @default none
   */
  furtherConnectors: z.array(furtherConnector).optional(),
  nat: nat.default({}),
  /** A network that others manage, a Shared VPC for example (docs/project.md). @default the network is created here */
  unmanaged: unmanagedNetwork.optional(),
});
