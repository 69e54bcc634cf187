import { expect, test } from "@jest/globals";
import { githubCondition } from "../../../rules/identity/github-condition.ts";
import { githubMapping } from "../../../rules/identity/github-mapping.ts";
import { githubMembers } from "../../../rules/identity/github-members.ts";
import { githubNames } from "../../../rules/identity/github-names.ts";
import { githubWildcard } from "../../../rules/identity/github-wildcard.ts";
import { reported } from "../../rules/identity/github-fixture.ts";

const RULES = [githubCondition, githubMapping, githubMembers, githubNames, githubWildcard];

test.each(RULES)("$id holds for a correct provider and its account", (rule) => {
  expect(reported(rule, {})).toEqual([]);
});

test.each(RULES)("$id does not judge other issuers, disabled providers, and what is not known", (rule) => {
  const condition = { attribute_condition: undefined, attribute_mapping: {} };
  expect(reported(rule, { ...condition, oidc: [{ issuer_uri: "https://gitlab.com" }] })).toEqual([]);
  expect(reported(rule, { ...condition, disabled: true })).toEqual([]);
  expect(
    reported(rule, { attribute_condition: "${var.password}", attribute_mapping: "${var.password}" }),
  ).toEqual([]);
});
