import type { Attributes } from "../attributes.ts";
import { custom } from "../constraints/index.ts";
import { zoneForm } from "../places.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

/** Zones that a regional group uses where none is named. */
const DEFAULT_ZONES = 3;
const STEPS = ["max_surge_fixed", "max_unavailable_fixed"] as const;

/** An update needs either more machines for a while or fewer. */
function* standstill(group: Attributes) {
  for (const policy of group.blocks("update_policy")) {
    const written = ["max_surge", "max_unavailable"].map((step) => [`${step}_fixed`, `${step}_percent`]);
    const isZero = written.every((names) => {
      const set = names.filter((name) => policy.get(name) !== undefined);
      return set.length > 0 && set.every((name) => policy.number(name) === 0);
    });
    if (isZero)
      yield {
        found: "update_policy has neither max_surge nor max_unavailable above 0",
        because: "an update has either more machines or fewer",
        fix: `Set max_surge_fixed = ${DEFAULT_ZONES}.`,
      };
  }
}

function* fewerThanZones(group: Attributes) {
  const zones =
    group.get("distribution_policy_zones") === undefined
      ? DEFAULT_ZONES
      : group.entries("distribution_policy_zones");
  if (zones === undefined) return;
  for (const policy of group.blocks("update_policy"))
    for (const step of STEPS) {
      const count = policy.number(step);
      if (count !== undefined && count !== 0 && count < zones)
        yield {
          found: `update_policy.${step} is ${count} with ${zones} zones`,
          because: "in a regional group it is 0 or at least the number of zones",
          fix: `Set ${step} = ${zones}.`,
        };
    }
}

const rule: FieldRule = {
  id: "capacity/group-update",
  why: "A managed instance group updates machine by machine in each of its zones; the provider does not check whether its policy leaves room for it.",
  source:
    "https://docs.cloud.google.com/compute/docs/instance-groups/rolling-out-updates-to-managed-instance-groups",
  constraints: [custom("update_policy: max_surge or max_unavailable above 0", standstill)],
};

const zones: FieldRule = {
  id: "reachability/group-zones",
  why: "A regional group spreads its machines over zones of its own region.",
  source: "https://docs.cloud.google.com/compute/docs/instance-groups/regional-migs",
  constraints: [
    custom("distribution_policy_zones: zones of region", function* (group, { region }) {
      const written = group.get("distribution_policy_zones");
      if (region === undefined || !Array.isArray(written)) return;
      for (const zone of written)
        if (typeof zone === "string" && zoneForm.test(zone) && !zone.startsWith(`${region}-`))
          yield {
            found: `distribution_policy_zones contains "${zone}" and the group is in ${region}`,
            because: "its machines run in zones of its region",
            fix: `Name a zone of ${region}, for example "${region}-b".`,
          };
    }),
  ],
};

/** Managed instance groups. */
export const instanceGroupManagers: readonly ResourceType[] = [
  {
    type: "google_compute_instance_group_manager",
    label: "instance group",
    nameScope: "zone",
    fieldRules: [rule],
  },
  {
    type: "google_compute_region_instance_group_manager",
    label: "instance group",
    nameScope: "region",
    fieldRules: [
      zones,
      {
        ...rule,
        constraints: [
          ...rule.constraints,
          custom(
            "update_policy of a regional group: max_surge_fixed and max_unavailable_fixed 0, or the number of zones and more",
            fewerThanZones,
          ),
        ],
      },
    ],
  },
];
