import type { Attributes } from "./attributes.ts";
import type { Fault } from "./constraints/constraint.ts";
import { custom } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

/** A comment to the end of its line, or a quoted text. */
const QUOTED = /(?<=^|\s)--[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/g;
const FOREIGN = /==|&&|\|\|/;
const LOWER_CASE = /(?<=["')\w]\s+)(?:and|or)(?=\s+[\w("-])/;
/** https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#logseverity */
const SEVERITIES = [
  "DEFAULT",
  "DEBUG",
  "INFO",
  "NOTICE",
  "WARNING",
  "ERROR",
  "CRITICAL",
  "ALERT",
  "EMERGENCY",
];
/** What other systems call them. */
const MEANT: Readonly<Record<string, string>> = {
  TRACE: "DEBUG",
  VERBOSE: "DEBUG",
  WARN: "WARNING",
  ERR: "ERROR",
  SEVERE: "ERROR",
  CRIT: "CRITICAL",
  FATAL: "CRITICAL",
  PANIC: "EMERGENCY",
  EMERG: "EMERGENCY",
};
/** A comparison of the severity with a word, or with several in parentheses; not with a regular expression. */
const COMPARED = /(?<![\w.])severity\s*(?:[<>!]?=|[<>:])\s*(\([^()]*\)|"[^"]*"|[A-Za-z]\w*)/;
/** From left to right, so that no text and no comment is taken for a comparison. */
const COMPARED_OR_QUOTED = new RegExp(`${COMPARED.source}|${QUOTED.source}`, "gi");
const CASES = 'severity>=ERROR AND resource.type="cloud_run_revision"';

/** A filter of the Logging query language, of a sink, an exclusion or a log-based metric. */
export function loggingFilter(attribute: string, within?: string): FieldRule {
  return {
    id: "observability/log-filter",
    why: "Cloud Logging has a query language of its own: the API rejects operators and severities of others, and takes and, or and not in lower case for words to look for.",
    source: "https://docs.cloud.google.com/logging/docs/view/logging-query-language",
    constraints: [
      custom(
        `${within === undefined ? "" : `${within}.`}${attribute}: = and :, AND, OR and NOT, pairs of quotes and parentheses, and severities of Cloud Logging`,
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
  const severity = unknownSeverity(filter);
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
  else if (severity !== undefined)
    yield {
      found: `${found}, with the severity ${severity}`,
      because: `a severity is ${SEVERITIES.join(", ")}`,
      fix: `Write for example severity>=${MEANT[severity.toUpperCase()] ?? "WARNING"}.`,
    };
  else if (lower !== undefined && /[=:<>]/.test(bare))
    yield {
      found,
      severity: "warning",
      outcome: "fails at run time",
      because: `"${lower}" in lower case is a word that entries must contain, so few of them match or none`,
      fix: `Write ${lower.toUpperCase()}.`,
    };
}

/** The first severity that the filter compares with and that is none; those of a payload are its own. */
function unknownSeverity(filter: string): string | undefined {
  for (const [, compared = ""] of filter.matchAll(COMPARED_OR_QUOTED)) {
    const words = compared.match(/"[^"]*"|[\w.-]+/g) ?? [];
    const wrong = words
      .map((word) => word.replaceAll('"', ""))
      .find(
        (word) =>
          !/^(?:AND|OR|NOT|\d+)$/.test(word) && !SEVERITIES.includes(word.toUpperCase()) && word !== "",
      );
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
