import { type Constraint, custom } from "../constraints/index.ts";
import { zoneForm } from "../places.ts";

/** Two zones of one instance: both of its region, and different ones. */
export function twoZones(first: string, second: string): Constraint {
  return custom(
    `${first} and ${second}: two zones of the instance's region`,
    function* (instance, { region }) {
      for (const attribute of [first, second]) {
        // A zone in place of the region is reported as such (schema/region).
        if (region !== undefined && zoneForm.test(region)) break;
        const zone = instance.string(attribute);
        if (
          zone === undefined ||
          region === undefined ||
          !zoneForm.test(zone) ||
          zone.startsWith(`${region}-`)
        )
          continue;
        yield {
          found: `${attribute} is "${zone}" and the instance is in ${region}`,
          because: "the zone is not in that region",
          fix: `Set ${attribute} to a zone of the region, for example "${region}-b".`,
        };
      }
      const zone = instance.string(first);
      if (zone !== undefined && zone !== "" && zone === instance.string(second))
        yield {
          found: `${first} and ${second} are both "${zone}"`,
          because: "the replica needs another zone",
          fix: `Choose another ${second}, for example "${zone.slice(0, -1)}${zone.endsWith("c") ? "b" : "c"}".`,
        };
    },
  );
}
