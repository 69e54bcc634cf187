import { z } from "zod";
import { regionNames } from "../../resources/limits.ts";
import { connector, connectorRange } from "./connector.ts";
import { existingByName, existingOne } from "./existing.ts";
import { furtherConnector } from "./further-connector.ts";
import { choice, count, text } from "./leaf.ts";
import { name } from "./names.ts";
import { directRange, nat } from "./network.ts";
import { section } from "./section.ts";
import { unmanagedRegion } from "./unmanaged-network.ts";
import { instances } from "./workload.ts";

/** A region of the environment besides the main one, with what its services need of the network there. */
export const furtherRegion = section({
  region: choice(regionNames.value, "a region of Google Cloud"),
  /** Ranges of this region in the same network, disjoint from all others. */
  addresses: section({
    /** /28 of a connector in this region. Leave out where it has none. */
    connector: connectorRange.optional(),
    /** Subnet of Direct VPC egress in this region, /26 or larger. Leave out where no service here uses it. */
    directEgress: directRange.optional(),
  }).default({}),
  /** Serverless VPC Access connector in this region. Leave out where every service here uses path "direct". */
  connector: connector.optional(),
  /**
   * Connectors in addition to it, in this region. A service that names one uses the one of that name here; where there is none, the
   * region's own. @default none
   */
  furtherConnectors: z.array(furtherConnector).optional(),
  /** Cloud NAT of this region, with addresses of its own: whoever admits the platform by address must admit them, too. */
  nat: nat.default({}),
  /** What this region has in the network that `network.unmanaged` names. Leave out where the network is created here. */
  unmanaged: unmanagedRegion.optional(),
  /** Needed where a service here uses the database or the cache, which are in the main region. @default none does */
  remoteData: section({
    /** Why it may: every query crosses regions, which takes time and is billed, and ends with the main region. */
    reason: text({
      pattern: /^\S.{0,299}$/,
      allowed: "a sentence of at most 300 characters",
      fix: 'write for example "reads are cached, writes are rare"',
      placeholder: "a reason",
    }),
    /** Round trip to the main region; the objectives of database and cache have it on top here. */
    roundTripMilliseconds: count({ from: 1, to: 1000, unit: "ms" }),
  }).optional(),
  /** What exists in this region already, and is imported instead of created. What is global is in the environment's. @default none */
  existing: section({
    connector: existingOne("legacy-connector").optional(),
    /** Connectors of `furtherConnectors` of this region, by their names there. @default none */
    connectors: existingByName("connector", 'night: "legacy-night"').optional(),
    /** Subnet of Direct VPC egress. */
    directEgress: existingOne("legacy-run-subnet").optional(),
    router: existingOne("legacy-router").optional(),
    nat: existingOne("legacy-nat").optional(),
    /** Static addresses of Cloud NAT: as many as exist, at most nat.addresses. @default none */
    natAddresses: z.array(existingOne("legacy-nat-1")).default([]),
    /** Cloud Run services, which have the same name as in the main region, by their names here. @default none */
    services: z.array(name("api")).default([]),
  }).optional(),
});

/** A further region that a service runs in. */
export const serviceRegion = section({
  region: text({
    pattern: /^[a-z]+-[a-z]+\d+$/,
    allowed: "one of the environment's further regions",
    fix: 'write for example "europe-west1"',
    placeholder: "europe-west1",
  }),
  /** Instances in this region. @default `instances` of the service */
  instances: instances.optional(),
});
