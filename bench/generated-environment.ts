import type { EnvironmentInput } from "../platform/schema/environment.ts";
import { cidr } from "../platform/units.ts";
import { environment as staging } from "../test/fixtures/environments/staging.ts";

/** Staging's platform with as many services as asked for, each with a database, a cache, secrets and a host of its own. */
export function generatedEnvironment(services: number): EnvironmentInput {
  const [template] = staging.services;
  if (template === undefined) throw new Error("staging has no service to copy");
  // Both name staging's own services and hosts.
  const { existing: _, validation: __, ...platform } = staging;
  return {
    ...platform,
    network: {
      ...platform.network,
      addresses: { ...platform.network?.addresses, directEgress: cidr("10.4.0.0/18") },
    },
    services: Array.from({ length: services }, (_, index) => ({
      ...template,
      name: `service-${index + 1}`,
      path: "direct" as const,
      instances: { min: 1, max: 2 },
      database: { pool: 1, overflow: 1, via: "socket" as const },
      dependsOn: [],
      exposure: [{ host: `service-${index + 1}.netrasystems.ai` }],
    })),
  };
}
