import {
  anything,
  atLeastOneOf,
  atMostOneOf,
  choice,
  custom,
  exactlyOneOf,
  form,
  order,
  range,
  required,
} from "../constraints/index.ts";
import { durations } from "../durations.ts";
import { lostAccess } from "../impact.ts";
import { connectorLimits as limits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

const NAME = /^[a-z][-a-z0-9]{0,23}[a-z0-9]$/;

/** Serverless VPC Access connector. */
export const vpcAccessConnector: ResourceType = {
  type: "google_vpc_access_connector",
  label: "connector",
  nameScope: "region",
  collection: "connectors",
  externalKind: "connector",
  importId: "projects/{project}/locations/{region}/connectors/{name}",
  requiredRole: "roles/vpcaccess.admin",
  references: { network: ["google_compute_network"], "subnet.name": ["google_compute_subnetwork"] },
  deleteImpact: {
    destroyed: ({ users }) => lostAccess(users, "the VPC permanently"),
    replaced: ({ users, createBeforeDestroy }) =>
      createBeforeDestroy
        ? "the new one is created first; instances that still run on the old one lose the VPC when it is deleted"
        : lostAccess(users, `the VPC for ${durations.connectorReplaced.value}`),
  },
  environmentKeys: {
    min_instances: "network.connector.minInstances",
    max_instances: "network.connector.maxInstances",
    machine_type: "network.connector.machineType",
    ip_cidr_range: "network.addresses.connector",
  },
  fieldRules: [
    {
      id: "capacity/connector-instances",
      why: "A connector has 2 to 10 instances and a maximum must be written; the provider checks neither, and the apply fails minutes in.",
      fix: "Set both min_instances and max_instances within their bounds; for more load choose machine_type e2-standard-4 or Direct VPC egress.",
      source: limits.maxInstancesHigh.source,
      constraints: [
        range("min_instances", {
          low: limits.minInstancesLow,
          high: limits.minInstancesHigh,
          zeroIsUnset: true,
        }),
        range("max_instances", {
          low: limits.maxInstancesLow,
          high: limits.maxInstancesHigh,
          zeroIsUnset: true,
        }),
        order("min_instances", "max_instances", { zeroIsUnset: true }),
        // Until 6.0.0 the provider sent max_throughput = 300 where nothing was written.
        atLeastOneOf(["max_instances", "max_throughput"], {
          since: "6.0.0",
          fix: "Set min_instances and max_instances, for example 2 and 10.",
        }),
      ],
    },
    {
      id: "capacity/connector-shape",
      why: "The provider checks neither name nor machine type of a connector, and the apply fails on either.",
      source: limits.nameLength.source,
      constraints: [
        form("name", NAME, {
          form: `2 to ${limits.nameLength.value} lowercase letters, digits and hyphens, a letter first and no hyphen last`,
          examples: ["staging-connector", "c1"],
          longest: limits.nameLength,
          signs: /^[-a-z0-9]*$/,
        }),
        custom(
          `name: at most ${limits.weightedNameLength.value} characters with each hyphen counted twice, in the console`,
          function* (connector) {
            const name = connector.string("name") ?? "";
            const weight = name.length + name.split("-").length - 1;
            if (NAME.test(name) && weight > limits.weightedNameLength.value)
              yield {
                found: `name is "${name}", ${weight} characters with each hyphen counted twice`,
                because: `the console takes at most ${limits.weightedNameLength.value}`,
                fix: "Shorten the name, for example by leaving the environment out.",
              };
          },
          { severity: "warning", source: limits.weightedNameLength.source },
        ),
        choice("machine_type", Object.keys(limits.throughputPerInstance.value)),
        // After the apply the network is read back next to the subnet: `state` holds a value then.
        exactlyOneOf(["network", "subnet"], {
          when: { state: [undefined] },
          outcome: "rejected at plan",
          fix: "Set network with ip_cidr_range, or subnet with its name.",
        }),
        required(["ip_cidr_range"], {
          when: { network: [anything], "subnet.name": [undefined] },
          because: "the connector has no range",
          fix: 'Set ip_cidr_range to a free /28, for example "10.8.0.0/28".',
        }),
      ],
    },
    {
      id: "capacity/connector-throughput",
      why: "Throughput is written in steps of 100 Mbit/s and instead of the number of instances; the provider checks only 200 to 1000.",
      fix: "Set min_instances and max_instances instead, for example 2 and 10.",
      source: limits.throughputStep.source,
      constraints: [
        range("min_throughput", {
          low: limits.minThroughputLow,
          high: limits.minThroughputHigh,
          step: limits.throughputStep,
          zeroIsUnset: true,
        }),
        range("max_throughput", {
          low: limits.maxThroughputLow,
          high: limits.maxThroughputHigh,
          step: limits.throughputStep,
          zeroIsUnset: true,
        }),
        order("min_throughput", "max_throughput", { zeroIsUnset: true }),
        // After the apply both are in the state, and in a plan that takes one from there.
        ...(["min", "max"] as const).map((end) =>
          atMostOneOf([`${end}_instances`, `${end}_throughput`], {
            when: { state: [undefined] },
            outcome: "rejected at plan",
            fix: `Remove ${end}_throughput.`,
          }),
        ),
      ],
    },
  ],
};
