import { named, virtualServices } from "../../analysis/mesh/objects.ts";
import type { Rule } from "../rule.ts";
import { VIRTUAL_SERVICE_DOC } from "./sources.ts";

const FIELDS = ["uri", "authority", "scheme", "method"];

/** A star in a prefix or in an exact text is a letter. */
export const literalStar: Rule = {
  id: "mesh/literal-star",
  why: "Istio knows patterns in regex only: in prefix and exact a star is a letter, and no request has it.",
  limit: "no * in a prefix or exact match, nor in a rewritten uri",
  fix: "Write the prefix without the star; prefix /api/ matches everything below /api/.",
  source: VIRTUAL_SERVICE_DOC,
  exampleSeverity: "warning",
  *check(graph) {
    for (const object of virtualServices(graph))
      for (const [index, route] of object.spec.blocks("http").entries())
        for (const match of route.blocks("match"))
          for (const field of FIELDS)
            for (const kind of ["prefix", "exact"]) {
              const text = match.string(`${field}.${kind}`) ?? "";
              if (!text.includes("*")) continue;
              const path = `spec.http[${index}].match.${field}.${kind}`;
              yield {
                resource: object.resource,
                severity: "warning",
                message: `VirtualService ${named(object)}: ${path} is "${text}"; fails at run time: the star is a letter here, and no request matches.`,
                fix: fixOf(text, kind),
              };
            }
  },
};

function fixOf(text: string, kind: string): string {
  const [stem = ""] = text.split("*");
  const isLast = text === `${stem}*` && stem !== "";
  return isLast
    ? `Write prefix: "${stem}".`
    : `Write regex: "${text.replaceAll(/[.+?()[\]{}^$|\\]/g, "\\$&").replaceAll("*", ".*")}" instead of ${kind}.`;
}
