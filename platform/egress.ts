import { cloudSqlLimits } from "../resources/limits.ts";
import { redisPort } from "./contract.ts";
import type { Environment, Service } from "./schema/environment.ts";

/** Traffic that may leave the network. */
export interface EgressRule {
  readonly name: string;
  readonly protocol: "tcp" | "udp";
  readonly ports: readonly string[];
  readonly ranges: readonly string[];
}

const ALL_ADDRESSES = "0.0.0.0/0";
/** The metadata server is the DNS server of the network. */
const METADATA_SERVER = "169.254.169.254/32";

/** The destinations that services need; the firewall rules are derived from them (incident I-2). */
export function egressRules(
  plan: Pick<Environment, "services" | "network" | "cache" | "externalDependencies">,
): EgressRule[] {
  const { services, network, cache, externalDependencies } = plan;
  const privateServices = [network.addresses.privateServices];
  const postgres = new Set(
    services.flatMap(({ database }) => {
      if (database === undefined) return [];
      const { connectorPort, postgresPort } = cloudSqlLimits;
      return [String((database.via === "socket" ? connectorPort : postgresPort).value)];
    }),
  );
  const outside = new Set(["443", ...externalDependencies.map(({ port }) => String(port))]);
  const rules: EgressRule[] = [
    { name: "postgres", protocol: "tcp", ports: [...postgres].sort(), ranges: privateServices },
    {
      name: "redis",
      protocol: "tcp",
      ports: services.some((service) => service.cache !== undefined) ? [String(redisPort(cache))] : [],
      ranges: privateServices,
    },
    { name: "https", protocol: "tcp", ports: [...outside].sort(), ranges: [ALL_ADDRESSES] },
    { name: "dns-udp", protocol: "udp", ports: ["53"], ranges: [METADATA_SERVER] },
    { name: "dns-tcp", protocol: "tcp", ports: ["53"], ranges: [METADATA_SERVER] },
  ];
  return rules.filter((rule) => rule.ports.length > 0);
}

/** Cloud Run's setting for the traffic of a service that is routed through the network. */
export type EgressMode = "ALL_TRAFFIC" | "PRIVATE_RANGES_ONLY";

/**
 * ALL_TRAFFIC where a dependency of the service admits callers by the static address of Cloud NAT; otherwise public
 * traffic leaves through Cloud Run itself, which is cheaper.
 */
export function egressMode(
  externalDependencies: Environment["externalDependencies"],
  service: Service,
): EgressMode {
  const throughNat = externalDependencies.filter(({ source }) => source === "nat").map(({ name }) => name);
  return service.dependsOn.some((name) => throughNat.includes(name)) ? "ALL_TRAFFIC" : "PRIVATE_RANGES_ONLY";
}
