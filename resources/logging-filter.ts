import type { Attributes } from "./attributes.ts";
import type { Fault } from "./constraints/constraint.ts";
import { custom } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

/** A comment to the end of its line, or a quoted text. */
const QUOTED = /(?<=^|\s)--[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/g;
const FOREIGN = /==|&&|\|\|/;
const LOWER_CASE = /(?<=["')\w]\s+)(?:and|or)(?=\s+[\w("-])/;
const CASES = 'severity>=ERROR AND resource.type="cloud_run_revision"';

/** A filter of the Logging query language, of a sink, an exclusion or a log-based metric. */
export function loggingFilter(attribute: string, within?: string): FieldRule {
  return {
    id: "observability/log-filter",
    why: "Cloud Logging has a query language of its own: the API rejects operators of others, and takes and, or and not in lower case for words to look for.",
    source: "https://docs.cloud.google.com/logging/docs/view/logging-query-language",
    constraints: [
      custom(
        `${within === undefined ? "" : `${within}.`}${attribute}: = and :, AND, OR and NOT, pairs of quotes and parentheses`,
        (resource) => faults(resource, attribute),
        within === undefined ? {} : { within },
      ),
    ],
  };
}

function* faults(resource: Attributes, attribute: string): Iterable<Fault> {
  const filter = resource.string(attribute);
  if (filter === undefined) return;
  const bare = filter.replace(QUOTED, (text) => (text.startsWith("--") ? "" : '""'));
  const found = `${attribute} is ${JSON.stringify(filter)}`;
  const [operator] = FOREIGN.exec(bare) ?? [];
  const [lower] = LOWER_CASE.exec(bare) ?? [];
  if (operator !== undefined)
    yield {
      found,
      because: `the Logging query language has no ${operator}`,
      fix: `Write for example ${CASES}.`,
    };
  else if (bare.replaceAll('""', "").includes('"'))
    yield { found, because: "a double quote is not closed", fix: "Close it, or remove it." };
  else if (count(bare, "(") !== count(bare, ")"))
    yield { found, because: "a parenthesis has no other half", fix: "Close it, or remove it." };
  else if (lower !== undefined && /[=:<>]/.test(bare))
    yield {
      found,
      severity: "warning",
      outcome: "fails at run time",
      because: `"${lower}" in lower case is a word that entries must contain, so few of them match or none`,
      fix: `Write ${lower.toUpperCase()}.`,
    };
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
