import { connectorLimits } from "../../resources/limits.ts";
import { choice, count, range } from "./leaf.ts";
import { section } from "./section.ts";

/** Range of a connector. */
export const connectorRange = range({
  smallest: connectorLimits.prefix.value,
  largest: connectorLimits.prefix.value,
  because: "a Serverless VPC Access connector takes a /28",
});

/** Size of a Serverless VPC Access connector. */
export const connectorSize = {
  /** Machine type of its instances: e2-micro carries 100 Mbit/s each, e2-standard-4 1,600. @default "e2-micro" */
  machineType: choice(["f1-micro", "e2-micro", "e2-standard-4"]).default("e2-micro"),
  /** Instances that always run, 2 to 9. A connector needs about 30 s to add one, so this is the capacity at once. */
  minInstances: count({
    from: connectorLimits.minInstancesLow.value,
    to: connectorLimits.minInstancesHigh.value,
    because: "Google's bounds of a connector's minimum",
    unit: "instances",
  }),
  /** Instances it may grow to, 3 to 10. It never shrinks again; lowering this number replaces the connector. */
  maxInstances: count({
    from: connectorLimits.maxInstancesLow.value,
    to: connectorLimits.maxInstancesHigh.value,
    because: "Google refuses a connector maximum above 10",
    unit: "instances",
    fix: "write at most 10; for more throughput choose machineType e2-standard-4 or move services to path direct",
  }),
};

export const connector = section(connectorSize);
