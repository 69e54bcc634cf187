import { expect, test } from "@jest/globals";
import { ruleById } from "../../rules/index.ts";
import { check } from "../rules/support.ts";

const reported = (filter: unknown) => {
  const said = (resource: Parameters<typeof check>[1]) =>
    check(ruleById("observability/log-filter"), resource).map(
      ({ severity, message }) => `${severity} ${message.slice(message.indexOf("; ") + 2)}`,
    );
  const destination = "storage.googleapis.com/acme-logs";
  const metric = said({ google_logging_metric: { m: { name: "m", filter } } });
  expect(said({ google_logging_project_sink: { s: { name: "s", destination, filter } } })).toEqual(metric);
  expect(
    said({
      google_logging_project_sink: { s: { name: "s", destination, exclusions: [{ name: "e", filter }] } },
    }),
  ).toEqual(metric);
  return metric;
};

test("filters of the Logging query language are taken", () => {
  for (const filter of [
    'resource.type="cloud_run_revision" AND severity>=ERROR',
    'resource.type = "k8s_container"\n-- don\'t count "health checks\n-jsonPayload.path="/healthz"',
    'textPayload=~"a == b && (c"',
    "textPayload:'and ('",
    'NOT (severity="DEBUG" OR protoPayload.methodName:"storage.objects.get")',
    "error and timeout",
    'jsonPayload.message:"salt and pepper"',
    'logName:"\\"x\\"" severity>=WARNING',
    "${var.filter}",
    undefined,
  ])
    expect([filter, ...reported(filter)]).toEqual([filter]);
});

test("operators of other languages and open pairs are rejected", () => {
  for (const [filter, why] of [
    ['resource.type == "x"', "the Logging query language has no =="],
    ['severity>=ERROR && resource.type="x"', "the Logging query language has no &&"],
    ['severity>=ERROR || resource.type="x"', "the Logging query language has no ||"],
    ['resource.type="x', "a double quote is not closed"],
    ['(severity>=ERROR AND resource.type="x"', "a parenthesis has no other half"],
  ])
    expect(reported(filter)).toEqual([`error rejected by the API: ${why}.`]);
});

test("operators in lower case are words to look for", () => {
  for (const word of ["and", "or"])
    expect(reported(`severity>=ERROR ${word} resource.type="x"`)).toEqual([
      `warning fails at run time: "${word}" in lower case is a word that entries must contain, so few of them match or none.`,
    ]);
});
