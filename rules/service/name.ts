import { knownPieces } from "../../analysis/network/known-pieces.ts";
import { workloads } from "../../analysis/workload/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** Services and revisions have names that Cloud Run takes. */
export const serviceName: Rule = {
  id: "service/name",
  why: "Cloud Run rejects a service name with capitals or underscores, or of 50 characters and more; the provider does not look.",
  limit: `a letter first, then lower-case letters, digits and hyphens, no hyphen last, ${cloudRunLimits.serviceNameLength.value} characters; revisions of the first generation begin with the name of their service`,
  fix: "Shorten the name to lower-case letters, digits and hyphens.",
  source: cloudRunLimits.serviceNameLength.source,
  *check(graph) {
    for (const { resource, kind, generation, label } of workloads(graph)) {
      const name = resource.string("name");
      const { pieces, length } = knownPieces(resource.get("name"));
      const shown = pieces.join("…");
      if (kind === "function" || shown.includes("$")) continue;
      // No document bounds the name of a job: this is what a label of the Domain Name System takes.
      const longest = (kind === "job" ? cloudRunLimits.revisionNameLength : cloudRunLimits.serviceNameLength)
        .value;
      if (length > longest)
        yield {
          resource,
          message: `the name "${shown}" has ${length} characters; rejected by the API: it has ${longest} at most.`,
        };
      else if (
        /[^-a-z0-9]/.test(pieces.join("")) ||
        (name !== undefined && !/^[a-z](.*[a-z0-9])?$/.test(name))
      )
        yield {
          resource,
          message: `"${shown}" is not the name of a ${label}; rejected by the API: it is lower-case letters, digits and hyphens, a letter first.`,
        };
      // The second generation takes any revision name.
      const revision = generation === 1 ? resource.string("template.metadata.name") : undefined;
      if (name === undefined || !revision || revision.startsWith(`${name}-`)) continue;
      yield {
        resource,
        message: `the revision "${revision}" does not begin with the name of its service; rejected by the API: it must begin with "${name}-".`,
        fix: "Leave the revision name out, so that Cloud Run makes one for each change.",
      };
    }
  },
};
