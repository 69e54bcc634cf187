import { redisPort } from "../contract.ts";
import { cloudSqlLimits, wellKnownPorts } from "../limits.ts";
import { platformNames } from "../names.ts";
import { platformPlan } from "../plan.ts";
import { formatAddress, parseRange } from "../ranges.ts";
import type { Environment, Service } from "../schema/environment.ts";

/** A way that the address plan promises, which Network Intelligence analyses whenever somebody asks. */
export interface ConnectivityTest {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** Address of the range that the path's instances have: a revision as source would be another with each deployment. */
  readonly source: string;
  readonly destination:
    | { readonly cloudSqlInstance: string }
    | { readonly redisInstance: string }
    | { readonly ipAddress: string };
  readonly port: number;
}

/** Google's public DNS answers HTTPS under this address; any address outside would do. */
const OUTSIDE = "8.8.8.8";

/** The first addresses of a range are Google's own. */
const FIRST_INSTANCE = 4;

/** From each path that a service takes, to each thing that a service on it reaches. */
export function connectivityTests(environment: Environment): ConnectivityTest[] {
  return (["connector", "direct"] as const).flatMap((path) => {
    const services = environment.services.filter((service) => service.path === path);
    const { addresses } = environment.network;
    const range = parseRange(path === "connector" ? addresses.connector : addresses.directEgress);
    if (services.length === 0 || range === undefined) return [];
    const source = formatAddress(range.first + FIRST_INSTANCE);
    return destinations(environment, services).map(({ id, ...rest }) => ({
      id: `${path}-to-${id}`,
      // At most 40 characters.
      name: `${environment.prefix}-${path}-to-${id}`,
      title: `services on path "${path}" reach ${id}`,
      source,
      ...rest,
    }));
  });
}

function destinations(
  environment: Environment,
  services: readonly Service[],
): Pick<ConnectivityTest, "id" | "destination" | "port">[] {
  const { project, region, cache } = environment;
  const names = platformNames(environment);
  const database = { cloudSqlInstance: `projects/${project}/instances/${names.database}` };
  const through = (via: "socket" | "private-ip"): boolean =>
    services.some((service) => service.database?.via === via);
  return [
    ...(through("socket")
      ? [{ id: "database-socket", destination: database, port: cloudSqlLimits.connectorPort.value }]
      : []),
    ...(through("private-ip")
      ? [{ id: "database", destination: database, port: cloudSqlLimits.postgresPort.value }]
      : []),
    ...(services.some((service) => service.cache !== undefined)
      ? [
          {
            id: "redis",
            destination: {
              redisInstance: `projects/${project}/locations/${region}/instances/${names.redis}`,
            },
            port: redisPort(cache),
          },
        ]
      : []),
    ...(services.some((service) => platformPlan(environment).egressMode(service) === "ALL_TRAFFIC")
      ? [{ id: "outside", destination: { ipAddress: OUTSIDE }, port: wellKnownPorts.value.https }]
      : []),
  ];
}
