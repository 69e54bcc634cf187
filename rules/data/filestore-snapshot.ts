import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

const BASIC = /^(STANDARD|PREMIUM|BASIC_HDD|BASIC_SSD)$/;

/** Snapshots are kept within an instance, which basic tiers cannot. */
export const filestoreSnapshot: Rule = {
  id: "data/filestore-snapshot",
  why: "Only zonal and regional tiers of Filestore take snapshots; a basic instance has backups only.",
  limit: "instance of a google_filestore_snapshot: tier ZONAL, REGIONAL or ENTERPRISE, in the same location",
  fix: "Use google_filestore_backup, or another tier.",
  source: "https://docs.cloud.google.com/filestore/docs/snapshots",
  *check(graph) {
    for (const snapshot of graph.all("google_filestore_snapshot")) {
      const instance = follow(graph, snapshot.get("instance"), ["google_filestore_instance"], snapshot);
      const tier = instance?.string("tier") ?? "";
      if (instance !== undefined && BASIC.test(tier))
        yield {
          resource: snapshot,
          message: `tier of ${instance.address} is ${tier}; rejected by the API: basic tiers have no snapshots.`,
        };
      const [own, home] = [snapshot, instance].map((one) => one?.string("location"));
      if (instance !== undefined && own !== undefined && home !== undefined && own !== home)
        yield {
          resource: snapshot,
          message: `location is ${own}, and that of ${instance.address} is ${home}; rejected by the API: a snapshot is where its instance is.`,
          fix: `Set location = "${home}".`,
        };
    }
  },
};
