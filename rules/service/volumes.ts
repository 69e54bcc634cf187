import type { Rule } from "../rule.ts";
import { workloads } from "./cloud-run.ts";

/** Volumes have names of their own. */
export const volumes: Rule = {
  id: "service/volumes",
  why: "A mount names its volume, so Cloud Run refuses two volumes of one name.",
  limit: "each volume name once",
  fix: "Give each volume a name of its own.",
  source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Container#VolumeMount",
  example: `volumes { name = "data" }
volumes { name = "data" }`,
  *check(graph) {
    for (const { resource, revision } of workloads(graph)) {
      const names = revision.blocks("volumes").map((volume) => volume.string("name"));
      const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
      if (twice !== undefined)
        yield { resource, severity: "error", message: `two volumes are named "${twice}": refused at apply.` };
    }
  },
};
