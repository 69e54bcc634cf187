import { soleReference } from "../../analysis/load-balancing/load-balancer.ts";
import { valuesAt } from "../../analysis/references/references.ts";
import { referenceAttributes } from "../../resources/reference-attributes.ts";
import type { Rule } from "../rule.ts";

/** A reference is made by the attribute that holds what is asked for: the name, the id, the email. */
export const referenceAttribute: Rule = {
  id: "reachability/reference-attribute",
  why: "Name, id, address and email of a resource are different texts, of which an attribute takes one only; the provider passes on any.",
  limit: "the attribute of the other resource that holds the text which the API asks for",
  fix: "Refer to the attribute that holds what is asked for.",
  source: "https://docs.cloud.google.com/apis/design/resource_names",
  *check(graph) {
    for (const { type, path, of, takes, notThese, source } of referenceAttributes)
      for (const resource of graph.all(type)) {
        for (const value of valuesAt(resource, path)) {
          const { address = "", attribute = "" } = soleReference(value) ?? {};
          if (!notThese.includes(attribute) || !new RegExp(`(?:^|\\.)${of}\\.[^.]+$`).test(address)) continue;
          yield {
            resource,
            // A plan does not show whether a function made the right text of it.
            severity: resource.change === undefined ? "error" : "warning",
            message: `${path} is ${address}.${attribute}; rejected by the API: it takes the ${takes.replaceAll("_", " ")}.`,
            fix: `Write ${address}.${takes}.`,
            source,
          };
        }
      }
  },
};
