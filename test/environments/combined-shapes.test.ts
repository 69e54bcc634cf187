import { expect, test } from "@jest/globals";
import type { ServiceInput } from "../../platform/define.ts";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment, EnvironmentInput } from "../../platform/schema/environment.ts";
import { cidr } from "../../platform/units.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { discard, synthesize } from "../../synthesis/synthesize.ts";
import { shapes } from "../fixtures/shapes.ts";
import { TODAY } from "../support/environments.ts";

const REGION = "us-central1";

/** The same platform with every service in a second region as well. */
function inTwoRegions(input: EnvironmentInput): EnvironmentInput {
  const usesConnector = input.services.some(({ path }) => path === "connector");
  const connector = { minInstances: 2, maxInstances: 3 };
  const usesData = input.services.some(
    ({ database, databases, cache, caches }) => (database ?? databases ?? cache ?? caches) !== undefined,
  );
  const remoteData = { reason: "reads are cached, writes are rare", roundTripMilliseconds: 110 };
  return {
    ...input,
    projectNumber: "123456789012",
    regions: [
      {
        region: REGION,
        addresses: {
          directEgress: cidr("10.8.1.0/24"),
          ...(usesConnector ? { connector: cidr("10.8.17.0/28") } : {}),
        },
        ...(usesConnector ? { connector } : {}),
        ...(usesData ? { remoteData } : {}),
      },
    ],
    services: input.services.map((service: ServiceInput) => ({
      ...service,
      // Few enough for the connections that a database has for one region.
      instances: { ...service.instances, max: 2 },
      regions: [{ region: REGION }],
    })),
  };
}

/** The same platform in a Shared VPC of another project. */
function inSharedVpc(input: EnvironmentInput): EnvironmentInput {
  const network = input.network ?? { addresses: {} };
  const { connector, directEgress, privateServices, privateServiceConnect } = network.addresses;
  return {
    ...input,
    projectNumber: "123456789012",
    network: {
      ...network,
      ...(network.furtherConnectors === undefined
        ? {}
        : {
            furtherConnectors: network.furtherConnectors.map((further) => ({
              ...further,
              subnet: `connector-${further.name}`,
            })),
          }),
      unmanaged: {
        network: "corp-vpc",
        hostProject: "acme-network",
        ...(connector === undefined ? {} : { connectorSubnet: "connector-europe-west1" }),
        ...(directEgress === undefined ? {} : { directEgress: "run-europe-west1" }),
        ...(privateServices === undefined ? {} : { privateServices: "google-managed-services" }),
        ...(privateServiceConnect === undefined ? {} : { privateServiceConnect: "valkey-europe-west1" }),
        nat: { router: "corp-router", name: "corp-nat", addresses: ["corp-nat-1"] },
      },
    },
  };
}

function environments(change: (input: EnvironmentInput) => EnvironmentInput): {
  refused: Record<string, string[]>;
  taken: Environment[];
} {
  const refused: Record<string, string[]> = {};
  const taken: Environment[] = [];
  for (const [name, input] of Object.entries(shapes)) {
    if (input.services.length === 0 || input.regions !== undefined || input.network?.unmanaged !== undefined)
      continue;
    const parsed = parseEnvironment(name, change(input), TODAY);
    if (parsed.ok) taken.push(parsed.environment);
    else refused[name] = parsed.issues.map(formatIssue);
  }
  return { refused, taken };
}

test.each([
  ["in two regions", inTwoRegions],
  ["in a Shared VPC", inSharedVpc],
])("every shape %s is synthesized, once each, and held by the rule book", async (_, change) => {
  const { refused, taken } = environments(change);
  expect(refused).toEqual({});
  const synthesis = await synthesize(taken);
  try {
    for (const environment of taken) {
      const { errors } = evaluate(environment, synthesis, TODAY);
      expect({ [environment.name]: errors }).toEqual({ [environment.name]: [] });
      const { uptimeChecks, connectivityTests, alerts } = platformPlan(environment);
      const ids = [uptimeChecks, connectivityTests, alerts].map((parts) => parts.map(({ id }) => id));
      for (const some of ids) expect(some).toEqual([...new Set(some)]);
    }
  } finally {
    discard(synthesis);
  }
});
