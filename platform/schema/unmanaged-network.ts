import { z } from "zod";
import { projectId } from "./common.ts";
import { text } from "./leaf.ts";
import { section } from "./section.ts";

/** A name that Compute Engine or Serverless VPC Access has given. */
export const resourceName = (example: string) =>
  text({
    pattern: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    allowed: "a name of 1 to 63 lower-case letters, digits and hyphens that starts with a letter",
    fix: `write for example "${example}", without project and region`,
    placeholder: "placeholder",
  });

const unmanagedNat = section({
  router: resourceName("corp-router"),
  name: resourceName("corp-nat"),
  /** Names of its static addresses, which others may admit. */
  addresses: z.array(resourceName("corp-nat-1")),
});

/** What a region has in a network that others manage. */
const ofRegion = {
  /** Subnet of Direct VPC egress in this region; its range is `addresses.directEgress`. */
  directEgress: resourceName("run-europe-west1").optional(),
  /** Serverless VPC Access connector in this region; its range and size are `addresses.connector` and `connector`. */
  connector: resourceName("corp-connector").optional(),
  /**
   * Subnet of a connector of our own, which is created in the environment's project: a /28 that nothing else uses, in place of `connector`.
   * Its range and size are `addresses.connector` and `connector`.
   */
  connectorSubnet: resourceName("connector-europe-west1").optional(),
  /** Cloud NAT of this region. Leave out where nothing reaches the internet through the network. */
  nat: unmanagedNat.optional(),
};

/** What a further region has in the network that `network.unmanaged` names. */
export const unmanagedRegion = section(ofRegion);

/**
 * A network that others manage: nothing of it is created, changed or destroyed here. `network.addresses` and
 * `network.connector` then state what it has, as the budgets need it.
 */
export const unmanagedNetwork = section({
  /** VPC network. */
  network: resourceName("corp-vpc"),
  /**
   * Project of the network and of everything named here, where it is a Shared VPC: this environment's project is attached to
   * it, and its owner grants what `npm start` prints. Needs `projectNumber`. @default the environment's own project
   */
  hostProject: projectId("acme-network").optional(),
  ...ofRegion,
  /** Allocated range of private services access, `network.addresses.privateServices`; Cloud SQL and Redis name it. */
  privateServices: resourceName("google-managed-services").optional(),
  /** Subnet of the endpoints of Memorystore for Valkey, `network.addresses.privateServiceConnect`, with its service connection policy. */
  privateServiceConnect: resourceName("valkey-europe-west1").optional(),
});
