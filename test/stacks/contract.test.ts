import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { environment } from "../support/environments.ts";
import { type Json, synthesized } from "../support/synthesized.ts";

const file = path.join(__dirname, "staging.addresses.txt");

/** "stack: type.name" of every resource, sorted. */
function addresses(): string[] {
  return Object.entries(synthesized(environment()))
    .flatMap(([stack, json]) =>
      Object.entries(json.resource as Json).flatMap(([type, byName]) =>
        Object.keys(byName as Json).map((name) => `${stack}: ${type}.${name}`),
      ),
    )
    .sort();
}

/**
 * Terraform destroys what loses its address and creates what gains one. A line that changes here needs a `moved`
 * block, or the words in the review that its destruction is meant, before it is changed in staging.addresses.txt.
 */
test("all resource addresses of staging are as they were", () => {
  expect(addresses()).toEqual(readFileSync(file, "utf8").trimEnd().split("\n"));
});
