import type { Rule } from "../rule.ts";

/** What a value has besides the attributes of its variable's type is left out without a word. */
export const droppedAttribute: Rule = {
  id: "schema/dropped-attribute",
  why: "Terraform leaves out what an object type does not have, so that a misspelt optional attribute keeps its default and nobody is told.",
  limit: "the attributes of values are those that the type of their variable has",
  fix: "Write the attribute as the type of the variable has it.",
  source: "https://developer.hashicorp.com/terraform/language/expressions/type-constraints#object",
  exampleSeverity: "warning",
  *check(graph) {
    const reported = new Set<string>();
    for (const resource of graph.all())
      for (const [address, dropped] of graph.dropped(resource))
        for (const { name, meant } of dropped) {
          const key = graph.key(`${address} ${name} ${meant}`, resource);
          if (reported.has(key)) continue;
          reported.add(key);
          yield {
            resource,
            severity: "warning",
            message: `the value of ${address} has ${name}, which its type leaves out, and no ${meant}; fails at run time: ${meant} keeps its default.`,
            fix: `Write ${meant} in place of ${name}.`,
          };
        }
  },
};
