import { vpcLimits } from "../../../resources/limits.ts";
import { natPorts } from "../../network/nat-ports.ts";
import { networkSetting } from "../../regions/regions.ts";
import { alertCharts, type DashboardParts } from "./alert-charts.ts";
import type { BudgetLine, Section } from "./widget.ts";

/** Connector, dropped packets of services, and Cloud NAT. */
export function networkSection(parts: DashboardParts): Section {
  const { connector } = parts.network;
  const ports = parts.natAddresses * vpcLimits.natPortsPerAddress.value;
  return {
    title: "The way into the network and out of it",
    subtitle:
      "A full connector drops packets: database and Redis below look slow or silent while they are idle",
    widgets: [
      ...alertCharts(parts, {
        title: "Connector: sent and received",
        unit: "bytes/s",
        alerts: ["connector-over-budget", "connector-throughput"],
        legend: "both ways",
      }),
      ...alertCharts(parts, {
        title: "Connector: instances",
        unit: "instances",
        alerts: ["connector-instances"],
        legend: "instances",
        budgets: limitLine(connector?.maxInstances, `${networkSetting(parts)}.connector.maxInstances`),
      }),
      ...alertCharts(parts, {
        title: "Connector: CPU of the busiest",
        unit: "share",
        alerts: ["connector-cpu"],
        legend: "99th percentile",
      }),
      ...(parts.network.furtherConnectors ?? []).flatMap(({ name, maxInstances }) => [
        ...alertCharts(parts, {
          title: `Connector ${name}: sent and received`,
          unit: "bytes/s",
          alerts: [`connector-${name}-over-budget`, `connector-${name}-throughput`],
          legend: "both ways",
        }),
        ...alertCharts(parts, {
          title: `Connector ${name}: instances`,
          unit: "instances",
          alerts: [`connector-${name}-instances`],
          legend: "instances",
          budgets: limitLine(maxInstances, `${networkSetting(parts)}.furtherConnectors.${name}.maxInstances`),
        }),
        ...alertCharts(parts, {
          title: `Connector ${name}: CPU of the busiest`,
          unit: "share",
          alerts: [`connector-${name}-cpu`],
          legend: "99th percentile",
        }),
      ]),
      ...alertCharts(parts, {
        title: "Packets that services could not send",
        unit: "packets",
        alerts: parts.services.map(({ name }) => `${name}-packets-dropped`),
        legend: "${resource.labels.service_name}",
      }),
      ...alertCharts(parts, {
        title: "Cloud NAT: ports allocated",
        unit: "ports",
        alerts: ["nat-ports"],
        metric: "router.googleapis.com/nat/allocated_ports",
        legend: "allocated",
        budgets: [{ value: ports, label: `all of ${ports}` }],
      }),
      ...alertCharts(parts, {
        title: "Cloud NAT: ports of one instance, one destination",
        unit: "ports",
        alerts: ["nat-ports"],
        metric: "router.googleapis.com/nat/port_usage",
        legend: "the most of one instance",
        budgets: [{ value: natPorts.maximum, label: `maximum ${natPorts.maximum}` }],
      }),
      ...alertCharts(parts, {
        title: "Cloud NAT: packets dropped",
        unit: "packets",
        alerts: ["nat-dropped"],
        metric: "router.googleapis.com/nat/dropped_sent_packets_count",
        legend: "no port left",
      }),
      ...alertCharts(parts, {
        title: "Cloud NAT: no port could be allocated",
        unit: "times",
        alerts: ["nat-dropped"],
        metric: "router.googleapis.com/nat/nat_allocation_failed",
        legend: "failed",
      }),
    ],
  };
}

function limitLine(value: number | undefined, key: string): BudgetLine[] {
  return value === undefined ? [] : [{ value, label: `${key} ${value}` }];
}
