import type { Block } from "../../graph/index.ts";
import { connectorLimits } from "../../resources/limits.ts";
import { difference, lowered } from "../plan/compare.ts";
import { title } from "../plan/title.ts";
import type { ImpactDescription } from "./impact.ts";

/** google_vpc_access_connector: what grows in place cannot shrink again. */
export const connector: ImpactDescription = {
  types: ["google_vpc_access_connector"],
  describe: (change) => {
    const name = title(change, "connector");
    if (change.action === "create")
      return [`${name} is created${carries(change.after)}; that takes some minutes.`];
    if (change.action !== "update") return [];
    const grown = ["min_instances", "max_instances"].flatMap((path) => {
      const found = difference(change, path);
      return found === undefined || lowered(change, path) !== undefined ? [] : [`${path} ${found.text}`];
    });
    const machine = difference(change, "machine_type");
    return [
      ...(grown.length === 0
        ? []
        : [
            `${name} grows in place (${grown.join(", ")})${carries(change.after)}: no connection is cut, and it can only shrink by being replaced.`,
          ]),
      ...(machine === undefined
        ? []
        : [
            `${name} changes its machine type (${machine.text})${carries(change.after)}: instances are replaced one by one, and connections through them are cut.`,
          ]),
    ];
  },
};

/** " and carries 600 Mbit/s at most". */
function carries(after: Block): string {
  const machine = after.string("machine_type") ?? connectorLimits.defaultMachineType.value;
  const each = connectorLimits.throughputPerInstance.value[machine];
  const most = after.number("max_instances");
  return each === undefined || most === undefined ? "" : ` and carries ${each * most} Mbit/s at most`;
}
