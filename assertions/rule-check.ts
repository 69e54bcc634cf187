import { graphFromTerraformJson } from "../graph/index.ts";
import { printable, withTexts } from "../reporting/escape.ts";
import { ruleBook } from "../rules/index.ts";
import type { Finding } from "../rules/rule.ts";
import { runForErrors } from "../rules/run.ts";
import { withoutSecrets } from "../verification/without-secrets.ts";
import type { AppCheck } from "./app-synthesis.ts";

/** The provider's own schema, which its classes and `terraform validate` hold, apart from what their types cannot say. */
const SCHEMA = /^schema\/(?!missing-attribute$|project$|region$|unknown-attribute$|wrong-type$)/;

/** The rules that judge what constructs state and how it fits together; Kubernetes objects are left to `verify`. */
const rules = ruleBook.filter(({ id }) => !id.startsWith("mesh/") && !SCHEMA.test(id));

/** The errors of the rule book in the resources at these construct paths, each in the grammar of all its messages. */
export function ruleCheck(isAsserted: (path: string) => boolean): AppCheck {
  return (stacks) => {
    const graph = graphFromTerraformJson(stacks);
    const errors = runForErrors(graph, rules).filter(({ path }) => path !== null && isAsserted(path));
    if (errors.length === 0) return { errors: 0, text: "" };
    const texts = withTexts(withoutSecrets(errors, [graph]), printable).map(issueText);
    return { errors: errors.length, text: texts.join("\n\n") };
  };
}

function issueText({ path, address, message, fix, rule }: Finding): string {
  return `${path} (${address}): ${message} Fix: ${fix} [${rule}]`;
}
