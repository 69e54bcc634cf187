import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const rule = ruleById("schema/project");
const FORM =
  "it must be the id of a project, 6 to 30 lowercase letters, digits and hyphens, a letter first and no hyphen last";
const network = (project: unknown) =>
  check(rule, { google_compute_network: { one: { name: "one", project } } });
const created = (project_id: unknown) =>
  check(rule, { google_project: { one: { name: "One", project_id } } });
const provided = (project: unknown, own: object = {}) =>
  check(
    rule,
    { google_compute_network: { one: { name: "one", ...own }, two: { name: "two", ...own } } },
    { provider: { google: { project } } },
  );

describe("schema/project", () => {
  test.each([
    "acme-prod",
    "a".repeat(30),
    "abcdef",
    "example.com:acme-prod",
    "eu0:acme-prod",
    "projects/acme-prod",
  ])("%s is the id of a project", (id) => {
    expect([...network(id), ...provided(id)]).toEqual([]);
    if (!id.startsWith("projects/")) expect(created(id)).toEqual([]);
  });

  test.each([
    "123456789012",
    "projects/123456789012",
    "acme",
    "${var.project}",
    "${google_project.main.project_id}",
  ])("%s may name a project that exists", (project) => {
    expect([...network(project), ...provided(project)]).toEqual([]);
  });

  test.each([
    ["Acme Production", ', for example project = "acme-production"'],
    ["acme_prod", ', for example project = "acme-prod"'],
    ["AcmeProd", ', for example project = "acmeprod"'],
    ["1acme-prod", ', for example project = "acme-prod"'],
    ["acme-prod-", ', for example project = "acme-prod"'],
    ["a".repeat(31), ""],
    ["example.com/acme-prod", ""],
  ])("%s is none", (project, example) => {
    const expected = { severity: "warning", fix: `Write the id of the project${example}.` };
    expect(network(project)).toMatchObject([
      { ...expected, message: `project is "${project}"; rejected by the API: ${FORM}.` },
    ]);
    expect(provided(project)).toMatchObject([
      { ...expected, message: `project is "${project}" in its provider; rejected by the API: ${FORM}.` },
    ]);
    expect(provided(project, { project: "acme-prod" })).toEqual([]);
  });

  test("a new project has at least 6 characters, and no number for its id", () => {
    for (const id of ["acme1", "123456789012", "Acme-Prod"])
      expect(created(id)).toMatchObject([
        { severity: "warning", message: `project_id is "${id}"; rejected by the API: ${FORM}.` },
      ]);
    expect(created("${var.project}")).toEqual([]);
  });
});

test("schema/project: what an app synthesizes is meant as it is", () => {
  const said = check(rule, {
    google_compute_network: {
      one: { name: "one", project: "Acme", "//": { metadata: { path: "staging/one", uniqueId: "one" } } },
    },
  });
  expect(said).toMatchObject([
    { severity: "error", message: `project is "Acme"; rejected by the API: ${FORM}.` },
  ]);
});
