import { serviceNames } from "../../../resources/index.ts";
import { lowered } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** The provider of today replaces it; one that says "update" is refused by Google, which never shrinks a connector. */
export const connectorHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_vpc_access_connector"],
    what: "fewer instances or less throughput, where the plan does not replace the connector",
    why: "a connector never shrinks: Google refuses it, or replaces it under its services",
    find: (change, context) => {
      const less = ["min_instances", "max_instances", "min_throughput", "max_throughput"].flatMap((path) => {
        const found = lowered(change, path);
        return found === undefined ? [] : [`${path} ${found.text}`];
      });
      if (less.length === 0) return undefined;
      const users = context.users(change);
      return `${title(change, "connector")} would SHRINK (${less.join(", ")}): Google refuses that, or ${users.length === 0 ? "whoever uses it" : serviceNames(users)} loses the VPC while it is made anew.`;
    },
  }),
];
