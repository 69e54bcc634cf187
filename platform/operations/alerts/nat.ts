import { vpcLimits } from "../../../resources/limits.ts";
import { natPorts } from "../../network/nat-ports.ts";
import { isSharedVpc } from "../../network/network-project.ts";
import { networkSetting, regionLabels } from "../../regions/regions.ts";
import type { Alert, Series } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { percent, shareOf, thresholds } from "../thresholds.ts";
import { aboveThreshold } from "./above-threshold.ts";

/** Cloud NAT: ports, and packets dropped because there is none. */
export function natAlerts(context: AlertContext<"natAddresses" | "network">): Alert[] {
  const { natAddresses: addresses, names, alertWindows, projectFlag, locationFlags } = context;
  // Metrics of a Cloud NAT are in its project, whose owner watches it.
  if (addresses === 0 || isSharedVpc(context)) return [];
  const series = (metric: string, metricLabels = {}): Series => ({
    metric: `router.googleapis.com/nat/${metric}`,
    resource: "nat_gateway",
    resourceLabels: { gateway_name: names.nat, ...regionLabels(context, "region") },
    metricLabels,
  });
  const available = addresses * vpcLimits.natPortsPerAddress.value;
  const allocated = shareOf(available, thresholds.ticket);
  const used = shareOf(natPorts.maximum, thresholds.ticket);
  const numbers = [
    `${addresses} × ${vpcLimits.natPortsPerAddress.value} ports (${networkSetting(context)}.nat.addresses)`,
    `${natPorts.minimum} to ${natPorts.maximum} ports for each instance`,
  ];
  const commands = [
    `gcloud compute routers get-status ${names.router} ${locationFlags}`,
    `gcloud compute routers get-nat-mapping-info ${names.router} ${locationFlags}`,
    `gcloud logging read 'resource.type="nat_gateway" AND jsonPayload.allocation_status="DROPPED"' --freshness=30m --limit=20 ${projectFlag}`,
  ] as const;
  return [
    {
      id: "nat-dropped",
      severity: "page",
      symptom: "nat-ports-exhausted",
      title: `${names.nat} drops packets`,
      meaning:
        "No port is left for new connections to the internet: calls to what lies outside time out without an error.",
      numbers,
      commands,
      conditions: [
        aboveThreshold({
          title: "packets dropped for want of ports",
          series: series("dropped_sent_packets_count", { reason: "OUT_OF_RESOURCES" }),
          aggregation: { period: alertWindows.sustained, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" },
          threshold: 0,
        }),
        aboveThreshold({
          title: "no port could be allocated",
          series: series("nat_allocation_failed"),
          aggregation: { period: alertWindows.sustained, aligner: "ALIGN_COUNT_TRUE", reducer: "REDUCE_SUM" },
          threshold: 0,
        }),
      ],
    },
    {
      id: "nat-ports",
      severity: "ticket",
      symptom: "nat-ports-exhausted",
      title: `${names.nat} runs out of ports`,
      meaning: "Another static address, or fewer connections to one destination, before packets are dropped.",
      numbers: [`${percent(thresholds.ticket)} of either`, ...numbers],
      commands,
      conditions: [
        aboveThreshold({
          title: `more than ${allocated} ports allocated`,
          series: series("allocated_ports"),
          aggregation: { period: alertWindows.minute, aligner: "ALIGN_MAX", reducer: "REDUCE_SUM" },
          threshold: allocated,
          duration: alertWindows.sustained,
        }),
        aboveThreshold({
          title: `one instance has more than ${used} connections to one destination`,
          series: series("port_usage"),
          aggregation: { period: alertWindows.minute, aligner: "ALIGN_MAX", reducer: "REDUCE_MAX" },
          threshold: used,
          duration: alertWindows.sustained,
        }),
      ],
    },
  ];
}
