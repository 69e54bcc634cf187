import { expect, test } from "@jest/globals";
import { environment, production } from "../support/environments.ts";
import { type Json, synthesized } from "../support/synthesized.ts";

/** True where something in the stack makes Terraform refuse the plan of a destroy, before anything is deleted. */
function refusesDestroy(json: Json): boolean {
  return Object.values(json.resource as Json).some((byName) =>
    Object.values(byName as Json).some(
      (resource: Json) =>
        resource.lifecycle?.prevent_destroy === true ||
        (resource.deletion_protection === true && resource.template !== undefined),
    ),
  );
}

test("protection keeps every stack of production whole but the preflight, whose jobs hold nothing", () => {
  const open = Object.entries(synthesized(production())).filter(([, json]) => !refusesDestroy(json));
  expect(open.map(([name]) => name)).toEqual(["prod-preflight"]);
});

test("without protection every stack of staging can be destroyed", () => {
  const held = Object.entries(synthesized(environment())).filter(([, json]) => refusesDestroy(json));
  expect(held.map(([name]) => name)).toEqual([]);
});
