import { serviceNames } from "../../../resources/index.ts";
import { lowered } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Current providers replace it; an update in place is rejected by the API, which never shrinks a connector. */
export const connectorHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_vpc_access_connector"],
    what: "fewer instances or less throughput, where the plan does not replace the connector",
    why: "a connector cannot shrink: the API rejects the update, or the connector is replaced under its services",
    find: (change, context) => {
      const less = ["min_instances", "max_instances", "min_throughput", "max_throughput"].flatMap((path) => {
        const found = lowered(change, path);
        return found === undefined ? [] : [`${path} ${found.text}`];
      });
      if (less.length === 0) return undefined;
      const users = context.users(change);
      return `${title(change, "connector")} would SHRINK (${less.join(", ")}): the API rejects that, or ${users.length === 0 ? "its services lose" : `${serviceNames(users)} ${users.length === 1 ? "loses" : "lose"}`} VPC access while it is recreated.`;
    },
  }),
];
